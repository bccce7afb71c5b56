package org.neuropil.graph.voxels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SupervoxelPatchTest {
    @Property(tries = 300, seed = "1")
    void patchesRelabelAnyBlockAsTheCutDoesAlsoFromBytes(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        CutWorld world = new CutWorld(random);
        long[] wholes = world.basin();
        SupervoxelCut cut = cut(world, wholes, random);
        long[] ids = CutWorld.ids(cut);
        Block.Longs expected = CutWorld.relabelled(world.labels, cut, ids);
        List<SupervoxelPatch> patches = cut.patches(ids);
        assertThat(patches).hasSize((int) Arrays.stream(wholes).filter(cut::cuts).count());

        List<SupervoxelPatch> parsed = new ArrayList<>();
        for (SupervoxelPatch patch : patches) {
            byte[] bytes = patch.toBytes();
            SupervoxelPatch again = SupervoxelPatch.parse(bytes, "row");
            assertThat(again.toBytes()).containsExactly(bytes);
            assertThat(again.whole()).isEqualTo(patch.whole());
            assertThat(again.box()).isEqualTo(patch.box());
            parsed.add(again);
        }
        ArrayVolume base = new ArrayVolume(world.labels, world.size);
        PatchedSupervoxels volume = new PatchedSupervoxels(base, world.grid,
                chunk -> parsed.stream().filter(p -> CutWorld.IDS.chunk(p.whole()).equals(chunk)).toList());
        Box box = Box.of(world.grid.bounds().min().plus(new Int3(random.nextInt(3) - 1, random.nextInt(3) - 1, 0)),
                new Int3(1 + random.nextInt(8), 1 + random.nextInt(6), 1 + random.nextInt(5)));
        assertThat(volume.read(box).data())
                .containsExactly(CutWorld.voxels(box).stream().mapToLong(v -> CutWorld.at(expected, v)).toArray());
        assertThat(volume.bounds()).isEqualTo(base.bounds());
        assertThat(volume.voxelSize()).isEqualTo(base.voxelSize());
    }

    private static SupervoxelCut cut(CutWorld world, long[] wholes, Random random) {
        List<Int3> points = world.some(wholes, random);
        return CutWorld.cut(world.labels, wholes, world.size, points.subList(0, 1), points.subList(1, 2));
    }

    @Property(tries = 300, seed = "2")
    void aCoarseVoxelTakesTheFragmentOfItsCentreOrElseTheNearestInIt(@ForAll long seed) {
        Random random = new Random(seed);
        CutWorld world = new CutWorld(random);
        long[] wholes = world.basin();
        SupervoxelCut cut = cut(world, wholes, random);
        long[] ids = CutWorld.ids(cut);
        Block.Longs fine = CutWorld.relabelled(world.labels, cut, ids);
        Int3 factor = new Int3(2 + random.nextInt(3), 1 + random.nextInt(4), 1 + random.nextInt(3));
        Box box = world.grid.bounds().coarser(factor).grow(Int3.all(random.nextInt(2)));
        long[] data = new long[box.voxels()];
        for (int i = 0; i < data.length; i++) {
            data[i] = random.nextInt(3) == 0 ? 0 : wholes[random.nextInt(wholes.length)];
        }
        Block.Longs coarse = new Block.Longs(box, data.clone());
        cut.patches(ids).forEach(patch -> patch.apply(coarse, factor, world.size));
        for (Int3 v : CutWorld.voxels(box)) {
            long old = data[box.index(v.x(), v.y(), v.z())];
            long now = CutWorld.at(coarse, v);
            if (!cut.cuts(old)) {
                assertThat(now).isEqualTo(old);
                continue;
            }
            List<Long> fragments = cut.fragments().stream().filter(f -> f.whole() == old)
                    .map(f -> ids[f.number() - 1]).toList();
            Box own = Box.of(v.times(factor), factor);
            long centre = CutWorld.at(fine, own.min().plus(factor.floorDiv(Int3.all(2))));
            Box patch = cut.patches(ids).stream().filter(p -> p.whole() == old).findFirst().orElseThrow().box();
            if (patch.coarser(factor).contains(v.x(), v.y(), v.z())) {
                long nearest = nearest(fine, own, own, fragments, world.size);
                assertThat(now).isEqualTo(fragments.contains(centre)
                        ? centre
                        : nearest != 0
                                ? nearest
                                : nearest(fine, fine.box(), own, fragments, world.size));
            }
        }
    }

    private static long nearest(Block.Longs fine, Box among, Box to, List<Long> ids, VoxelSize size) {
        double least = Double.POSITIVE_INFINITY;
        long best = 0;
        for (Int3 v : CutWorld.voxels(among)) {
            if (ids.contains(CutWorld.at(fine, v))) {
                double dx = (2 * v.x() + 1 - to.min().x() - to.max().x()) * size.x();
                double dy = (2 * v.y() + 1 - to.min().y() - to.max().y()) * size.y();
                double dz = (2 * v.z() + 1 - to.min().z() - to.max().z()) * size.z();
                double distance = dx * dx + dy * dy + dz * dz;
                if (distance < least) {
                    least = distance;
                    best = CutWorld.at(fine, v);
                }
            }
        }
        return best;
    }

    @Test
    void aFragmentThatIsCutAgainIsPatchedAgain() throws IOException {
        Box box = Box.ofSize(8, 1, 1);
        Block.Longs labels = new Block.Longs(box, new long[]{5, 5, 5, 5, 5, 5, 5, 6});
        VoxelSize size = new VoxelSize(4, 4, 4);
        SupervoxelCut first = CutWorld.cut(labels, new long[]{5}, size, List.of(Int3.ZERO),
                List.of(new Int3(6, 0, 0)));
        long[] ids = first.ids(f -> 10L + f.number());
        List<SupervoxelPatch> patches = new ArrayList<>(first.patches(ids));
        PatchedSupervoxels volume = new PatchedSupervoxels(new ArrayVolume(labels, size),
                new org.neuropil.space.Grid(box, Int3.all(8)), _ -> patches);
        Block.Longs once = volume.read(box);
        assertThat(once.data()).containsExactly(11, 11, 11, 11, 12, 12, 12, 6);
        SupervoxelCut second = CutWorld.cut(once, new long[]{11}, size, List.of(Int3.ZERO),
                List.of(new Int3(1, 0, 0)));
        patches.addAll(second.patches(second.ids(f -> 20L + f.number())));
        assertThat(volume.read(box).data()).containsExactly(21, 22, 22, 22, 12, 12, 12, 6);
        Block.Longs coarse = new Block.Longs(Box.ofSize(2, 1, 1), new long[]{5, 5});
        volume.apply(coarse, new Int3(4, 1, 1));
        assertThat(coarse.data()).containsExactly(22, 12);
    }

    /// The bytes are kept in stores, so they must stay what they are.
    @Test
    void theBytesAreAsDescribed() throws IOException {
        Block.Ints numbers = new Block.Ints(Box.of(new Int3(-1, 2, 3), new Int3(3, 2, 1)), new int[]{0, 1, 1, 3, 0, 1},
                DataType.UINT32);
        SupervoxelPatch patch = SupervoxelPatch.of(0x8000_0000_0000_0001L, numbers, new int[]{1, 3},
                new long[]{7, 99, 256});
        byte[] bytes = patch.toBytes();
        // Runs of 1, 2, 1, 1, 1 voxels of the numbers 0, 1, 2, 0, 1 of 3.
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("01" + "8000000000000001" + "ffffffff0000000200000003"
                + "030201" + "02" + "0000000000000007" + "0000000000000100" + "00" + "04" + "02" + "00" + "01");
        assertThat(SupervoxelPatch.parse(bytes, "row").runs()).isEqualTo(5);
    }

    /// Broken bytes are told as such, and cannot ask for more memory than they pay for.
    @Property(tries = 2_000, seed = "3")
    void brokenBytesAreRefusedAndOthersMeanWhatTheySay(@ForAll long seed) {
        Random random = new Random(seed);
        Block.Ints numbers = new Block.Ints(Box.ofSize(5, 4, 3), new int[60], DataType.UINT32);
        for (int i = 0; i < 60; i++) {
            numbers.data()[i] = i < 3 ? i : random.nextInt(3);
        }
        byte[] bytes = SupervoxelPatch.of(77, numbers, new int[]{1, 2}, new long[]{8, 9}).toBytes();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xFF);
        }
        byte[] broken = random.nextInt(4) == 0
                ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 9))
                : bytes;
        try {
            SupervoxelPatch patch = SupervoxelPatch.parse(broken, "row 5");
            assertThat(patch.toBytes()).containsExactly(broken);
            patch.apply(new Block.Longs(Box.ofSize(6, 6, 6), new long[216]));
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("row 5 is not the patch of a supervoxel: ");
        }
    }

    @Test
    void fragmentsNeedIdsOfTheirOwn() {
        Block.Ints numbers = new Block.Ints(Box.ofSize(2, 1, 1), new int[]{1, 2}, DataType.UINT32);
        for (long[] ids : List.of(new long[]{1, 1}, new long[]{0, 1}, new long[]{5, 1})) {
            assertThatThrownBy(() -> SupervoxelPatch.of(5, numbers, new int[]{1, 2}, ids))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is 0 or taken");
        }
        assertThatThrownBy(() -> SupervoxelPatch.of(5, new Block.Ints(Box.ofSize(1, 1, 1), new int[1],
                DataType.UINT32), new int[]{1}, new long[]{4})).hasMessageContaining("no voxels");
    }
}
