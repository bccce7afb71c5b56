package org.neuropil.graph;

/// An edit that cannot be made; nothing has changed. The message says why and what to do, in whole sentences for a
/// proofreader, with the words that they know from CAVE where it has any.
public final class EditRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Kinds of refusals, for programs.
    public enum Reason {
        /// The request makes no sense for this graph: unknown ids, points far apart, no such operation.
        INVALID,
        /// No supervoxel of the clicked object is near a point.
        NO_SUPERVOXEL,
        /// The graph is already as asked for, or another edit changed what was clicked.
        CONFLICT,
        /// No cut between the points can be made.
        NO_CUT,
        /// The graph is read-only.
        READ_ONLY,
        /// Others edit the same objects at this moment; trying again helps.
        BUSY
    }

    private final Reason reason;

    /// @param message whole sentences
    public EditRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// @param message whole sentences
    public EditRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// Its kind.
    public Reason reason() {
        return reason;
    }
}
