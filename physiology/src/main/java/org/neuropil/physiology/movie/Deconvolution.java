package org.neuropil.physiology.movie;

import java.util.Arrays;

/// The calcium that explains a trace with few events, exactly.
///
/// Minimises ½ Σ (y_t − c_t)² + λ · #{t > 1 : s_t ≠ 0} over c, with s_t = c_t − γ c_{t−1} ≥ 0 and c_1 ≥ 0 (Jewell & Witten,
/// *Annals of Applied Statistics* 2018; the constraint and this algorithm: Jewell, Hocking, Fearnhead & Witten,
/// *Biostatistics* 2020). Calcium is never negative.
///
/// The least cost of the frames up to t, as a function of c_t, is made of parabolas. That of the next frame is
/// ½ (y − c)² + min(cost(c / γ), λ + min of cost over what is not above c / γ): without and with an event. An event pays only
/// where the inner minimum is a local one, so it needs to be held for the places where the function has come down to a
/// value below all to the left of it; what lies above the best event is forgotten (functional pruning). The number of
/// parabolas stays small whatever the length of the trace.
///
/// Calcium below 1e-10 of the largest value counts as that much: parabolas down there are put together, or decays of thousands
/// of frames would leave the range of a double.
///
/// @param calcium c of each frame
/// @param events s of each frame, 0 where there is none; the first frame has none
@SuppressWarnings("ArrayRecordComponent")
public record Deconvolution(double[] calcium, double[] events) {
    private static final double SMALL = 1e-10;
    /// Parabolas are put together once the lowest of them ends here.
    private static final double TINY = 1e-14;

    /// Solves it.
    ///
    /// @param trace y, without NaN
    /// @param decay γ, what is left of the calcium after a frame, above 0 and below 1
    /// @param penalty λ, not negative
    /// @throws IllegalArgumentException if a parameter is out of its range
    public static Deconvolution of(double[] trace, double decay, double penalty) {
        if (!(decay > 0 && decay < 1) || !(penalty >= 0)) {
            throw new IllegalArgumentException("decay " + decay + " and penalty " + penalty);
        }
        if (trace.length == 0) {
            return new Deconvolution(new double[0], new double[0]);
        }
        double scale = 0;
        for (double value : trace) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value " + value);
            }
            scale = Math.max(scale, Math.abs(value));
        }
        return scale == 0
                ? new Deconvolution(new double[trace.length], new double[trace.length])
                : new Forward(trace, decay, penalty, scale).solution();
    }

    /// How many events there are.
    public int count() {
        int count = 0;
        for (double event : events) {
            count += event > 0 ? 1 : 0;
        }
        return count;
    }

    /// What was minimised.
    public double objective(double[] trace, double penalty) {
        double sum = 0;
        for (int i = 0; i < trace.length; i++) {
            sum += (trace[i] - calcium[i]) * (trace[i] - calcium[i]) / 2;
        }
        return sum + penalty * count();
    }

    /// A function on 0 to infinity, made of pieces a x² + b x + c.
    private static final class Pieces {
        int count;
        double[] left = new double[16];
        double[] a = new double[16];
        double[] b = new double[16];
        double[] c = new double[16];
        /// What came before, a number in [Forward#parents]; -1 for the beginning of the trace.
        int[] node = new int[16];

        double right(int piece) {
            return piece + 1 < count ? left[piece + 1] : Double.POSITIVE_INFINITY;
        }

        double at(int piece, double x) {
            return (a[piece] * x + b[piece]) * x + c[piece];
        }

        /// Where a piece is least, within it.
        double lowest(int piece) {
            double from = left[piece];
            double place = a[piece] > 0 ? -b[piece] / (2 * a[piece]) : from;
            return Math.min(right(piece), Math.max(from, place));
        }

        /// Adds a piece from a place on, behind the others. Pieces with one beginning are one parabola.
        void add(double from, double square, double linear, double constant, int before) {
            if (count > 0 && node[count - 1] == before) {
                return;
            }
            if (count == left.length) {
                int most = 2 * count;
                left = Arrays.copyOf(left, most);
                a = Arrays.copyOf(a, most);
                b = Arrays.copyOf(b, most);
                c = Arrays.copyOf(c, most);
                node = Arrays.copyOf(node, most);
            }
            left[count] = from;
            a[count] = square;
            b[count] = linear;
            c[count] = constant;
            node[count++] = before;
        }
    }

    private static final class Forward {
        private final double[] trace;
        private final double decay;
        private final double penalty;
        private final double scale;
        private Pieces now = new Pieces();
        private Pieces next = new Pieces();
        /// Of each frame t, A = Σ y_s γ^(s − t) and G = Σ γ^(2 (s − t)) over the frames s behind it. Calcium that is higher by d
        /// now, with the same events to come, can lower what is to be paid for those frames by d A − d² G / 2 at most, since
        /// calcium is never negative. So what costs that much more than the best event's beginning leads to nothing.
        private final double[] ahead;
        private final double[] weights;
        /// Of each beginning of a stretch without events: the frames before it, the calcium in the last of them, the
        /// beginning before, and whether an event begins it.
        private int nodes;
        private int[] times;
        private double[] calciums;
        private int[] parents;
        private boolean[] spikes;
        /// The best event so far from the left: its cost, and the node that it would have, once it was needed.
        private double flat;
        private double flatAt;
        private int flatParent;
        private int flatNode;

        Forward(double[] trace, double decay, double penalty, double scale) {
            this.trace = trace;
            this.decay = decay;
            this.penalty = penalty;
            this.scale = scale;
            ahead = new double[trace.length];
            weights = new double[trace.length];
            for (int t = trace.length - 1; t > 0; t--) {
                ahead[t - 1] = decay * (trace[t] + ahead[t]);
                weights[t - 1] = decay * decay * (1 + weights[t]);
            }
            int most = 2 * trace.length + 16;
            times = new int[most];
            calciums = new double[most];
            parents = new int[most];
            spikes = new boolean[most];
        }

        Deconvolution solution() {
            now.add(0, 0.5, -trace[0], trace[0] * trace[0] / 2, -1);
            for (int t = 1; t < trace.length; t++) {
                step(t);
            }
            int best = 0;
            for (int i = 1; i < now.count; i++) {
                best = now.at(i, now.lowest(i)) < now.at(best, now.lowest(best)) ? i : best;
            }
            return back(now.lowest(best), now.node[best]);
        }

        private Deconvolution back(double last, int from) {
            double[] calcium = new double[trace.length];
            double[] events = new double[trace.length];
            double at = last;
            int node = from;
            int end = trace.length;
            while (end > 0) {
                int begin = node < 0 ? 0 : times[node];
                for (int t = end - 1; t >= begin; t--) {
                    calcium[t] = at;
                    at /= t > begin ? decay : 1;
                }
                if (node >= 0) {
                    if (spikes[node]) {
                        events[begin] = Math.max(0, at - decay * calciums[node]);
                    }
                    at = calciums[node];
                    node = parents[node];
                }
                end = begin;
            }
            return new Deconvolution(calcium, events);
        }

        /// From the frames before t to those with t.
        private void step(int t) {
            next.count = 0;
            flat = Double.POSITIVE_INFINITY;
            for (int i = 0; i < now.count; i++) {
                double x = now.left[i];
                double lowest = now.lowest(i);
                double least = now.at(i, lowest);
                if (least < flat) {
                    // The function goes below all to the left of it: down to there no event pays.
                    double enters = i == 0 ? x : crossing(i, x, lowest);
                    if (enters > x) {
                        mix(t, i, x, enters);
                    }
                    if (lowest > enters) {
                        next.add(enters, now.a[i], now.b[i], now.c[i], now.node[i]);
                    }
                    flat = least;
                    flatAt = lowest;
                    flatParent = now.node[i];
                    flatNode = -1;
                    x = lowest;
                }
                if (x < now.right(i)) {
                    mix(t, i, x, now.right(i));
                }
            }
            double square = decay * decay;
            double value = trace[t];
            for (int i = 0; i < next.count; i++) {
                next.left[i] *= decay;
                next.a[i] = next.a[i] / square + 0.5;
                next.b[i] = next.b[i] / decay - value;
                next.c[i] += value * value / 2;
            }
            Pieces old = now;
            now = next;
            next = old;
            gather(t + 1);
        }

        /// Where a piece comes down to the best event's cost, between two places.
        private double crossing(int piece, double from, double to) {
            if (now.at(piece, from) <= flat) {
                return from;
            }
            double a = now.a[piece];
            double root = Math.sqrt(Math.max(0, now.b[piece] * now.b[piece] - 4 * a * (now.c[piece] - flat)));
            return Math.min(to, Math.max(from, (-now.b[piece] - root) / (2 * a)));
        }

        /// The cheaper of a piece and the best event, from one place to another; also where the piece is no way to the least
        /// cost of the whole trace (see [#ahead]).
        private void mix(int t, int piece, double from, double to) {
            double a = now.a[piece];
            double b = 2 * a * flatAt + now.b[piece];
            double above = now.at(piece, flatAt) - flat;
            double low = from;
            double high = to;
            double[] parabola = {a, b, above - penalty, a + weights[t - 1] / 2, b - ahead[t - 1], above};
            for (int i = 0; i < parabola.length && low < high; i += 3) {
                double square = parabola[i];
                double linear = parabola[i + 1];
                double discriminant = linear * linear - 4 * square * parabola[i + 2];
                if (square == 0 ? parabola[i + 2] >= 0 : discriminant <= 0) {
                    high = low;
                } else if (square > 0) {
                    double root = Math.sqrt(discriminant);
                    low = Math.max(low, flatAt + (-linear - root) / (2 * square));
                    high = Math.min(high, flatAt + (-linear + root) / (2 * square));
                }
            }
            // Of the best event's beginning itself a little is kept, whatever comes.
            if (from == flatAt && above <= 0) {
                low = from;
                high = Math.min(to, Math.max(high, from + SMALL * scale));
            }
            if (low >= high) {
                event(t, from, to);
                return;
            }
            event(t, from, low);
            next.add(low, now.a[piece], now.b[piece], now.c[piece], now.node[piece]);
            event(t, high, to);
        }

        private void event(int t, double from, double to) {
            if (from >= to) {
                return;
            }
            if (flatNode < 0) {
                flatNode = node(t, flatAt, flatParent, true);
            }
            next.add(from, 0, 0, flat + penalty, flatNode);
        }

        private int node(int time, double calcium, int parent, boolean spike) {
            if (nodes == times.length) {
                int most = nodes + nodes / 2;
                times = Arrays.copyOf(times, most);
                calciums = Arrays.copyOf(calciums, most);
                parents = Arrays.copyOf(parents, most);
                spikes = Arrays.copyOf(spikes, most);
            }
            times[nodes] = time;
            calciums[nodes] = calcium;
            parents[nodes] = parent;
            spikes[nodes] = spike;
            return nodes++;
        }

        /// Puts the pieces near 0 together, once the first of them has become tiny.
        ///
        /// @param frames how many frames the function is of
        private void gather(int frames) {
            if (now.right(0) > TINY * scale) {
                return;
            }
            double border = SMALL * scale;
            double place = 0;
            double least = Double.POSITIVE_INFINITY;
            int parent = -1;
            int first = 0;
            for (int i = 0; i < now.count && now.left[i] < border; i++) {
                double lowest = Math.min(border, now.lowest(i));
                if (now.at(i, lowest) < least) {
                    place = lowest;
                    least = now.at(i, lowest);
                    parent = now.node[i];
                }
                first = i;
            }
            int before = node(frames, place, parent, false);
            next.count = 0;
            next.add(0, 0, 0, least, before);
            for (int i = now.right(first) > border ? first : first + 1; i < now.count; i++) {
                next.add(Math.max(border, now.left[i]), now.a[i], now.b[i], now.c[i], now.node[i]);
            }
            Pieces old = now;
            now = next;
            next = old;
        }
    }
}
