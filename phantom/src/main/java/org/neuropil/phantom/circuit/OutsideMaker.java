package org.neuropil.phantom.circuit;

import java.util.List;

/// Synapses with axons and dendrites whose cells do not lie in the column: each cell gets as many of them as it weighs.
final class OutsideMaker {
    /// Synapses of an axon from outside.
    private static final int ON_AXON = 4;
    private static final double OUTPUTS = 0.5;
    private static final double EXCITATORY = 0.85;
    private static final double WIDE = 1.3;
    private static final double SIGMA = 0.55;
    private static final double MEDIAN = 2400;
    private static final double SOMATA = 0.03;

    private final CircuitPlan plan;
    private final Cells cells;
    private final long seed;
    private final double mean;
    private final int axons;

    /// @param inside how many synapses there are among the neurons
    OutsideMaker(CircuitPlan plan, Cells cells, long seed, long inside) {
        this.plan = plan;
        this.cells = cells;
        this.seed = seed;
        mean = (double) inside / cells.neurons() * plan.outside();
        axons = Math.clamp((long) (inside * plan.outside()) / ON_AXON, 1, 100_000_000);
    }

    /// Inputs and outputs of a neuron.
    SynapseRow of(int cell) {
        SynapseRow row = new SynapseRow();
        Draws draws = new Draws(seed, 36, cell);
        CellType type = plan.tissue().types().get(cells.type()[cell]);
        int inputs = draws.poisson(mean * type.in());
        for (int i = 0; i < inputs; i++) {
            boolean excitatory = draws.chance(EXCITATORY);
            Arbor.Part part = chosen(type.arbor().dendrite(), draws);
            boolean soma = !excitatory && draws.chance(SOMATA / (1 - EXCITATORY));
            double[] at = soma
                    ? place(cell, cells.y()[cell], 4, 4, draws)
                    : place(cell, part.centre(cells.y()[cell]), part.sigma(), type.arbor().dendriteRadius(), draws);
            byte sits = soma
                    ? Synapses.SOMA
                    : sits(excitatory ? Group.EXCITATORY : Group.PERISOMATIC, type.group(),
                            draws);
            row.add(-1, cell, at, size(draws), sits, sits,
                    soma ? Contact.SOMA : part.apical() ? Contact.APICAL : Contact.BASAL,
                    RootIds.axon(draws.below(axons)), cells.root()[cell]);
        }
        int outputs = draws.poisson(OUTPUTS * mean * cells.weight()[cell]);
        for (int i = 0; i < outputs; i++) {
            Arbor.Part part = chosen(type.arbor().axon(), draws);
            double[] at = place(cell, part.centre(cells.y()[cell]), part.sigma(), WIDE * type.arbor().axonRadius(),
                    draws);
            byte sits = sits(type.group(), Group.EXCITATORY, draws);
            row.add(cell, -1, at, size(draws), sits, sits, Contact.BASAL, cells.root()[cell], SynapseRow.NOBODY);
        }
        return row;
    }

    private static Arbor.Part chosen(List<Arbor.Part> parts, Draws draws) {
        double die = draws.uniform();
        int at = 0;
        while (at + 1 < parts.size() && die >= parts.get(at).weight()) {
            die -= parts.get(at++).weight();
        }
        return parts.get(at);
    }

    private double[] place(int cell, double depth, double spread, double radius, Draws draws) {
        return new double[]{cells.x()[cell] + radius * draws.normal(), Math.abs(depth + spread * draws.normal()),
            cells.z()[cell] + radius * draws.normal()};
    }

    private static byte sits(Group from, Group onto, Draws draws) {
        return draws.chance(from.spines(onto)) ? Synapses.SPINE : Synapses.SHAFT;
    }

    private static double size(Draws draws) {
        return MEDIAN * StrictMath.exp(SIGMA * draws.normal());
    }
}
