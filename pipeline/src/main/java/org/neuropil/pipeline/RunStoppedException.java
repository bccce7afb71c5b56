package org.neuropil.pipeline;

import java.io.IOException;

/// A run was stopped from outside before its end: its thread was interrupted, or what it ran on was shut down. Started
/// again it goes on.
public final class RunStoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param what was stopped, and how
    public RunStoppedException(String what) {
        super(what + "; started again it goes on");
    }

    /// As the other constructor, with the exception that told of it.
    public RunStoppedException(String what, Throwable cause) {
        super(what + "; started again it goes on", cause);
    }
}
