package org.neuropil.bench.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.TrialTraces;

/// A cell whose events come at random (Poisson), each of random size (exponential with mean 1), at a rate that depends on the
/// direction by two von Mises functions half a turn apart. Running multiplies the rate. Within a trial the rate falls.
///
/// @param name in the table
/// @param floor events of a trial at no direction
/// @param height of the larger bump above it
/// @param width kappa
/// @param opposite height of the smaller bump as a share of the larger one
/// @param otherFrequency share of the rate at the spatial frequency that it does not prefer
/// @param running factor of the rate while the animal runs
record TunedCell(String name, double floor, double height, double width, double opposite, double otherFrequency,
        double running) {
    static final int FRAMES = 12;
    static final int DIRECTIONS = 12;
    private static final double PREFERRED = 60;
    /// One trial in so many is a running one.
    private static final int RUNS = 3;
    private static final double FALL = 0.25;

    static final List<TunedCell> ALL = List.of(new TunedCell("untuned", 3, 0, 1, 0, 1, 1),
            new TunedCell("broad", 0.6, 4, 1, 0.6, 0.5, 1.5), new TunedCell("sharp", 0.2, 8, 3, 0.3, 0.5, 1.5));

    /// One whose half of the trials of its best condition holds seven events on average, and of most others one or none.
    static final TunedCell SPARSE = new TunedCell("sparse", 0.05, 1.5, 2, 0.3, 0.5, 1.5);

    /// 12 directions at 2 spatial frequencies.
    static List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < 2 * DIRECTIONS; i++) {
            conditions.add(new Grating(30 * (i % DIRECTIONS), i < DIRECTIONS ? 0.04 : 0.08, 1));
        }
        return conditions;
    }

    /// 8 directions at 5 temporal frequencies.
    static List<Condition> temporalFrequencies() {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            conditions.add(new Grating(45 * (i % 8), 0.04, new double[]{1, 2, 4, 8, 15}[i / 8]));
        }
        return conditions;
    }

    /// Events of a still trial, on average.
    double rate(Grating shown) {
        double cos = Math.cos(Math.toRadians(shown.direction() - PREFERRED));
        double bumps = Math.exp(width * (cos - 1)) + opposite * Math.exp(width * (-cos - 1));
        return (floor + height * bumps) * (shown.spatialFrequency() < 0.06 ? 1 : otherFrequency);
    }

    static boolean runs(SplittableRandom random) {
        return random.nextInt(RUNS) == 0;
    }

    /// Summed events over a number that is Poisson.
    static double events(double rate, SplittableRandom random) {
        double sum = 0;
        for (double time = -Math.log(1 - random.nextDouble()); time < rate; time -= Math.log(1 - random.nextDouble())) {
            sum -= Math.log(1 - random.nextDouble());
        }
        return sum;
    }

    /// Responses of all conditions, the mean of 12 frames.
    ///
    /// @param gains of each trial, that cells may share; empty for none
    Responses responses(List<? extends Condition> conditions, int repeats, double[] gains, double factor,
            SplittableRandom random) {
        int n = conditions.size() * repeats;
        List<Condition> shown = new ArrayList<>(n);
        double[] values = new double[n];
        double[] speeds = new double[n];
        for (int t = 0; t < n; t++) {
            Condition condition = conditions.get(t % conditions.size());
            shown.add(condition);
            boolean run = runs(random);
            speeds[t] = run ? 5 : 0;
            double gain = gains.length == 0 ? factor : factor * gains[t];
            values[t] = events(rate((Grating) condition) * gain * (run ? running : 1), random) / FRAMES;
        }
        return Responses.of(shown, values, speeds);
    }

    /// The mean response to each condition, twice: what very many trials would give.
    ///
    /// @param factor of all rates
    Responses expected(List<? extends Condition> conditions, double factor) {
        List<Condition> shown = new ArrayList<>();
        double[] values = new double[2 * conditions.size()];
        for (int t = 0; t < values.length; t++) {
            Condition condition = conditions.get(t % conditions.size());
            shown.add(condition);
            values[t] = rate((Grating) condition) * factor * (1 + (running - 1) / RUNS) / FRAMES;
        }
        return Responses.of(shown, values);
    }

    /// Frames of trials of all conditions.
    TrialTraces traces(List<? extends Condition> conditions, int repeats, SplittableRandom random) {
        int n = conditions.size() * repeats;
        List<Condition> shown = new ArrayList<>(n);
        double[][] frames = new double[n][FRAMES];
        double whole = 0;
        for (int f = 0; f < FRAMES; f++) {
            whole += Math.exp(-FALL * f);
        }
        for (int t = 0; t < n; t++) {
            Condition condition = conditions.get(t % conditions.size());
            shown.add(condition);
            for (int f = 0; f < FRAMES; f++) {
                frames[t][f] = events(rate((Grating) condition) * Math.exp(-FALL * f) / whole, random);
            }
        }
        return TrialTraces.of(shown, frames);
    }
}
