package org.neuropil.tables.query;

import java.io.IOException;
import java.time.Duration;

/// An answer took longer to compute than the engine allows; see [Engine#limit].
public final class EngineLateException extends IOException {
    private static final long serialVersionUID = 1L;

    EngineLateException(Duration most, Exception cause) {
        super("the answer takes longer to compute than " + words(most), cause);
    }

    private static String words(Duration most) {
        return most.toMillis() % 1000 == 0 ? most.toSeconds() + " s" : most.toMillis() + " ms";
    }
}
