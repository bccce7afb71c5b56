package org.neuropil.physiology.made;

/// The truth of a made cell: what metrics should find.
///
/// @param responsive whether it answers any stimulus; if not, its events come at `baseline` throughout
/// @param direction that it prefers, degrees
/// @param frequency that it prefers: 0 for 0.04 cycles per degree, 1 for 0.08
/// @param width kappa of the von Mises function of direction
/// @param opposite response to the opposite direction, as a share of that to the preferred one
/// @param peak events a second at the preferred grating in a window, above `baseline`
/// @param baseline events a second at a grey screen
/// @param suppression s: gratings on the full field give (1 - s) times what those in a window give, so that without a baseline
///        SSI = s / (2 - s)
/// @param on events a second when a white square lies in its receptive field; 0 for none
/// @param off the same of black squares
/// @param azimuth of the receptive field's centre, degrees
/// @param elevation of the receptive field's centre
/// @param radius of the receptive field, degrees
/// @param running events while it runs are (1 + running) times as many
/// @param shared loading on what all cells of the session share; noise correlation grows with the product of two
public record MadeCell(boolean responsive, double direction, int frequency, double width, double opposite, double peak,
        double baseline, double suppression, double on, double off, double azimuth, double elevation, double radius,
        double running, double shared) {
    private static final double OTHER_FREQUENCY = 0.4;

    static MadeCell draw(Draws draws) {
        boolean responsive = draws.uniform() < 0.4;
        boolean field = responsive && draws.uniform() < 0.4;
        int polarity = draws.below(3);
        return new MadeCell(responsive, draws.uniform(0, 360), draws.below(2), draws.uniform(1, 5),
                draws.uniform(0, 1), responsive ? draws.uniform(0.5, 2.5) : 0, draws.uniform(0.02, 0.15),
                draws.uniform(-0.2, 0.8), field && polarity != 1 ? draws.uniform(1, 3) : 0,
                field && polarity != 0 ? draws.uniform(1, 3) : 0, draws.uniform(-50, 50), draws.uniform(-28, 28),
                draws.uniform(5, 10), draws.uniform(0, 1), draws.uniform(0, 0.8));
    }

    /// Events a second that a grating in a window adds to the baseline.
    ///
    /// @param degrees its direction
    /// @param spatial 0 or 1, as [#frequency()]
    public double windowed(double degrees, int spatial) {
        double apart = StrictMath.toRadians(degrees - direction);
        double tuning = StrictMath.exp(width * (StrictMath.cos(apart) - 1))
                + opposite * StrictMath.exp(width * (-StrictMath.cos(apart) - 1));
        return peak * tuning * (spatial == frequency ? 1 : OTHER_FREQUENCY);
    }

    /// Events a second that a grating on the full field adds to the baseline.
    public double full(double degrees, int spatial) {
        return (1 - suppression) * windowed(degrees, spatial);
    }

    /// The surround suppression index of its rates above the baseline.
    public double suppressionIndex() {
        return suppression / (2 - suppression);
    }
}
