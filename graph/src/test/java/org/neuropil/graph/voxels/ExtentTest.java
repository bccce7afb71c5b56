package org.neuropil.graph.voxels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ExtentTest {
    @Property(tries = 300, seed = "1")
    void boxesAndCountsAreThoseOfTheVoxels(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        CutWorld world = new CutWorld(random);
        Box within = Box.of(world.grid.bounds().min().minus(new Int3(random.nextInt(3) - 1, 0, 1)),
                new Int3(1 + random.nextInt(9), 1 + random.nextInt(7), 1 + random.nextInt(7)));
        LongOpenHashSet ids = new LongOpenHashSet();
        for (long id : world.labels.data()) {
            if (id != 0 && random.nextBoolean()) {
                ids.add(id);
            }
        }
        Map<Long, Extent> expected = new HashMap<>();
        for (Int3 v : CutWorld.voxels(within)) {
            long id = CutWorld.at(world.labels, v);
            if (ids.contains(id)) {
                Extent one = new Extent(Box.of(v, Int3.all(1)), 1);
                expected.merge(id, one,
                        (a, b) -> new Extent(Extent.cover(a.box(), b.box()), a.voxels() + b.voxels()));
            }
        }
        assertThat(Extent.of(new ArrayVolume(world.labels, world.size), within, ids)).isEqualTo(expected);
    }

    @Property(tries = 300, seed = "2")
    void partsMakeUpTheirBox(@ForAll long seed) {
        Random random = new Random(seed);
        CutWorld world = new CutWorld(random);
        ArrayVolume volume = new ArrayVolume(world.labels, world.size);
        Box box = Box.of(new Int3(random.nextInt(30) - 15, random.nextInt(30) - 15, random.nextInt(30) - 15),
                new Int3(random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9)));
        List<Box> parts = volume.parts(box);
        Int3 part = volume.part();
        assertThat(parts.stream().flatMap(p -> CutWorld.voxels(p).stream()).toList())
                .containsExactlyInAnyOrderElementsOf(CutWorld.voxels(box));
        Int3 corner = volume.bounds().min();
        assertThat(parts).allSatisfy(p -> assertThat(p.min().minus(corner).floorDiv(part))
                .isEqualTo(p.max().minus(Int3.all(1)).minus(corner).floorDiv(part)));
    }
}
