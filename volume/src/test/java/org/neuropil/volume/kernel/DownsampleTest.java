package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DownsampleTest {
    @Property(tries = 300, seed = "1")
    void averagesAsTheDefinitionSays(@ForAll long seed) {
        Random random = new Random(seed);
        Int3 factor = factor(random);
        Box box = box(random);
        Block.Bytes bytes = (Block.Bytes) Block.zeros(DataType.UINT8, box);
        random.nextBytes(bytes.data());
        Block.Shorts shorts = (Block.Shorts) Block.zeros(DataType.UINT16, box);
        for (int i = 0; i < shorts.data().length; i++) {
            shorts.data()[i] = (short) random.nextInt();
        }
        Block.Bytes small = (Block.Bytes) Downsample.average(bytes, factor);
        Block.Shorts smallShorts = (Block.Shorts) Downsample.average(shorts, factor);
        assertThat(small.box()).isEqualTo(box.coarser(factor));
        for (Int3 voxel : voxels(small.box())) {
            List<Integer> cell = cell(box, voxel, factor);
            double mean = cell.stream().mapToInt(i -> bytes.data()[i] & 0xff).average().orElseThrow();
            double meanShorts = cell.stream().mapToInt(i -> shorts.data()[i] & 0xffff).average().orElseThrow();
            int at = small.box().index(voxel.x(), voxel.y(), voxel.z());
            assertThat(small.data()[at] & 0xff).isEqualTo((int) Math.floor(mean + 0.5));
            assertThat(smallShorts.data()[at] & 0xffff).isEqualTo((int) Math.floor(meanShorts + 0.5));
        }
    }

    @Property(tries = 300, seed = "1")
    void takesTheMostFrequentAsTheDefinitionSays(@ForAll long seed) {
        Random random = new Random(seed);
        Int3 factor = factor(random);
        Box box = box(random);
        int different = 1 + random.nextInt(6);
        Block.Longs longs = (Block.Longs) Block.zeros(DataType.UINT64, box);
        Block.Ints ints = (Block.Ints) Block.zeros(DataType.UINT32, box);
        for (int i = 0; i < ints.data().length; i++) {
            ints.data()[i] = -random.nextInt(different);
            longs.data()[i] = ints.data()[i] * 0x1_0000_0001L;
        }
        Block.Longs small = (Block.Longs) Downsample.mode(longs, factor);
        Block.Ints smallInts = (Block.Ints) Downsample.mode(ints, factor);
        assertThat(small.box()).isEqualTo(box.coarser(factor));
        for (Int3 voxel : voxels(small.box())) {
            List<Long> cell = cell(box, voxel, factor).stream().map(i -> longs.data()[i]).toList();
            long best = cell.getFirst();
            for (long value : cell) {
                if (Collections.frequency(cell, value) > Collections.frequency(cell, best)) {
                    best = value;
                }
            }
            int at = small.box().index(voxel.x(), voxel.y(), voxel.z());
            assertThat(small.data()[at]).isEqualTo(best);
            assertThat(smallInts.data()[at]).isEqualTo((int) (best / 0x1_0000_0001L));
        }
    }

    @Test
    void roundsHalvesUpAndGivesATieToTheFirst() {
        Box box = Box.ofSize(2, 1, 1);
        Int3 factor = new Int3(2, 1, 1);
        assertThat(Downsample.average(new Block.Bytes(box, new byte[]{0, 1}), factor).array())
                .isEqualTo(new byte[]{1});
        assertThat(Downsample.mode(new Block.Longs(box, new long[]{0, -1}), factor).array())
                .isEqualTo(new long[]{0});
        assertThat(Downsample.mode(new Block.Longs(box, new long[]{-1, 0}), factor).array())
                .isEqualTo(new long[]{-1});
    }

    @Test
    void refusesWhatItCannotDo() {
        Block bytes = Block.zeros(DataType.UINT8, Box.ofSize(4, 4, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> Downsample.average(bytes, new Int3(3, 1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Downsample.mode(bytes, Int3.all(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> Downsample
                .average(Block.zeros(DataType.FLOAT32, Box.ofSize(4, 4, 4)), Int3.all(2)));
    }

    private static Int3 factor(Random random) {
        return new Int3(1 + random.nextInt(2), 1 + random.nextInt(2), 1 + random.nextInt(2));
    }

    private static Box box(Random random) {
        Int3 min = new Int3(random.nextInt(7) - 3, random.nextInt(7) - 3, random.nextInt(7) - 3);
        return Box.of(min, new Int3(1 + random.nextInt(9), 1 + random.nextInt(6), 1 + random.nextInt(5)));
    }

    private static List<Int3> voxels(Box box) {
        List<Int3> voxels = new ArrayList<>();
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    voxels.add(new Int3(x, y, z));
                }
            }
        }
        return voxels;
    }

    private static List<Integer> cell(Box box, Int3 voxel, Int3 factor) {
        return voxels(Box.of(voxel.times(factor), factor).intersect(box)).stream()
                .map(v -> box.index(v.x(), v.y(), v.z())).toList();
    }
}
