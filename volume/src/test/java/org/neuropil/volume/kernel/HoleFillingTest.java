package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HoleFillingTest {
    @Property(tries = 400, seed = "1")
    void fillsBackgroundThatOneLabelEncloses(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int threads) {
        Random random = new Random(seed);
        Block labels = walls(random);
        long[] expected = filled(labels);
        long changed = 0;
        for (int i = 0; i < expected.length; i++) {
            changed += expected[i] == labels.id(i) ? 0 : 1;
        }
        assertThat(HoleFilling.fill(labels, threads)).isEqualTo(changed);
        assertThat(labels.ids().data()).isEqualTo(expected);
    }

    @Test
    void aShellMayCloseByEdges() {
        // In the middle plane a ring of four voxels that touch by edges only, and one voxel above and below its middle.
        Block.Bytes labels = (Block.Bytes) Block.zeros(DataType.UINT8, Box.ofSize(5, 5, 5));
        for (int[] at : new int[][]{{1, 2, 2}, {3, 2, 2}, {2, 1, 2}, {2, 3, 2}, {2, 2, 1}, {2, 2, 3}}) {
            labels.data()[labels.box().index(at[0], at[1], at[2])] = 7;
        }
        assertThat(HoleFilling.fill(labels, 1)).isEqualTo(1);
        assertThat(labels.data()[labels.box().index(2, 2, 2)]).isEqualTo((byte) 7);
    }

    @Test
    void anIslandOfAnotherLabelKeepsItsMoat() {
        Block.Ints labels = shell();
        labels.data()[labels.box().index(3, 3, 3)] = 9;
        assertThat(HoleFilling.fill(labels, 2)).isZero();
        labels.data()[labels.box().index(3, 3, 3)] = -4;
        assertThat(HoleFilling.fill(labels, 2)).isEqualTo(26);
        for (int z = 1; z < 6; z++) {
            assertThat(labels.data()[labels.box().index(2, 4, z)]).isEqualTo(-4);
        }
    }

    @Test
    void aCutCavityStaysOpen() {
        Block labels = shell().crop(Box.ofSize(4, 7, 7));
        assertThat(HoleFilling.fill(labels, 1)).isZero();
    }

    @Test
    void nothingHasNoHoles() {
        assertThat(HoleFilling.fill(Block.zeros(DataType.UINT64, Box.ofSize(0, 3, 3)), 2)).isZero();
        assertThat(HoleFilling.fill(Block.zeros(DataType.UINT64, Box.ofSize(3, 3, 3)), 2)).isZero();
    }

    /// A cube of 5 with a cavity of 3 in it.
    private static Block.Ints shell() {
        Block.Ints labels = (Block.Ints) Block.zeros(DataType.UINT32, Box.ofSize(7, 7, 7));
        for (int i = 0; i < labels.data().length; i++) {
            int far = Math.max(Math.max(Math.abs(i % 7 - 3), Math.abs(i / 7 % 7 - 3)), Math.abs(i / 49 - 3));
            labels.data()[i] = far == 2 ? -4 : 0;
        }
        return labels;
    }

    /// Mostly one label, little background, seldom another.
    private static Block walls(Random random) {
        Block block = ComponentsTest.labels(random);
        double zeros = random.nextDouble() * 0.6;
        double others = random.nextDouble() * 0.1;
        for (int i = 0; i < block.box().voxels(); i++) {
            long label = random.nextDouble() < zeros ? 0 : random.nextDouble() < others ? 0x8001_0000_8000_8081L : 200;
            SmallComponents.fill(block, i, i + 1, label);
        }
        return block;
    }

    /// For each voxel of background, everything that a flood from it reaches.
    private static long[] filled(Block labels) {
        Box box = labels.box();
        int width = box.size().x();
        int height = box.size().y();
        int depth = box.size().z();
        long[] result = labels.ids().data().clone();
        for (int start = 0; start < result.length; start++) {
            if (labels.id(start) != 0) {
                continue;
            }
            Set<Integer> reached = new HashSet<>(Set.of(start));
            Set<Long> beside = new HashSet<>();
            Deque<Integer> open = new ArrayDeque<>(reached);
            boolean outside = false;
            while (!open.isEmpty()) {
                int at = open.remove();
                int x = at % width;
                int y = at / width % height;
                int z = at / width / height;
                for (int[] step : new int[][]{{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}}) {
                    int toX = x + step[0];
                    int toY = y + step[1];
                    int toZ = z + step[2];
                    if (toX < 0 || toY < 0 || toZ < 0 || toX == width || toY == height || toZ == depth) {
                        outside = true;
                        continue;
                    }
                    int to = toX + width * (toY + height * toZ);
                    if (labels.id(to) != 0) {
                        beside.add(labels.id(to));
                    } else if (reached.add(to)) {
                        open.add(to);
                    }
                }
            }
            if (!outside && beside.size() == 1) {
                result[start] = beside.iterator().next();
            }
        }
        return result;
    }
}
