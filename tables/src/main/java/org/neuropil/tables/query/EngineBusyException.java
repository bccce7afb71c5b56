package org.neuropil.tables.query;

import java.io.IOException;

/// So many answers are being read that no more can be begun. Trying again in a moment helps.
public final class EngineBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    EngineBusyException() {
        super("too many answers are being read at a time; try again in a moment");
    }
}
