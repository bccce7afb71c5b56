package org.neuropil.graph.cut;

/// There is no cut that does what the points ask for. Nothing is wrong with the program: tell the proofreader.
public final class CutRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    /// @param refusal why
    public CutRefusedException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    CutRefusedException(Refusal.Reason reason) {
        this(Refusal.of(reason));
    }

    /// Why.
    public Refusal refusal() {
        return refusal;
    }
}
