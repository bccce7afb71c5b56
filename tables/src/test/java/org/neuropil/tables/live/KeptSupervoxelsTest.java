package org.neuropil.tables.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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

class KeptSupervoxelsTest {
    private static final Box BOUNDS = Box.of(new Int3(-30, 10, 5), new Int3(150, 140, 70));
    private static final VoxelSize SIZE = new VoxelSize(8, 8, 40);

    private final List<Box> reads = new ArrayList<>();
    private boolean broken;
    private final SupervoxelVolume plain = new SupervoxelVolume() {
        @Override
        public Box bounds() {
            return BOUNDS;
        }

        @Override
        public VoxelSize voxelSize() {
            return SIZE;
        }

        @Override
        public Block.Longs read(Box box) throws IOException {
            if (broken) {
                throw new IOException("no disk");
            }
            reads.add(box);
            Block.Longs block = new Block.Longs(box, new long[box.voxels()]);
            Box inside = box.intersect(BOUNDS);
            for (int z = inside.min().z(); z < inside.max().z(); z++) {
                for (int y = inside.min().y(); y < inside.max().y(); y++) {
                    for (int x = inside.min().x(); x < inside.max().x(); x++) {
                        block.data()[box.index(x, y, z)] = label(x, y, z);
                    }
                }
            }
            return block;
        }
    };
    private final SupervoxelVolume kept = new KeptSupervoxels(plain);

    private static long label(int x, int y, int z) {
        return 1 + (x + 30L) + 1000 * y + 1_000_000L * z;
    }

    @Test
    void boxesOfAllSizesHoldWhatTheVolumeHas() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            int most = i % 3 == 0 ? 100 : 30;
            Box box = Box.of(new Int3(-60 + random.nextInt(200), random.nextInt(160), random.nextInt(80)),
                    new Int3(1 + random.nextInt(most), 1 + random.nextInt(most), 1 + random.nextInt(most)));
            Block.Longs found = kept.read(box);
            assertThat(found.box()).isEqualTo(box);
            assertThat(found.data()).isEqualTo(plain.read(box).data());
        }
    }

    @Test
    void pointsFarBetweenAreReadFromFewCellsOnce() throws Exception {
        VolumeSupervoxels supervoxels = new VolumeSupervoxels(_ -> kept);
        Random random = new Random(6);
        for (int call = 0; call < 20; call++) {
            int[][] at = new int[3][50];
            for (int i = 0; i < 50; i++) {
                at[0][i] = -30 + random.nextInt(150);
                at[1][i] = 10 + random.nextInt(140);
                at[2][i] = 5 + random.nextInt(70);
            }
            long[] found = supervoxels.at(at[0], at[1], at[2], SIZE, Instant.EPOCH);
            for (int i = 0; i < 50; i++) {
                assertThat(found[i]).isEqualTo(label(at[0][i], at[1][i], at[2][i]));
            }
        }
        assertThat(reads).as("3 x 3 x 2 cells").hasSizeLessThanOrEqualTo(18).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeReadIsNotKept() throws Exception {
        Box box = Box.of(new Int3(0, 20, 10), Int3.all(2));
        broken = true;
        assertThatThrownBy(() -> kept.read(box)).isInstanceOf(IOException.class).hasMessage("no disk");
        broken = false;
        assertThat(kept.read(box).data()).isEqualTo(plain.read(box).data());
    }
}
