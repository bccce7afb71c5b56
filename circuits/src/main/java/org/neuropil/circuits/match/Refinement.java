package org.neuropil.circuits.match;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.neuropil.volume.kernel.Parallel;

/// Makes a matching better by what it says itself: from all matched pairs is learnt how much each of many features of a pair
/// ([PairFeatures]) tells a partner from those cells that are most like it ([ConditionalLogit], the pseudo-likelihood of the
/// matching), by left and by right cells together; then cells are assigned anew by the scores that come out.
final class Refinement {
    /// Alternatives of each choice.
    private static final int ALTERNATIVES = 25;
    private static final double RIDGE = 3;
    private static final int TURNS = 3;

    private final Sides sides;
    private final int n;
    private final int threads;

    /// A matching and the scores that it is the best of; the exponentials of scores are odds.
    record Result(int[] rightOf, double[] scores) {}

    private Refinement(Sides sides, int threads) {
        this.sides = sides;
        this.n = sides.most();
        this.threads = threads;
    }

    /// @param rightOf the right cell of each left one, both sides filled up to the same size
    static Result refine(Sides sides, int[] rightOf, int threads) {
        Refinement refinement = new Refinement(sides, threads);
        Result result = refinement.turn(rightOf);
        for (int turn = 1; turn < TURNS; turn++) {
            Result next = refinement.turn(result.rightOf);
            boolean still = Arrays.equals(next.rightOf, result.rightOf);
            result = next;
            if (still) {
                break;
            }
        }
        return result;
    }

    private Result turn(int[] rightOf) {
        PairFeatures features = new PairFeatures(sides, rightOf);
        int count = features.count();
        double[] likeness = new double[n * n];
        rows(features, (i, room) -> {
            for (int feature : features.likenesses()) {
                for (int j = 0; j < n; j++) {
                    likeness[i * n + j] += room[feature * n + j];
                }
            }
        });
        int[] leftOf = new int[n];
        for (int i = 0; i < n; i++) {
            leftOf[rightOf[i]] = i;
        }
        int most = Math.min(ALTERNATIVES, n);
        int[][] ofLeft = alternatives(likeness, rightOf, most);
        int[][] ofRight = alternatives(PairScore.turned(likeness, n), leftOf, most);
        double[][] all = new double[2 * n][most * count];
        rows(features, (i, room) -> {
            for (int a = 0; a < most; a++) {
                take(room, ofLeft[i][a], all[i], a, count);
            }
            for (int j = 0; j < n; j++) {
                for (int a = 0; a < most; a++) {
                    if (ofRight[j][a] == i) {
                        take(room, j, all[n + j], a, count);
                    }
                }
            }
        });
        double[][] x = real(all, rightOf);
        double[] scale = scale(x, count);
        double[] w = ConditionalLogit.fit(count, x, new int[x.length], RIDGE, threads);
        double[] scores = new double[n * n];
        rows(features, (i, room) -> {
            for (int f = 0; f < count; f++) {
                double weight = w[f] * scale[f];
                for (int j = 0; j < n; j++) {
                    scores[i * n + j] += weight * room[f * n + j];
                }
            }
        });
        return new Result(DenseAssignment.of(n, scores), scores);
    }

    /// Choices of pairs of which neither cell only fills up a side.
    private double[][] real(double[][] x, int[] rightOf) {
        return IntStream.range(0, n).filter(i -> i < sides.left().rows() && rightOf[i] < sides.right().rows())
                .flatMap(i -> IntStream.of(i, n + rightOf[i])).mapToObj(c -> x[c]).toArray(double[][]::new);
    }

    private interface Row {
        void see(int i, double[] room);
    }

    private void rows(PairFeatures features, Row row) {
        int parts = Math.min(n, 64);
        Parallel.run(threads, parts, part -> {
            double[] room = new double[features.count() * n];
            for (int i = (int) ((long) part * n / parts); i < (int) ((long) (part + 1) * n / parts); i++) {
                features.row(i, room);
                row.see(i, room);
            }
        });
    }

    private void take(double[] room, int j, double[] x, int alternative, int count) {
        for (int f = 0; f < count; f++) {
            x[alternative * count + f] = room[f * n + j];
        }
    }

    /// The matched cell first, then the most alike.
    private int[][] alternatives(double[] likeness, int[] matched, int most) {
        int[][] alternatives = new int[n][];
        Parallel.run(threads, n, i -> {
            double[] own = Arrays.copyOfRange(likeness, i * n, (i + 1) * n);
            own[matched[i]] = Double.POSITIVE_INFINITY;
            alternatives[i] = IntStream.range(0, n).boxed().sorted((a, b) -> Double.compare(own[b], own[a]))
                    .limit(most).mapToInt(Integer::intValue).toArray();
        });
        return alternatives;
    }

    /// Brings each feature to a standard deviation of 1.
    ///
    /// @return what it was multiplied by; 0 for those that do not vary
    private static double[] scale(double[][] x, int count) {
        double[] sum = new double[count];
        double[] squares = new double[count];
        long number = 0;
        for (double[] one : x) {
            for (int at = 0; at < one.length; at++) {
                sum[at % count] += one[at];
                squares[at % count] += one[at] * one[at];
            }
            number += one.length / count;
        }
        double[] scale = new double[count];
        for (int f = 0; f < count; f++) {
            double variance = squares[f] / number - sum[f] / number * (sum[f] / number);
            scale[f] = variance > 1e-12 * squares[f] / number ? 1 / Math.sqrt(variance) : 0;
        }
        for (double[] one : x) {
            for (int at = 0; at < one.length; at++) {
                one[at] *= scale[at % count];
            }
        }
        return scale;
    }
}
