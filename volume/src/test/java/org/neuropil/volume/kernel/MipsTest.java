package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.kernel.Mips.Level;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MipsTest {
    @Test
    void makesVoxelsCubesAndThenKeepsThemSo() {
        List<Level> levels = Mips.plan(new VoxelSize(4, 4, 40), Box.ofSize(4096, 4096, 256), Int3.all(64));
        assertThat(levels).extracting(Level::voxelSize).startsWith(new VoxelSize(4, 4, 40),
                new VoxelSize(8, 8, 40), new VoxelSize(16, 16, 40), new VoxelSize(32, 32, 40),
                new VoxelSize(64, 64, 80));
        assertThat(levels).hasSize(7);
        assertThat(levels.getLast().bounds()).isEqualTo(Box.ofSize(64, 64, 32));
    }

    @Test
    void halvesAllAxesOfCubes() {
        List<Level> levels = Mips.plan(new VoxelSize(10, 10, 10), Box.ofSize(129, 64, 64), Int3.all(64));
        assertThat(levels).extracting(Level::factor).containsExactly(Int3.all(1), Int3.all(2), Int3.all(2));
        assertThat(levels).extracting(Level::bounds).containsExactly(Box.ofSize(129, 64, 64), Box.ofSize(65, 32, 32),
                Box.ofSize(33, 16, 16));
    }

    @Test
    void looksPastAnAxisOfOneVoxel() {
        List<Level> levels = Mips.plan(new VoxelSize(40, 40, 4), Box.ofSize(100, 100, 1), Int3.all(64));
        assertThat(levels.getLast().factor()).isEqualTo(new Int3(2, 2, 1));
        assertThat(levels.getLast().bounds()).isEqualTo(Box.ofSize(50, 50, 1));
    }

    @Test
    void isOneLevelWhereAChunkHoldsAll() {
        assertThat(Mips.plan(new VoxelSize(1, 1, 1), Box.ofSize(64, 64, 64), Int3.all(64))).hasSize(1);
    }

    @Property(tries = 500, seed = "1")
    void comesToAnEnd(@ForAll @IntRange(min = 1, max = 1_000_000) int x, @ForAll @IntRange(min = 1, max = 999) int y,
            @ForAll @IntRange(min = 1, max = 300) int z, @ForAll @IntRange(min = -9, max = 9) int offset,
            @ForAll @IntRange(min = 1, max = 200) int thickness) {
        Box bounds = Box.of(Int3.all(offset), new Int3(x, y, z));
        VolumeInfo volume = Mips.volume(VolumeInfo.Kind.IMAGE, DataType.UINT8, new VoxelSize(4, 4, thickness), bounds,
                new Int3(64, 64, 32));
        assertThat(volume.scales()).hasSizeLessThan(40);
        Int3 last = volume.scales().getLast().bounds().size();
        assertThat(last.max(new Int3(64, 64, 32))).isEqualTo(new Int3(64, 64, 32));
    }
}
