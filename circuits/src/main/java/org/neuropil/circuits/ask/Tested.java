package org.neuropil.circuits.ask;

/// A statement that was tested: how large the effect is, how sure that is, and whether these data could have shown one that
/// matters.
///
/// @param id short name, the same in every answer to the question
/// @param what is tested, in words
/// @param effect what was found
/// @param neutral the value that it has if there is nothing
/// @param low lower end of its 95 % interval; NaN if it could not be had
/// @param high upper end
/// @param p two-sided p value; NaN likewise
/// @param baseline what is kept of the data where there is nothing, and how many draws were made or which distribution it is
/// @param size on how much it rests
/// @param unit what that is a number of
/// @param error standard error of the effect where there is nothing
/// @param interest the smallest effect that would matter
/// @param interestError standard error of the effect if it is that large
public record Tested(String id, String what, double effect, double neutral, double low, double high, double p,
        String baseline, long size, String unit, double error, double interest, double interestError) {
    /// Quantiles of the normal distribution: two-sided 5 %, and 80 % power.
    private static final double ALPHA = 1.959963984540054;
    private static final double LEVEL = 0.05;
    private static final double POWER = 0.8416212335729143;

    /// How large a sample has to be for 80 % power at the effect of interest, as errors fall with the root of its size; NaN
    /// if the error is not known.
    public double needed() {
        double ratio = (ALPHA * error + POWER * interestError) / Math.abs(interest - neutral);
        return Double.isNaN(ratio) ? Double.NaN : Math.ceil(size * ratio * ratio);
    }

    /// Whether the sample has that size.
    public boolean hasPower() {
        return needed() <= size;
    }

    /// Whether these data decide: they show an effect at 5 %, or would have shown one that matters.
    public boolean decides() {
        return p < LEVEL || hasPower();
    }

    /// The verdict in a sentence.
    public String verdict() {
        if (Double.isNaN(p)) {
            return what + ": could not be tested, there are " + Numbers.text(size) + " " + unit + ".";
        }
        String found = what + ": " + Numbers.text(effect) + " (95 % interval " + Numbers.text(low) + " to "
                + Numbers.text(high) + ", p " + Numbers.text(p) + ", " + Numbers.text(size) + " " + unit + ").";
        if (decides()) {
            return found;
        }
        return found + " These data cannot decide: to see " + Numbers.text(interest) + " in four of five cases, "
                + (Double.isNaN(needed()) ? "more" : Numbers.text(needed())) + " " + unit + " are needed.";
    }
}
