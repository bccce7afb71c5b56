package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// A row of chunks of 10 x 4 x 4 voxels, with a bar of 6 x 2 x 1 voxels in each: supervoxels of one basin.
class CutWindowTest {
    private static final NodeIds IDS = new NodeIds(5, 4);
    private static final Grid GRID = new Grid(Box.ofSize(50, 4, 4), new Int3(10, 4, 4));
    private static final long[] BASIN = {id(0), id(1), id(2), id(3), id(4)};
    private long read;

    private final SupervoxelVolume volume = new SupervoxelVolume() {
        @Override
        public Box bounds() {
            return GRID.bounds();
        }

        @Override
        public VoxelSize voxelSize() {
            return new VoxelSize(8, 8, 40);
        }

        @Override
        public Int3 part() {
            return new Int3(4, 4, 2);
        }

        @Override
        public Block.Longs read(Box box) {
            read += box.volume();
            long[] data = SplitWorld.voxels(box).stream().mapToLong(v -> {
                boolean in = v.x() % 10 >= 2 && v.x() % 10 < 8 && v.y() >= 1 && v.y() < 3 && v.z() == 2;
                return in ? id(v.x() / 10) : 0;
            }).toArray();
            return new Block.Longs(box, data);
        }
    };

    private static long id(int chunk) {
        return IDS.id(1, new Int3(chunk, 0, 0), 7);
    }

    private CutWindow find(CutWindow.Limits limits, int... pointed) throws IOException {
        LongOpenHashSet with = new LongOpenHashSet(Arrays.stream(pointed).mapToLong(CutWindowTest::id).toArray());
        return CutWindow.find(volume, GRID, IDS, BASIN, with, limits);
    }

    @Test
    void allOfTheBasinIsCutWhereItFits() throws IOException {
        CutWindow window = find(CutWindow.Limits.USUAL, 1);
        assertThat(window.wholes()).containsExactly(BASIN);
        assertThat(window.box()).isEqualTo(new Box(new Int3(2, 1, 2), new Int3(48, 3, 3)));
    }

    @Test
    void whatIsNearestToThePointsComesFirst() throws IOException {
        // A box of three bars, or of two; chunk 0 is as near as chunk 2, and before it.
        assertThat(find(new CutWindow.Limits(2 * 26, 1000, 1000), 1).wholes()).containsExactly(id(0), id(1), id(2));
        assertThat(find(new CutWindow.Limits(2 * 25, 1000, 1000), 1).wholes()).containsExactly(id(0), id(1));
        assertThat(find(new CutWindow.Limits(1000, 24, 1000), 1).wholes()).containsExactly(id(0), id(1));
        assertThat(find(new CutWindow.Limits(12, 12, 1000), 3).wholes()).containsExactly(id(3));
    }

    @Test
    void noMoreChunksAreReadThanAllowed() throws IOException {
        assertThat(find(new CutWindow.Limits(1000, 1000, 2 * 160), 3).wholes()).containsExactly(id(2), id(3), id(4));
        assertThat(read).isEqualTo(3 * 160);
        assertThat(find(new CutWindow.Limits(1000, 1000, 159), 3).wholes()).containsExactly(id(3));
    }

    @Test
    void whatIsTooLargeIsRefusedWithItsSizeAndTheLimit() throws IOException {
        assertThatThrownBy(() -> find(new CutWindow.Limits(11, 1000, 1000), 2))
                .isInstanceOf(EditRefusedException.class)
                .hasMessageContaining("12 voxels in a box of 6 x 2 x 1").hasMessageContaining("a box of 11")
                .hasMessageContaining("no supervoxel has some of both sides");
        assertThatThrownBy(() -> find(new CutWindow.Limits(1000, 23, 1000), 0, 3))
                .isInstanceOf(EditRefusedException.class)
                .hasMessageContaining("24 voxels in a box of 36 x 2 x 1").hasMessageContaining("At most 23 voxels")
                .hasMessageContaining("nearer to each other");
        assertThat(find(new CutWindow.Limits(72, 24, 0), 0, 3).wholes()).containsExactly(id(0), id(3));
    }

    @Test
    void aSupervoxelWithoutVoxelsIsRefused() {
        LongOpenHashSet with = new LongOpenHashSet(List.of(id(1), IDS.id(1, Int3.ZERO, 8)));
        assertThatThrownBy(() -> CutWindow.find(volume, GRID, IDS, BASIN, with, CutWindow.Limits.USUAL))
                .isInstanceOf(EditRefusedException.class).hasMessageContaining("no voxels");
    }
}
