package org.neuropil.phantom.circuit;

import java.util.Arrays;
import java.util.List;

import org.neuropil.volume.kernel.Parallel;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/// Makes proximity and synapses, one axon after the other, each from streams of its own, so that threads do not matter.
///
/// The number of synapses of a pair is Poisson with the rate
///
/// > L * 0.0012/µm * (type factor)^dose * axon weight * exp(like-to-like) * exp(common input) * reciprocity
///
/// where L is the pair's proximity: [Nearness] times a nearly log-normal number of mean 1 (sigma 0.5), times exp(dose * 1.125
/// * signal correlation).
final class Wiring {
    /// Slope of the logarithm of L_d per unit of signal correlation (Ding and others 2025, V1 to V1).
    static final double PROXIMITY_SLOPE = 1.125;
    /// Slope of the logarithm of synapses for each µm of L_d (likewise).
    static final double SYNAPSE_SLOPE = 2.297;
    private static final double COMMON_SLOPE = 5;
    private static final double DENSITY = 0.0012;
    private static final double VARIATION = 0.5;
    private static final double LOG_VARIATION = Draws.logMean(VARIATION);
    private static final double EXTRA = 0.25;
    /// No pair has more; so that exp(-rate) is never 0.
    private static final double MOST_CONTACTS = 500;
    private static final int GUIDED = 200;

    private final CircuitPlan plan;
    private final Cells cells;
    private final Tuning tuning;
    private final Proofreading proofreading;
    private final long seed;
    private final Nearness nearness;
    private final double[] factors;
    private final int types;
    private final boolean[] excitatory;
    private final double proximitySlope;
    private final double synapseSlope;
    private final double commonSlope;
    private final double reciprocity;
    private final double inContact;
    private final long variation;
    private final long numbers;
    private final long mutual;

    Wiring(CircuitPlan plan, Cells cells, Tuning tuning, Proofreading proofreading, long seed) {
        this.plan = plan;
        this.cells = cells;
        this.tuning = tuning;
        this.proofreading = proofreading;
        this.seed = seed;
        nearness = new Nearness(plan, cells, seed);
        List<CellType> all = plan.tissue().types();
        types = plan.tissue().neurons();
        factors = new double[types * types];
        double dose = plan.dose(Rule.TYPE);
        for (int a = 0; a < types; a++) {
            for (int b = 0; b < types; b++) {
                double factor = all.get(a).group().density(all.get(b).group()) * all.get(a).out() * all.get(b).in();
                factors[a * types + b] = DENSITY * (dose == 0 ? 1 : StrictMath.pow(factor, dose));
            }
        }
        excitatory = new boolean[cells.neurons()];
        for (int i = 0; i < excitatory.length; i++) {
            excitatory[i] = all.get(cells.type()[i]).group() == Group.EXCITATORY;
        }
        proximitySlope = PROXIMITY_SLOPE * plan.dose(Rule.LIKE_TO_LIKE_PROXIMITY);
        synapseSlope = SYNAPSE_SLOPE * plan.dose(Rule.LIKE_TO_LIKE_SYNAPSES);
        commonSlope = COMMON_SLOPE * plan.dose(Rule.COMMON_INPUT);
        reciprocity = plan.dose(Rule.RECIPROCITY);
        inContact = 1 + EXTRA * plan.dose(Rule.MULTI_SYNAPSES);
        variation = new Draws(seed, 31).bits();
        numbers = new Draws(seed, 32).bits();
        mutual = new Draws(seed, 33).bits();
    }

    /// What was made.
    record Made(Proximity proximity, Synapses synapses) {}

    Made make(int threads) {
        int n = cells.neurons();
        int[] axons = axons();
        int[][] targets = new int[axons.length][];
        float[][] lengths = new float[axons.length][];
        int[][] made = new int[axons.length][];
        int[][] seen = new int[axons.length][];
        int[] place = new int[n];
        Arrays.fill(place, -1);
        for (int i = 0; i < axons.length; i++) {
            place[axons[i]] = i;
        }
        SynapseRow[] rows = new SynapseRow[2 * n];
        Parallel.run(threads, n, pre -> {
            Axon axon = new Axon(pre, place[pre] >= 0);
            axon.grow();
            rows[pre] = axon.synapses;
            if (place[pre] >= 0) {
                targets[place[pre]] = axon.targets.toIntArray();
                lengths[place[pre]] = Arrays.copyOf(axon.lengths, axon.targets.size());
                made[place[pre]] = axon.made.toIntArray();
                seen[place[pre]] = axon.seen.toIntArray();
            }
        });
        long inside = 0;
        for (int i = 0; i < n; i++) {
            inside += rows[i].count;
        }
        OutsideMaker outside = new OutsideMaker(plan, cells, seed, inside);
        Parallel.run(threads, n, cell -> rows[n + cell] = outside.of(cell));
        return new Made(new Proximity(axons, targets, lengths, made, seen), SynapseRow.together(rows));
    }

    private int[] axons() {
        IntArrayList axons = new IntArrayList();
        for (int i = 0; i < cells.neurons(); i++) {
            if (proofreading.axon()[i] != 0) {
                axons.add(i);
            }
        }
        return axons.toIntArray();
    }

    /// One axon at work.
    private final class Axon {
        private final int pre;
        private final boolean kept;
        private final SynapseRow synapses = new SynapseRow();
        private final IntArrayList targets = new IntArrayList();
        private float[] lengths = new float[16];
        private final IntArrayList made = new IntArrayList();
        private final IntArrayList seen = new IntArrayList();
        private final SynapseMaker maker;
        private final float[] guide;
        private final double guideMean;

        Axon(int pre, boolean kept) {
            this.pre = pre;
            this.kept = kept;
            maker = new SynapseMaker(plan, cells, proofreading, seed, inContact);
            boolean guided = commonSlope != 0 && excitatory[pre];
            guide = guided ? guide() : new float[0];
            guideMean = guided ? guideMean() : 0;
        }

        void grow() {
            for (int post = 0; post < cells.neurons(); post++) {
                if (post != pre) {
                    double log = nearness.log(pre, post);
                    if (log > Double.NEGATIVE_INFINITY) {
                        meet(post, log);
                    }
                }
            }
        }

        private void meet(int post, double log) {
            boolean both = excitatory[pre] && excitatory[post];
            double like = both && (proximitySlope != 0 || synapseSlope != 0) ? tuning.similarity(pre, post) : 0;
            double noise = VARIATION * Draws.nearlyNormal(Draws.pair(variation, pre, post)) - LOG_VARIATION;
            double length = StrictMath.exp(log + noise + proximitySlope * like);
            double rest = synapseSlope * like;
            if (both && commonSlope != 0) {
                rest += commonSlope * toGuide(post) - guideMean;
            }
            if (reciprocity != 0) {
                rest += reciprocity * Draws.nearlyNormal(
                        Draws.pair(mutual, Math.min(pre, post), Math.max(pre, post))) - Draws.logMean(reciprocity);
            }
            double rate = length * factors[cells.type()[pre] * types + cells.type()[post]] * cells.weight()[pre]
                    * (rest == 0 ? 1 : StrictMath.exp(rest)) / inContact;
            double die = Draws.uniform(Draws.pair(numbers, pre, post));
            int contacts = Draws.poisson(Math.min(rate, MOST_CONTACTS), die);
            int before = synapses.count;
            int attached = contacts == 0 ? 0 : maker.make(pre, post, contacts, synapses);
            if (kept) {
                if (targets.size() == lengths.length) {
                    lengths = Arrays.copyOf(lengths, 2 * lengths.length);
                }
                lengths[targets.size()] = (float) length;
                targets.add(post);
                made.add(synapses.count - before);
                seen.add(attached);
            }
        }

        /// A direction of its own: how some other cell is tuned, without what that has in common with this one, so that
        /// the targets are like each other and not like the axon's cell.
        private float[] guide() {
            Draws draws = new Draws(seed, 34, pre);
            int other = draws.below(cells.neurons());
            while (!excitatory[other] || other == pre) {
                other = (other + 1) % cells.neurons();
                if (other == pre) {
                    break;
                }
            }
            int images = tuning.images();
            double like = tuning.similarity(pre, other);
            float[] direction = new float[images];
            double squares = 0;
            for (int c = 0; c < images; c++) {
                direction[c] = (float) (tuning.standard()[other * images + c]
                        - like * tuning.standard()[pre * images + c]);
                squares += direction[c] * direction[c];
            }
            double length = squares > 0 ? StrictMath.sqrt(squares) : 1;
            for (int c = 0; c < images; c++) {
                direction[c] /= (float) length;
            }
            return direction;
        }

        private double toGuide(int post) {
            int from = post * tuning.images();
            double sum = 0;
            for (int c = 0; c < guide.length; c++) {
                sum += guide[c] * tuning.standard()[from + c];
            }
            return sum;
        }

        /// log of the mean factor, so that the rule moves synapses and makes no more of them.
        private double guideMean() {
            double sum = 0;
            int used = 0;
            int step = Math.max(1, cells.neurons() / GUIDED);
            for (int post = 0; post < cells.neurons(); post += step) {
                if (excitatory[post]) {
                    sum += StrictMath.exp(commonSlope * toGuide(post));
                    used++;
                }
            }
            return used == 0 ? 0 : StrictMath.log(sum / used);
        }
    }
}
