package org.neuropil.tables.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

class VolumeSupervoxelsTest {
    private static final Box BOUNDS = new Box(new Int3(5, 6, 7), new Int3(105, 76, 37));
    private static final VoxelSize SIZE = new VoxelSize(8, 8, 40);

    private final List<Box> reads = new ArrayList<>();
    private final VolumeSupervoxels supervoxels = new VolumeSupervoxels(at -> new SupervoxelVolume() {
        @Override
        public Box bounds() {
            return BOUNDS;
        }

        @Override
        public VoxelSize voxelSize() {
            return SIZE;
        }

        @Override
        public Int3 part() {
            return new Int3(32, 32, 16);
        }

        @Override
        public Block.Longs read(Box box) {
            reads.add(box);
            long[] labels = new long[box.voxels()];
            for (int z = box.min().z(); z < box.max().z(); z++) {
                for (int y = box.min().y(); y < box.max().y(); y++) {
                    for (int x = box.min().x(); x < box.max().x(); x++) {
                        labels[box.index(x, y, z)] = label(x, y, z) + at.toEpochMilli();
                    }
                }
            }
            return new Block.Longs(box, labels);
        }
    });

    private static long label(int x, int y, int z) {
        return (1L << 56) + x + 1000L * y + 1_000_000L * z;
    }

    @Test
    void eachPointHasTheSupervoxelOfItsVoxelWhateverItsUnit() throws Exception {
        Random random = new Random(3);
        int points = 2000;
        int[][] at = new int[3][points];
        for (int i = 0; i < points; i++) {
            // In voxels half as long in x and y, and as long in z; some lie outside.
            at[0][i] = random.nextInt(240);
            at[1][i] = random.nextInt(170);
            at[2][i] = random.nextInt(45);
        }
        long[] found = supervoxels.at(at[0], at[1], at[2], new VoxelSize(4, 4, 40), Instant.ofEpochMilli(7));
        for (int i = 0; i < points; i++) {
            int x = at[0][i] / 2;
            int y = at[1][i] / 2;
            int z = at[2][i];
            assertThat(found[i]).isEqualTo(BOUNDS.contains(x, y, z) ? label(x, y, z) + 7 : 0);
        }
        // 4 x 3 x 2 blocks.
        assertThat(reads).hasSizeLessThanOrEqualTo(24).allMatch(box -> box.voxels() <= 32 * 32 * 16);
    }

    @Test
    void aVoxelThatFractionsWouldMissIsMet() throws Exception {
        long[] found = supervoxels.at(new int[]{7}, new int[]{7}, new int[]{7}, new VoxelSize(8.000000000000002, 8, 40),
                Instant.EPOCH);
        assertThat(found).containsExactly(label(7, 7, 7));
        found = supervoxels.at(new int[]{49}, new int[]{49}, new int[]{8}, new VoxelSize(7.999999999999999, 8, 40),
                Instant.EPOCH);
        assertThat(found).containsExactly(label(49, 49, 8));
    }
}
