package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BlockComponentsTest {
    @Property(tries = 400, seed = "1")
    void areThoseOfTheWholeVolume(@ForAll long seed) {
        Random random = new Random(seed);
        Block labels = ComponentsTest.labels(random);
        Box volume = labels.box();
        Grid grid = new Grid(volume,
                new Int3(1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(6)));
        List<Box> blocks = new ArrayList<>();
        for (int i = 0; i < grid.count(); i++) {
            blocks.add(grid.box(i));
        }
        // Any order of blocks will do.
        Collections.shuffle(blocks, random);
        for (Connectivity connectivity : Connectivity.values()) {
            Components whole = Components.of(labels, connectivity, 1);
            for (DataType type : List.of(DataType.UINT32, DataType.UINT64)) {
                Block numbered = byBlocks(labels, blocks, connectivity, type);
                for (int i = 0; i < volume.voxels(); i++) {
                    assertThat(numbered.id(i)).isEqualTo(whole.ids().data()[i]);
                }
            }
        }
    }

    private static Block byBlocks(Block labels, List<Box> blocks, Connectivity connectivity, DataType type) {
        Box volume = labels.box();
        List<Components> components = new ArrayList<>();
        long[] before = new long[blocks.size() + 1];
        for (int i = 0; i < blocks.size(); i++) {
            components.add(Components.of(labels.crop(blocks.get(i)), connectivity, 1));
            before[i + 1] = before[i] + components.get(i).count();
        }
        long[] firsts = new long[(int) before[blocks.size()]];
        UnionFind united = new UnionFind();
        for (int i = 0; i < blocks.size(); i++) {
            long[] own = BlockComponents.firsts(components.get(i), volume);
            System.arraycopy(own, 0, firsts, (int) before[i], own.length);
            for (int axis = 0; axis < 3; axis++) {
                Box seam = BlockComponents.seam(blocks.get(i), volume, axis).orElse(null);
                if (seam == null) {
                    continue;
                }
                Block.Longs places = (Block.Longs) Block.zeros(DataType.UINT64, seam);
                for (int j = 0; j < blocks.size(); j++) {
                    BlockComponents.putPlaces(components.get(j).ids(), before[j], places);
                }
                united.uniteAll(BlockComponents.links(labels.crop(seam), places, connectivity));
            }
        }
        long[] numbers = BlockComponents.numbers(firsts, united);
        Block result = Block.zeros(type, volume);
        for (int i = 0; i < blocks.size(); i++) {
            result.copyFrom(BlockComponents.numbered(components.get(i).ids(), before[i], numbers, type));
        }
        return result;
    }

    @Test
    void linksAreSortedAndEachOnce() {
        Box box = Box.ofSize(200, 250, 2);
        Block.Longs labels = (Block.Longs) Block.zeros(DataType.UINT64, box);
        Block.Longs places = (Block.Longs) Block.zeros(DataType.UINT64, box);
        Random random = new Random(2);
        for (int i = 0; i < labels.data().length; i++) {
            labels.data()[i] = i % 2;
            places.data()[i] = i % 2 == 0 ? 0 : (1L << 40) + random.nextInt(70);
        }
        long[] links = BlockComponents.links(labels, places, Connectivity.FACES);
        // Among so many voxels each two of the 70 are neighbours somewhere.
        assertThat(links).hasSize(70 * 69);
        for (int i = 0; i < links.length; i += 2) {
            assertThat(links[i]).isLessThan(links[i + 1]);
            assertThat(i == 0 || links[i - 2] < links[i] || links[i - 2] == links[i] && links[i - 1] < links[i + 1])
                    .isTrue();
        }
    }

    @Test
    void firstVoxelsAreCountedInAVolumeOfAnySize() {
        Box volume = Box.of(new Int3(-5, 0, 0), new Int3(100_000, 90_000, 80_000));
        Box box = Box.of(new Int3(94_993, 89_999, 79_998), new Int3(2, 1, 2));
        Block.Bytes labels = new Block.Bytes(box, new byte[]{0, 1, 0, 2});
        assertThat(BlockComponents.firsts(Components.of(labels, Connectivity.FACES, 1), volume))
                .containsExactly(94_999 + 100_000L * (89_999 + 90_000L * 79_998),
                        94_999 + 100_000L * (89_999 + 90_000L * 79_999));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Box box = Box.ofSize(2, 1, 1);
        Components components = Components.of(new Block.Bytes(box, new byte[]{1, 2}), Connectivity.FACES, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlockComponents.firsts(components, Box.ofSize(1, 1, 1)));
        UnionFind united = new UnionFind();
        united.unite(2, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> BlockComponents.numbers(new long[]{0, 1}, united));
        assertThatIllegalArgumentException().isThrownBy(
                () -> BlockComponents.numbered(components.ids(), 0, new long[]{0, 1, 1L << 32}, DataType.UINT32));
        assertThatIllegalArgumentException().isThrownBy(
                () -> BlockComponents.numbered(components.ids(), 0, new long[]{0, 1, 2}, DataType.INT32));
        assertThatIllegalArgumentException().isThrownBy(() -> BlockComponents.links(components.ids(),
                (Block.Longs) Block.zeros(DataType.UINT64, Box.ofSize(1, 2, 1)), Connectivity.FACES));
    }
}
