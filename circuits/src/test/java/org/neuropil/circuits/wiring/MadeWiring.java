package org.neuropil.circuits.wiring;

import java.util.List;
import java.util.SplittableRandom;

/// Small worlds for tests.
public final class MadeWiring {
    /// Two excitatory types, an inhibitory one.
    public static final List<CellType> TYPES = List.of(new CellType("DTC", CellClass.INHIBITORY),
            new CellType("L3IT", CellClass.EXCITATORY), new CellType("L4IT", CellClass.EXCITATORY));

    private MadeWiring() {}

    /// Cells at random places of a cube of 400 µm.
    ///
    /// @param axons share whose axons count
    public static Cells cells(int n, double axons, SplittableRandom random) {
        long[] names = new long[n];
        long[] roots = new long[n];
        int[] type = new int[n];
        double[] places = new double[3 * n];
        boolean[] axon = new boolean[n];
        boolean[] dendrite = new boolean[n];
        for (int i = 0; i < n; i++) {
            names[i] = 100 + 3L * i;
            roots[i] = Long.MIN_VALUE + 7000 - i;
            type[i] = random.nextInt(TYPES.size());
            axon[i] = random.nextDouble() < axons;
            dendrite[i] = random.nextDouble() < 0.9;
            for (int axis = 0; axis < 3; axis++) {
                places[3 * i + axis] = 400 * random.nextDouble();
            }
        }
        double[] nm = places.clone();
        for (int i = 0; i < nm.length; i++) {
            nm[i] *= 1000;
        }
        return new Cells(names, roots, TYPES, type, places, nm, axon, dendrite);
    }

    /// Random synapses, some of them of a cell onto itself, some without a size.
    public static Synapses synapses(Cells cells, int n, SplittableRandom random) {
        long[] ids = new long[n];
        int[] pre = new int[n];
        int[] post = new int[n];
        float[] size = new float[n];
        for (int i = 0; i < n; i++) {
            ids[i] = random.nextLong() & Long.MAX_VALUE;
            pre[i] = random.nextInt(cells.size());
            post[i] = random.nextInt(cells.size());
            size[i] = random.nextInt(20) == 0 ? Float.NaN : (float) Math.exp(2 * random.nextDouble());
        }
        return Synapses.sorted(ids, pre, post, size);
    }

    /// Both, with nothing to account for.
    public static Wiring wiring(int cells, double axons, int synapses, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Cells made = cells(cells, axons, random);
        return Wiring.of(made, synapses(made, synapses, random), new Account(List.of(), List.of(), List.of()));
    }
}
