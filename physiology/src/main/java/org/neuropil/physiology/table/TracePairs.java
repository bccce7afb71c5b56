package org.neuropil.physiology.table;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.physiology.stat.Blocks;
import org.neuropil.physiology.stat.Values;

/// Correlations of traces of all cells of two blocks: of all frames, of those in which the animal runs, and of those in which
/// it rests; what [org.neuropil.physiology.metric.TotalCorrelation] gives of each pair.
final class TracePairs {
    static final List<String> METRICS = List.of("total_correlation", "total_correlation_running",
            "total_correlation_resting");
    /// Below so many frames a figure is NaN.
    static final int FRAMES = 60;
    private static final double SHARE = 0.15;
    private static final double SPEED = 1;
    private static final int STATES = 3;

    private final double[] speed;
    /// Rows of blocks that were made, for the frames that most pairs of blocks share: a block meets all others.
    private final Map<PairBlock, Packed> lefts = Collections.synchronizedMap(new IdentityHashMap<>());
    private final Map<PairBlock, Packed> rights = Collections.synchronizedMap(new IdentityHashMap<>());

    /// @param speed by frame; NaN if it is not known
    TracePairs(double[] speed) {
        this.speed = speed;
    }

    /// Whether the animal moves and rests often enough to tell both apart.
    static boolean isEnough(int running, int resting) {
        return running >= SHARE * (running + resting) && resting >= SHARE * (running + resting);
    }

    /// 0 while the animal runs, 1 while it rests, 2 if that is not known.
    int state(int frame) {
        return speed[frame] > SPEED ? 0 : speed[frame] <= SPEED ? 1 : 2;
    }

    /// Frames that both blocks have, sorted by what the animal does; `ends` of the states.
    private record Frames(int[] frames, int[] ends) {}

    private Frames frames(PairBlock one, PairBlock other) {
        int[] shared = one.shared(other);
        int[] sorted = new int[shared.length];
        int[] ends = new int[STATES];
        int at = 0;
        for (int s = 0; s < STATES; s++) {
            for (int frame : shared) {
                if (state(frame) == s) {
                    sorted[at++] = frame;
                }
            }
            ends[s] = at;
        }
        return new Frames(sorted, ends);
    }

    /// Sums of rows that are centred on their mean over all frames, by state.
    private static final class Side {
        private final double[] sums = new double[STATES * Blocks.ROWS];
        private final double[] squares = new double[STATES * Blocks.ROWS];
        private final boolean[] constant = new boolean[(STATES + 1) * Blocks.ROWS];
        private int next;

        double[] add(double[] row, Frames frames) {
            double[] chosen = new double[frames.frames.length];
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            double total = 0;
            int f = 0;
            for (int s = 0; s < STATES; s++) {
                double least = Double.POSITIVE_INFINITY;
                double most = Double.NEGATIVE_INFINITY;
                for (; f < frames.ends[s]; f++) {
                    double value = row[frames.frames[f]];
                    chosen[f] = value;
                    total += value;
                    least = value < least ? value : least;
                    most = value > most ? value : most;
                }
                constant[s * Blocks.ROWS + next] = Values.isConstant(least, most);
                low = Math.min(low, least);
                high = Math.max(high, most);
            }
            constant[STATES * Blocks.ROWS + next] = Values.isConstant(low, high);
            double mean = total / chosen.length;
            f = 0;
            for (int s = 0; s < STATES; s++) {
                double sum = 0;
                double square = 0;
                for (; f < frames.ends[s]; f++) {
                    double centred = chosen[f] - mean;
                    chosen[f] = centred;
                    sum += centred;
                    square += centred * centred;
                }
                sums[s * Blocks.ROWS + next] = sum;
                squares[s * Blocks.ROWS + next] = square;
            }
            next++;
            return chosen;
        }

        double square(int cell) {
            double all = 0;
            for (int s = 0; s < STATES; s++) {
                all += squares[s * Blocks.ROWS + cell];
            }
            return all;
        }
    }

    /// Rows of a block as they are multiplied, and their sums.
    private record Packed(int[] frames, Side side, double[] rows) {}

    private static Packed packed(Map<PairBlock, Packed> known, PairBlock block, Frames frames, boolean turned) {
        Packed made = known.get(block);
        if (made != null && Arrays.equals(made.frames, frames.frames)) {
            return made;
        }
        Side side = new Side();
        int length = frames.frames.length;
        Packed packed = new Packed(frames.frames, side, turned
                ? block.turned(row -> side.add(row, frames), length)
                : block.packed(row -> side.add(row, frames), length));
        known.putIfAbsent(block, packed);
        return packed;
    }

    /// The three figures of each pair: metric by metric, row by row.
    double[][] of(PairBlock one, PairBlock other) {
        Frames frames = frames(one, other);
        int length = frames.frames.length;
        Packed ofOne = packed(lefts, one, frames, false);
        Packed ofOther = packed(rights, other, frames, true);
        Side left = ofOne.side;
        Side right = ofOther.side;
        double[][] products = new double[STATES][Blocks.ROWS * Blocks.ROWS];
        int from = 0;
        for (int s = 0; s < STATES; s++) {
            Blocks.addProducts(ofOne.rows, ofOther.rows, length, from, frames.ends[s], products[s]);
            from = frames.ends[s];
        }
        int running = frames.ends[0];
        int resting = frames.ends[1] - running;
        boolean enough = isEnough(running, resting);
        double[][] figures = new double[METRICS.size()][Blocks.ROWS * Blocks.ROWS];
        for (int i = 0; i < one.cells().length; i++) {
            for (int j = 0; j < other.cells().length; j++) {
                int at = i * Blocks.ROWS + j;
                boolean flat = length < FRAMES || left.constant[STATES * Blocks.ROWS + i]
                        || right.constant[STATES * Blocks.ROWS + j];
                double sum = products[0][at] + products[1][at] + products[2][at];
                figures[0][at] = flat ? Double.NaN : clamp(sum / Math.sqrt(left.square(i) * right.square(j)));
                for (int s = 0; s < 2; s++) {
                    figures[1 + s][at] = enough
                            ? inState(left, right, s, i, j, products[s][at], s == 0 ? running : resting)
                            : Double.NaN;
                }
            }
        }
        return figures;
    }

    private static double inState(Side left, Side right, int state, int i, int j, double product, int frames) {
        int one = state * Blocks.ROWS + i;
        int other = state * Blocks.ROWS + j;
        if (frames < FRAMES || left.constant[one] || right.constant[other]) {
            return Double.NaN;
        }
        double a = left.squares[one] - left.sums[one] * left.sums[one] / frames;
        double b = right.squares[other] - right.sums[other] * right.sums[other] / frames;
        return clamp((product - left.sums[one] * right.sums[other] / frames) / Math.sqrt(a * b));
    }

    private static double clamp(double r) {
        return Math.clamp(r, -1.0, 1.0);
    }
}
