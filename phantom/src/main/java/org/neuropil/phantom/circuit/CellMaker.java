package org.neuropil.phantom.circuit;

import java.util.List;

/// Puts cells and vessels into the column.
final class CellMaker {
    private static final int NUCLEI = 100_000;
    private static final double VESSELS_OF_MM2 = 60;
    private static final double STEP = 10;
    private static final double DRIFT = 0.1;
    private static final double SPREAD = 0.12;
    private static final double UNEQUAL = 0.5;
    private static final double WRONG_TYPES = 0.03;
    private static final double NEAR_VESSEL = 6;

    private final CircuitPlan plan;
    private final long seed;
    private final List<CellType> types;
    private final double left;
    private final double front;

    CellMaker(CircuitPlan plan, long seed) {
        this.plan = plan;
        this.seed = seed;
        types = plan.tissue().types();
        left = plan.tissue().x() - plan.side() / 2;
        front = plan.tissue().z() - plan.side() / 2;
    }

    /// Vessels that dive from the pia and drift, as arteries and veins do.
    Vessels vessels() {
        Draws draws = new Draws(seed, 1);
        int count = (int) Math.max(1, Math.round(VESSELS_OF_MM2 * plan.side() * plan.side() / 1e6));
        int steps = (int) Math.ceil(Tissue.WHITE / STEP);
        int[] vessel = new int[count * steps];
        float[] x = new float[vessel.length];
        float[] y = new float[vessel.length];
        float[] z = new float[vessel.length];
        float[] radius = new float[vessel.length];
        for (int i = 0; i < count; i++) {
            double atX = draws.uniform(left, left + plan.side());
            double atZ = draws.uniform(front, front + plan.side());
            double driftX = draws.normal() * DRIFT;
            double driftZ = draws.normal() * DRIFT;
            double thick = draws.uniform(3, 12);
            for (int step = 0; step < steps; step++) {
                int at = i * steps + step;
                double depth = step * STEP;
                vessel[at] = i;
                x[at] = (float) (atX + driftX * depth);
                y[at] = (float) depth;
                z[at] = (float) (atZ + driftZ * depth);
                radius[at] = (float) (thick * (1 - 0.6 * depth / Tissue.WHITE));
            }
        }
        return new Vessels(vessel, x, y, z, radius);
    }

    /// Somata. Types are as frequent as their shares say, by largest remainders.
    Cells cells(Vessels vessels) {
        int[] counts = counts();
        int all = 0;
        for (int count : counts) {
            all += count;
        }
        byte[] type = new byte[all];
        float[] x = new float[all];
        float[] y = new float[all];
        float[] z = new float[all];
        float[] volume = new float[all];
        float[] weight = new float[all];
        double sigma = UNEQUAL * plan.dose(Rule.UNEQUAL_AXONS);
        int cell = 0;
        for (int t = 0; t < counts.length; t++) {
            CellType one = types.get(t);
            for (int i = 0; i < counts[t]; i++, cell++) {
                Draws draws = new Draws(seed, 2, t, i);
                type[cell] = (byte) t;
                x[cell] = (float) draws.uniform(left, left + plan.side());
                y[cell] = (float) draws.uniform(one.from(), one.to());
                z[cell] = (float) draws.uniform(front, front + plan.side());
                if (one.name().equals("pericyte")) {
                    int at = draws.below(vessels.count());
                    x[cell] = vessels.x()[at] + (float) (NEAR_VESSEL * draws.normal());
                    y[cell] = Math.max(0, vessels.y()[at] + (float) (NEAR_VESSEL * draws.normal()));
                    z[cell] = vessels.z()[at] + (float) (NEAR_VESSEL * draws.normal());
                }
                volume[cell] = (float) (one.nucleus() * draws.logNormal(SPREAD));
                weight[cell] = (float) draws.logNormal(sigma);
            }
        }
        byte[] label = labels(type);
        long[] nucleus = new long[all];
        int[] order = new Draws(seed, 3).order(all);
        for (int i = 0; i < all; i++) {
            nucleus[i] = NUCLEI + (long) order[i];
        }
        return new Cells(plan.neurons(), type, label, x, y, z, volume, nucleus, weight, new long[all]);
    }

    private int[] counts() {
        int[] counts = new int[types.size()];
        double[] rests = new double[types.size()];
        int given = 0;
        for (int t = 0; t < counts.length; t++) {
            double share = types.get(t).share() * plan.neurons();
            counts[t] = (int) share;
            rests[t] = share - counts[t];
            given += t < plan.tissue().neurons() ? counts[t] : 0;
        }
        for (; given < plan.neurons(); given++) {
            int most = 0;
            for (int t = 1; t < plan.tissue().neurons(); t++) {
                most = rests[t] > rests[most] ? t : most;
            }
            counts[most]++;
            rests[most] = -1;
        }
        return counts;
    }

    /// What tables say: a wrong type is one of a neighbour in the list, as classifiers confuse what is alike.
    private byte[] labels(byte[] type) {
        byte[] label = type.clone();
        Draws draws = new Draws(seed, 4);
        double wrong = WRONG_TYPES * plan.dose(Rule.LABEL_ERRORS);
        for (int i = 0; i < label.length; i++) {
            boolean other = draws.chance(wrong);
            int first = i < plan.neurons() ? 0 : plan.tissue().neurons();
            int last = (i < plan.neurons() ? plan.tissue().neurons() : types.size()) - 1;
            if (other) {
                label[i] = (byte) (type[i] == last || type[i] > first && draws.chance(0.5) ? type[i] - 1 : type[i] + 1);
            }
        }
        return label;
    }
}
