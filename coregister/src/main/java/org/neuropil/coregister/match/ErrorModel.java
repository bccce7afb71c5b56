package org.neuropil.coregister.match;

import java.util.Collections;
import java.util.List;

/// How far the nucleus of an imaged cell lies from where the cell was mapped to, and how often it is not there.
///
/// The difference along x, y and z is a sum of Gaussians around [#shift], whose widths are [#sigma] times each of
/// [#SCALES], weighed by [#mixture]: unequal along the axes, and with tails as heavy as the data's. A cell that is off all
/// landmarks has it wider by [#widening], since a map is worse there, and much worse where it extrapolates. A cell has its nucleus in the list ([#matched]), or
/// has one that the list lacks ([#missed]), or is none that has a nucleus there ([#other]), such as a piece of dendrite.
///
/// @param shift nucleus less cell along x, y, z
/// @param sigma widths, all above zero
/// @param mixture shares of the scales; they add up to 1
/// @param widening how much wider at [#KNOTS], with straight lines between them; 1 at the first, and nowhere falling
/// @param matched share of cells
/// @param missed likewise
/// @param other likewise; the three add up to 1
public record ErrorModel(List<Double> shift, List<Double> sigma, List<Double> mixture, List<Double> widening,
        double matched, double missed, double other) {
    /// Factors of the variances, each four times the one before: nearer ones could hardly be told apart.
    static final List<Double> SQUARES = List.of(0.25, 1.0, 4.0, 16.0);
    private static final List<Double> BEGINNING = List.of(0.1, 0.75, 0.1, 0.05);
    /// Factors of the widths: their roots.
    public static final List<Double> SCALES = SQUARES.stream().map(Math::sqrt).toList();
    /// Distances from the nearest landmark in micrometres at which the widening is told; it stays as it is beyond the last.
    public static final List<Double> KNOTS = List.of(0.0, 20.0, 40.0, 80.0, 120.0, 160.0, 240.0, 320.0);
    /// No widening.
    static final List<Double> EVEN = Collections.nCopies(KNOTS.size(), 1.0);

    public ErrorModel {
        shift = List.copyOf(shift);
        sigma = List.copyOf(sigma);
        mixture = List.copyOf(mixture);
        widening = List.copyOf(widening);
    }

    /// Where the estimation begins.
    static ErrorModel begin(double sigma) {
        return new ErrorModel(List.of(0.0, 0.0, 0.0), List.of(sigma, sigma, sigma),
                BEGINNING, EVEN, 0.8, 0.1, 0.1);
    }

    ErrorModel withShares(double nowMatched, double nowMissed, double nowOther) {
        return new ErrorModel(shift, sigma, mixture, widening, nowMatched, nowMissed, nowOther);
    }

    /// Median of the absolute difference along an axis, less the shift, near landmarks. (The standard deviation would say
    /// more of the tails, of which data say little: far off, a match and none look alike.)
    public double median(int axis) {
        double low = 0;
        double high = 10 * sigma.get(axis);
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            double beyond = 0;
            for (int k = 0; k < SCALES.size(); k++) {
                beyond += mixture.get(k) * Weigher.erfc(middle / (sigma.get(axis) * SCALES.get(k) * Math.sqrt(2)));
            }
            if (beyond > 0.5) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// How much wider at a distance from the nearest landmark.
    ///
    /// @param distance in micrometres
    public double widening(double distance) {
        return widening(widening, distance);
    }

    static double widening(List<Double> at, double distance) {
        for (int k = 1; k < KNOTS.size(); k++) {
            double from = KNOTS.get(k - 1);
            double to = KNOTS.get(k);
            if (distance < to) {
                return at.get(k - 1) + (at.get(k) - at.get(k - 1)) * (distance - from) / (to - from);
            }
        }
        return at.getLast();
    }
}
