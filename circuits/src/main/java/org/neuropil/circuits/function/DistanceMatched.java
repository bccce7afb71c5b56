package org.neuropil.circuits.function;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.neuropil.circuits.graph.NullTest;
import org.neuropil.volume.kernel.Parallel;

/// Mean similarity of connected pairs beside that of pairs drawn by distance alone.
///
/// @param test of the mean similarity of the connected pairs
/// @param how pairs were drawn
public record DistanceMatched(NullTest test, Way how) {
    /// How pairs are drawn.
    public enum Way {
        /// As many pairs as are connected, each independent of the others, so that one may come twice: the course's way
        /// (reference section F3).
        PUBLISHED,
        /// For each axon as many of its own pairs as it is connected with, none twice: an axon that makes many connections,
        /// or lies where tuning is of one kind, does so in the null model, too.
        BY_AXON
    }

    /// Draws.
    ///
    /// @param draws at least 1
    /// @param threads at least 1; the result does not depend on them
    /// @throws IllegalArgumentException if no pair is connected, or a connection has no chance by distance
    public static DistanceMatched of(Pairs pairs, Way how, int draws, long seed, int threads) {
        if (pairs.connected() == 0) {
            throw new IllegalArgumentException("no pair is connected");
        }
        Drawing drawing = how == Way.PUBLISHED ? new Repeated(pairs) : new ByAxon(pairs);
        double[] means = new double[draws];
        Parallel.run(threads, draws, draw -> means[draw] = drawing.sum(NullTest.random(seed, draw)) / pairs.connected());
        return new DistanceMatched(NullTest.of(pairs.meanOfConnected(), means), how);
    }

    private sealed interface Drawing {
        /// Summed similarity of one draw.
        double sum(SplittableRandom random);
    }

    /// By the inverse of the cumulative chance.
    private static final class Repeated implements Drawing {
        private final double[] cumulative;
        private final double[] similarity;
        private final int connected;

        Repeated(Pairs pairs) {
            cumulative = new double[pairs.size()];
            double sum = 0;
            for (int i = 0; i < cumulative.length; i++) {
                sum += pairs.chance()[i];
                cumulative[i] = sum;
            }
            if (!(sum > 0)) {
                throw new IllegalArgumentException("no pair has a chance by distance");
            }
            similarity = pairs.similarity();
            connected = pairs.connected();
        }

        @Override
        public double sum(SplittableRandom random) {
            double sum = 0;
            double all = cumulative[cumulative.length - 1];
            for (int i = 0; i < connected; i++) {
                double at = random.nextDouble() * all;
                // The first pair up to which there is more: one without a chance is never met.
                int next = 0;
                int last = cumulative.length - 1;
                while (next < last) {
                    int middle = (next + last) >>> 1;
                    if (cumulative[middle] > at) {
                        last = middle;
                    } else {
                        next = middle + 1;
                    }
                }
                sum += similarity[next];
            }
            return sum;
        }
    }

    /// Without replacement, by the k smallest of exponential waiting times with the chances as rates (Efraimidis and Spirakis
    /// 2006): the same as drawing one after the other from those that are left.
    private static final class ByAxon implements Drawing {
        private final double[] similarity;
        private final double[] chance;
        /// Pairs sorted by axon, those of connected axons only, and where each axon's begin.
        private final int[] order;
        private final int[] starts;
        private final int[] wanted;

        ByAxon(Pairs pairs) {
            similarity = pairs.similarity();
            chance = pairs.chance();
            int cells = Arrays.stream(pairs.pre()).max().orElse(-1) + 1;
            int[] connected = new int[cells];
            int[] possible = new int[cells];
            int[] number = new int[cells];
            for (int i = 0; i < pairs.size(); i++) {
                connected[pairs.pre()[i]] += pairs.isConnected(i) ? 1 : 0;
                possible[pairs.pre()[i]] += chance[i] > 0 ? 1 : 0;
                number[pairs.pre()[i]]++;
            }
            int axons = (int) Arrays.stream(connected).filter(n -> n > 0).count();
            starts = new int[axons + 1];
            wanted = new int[axons];
            int[] next = new int[cells];
            int at = 0;
            for (int c = 0; c < cells; c++) {
                next[c] = -1;
                if (connected[c] > 0) {
                    if (possible[c] < connected[c]) {
                        throw new IllegalArgumentException("axon " + c + " has " + connected[c] + " connections, and "
                                + possible[c] + " pairs with a chance by distance");
                    }
                    wanted[at] = connected[c];
                    next[c] = starts[at];
                    starts[at + 1] = starts[at] + number[c];
                    at++;
                }
            }
            order = new int[starts[axons]];
            for (int i = 0; i < pairs.size(); i++) {
                int c = pairs.pre()[i];
                if (next[c] >= 0) {
                    order[next[c]++] = i;
                }
            }
        }

        @Override
        public double sum(SplittableRandom random) {
            double sum = 0;
            double[] keys = new double[order.length];
            for (int axon = 0; axon < wanted.length; axon++) {
                int from = starts[axon];
                int to = starts[axon + 1];
                for (int i = from; i < to; i++) {
                    keys[i] = -Math.log1p(-random.nextDouble()) / chance[order[i]];
                }
                double[] sorted = Arrays.copyOfRange(keys, from, to);
                Arrays.sort(sorted);
                double last = sorted[wanted[axon] - 1];
                int left = wanted[axon];
                for (int i = from; i < to && left > 0; i++) {
                    if (keys[i] <= last) {
                        sum += similarity[order[i]];
                        left--;
                    }
                }
            }
            return sum;
        }
    }
}
