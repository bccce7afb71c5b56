package org.neuropil.phantom.circuit;

import java.util.Arrays;

/// Says which axons and dendrites people mended, and which cells are merged.
final class ProofreadingMaker {
    private static final double MERGED = 0.015;
    private static final double MIDDLE = 0.3;
    private static final byte INTERAREAL = 2;
    private static final byte PARTIALLY = 3;
    private static final byte FULLY = 4;

    private final CircuitPlan plan;
    private final Cells cells;
    private final long seed;

    ProofreadingMaker(CircuitPlan plan, Cells cells, long seed) {
        this.plan = plan;
        this.cells = cells;
        this.seed = seed;
    }

    /// Also writes the roots of the cells.
    Proofreading proofreading() {
        int n = cells.neurons();
        byte[] axon = new byte[n];
        byte[] dendrite = new byte[n];
        Draws draws = new Draws(seed, 40);
        int[] order = order(draws);
        for (int rank = 0; rank < n; rank++) {
            int cell = order[rank];
            double die = draws.uniform();
            if (rank < plan.proofread()) {
                // As at version 1718 of MICrONS: 1,608 partially, 547 fully, 120 interareal.
                axon[cell] = die < 0.71 ? PARTIALLY : die < 0.95 ? FULLY : INTERAREAL;
                dendrite[cell] = (byte) (die < 0.5 ? 2 : 1);
            } else if (rank < plan.proofread() * 3 / 2) {
                dendrite[cell] = 1;
            }
        }
        boolean[] single = new boolean[n];
        Arrays.fill(single, true);
        for (int i = 0; i < cells.count(); i++) {
            cells.root()[i] = RootIds.cell(i);
        }
        merge(axon, single);
        return new Proofreading(axon, dendrite, single);
    }

    /// Neurons in the order in which they are proofread: a weighted draw without replacement (Efraimidis and Spirakis).
    private int[] order(Draws draws) {
        int n = cells.neurons();
        double[] keys = new double[n];
        double spread = MIDDLE * plan.side();
        double dose = plan.dose(Rule.PROOFREADING_BIAS);
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            double dx = cells.x()[i] - plan.tissue().x();
            double dz = cells.z()[i] - plan.tissue().z();
            double weight = StrictMath.exp(-dose * (dx * dx + dz * dz) / (2 * spread * spread));
            keys[i] = -StrictMath.log(1 - draws.uniform()) / weight;
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> keys[a] != keys[b] ? Double.compare(keys[a], keys[b]) : Integer.compare(a, b));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    /// Who proofreads splits what is merged, so proofread cells are not.
    private void merge(byte[] axon, boolean[] single) {
        int n = cells.neurons();
        int wanted = (int) Math.round(MERGED * plan.dose(Rule.MERGES) * cells.count());
        boolean[] taken = new boolean[cells.count()];
        for (int i = 0; i < n; i++) {
            taken[i] = axon[i] != 0;
        }
        int[] order = new Draws(seed, 41).order(cells.count());
        for (int i = 0, done = 0; i < order.length && done < wanted; i++) {
            int cell = order[i];
            int other = taken[cell] ? -1 : nearest(cell);
            if (other < 0 || taken[other]) {
                continue;
            }
            taken[cell] = true;
            taken[other] = true;
            done++;
            int first = Math.min(cell, other);
            int second = Math.max(cell, other);
            cells.root()[second] = cells.root()[first];
            for (int one : new int[]{first, second}) {
                if (one < n) {
                    single[one] = false;
                }
            }
        }
    }

    private int nearest(int cell) {
        int best = -1;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < cells.count(); i++) {
            double dy = cells.y()[i] - cells.y()[cell];
            double lateral = cells.lateral(i, cell);
            double distance = lateral * lateral + dy * dy;
            if (i != cell && distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }
}
