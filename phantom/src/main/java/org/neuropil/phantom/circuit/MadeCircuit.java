package org.neuropil.phantom.circuit;

import java.util.Locale;

import org.neuropil.space.InputException;

/// A circuit that never was, with its truth. Arrays are not copied: nobody changes them.
///
/// @param plan that it follows
/// @param seed that it was made with
/// @param cells somata and nuclei
/// @param vessels points along them
/// @param tuning what neurons answer
/// @param proofreading what people mended
/// @param proximity where proofread axons meet dendrites, with numbers of synapses
/// @param synapses all of them
/// @param units what was imaged
public record MadeCircuit(CircuitPlan plan, long seed, Cells cells, Vessels vessels, Tuning tuning,
        Proofreading proofreading, Proximity proximity, Synapses synapses, Units units) {
    private static final double SYNAPSE_BYTES = 90;
    private static final double PAIR_BYTES = 32;
    private static final double NEURON_BYTES = 118 * 8 + 200.0;
    private static final double UNIT_BYTES = 4.0;
    private static final int SAMPLE = 20_000;
    private static final int ALWAYS_FITS = 2000;
    /// Synapses for each µm of proximity, about, over all types and rules.
    private static final double LIKELY = 0.0025;

    /// Makes it, in the caller's thread.
    public static MadeCircuit make(CircuitPlan plan, long seed) {
        return make(plan, seed, 1);
    }

    /// Makes it. Equal plans and seeds give equal circuits, whatever the number of threads.
    ///
    /// @param threads at least 1
    /// @throws InputException if it does not fit into memory
    public static MadeCircuit make(CircuitPlan plan, long seed, int threads) {
        CellMaker maker = new CellMaker(plan, seed);
        Vessels vessels = maker.vessels();
        Cells cells = maker.cells(vessels);
        checkMemory(plan, cells, seed);
        Tuning tuning = new TuningMaker(plan, cells, seed).tuning();
        Proofreading proofreading = new ProofreadingMaker(plan, cells, seed).proofreading();
        Units units = new UnitMaker(plan, cells, tuning, seed).units();
        Wiring.Made made = new Wiring(plan, cells, tuning, proofreading, seed).make(threads);
        return new MadeCircuit(plan, seed, cells, vessels, tuning, proofreading, made.proximity(), made.synapses(),
                units);
    }

    /// The type of a cell, in truth.
    public CellType type(int cell) {
        return plan.tissue().types().get(cells.type()[cell]);
    }

    /// The visual area that a cell lies in: V1, AL, RL or LM.
    public String area(int cell) {
        return plan.tissue().area(cells.x()[cell], cells.z()[cell], plan.side());
    }

    /// Refuses what would end in the middle.
    private static void checkMemory(CircuitPlan plan, Cells cells, long seed) {
        if (plan.neurons() <= ALWAYS_FITS) {
            return;
        }
        double bytes = bytes(plan, cells, seed);
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > 0.8 * most) {
            throw new InputException(String.format(Locale.ROOT,
                    "a circuit of %,d neurons needs about %.1f GiB of memory, and Java has %.1f", plan.neurons(),
                    bytes / (1 << 30), (double) most / (1 << 30)), "scale",
                    String.format(Locale.ROOT, "give more with --memory %dg, or choose a smaller scale",
                            (int) Math.ceil(bytes * 1.3 / (1 << 30))));
        }
    }

    /// About how many bytes it takes, by a sample of pairs.
    private static double bytes(CircuitPlan plan, Cells cells, long seed) {
        Nearness nearness = new Nearness(plan, cells, seed);
        Draws draws = new Draws(seed, 60);
        double near = 0;
        double length = 0;
        for (int i = 0; i < SAMPLE; i++) {
            double log = nearness.log(draws.below(cells.neurons()), draws.below(cells.neurons()));
            if (log > Double.NEGATIVE_INFINITY) {
                near++;
                length += StrictMath.exp(log);
            }
        }
        double n = plan.neurons();
        double synapses = n * n * length / SAMPLE * LIKELY * (1 + 1.5 * plan.outside());
        double trials = 118.0 * plan.imageRepeats() + 2.0 * Tuning.DIRECTIONS * plan.gratingRepeats();
        return synapses * SYNAPSE_BYTES + plan.proofread() * n * near / SAMPLE * PAIR_BYTES + n * NEURON_BYTES
                + plan.imaged() * 1.1 * trials * UNIT_BYTES;
    }
}
