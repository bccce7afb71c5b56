package org.neuropil.phantom.circuit;

/// Where one axon can touch one dendrite: each part of the axon on each part of the dendrite, and the soma, with weights by
/// what is offered and what the axon prefers. Used again for pair after pair.
final class Contact {
    static final int SOMA = 0;
    static final int BASAL = 1;
    static final int APICAL = 2;
    /// Share of what is offered that is soma.
    private static final double OFFERED = 0.05;
    private static final double SOMA_RADIUS = 6;
    private static final double NEIGHBOUR = 3;
    private static final int MOST = 16;

    private final Cells cells;
    private final Tissue tissue;
    private final double dose;
    private final double[] weights = new double[MOST];
    private final int[] parts = new int[MOST];
    private final double[] means = new double[MOST];
    private final double[] sigmas = new double[MOST];
    private final double[] at = new double[3];
    private final double[] near = new double[3];
    private int count;
    private double sum;
    private int pre;
    private int post;
    private int part;

    Contact(CircuitPlan plan, Cells cells) {
        this.cells = cells;
        tissue = plan.tissue();
        dose = plan.dose(Rule.COMPARTMENT);
    }

    /// Begins with a pair.
    void between(int axon, int dendrite) {
        pre = axon;
        post = dendrite;
        CellType from = tissue.types().get(cells.type()[axon]);
        CellType onto = tissue.types().get(cells.type()[dendrite]);
        count = 0;
        sum = 0;
        double offered = 0;
        for (Arbor.Part one : from.arbor().axon()) {
            for (Arbor.Part other : onto.arbor().dendrite()) {
                double overlap = Arbor.overlap(one, cells.y()[pre], other, cells.y()[post]);
                offered += overlap;
                double a = one.sigma() * one.sigma();
                double b = other.sigma() * other.sigma();
                means[count] = (one.centre(cells.y()[pre]) * b + other.centre(cells.y()[post]) * a) / (a + b);
                sigmas[count] = StrictMath.sqrt(a * b / (a + b));
                add(from.group(), other.apical() ? APICAL : BASAL, overlap);
            }
        }
        add(from.group(), SOMA, offered * OFFERED);
    }

    private void add(Group group, int compartment, double offered) {
        weights[count] = offered * (dose == 0 ? 1 : StrictMath.pow(group.preference(compartment), dose));
        sum += weights[count];
        parts[count++] = compartment;
    }

    /// Chooses where the next contact is.
    void next(Draws draws) {
        double die = draws.uniform() * sum;
        int chosen = 0;
        while (chosen + 1 < count && die >= weights[chosen]) {
            die -= weights[chosen++];
        }
        part = parts[chosen];
        if (part == SOMA) {
            at[0] = cells.x()[post] + SOMA_RADIUS * draws.normal();
            at[1] = cells.y()[post] + SOMA_RADIUS * draws.normal();
            at[2] = cells.z()[post] + SOMA_RADIUS * draws.normal();
            return;
        }
        double a = tissue.types().get(cells.type()[pre]).arbor().axonRadius();
        double b = tissue.types().get(cells.type()[post]).arbor().dendriteRadius();
        double sigma = a * b / StrictMath.sqrt(a * a + b * b);
        at[0] = (cells.x()[pre] * b * b + cells.x()[post] * a * a) / (a * a + b * b) + sigma * draws.normal();
        at[1] = means[chosen] + sigmas[chosen] * draws.normal();
        at[2] = (cells.z()[pre] * b * b + cells.z()[post] * a * a) / (a * a + b * b) + sigma * draws.normal();
    }

    /// The compartment of the contact.
    int part() {
        return part;
    }

    /// A synapse of the contact: x, depth (at least 0) and z in µm. The array is used again.
    ///
    /// @param first whether it is the contact's first one
    double[] place(boolean first, Draws draws) {
        for (int axis = 0; axis < 3; axis++) {
            near[axis] = at[axis] + (first ? 0 : NEIGHBOUR * draws.normal());
        }
        near[1] = Math.abs(near[1]);
        return near;
    }
}
