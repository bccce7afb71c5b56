package org.neuropil.coregister.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.neuropil.coregister.fit.Work;

/// Finds the model of errors under which the cells lie most likely where they do among the nuclei, by expectation and
/// maximisation. No match needs to be known.
final class Estimate {
    /// Cells that it is told from, drawn if there are more.
    private static final int MOST = 30_000;
    private static final double[] BEGINNINGS = {1.5, 3, 6};
    private static final int TRIED = 10;
    private static final int ROUNDS = 100;
    private static final int REFRESH = 8;
    private static final double ENOUGH = 1e-6;
    /// Cells of each kind that are thought to have been seen before, so that few cells do not tell too much.
    private static final double PRIOR = 2;
    private static final double LEAST_SIGMA = 0.2;
    private static final double MOST_WIDENING = 30;
    /// Distances from the nearest landmark are told to these micrometres when the widening is.
    private static final double STEP = 1;
    private static final int SWEEPS = 3;
    private static final int SECTIONS = 25;

    private final Nuclei nuclei;
    private final Candidates cells;
    private final boolean grows;
    private final Work work;
    private double[] surroundings = {};

    private Estimate(Nuclei nuclei, Candidates cells, Work work) {
        this.nuclei = nuclei;
        this.cells = cells;
        this.grows = IntStream.range(0, cells.size()).anyMatch(i -> cells.landmark()[i] > 0);
        this.work = work;
    }

    /// @param seed of which cells are drawn
    static ErrorModel of(Nuclei nuclei, Candidates all, long seed, Work work) {
        List<Integer> kept = new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
        if (kept.size() > MOST) {
            Collections.shuffle(kept, new Random(seed));
            kept = new ArrayList<>(kept.subList(0, MOST));
            Collections.sort(kept);
        }
        return new Estimate(nuclei, all.of(kept), work).find();
    }

    private ErrorModel find() {
        ErrorModel best = ErrorModel.begin(BEGINNINGS[0]);
        double most = Double.NEGATIVE_INFINITY;
        for (double beginning : BEGINNINGS) {
            ErrorModel model = ErrorModel.begin(beginning);
            double likelihood = 0;
            for (int round = 0; round <= TRIED; round++) {
                refresh(model, round == 0);
                Sums sums = expect(model);
                likelihood = sums.likelihood;
                model = round < TRIED ? next(model, sums, false) : model;
            }
            if (likelihood > most) {
                most = likelihood;
                best = model;
            }
        }
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            boolean fresh = round % REFRESH == 0;
            refresh(best, fresh);
            Sums sums = expect(best);
            if (!fresh && sums.likelihood - before < ENOUGH * cells.size() && round > 2 * REFRESH) {
                break;
            }
            before = sums.likelihood;
            best = next(best, sums, grows && round % 2 == 1);
        }
        return best;
    }

    private void refresh(ErrorModel model, boolean now) {
        if (now) {
            surroundings = new Weigher(nuclei, model).surroundings(cells, work);
        }
    }

    /// What is expected of all cells under a model.
    private static final class Sums {
        double likelihood;
        double matched;
        double missed;
        double other;
        final double[] scales = new double[ErrorModel.SCALES.size()];
        /// Of each axis: weights, weighed differences, weighed squares of these; a scale s weighs 1 / s².
        double weight;
        final double[] off = new double[3];
        final double[] squares = new double[3];
        /// Of each cell of the chunk: what its matches weigh, and their squares in units of the widths.
        double[] weights = {};
        double[] lengths = {};

        void add(Sums one) {
            likelihood += one.likelihood;
            matched += one.matched;
            missed += one.missed;
            other += one.other;
            weight += one.weight;
            for (int k = 0; k < scales.length; k++) {
                scales[k] += one.scales[k];
            }
            for (int axis = 0; axis < 3; axis++) {
                off[axis] += one.off[axis];
                squares[axis] += one.squares[axis];
            }
        }
    }

    private Sums expect(ErrorModel model) {
        Weigher weigher = new Weigher(nuclei, model);
        List<Sums> chunks = work.map("error model", Candidates.chunks(cells.size()), chunk -> {
            int from = chunk * Candidates.CHUNK;
            int to = Math.min(cells.size(), from + Candidates.CHUNK);
            Sums sums = new Sums();
            sums.weights = new double[to - from];
            sums.lengths = new double[to - from];
            Weigher.Weights weights = new Weigher.Weights(cells.most());
            for (int i = from; i < to; i++) {
                weigher.weigh(cells, i, surroundings, weights);
                add(model, i, weights, sums, i - from);
            }
            return sums;
        });
        Sums all = new Sums();
        all.weights = new double[cells.size()];
        all.lengths = new double[cells.size()];
        int at = 0;
        for (Sums chunk : chunks) {
            all.add(chunk);
            System.arraycopy(chunk.weights, 0, all.weights, at, chunk.weights.length);
            System.arraycopy(chunk.lengths, 0, all.lengths, at, chunk.lengths.length);
            at += chunk.weights.length;
        }
        return all;
    }

    private void add(ErrorModel model, int i, Weigher.Weights weights, Sums sums, int place) {
        double total = weights.none();
        for (double one : weights.matched) {
            total += one;
        }
        double wide = model.widening(cells.landmark()[i]);
        sums.likelihood += StrictMath.log(total);
        sums.matched += (weights.elsewhere + weights.outside) / total;
        sums.missed += weights.missed / total;
        sums.other += weights.other / total;
        for (int k = 0; k < cells.most(); k++) {
            double share = weights.matched[k] / total;
            if (share < 1e-9) {
                continue;
            }
            sums.matched += share;
            double narrow = 0;
            for (int s = 0; s < sums.scales.length; s++) {
                double part = weights.parts[k][s] / total;
                sums.scales[s] += part;
                narrow += part / ErrorModel.SQUARES.get(s);
            }
            sums.weights[place] += share;
            sums.lengths[place] += narrow * weights.squares[k];
            narrow /= wide * wide;
            int j = cells.numbers()[i * cells.most() + k];
            sums.weight += narrow;
            for (int axis = 0; axis < 3; axis++) {
                double off = nuclei.points()[3 * j + axis] - cells.cells()[3 * i + axis];
                sums.off[axis] += narrow * off;
                sums.squares[axis] += narrow * off * off;
            }
        }
    }

    /// @param growing true to change the widening, false to change the widths: each is told from the other
    private ErrorModel next(ErrorModel model, Sums sums, boolean growing) {
        double total = cells.size() + 3 * PRIOR;
        double inScales = PRIOR * sums.scales.length;
        double found = inScales;
        for (double scale : sums.scales) {
            found += scale;
        }
        List<Double> mixture = new ArrayList<>();
        for (double scale : sums.scales) {
            mixture.add((scale + PRIOR) / found);
        }
        List<Double> shift = new ArrayList<>();
        List<Double> sigma = new ArrayList<>();
        double count = found - inScales;
        for (int axis = 0; axis < 3; axis++) {
            double mean = sums.off[axis] / Math.max(sums.weight, 1e-9);
            double square = sums.squares[axis] - sums.weight * mean * mean;
            // As many as PRIOR errors of the width that it had.
            double before = model.sigma().get(axis);
            double now = (Math.max(square, 0) + PRIOR * before * before) / (count + PRIOR);
            shift.add(mean);
            sigma.add(growing ? before : Math.max(LEAST_SIGMA, Math.sqrt(now)));
        }
        return new ErrorModel(shift, sigma, mixture, growing ? widening(model.widening(), sums) : model.widening(),
                (sums.matched + PRIOR) / total,
                (sums.missed + PRIOR) / total, (sums.other + PRIOR) / total);
    }

    /// A likelier widening for the widths that they had: knot by knot between its neighbours, by golden sections.
    private List<Double> widening(List<Double> before, Sums sums) {
        double[][] binned = binned(sums);
        List<Double> now = new ArrayList<>(before);
        double ratio = (Math.sqrt(5) - 1) / 2;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int k = 1; k < now.size(); k++) {
                double low = now.get(k - 1);
                double high = k + 1 < now.size() && sweep > 0 ? now.get(k + 1) : MOST_WIDENING;
                for (int i = 0; i < SECTIONS; i++) {
                    double a = high - ratio * (high - low);
                    double b = low + ratio * (high - low);
                    if (fits(now, k, a, binned) >= fits(now, k, b, binned)) {
                        high = b;
                    } else {
                        low = a;
                    }
                }
                now.set(k, low);
                // Those behind do not fall.
                for (int later = k + 1; later < now.size(); later++) {
                    now.set(later, Math.max(now.get(later), low));
                }
            }
        }
        return now;
    }

    /// Weights and lengths of cells by their distance from landmarks, in steps: up to the last knot, and beyond.
    private double[][] binned(Sums sums) {
        int most = (int) Math.round(ErrorModel.KNOTS.getLast() / STEP);
        double[][] binned = new double[2][most + 1];
        for (int i = 0; i < cells.size(); i++) {
            int bin = (int) Math.min(most, Math.round(cells.landmark()[i] / STEP));
            binned[0][bin] += sums.weights[i];
            binned[1][bin] += sums.lengths[i];
        }
        return binned;
    }

    /// The logarithm of the likelihood with another value at a knot, where that changes it; beside the cells, as many as
    /// PRIOR at the knot whose errors are as wide as at the one before.
    private static double fits(List<Double> widening, int knot, double value, double[][] binned) {
        List<Double> at = new ArrayList<>(widening);
        at.set(knot, value);
        double before = at.get(knot - 1);
        double fits = -3 * PRIOR * (StrictMath.log(value) + before * before / (2 * value * value));
        int from = (int) (ErrorModel.KNOTS.get(knot - 1) / STEP);
        int to = knot + 1 < at.size() ? (int) (ErrorModel.KNOTS.get(knot + 1) / STEP) : binned[0].length - 1;
        for (int bin = from; bin <= to; bin++) {
            if (binned[0][bin] > 0) {
                double wide = ErrorModel.widening(at, bin * STEP);
                fits -= 3 * binned[0][bin] * StrictMath.log(wide) + binned[1][bin] / (2 * wide * wide);
            }
        }
        return fits;
    }
}
