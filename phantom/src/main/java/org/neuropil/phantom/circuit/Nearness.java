package org.neuropil.phantom.circuit;

import java.util.Arrays;
import java.util.stream.IntStream;

/// How near axons come to dendrites: the product of two densities, of which depths are looked up. The mean proximity of a
/// pair is
///
/// > L = K q^dose m^(1 - dose), q = overlap over depth * exp(-r² / 2v) / (2 pi v)
///
/// with r the distance across the column, v the summed variances of axon and dendrite, m the mean of q over pairs, and K
/// (axon length times dendrite length times the area of a circle of 5 µm) = 3e9 µm⁴. Below 1 µm it is out of reach.
final class Nearness {
    private static final double K = 3e9;
    /// Depths are looked up by steps, µm.
    private static final double STEP = 10;
    private static final int STEPS = 1 << 10;
    private static final int SAMPLE = 4000;

    private final Cells cells;
    private final int[] kind;
    private final int kinds;
    private final float[] logOverlap;
    private final float[] halfPrecision;
    private final double dose;
    private final double logMean;

    Nearness(CircuitPlan plan, Cells cells, long seed) {
        this.cells = cells;
        dose = plan.dose(Rule.DISTANCE);
        int n = cells.neurons();
        int[] codes = IntStream.range(0, n).map(this::code).sorted().distinct().toArray();
        kinds = codes.length;
        kind = new int[n];
        for (int i = 0; i < n; i++) {
            kind[i] = Arrays.binarySearch(codes, code(i));
        }
        logOverlap = new float[kinds * kinds];
        halfPrecision = new float[kinds * kinds];
        for (int a = 0; a < kinds; a++) {
            Arbor axon = plan.tissue().types().get(codes[a] / STEPS).arbor();
            double from = (codes[a] % STEPS + 0.5) * STEP;
            for (int b = 0; b < kinds; b++) {
                Arbor dendrite = plan.tissue().types().get(codes[b] / STEPS).arbor();
                double variance = axon.variance(dendrite);
                double overlap = axon.overlap(from, dendrite, (codes[b] % STEPS + 0.5) * STEP);
                logOverlap[a * kinds + b] = (float) StrictMath.log(overlap * K / (2 * Math.PI * variance));
                halfPrecision[a * kinds + b] = (float) (0.5 / variance);
            }
        }
        logMean = dose == 1 ? 0 : logMean(new Draws(seed, 30));
    }

    private int code(int cell) {
        return cells.type()[cell] * STEPS + (int) (cells.y()[cell] / STEP);
    }

    private double logMean(Draws draws) {
        double sum = 0;
        for (int i = 0; i < SAMPLE; i++) {
            sum += StrictMath.exp(plain(draws.below(cells.neurons()), draws.below(cells.neurons())));
        }
        return StrictMath.log(sum / SAMPLE);
    }

    private double plain(int pre, int post) {
        int at = kind[pre] * kinds + kind[post];
        double dx = cells.x()[pre] - cells.x()[post];
        double dz = cells.z()[pre] - cells.z()[post];
        return logOverlap[at] - (dx * dx + dz * dz) * halfPrecision[at];
    }

    /// The natural logarithm of the mean proximity in µm; negative infinity if the pair is out of reach.
    double log(int pre, int post) {
        double plain = plain(pre, post);
        if (dose == 1) {
            return plain < 0 ? Double.NEGATIVE_INFINITY : plain;
        }
        if (dose == 0) {
            return logMean;
        }
        double log = dose * plain + (1 - dose) * logMean;
        return log < 0 ? Double.NEGATIVE_INFINITY : log;
    }
}
