package org.neuropil.physiology.table;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.stat.Blocks;
import org.neuropil.physiology.stat.Values;

/// Correlations of traces of all cells of two blocks, of frames that are drawn anew in blocks of time: what a bootstrap of
/// [FrameBlocks] gives of each pair. Sums of products are computed once for each block of time; a draw adds them up.
final class TracePairDraws {
    private final TracePairs pairs;
    private final double[] speed;
    private final int[] bounds;

    /// @param speed by frame; NaN if it is not known
    /// @param bounds of the blocks of time, as [FrameBlocks#bounds]
    TracePairDraws(double[] speed, int[] bounds) {
        this.pairs = new TracePairs(speed);
        this.speed = speed;
        this.bounds = bounds;
    }

    private int blocks() {
        return bounds.length - 1;
    }

    /// Frames of a figure, in order.
    ///
    /// @param frames those that count
    /// @param ends of the blocks of time among them
    /// @param running frames of each block in which the animal runs
    /// @param resting frames of each block in which it rests
    @SuppressWarnings("ArrayRecordComponent")
    private record Frames(int[] frames, int[] ends, int[] running, int[] resting) {}

    private Frames frames(int[] shared, int metric) {
        int[] kept = new int[shared.length];
        int[] ends = new int[blocks()];
        int[] running = new int[blocks()];
        int[] resting = new int[blocks()];
        int at = 0;
        int count = 0;
        for (int k = 0; k < ends.length; k++) {
            for (; at < shared.length && shared[at] < bounds[k + 1]; at++) {
                int state = pairs.state(shared[at]);
                running[k] += state == 0 ? 1 : 0;
                resting[k] += state == 1 ? 1 : 0;
                if (metric == 0 || state == metric - 1) {
                    kept[count++] = shared[at];
                }
            }
            ends[k] = count;
        }
        return new Frames(Arrays.copyOf(kept, count), ends, running, resting);
    }

    /// Sums over each block of time, of cells whose traces are centred on their means: by block, then by cell.
    private final class Side {
        private final double[][] sums = new double[blocks()][Blocks.ROWS];
        private final double[][] squares = new double[blocks()][Blocks.ROWS];
        private final double[][] lows = new double[blocks()][Blocks.ROWS];
        private final double[][] highs = new double[blocks()][Blocks.ROWS];
        private int next;

        double[] add(double[] row, Frames frames) {
            double[] chosen = new double[frames.frames.length];
            double total = 0;
            for (int f = 0; f < chosen.length; f++) {
                chosen[f] = row[frames.frames[f]];
                total += chosen[f];
            }
            double mean = total / chosen.length;
            int f = 0;
            for (int k = 0; k < blocks(); k++) {
                double low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                double sum = 0;
                double square = 0;
                for (; f < frames.ends[k]; f++) {
                    low = Math.min(low, chosen[f]);
                    high = Math.max(high, chosen[f]);
                    chosen[f] -= mean;
                    sum += chosen[f];
                    square += chosen[f] * chosen[f];
                }
                sums[k][next] = sum;
                squares[k][next] = square;
                lows[k][next] = low;
                highs[k][next] = high;
            }
            next++;
            return chosen;
        }

        Drawn drawn(int[] times, int count) {
            boolean[] flat = new boolean[Blocks.ROWS];
            double[] mean = new double[Blocks.ROWS];
            double[] sum = new double[Blocks.ROWS];
            double[] square = new double[Blocks.ROWS];
            double[] low = new double[Blocks.ROWS];
            double[] high = new double[Blocks.ROWS];
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
            for (int k = 0; k < times.length; k++) {
                for (int i = 0; i < Blocks.ROWS && times[k] > 0; i++) {
                    sum[i] += times[k] * sums[k][i];
                    square[i] += times[k] * squares[k][i];
                    low[i] = Math.min(low[i], lows[k][i]);
                    high[i] = Math.max(high[i], highs[k][i]);
                }
            }
            for (int i = 0; i < Blocks.ROWS; i++) {
                mean[i] = sum[i] / count;
                flat[i] = Values.isConstant(low[i], high[i]);
                square[i] -= sum[i] * mean[i];
            }
            return new Drawn(mean, flat, square);
        }
    }

    /// Cells in one draw.
    ///
    /// @param squares sums of squared distances from the mean
    @SuppressWarnings("ArrayRecordComponent")
    private record Drawn(double[] means, boolean[] flat, double[] squares) {}

    /// The figures of all draws: by draw, row by row; none if there are too few blocks of time.
    ///
    /// @param metric its place in [TracePairs#METRICS]
    double[][] of(PairBlock one, PairBlock other, int metric, MetricTable.Drawing how) {
        if (blocks() < FrameBlocks.LEAST || speed.length == 0) {
            return new double[0][];
        }
        Frames frames = frames(one.shared(other), metric);
        int length = frames.frames.length;
        Side left = new Side();
        Side right = new Side();
        double[] a = one.packed(row -> left.add(row, frames), length);
        double[] b = other.turned(row -> right.add(row, frames), length);
        double[][] products = new double[blocks()][Blocks.ROWS * Blocks.ROWS];
        for (int k = 0; k < products.length; k++) {
            Blocks.addProducts(a, b, length, k == 0 ? 0 : frames.ends[k - 1], frames.ends[k], products[k]);
        }
        SplittableRandom random = new SplittableRandom(how.seed());
        double[][] draws = new double[how.samples()][];
        for (int s = 0; s < draws.length; s++) {
            int[] times = new int[blocks()];
            for (int k : FrameBlocks.draw(blocks(), random.split())) {
                times[k]++;
            }
            draws[s] = draw(times, frames, left, right, products, metric);
        }
        return draws;
    }

    private static double[] draw(int[] times, Frames frames, Side left, Side right, double[][] products, int metric) {
        double[] figures = new double[Blocks.ROWS * Blocks.ROWS];
        int count = 0;
        int running = 0;
        int resting = 0;
        for (int k = 0; k < times.length; k++) {
            count += times[k] * (frames.ends[k] - (k == 0 ? 0 : frames.ends[k - 1]));
            running += times[k] * frames.running[k];
            resting += times[k] * frames.resting[k];
        }
        if (count < TracePairs.FRAMES || metric > 0 && !TracePairs.isEnough(running, resting)) {
            Arrays.fill(figures, Double.NaN);
            return figures;
        }
        for (int k = 0; k < times.length; k++) {
            int often = times[k];
            double[] of = products[k];
            for (int at = 0; at < figures.length && often > 0; at++) {
                figures[at] += often * of[at];
            }
        }
        Drawn first = left.drawn(times, count);
        Drawn second = right.drawn(times, count);
        for (int i = 0; i < Blocks.ROWS; i++) {
            for (int j = 0; j < Blocks.ROWS; j++) {
                int at = i * Blocks.ROWS + j;
                double r = (figures[at] - count * first.means[i] * second.means[j])
                        / Math.sqrt(first.squares[i] * second.squares[j]);
                figures[at] = first.flat[i] || second.flat[j] ? Double.NaN : Math.clamp(r, -1.0, 1.0);
            }
        }
        return figures;
    }
}
