package org.neuropil.graph.voxels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FrontsTest {
    /// Relaxes all steps between all voxels again and again until nothing changes.
    @Property(tries = 300, seed = "1")
    void eachVoxelIsOfTheSideThatIsNearest(@ForAll long seed) {
        Random random = new Random(seed);
        Box box = Box.of(new Int3(-3, 5, 0),
                new Int3(2 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(5)));
        long[] data = new long[box.voxels()];
        int filled = 20 + random.nextInt(81);
        for (int i = 0; i < data.length; i++) {
            data[i] = random.nextInt(100) < filled ? 5 : random.nextInt(2);
        }
        data[0] = 5;
        data[1] = 5;
        VoxelSize size = new VoxelSize(1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(9));
        Mask mask = CutWorld.mask(new Block.Longs(box, data), 5, size);
        int n = mask.size();
        int[] order = random.ints(0, n).distinct().limit(n).toArray();
        int sources = 1 + random.nextInt(Math.min(3, n - 1));
        int sinks = 1 + random.nextInt(Math.min(3, n - sources));
        int[][] seeds = {Arrays.copyOf(order, sources), Arrays.copyOfRange(order, sources, sources + sinks)};
        float[] slowness = new float[n];
        // Few values make many ties.
        for (int i = 0; i < n; i++) {
            slowness[i] = 1 + random.nextInt(3);
        }
        double[] distance = new double[n];
        byte[] side = new byte[n];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        Arrays.fill(side, Fronts.NONE);
        for (byte s = 0; s < 2; s++) {
            for (int i : seeds[s]) {
                distance[i] = 0;
                side[i] = s;
            }
        }
        for (boolean changed = true; changed;) {
            changed = false;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double step = length(mask, i, j, size) * (slowness[i] + slowness[j]) / 2;
                    if (distance[i] + step < distance[j]
                            || (distance[i] < Double.POSITIVE_INFINITY && distance[i] + step == distance[j]
                                    && side[i] < side[j])) {
                        distance[j] = distance[i] + step;
                        side[j] = side[i];
                        changed = true;
                    }
                }
            }
        }
        assertThat(Fronts.sides(mask, size, seeds, slowness)).containsExactly(side);
    }

    /// Of the step between two voxels that have a face in common; else infinite.
    private static double length(Mask mask, int i, int j, VoxelSize size) {
        int[] a = voxel(mask, i);
        int[] b = voxel(mask, j);
        int axes = 0;
        double length = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            if (a[axis] != b[axis]) {
                axes += Math.abs(a[axis] - b[axis]);
                length = size.get(axis);
            }
        }
        return axes == 1 ? length : Double.POSITIVE_INFINITY;
    }

    private static int[] voxel(Mask mask, int i) {
        Int3 shape = mask.box().size();
        int place = mask.places()[i];
        return new int[]{place % shape.x(), place / shape.x() % shape.y(), place / shape.x() / shape.y()};
    }

    @Property(tries = 300, seed = "2")
    void theHeapTakesInOrderAsFarAsItTellsDistancesApart(@ForAll long seed) {
        Random random = new Random(seed);
        RadixHeap heap = new RadixHeap();
        double[] distances = new double[500];
        PriorityQueue<Double> judge = new PriorityQueue<>();
        double last = 0;
        for (int i = 0; i < 500; i++) {
            if (random.nextInt(5) < 3) {
                distances[i] = last
                        + (random.nextBoolean() ? random.nextInt(3) : Math.exp(20 * random.nextGaussian()));
                heap.put(distances[i], i);
                judge.add(distances[i]);
            } else if (judge.isEmpty()) {
                assertThat(heap.take()).isEqualTo(-1);
            } else {
                double taken = distances[heap.take()];
                assertThat(taken * (1 - 1.0 / 4096)).isLessThanOrEqualTo(judge.element());
                assertThat(judge.remove(taken)).isTrue();
                last = taken;
            }
        }
    }
}
