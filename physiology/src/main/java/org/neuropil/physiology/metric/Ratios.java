package org.neuropil.physiology.metric;

/// Quotients that are defined only over something positive.
final class Ratios {
    private Ratios() {}

    /// a / b; NaN unless b is above 0.
    static double over(double a, double b) {
        return b > 0 ? a / b : Double.NaN;
    }

    /// (a - b) / (a + b); NaN unless a + b is above 0.
    static double contrast(double a, double b) {
        return over(a - b, a + b);
    }
}
