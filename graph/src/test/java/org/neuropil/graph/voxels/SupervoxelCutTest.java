package org.neuropil.graph.voxels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SupervoxelCutTest {
    @Property(tries = 500, seed = "1")
    void everyVoxelIsInOneConnectedFragmentOfItsSupervoxelOnTheRightSide(@ForAll long seed) {
        Random random = new Random(seed);
        CutWorld world = new CutWorld(random);
        long[] wholes = world.basin();
        List<Int3> voxels = world.some(wholes, random);
        int sources = 1 + random.nextInt(Math.min(3, voxels.size() - 1));
        int sinks = 1 + random.nextInt(Math.min(3, voxels.size() - sources));
        List<Int3> one = voxels.subList(0, sources);
        List<Int3> other = voxels.subList(sources, sources + sinks);
        SupervoxelCut cut = CutWorld.cut(world.labels, wholes, world.size, one, other);

        Map<Integer, Set<Int3>> found = new HashMap<>();
        for (Int3 v : CutWorld.voxels(world.grid.bounds())) {
            int number = CutWorld.at(cut.numbers(), v);
            long label = CutWorld.at(world.labels, v);
            boolean own = Arrays.stream(wholes).anyMatch(id -> id == label);
            assertThat(number != 0).as("%s", v).isEqualTo(own);
            if (own) {
                assertThat(cut.fragments().get(number - 1).whole()).isEqualTo(label);
                found.computeIfAbsent(number, _ -> new HashSet<>()).add(v);
            }
        }
        assertThat(cut.fragments()).hasSize(found.size());
        for (Fragment fragment : cut.fragments()) {
            Set<Int3> own = found.getOrDefault(fragment.number(), Set.of());
            assertThat(fragment.voxels()).isEqualTo(own.size());
            assertThat(joined(own.iterator().next(), own)).isEqualTo(own);
            // Nothing of the same supervoxel and side touches it.
            for (Int3 v : own) {
                for (Int3 n : neighbours(v)) {
                    int number = CutWorld.at(cut.numbers(), n);
                    if (number != 0 && number != fragment.number()) {
                        Fragment next = cut.fragments().get(number - 1);
                        assertThat(next.whole() == fragment.whole() && next.side() == fragment.side()).isFalse();
                    }
                }
            }
            assertThat(cut.cuts(fragment.whole()))
                    .isEqualTo(cut.fragments().stream().filter(f -> f.whole() == fragment.whole()).count() > 1);
        }
        one.forEach(v -> assertThat(side(cut, v)).isEqualTo(Side.SOURCE));
        other.forEach(v -> assertThat(side(cut, v)).isEqualTo(Side.SINK));

        // A connected piece of a side holds a point of it, or is a piece of the mask without points.
        Set<Int3> mask = new HashSet<>(voxels);
        for (Int3 v : voxels) {
            Side side = side(cut, v);
            List<Int3> points = side == Side.SOURCE ? one : other;
            Set<Int3> same = new HashSet<>(mask);
            same.removeIf(n -> side(cut, n) != side);
            Set<Int3> whole = joined(v, mask);
            if (Collections.disjoint(whole, one) && Collections.disjoint(whole, other)) {
                assertThat(side).isEqualTo(nearest(whole, world.size, cut, mask, one, other));
            } else {
                assertThat(Collections.disjoint(joined(v, same), points)).isFalse();
            }
        }

        // The order of points is nothing, nor is how often one is set.
        List<Int3> shuffled = new ArrayList<>(one);
        Collections.shuffle(shuffled, random);
        shuffled.add(one.getFirst());
        SupervoxelCut again = CutWorld.cut(world.labels, wholes, world.size, shuffled, other);
        assertThat(again.numbers().box()).isEqualTo(cut.numbers().box());
        assertThat(again.numbers().data()).containsExactly(cut.numbers().data());
        assertThat(again.fragments()).isEqualTo(cut.fragments());
    }

    private static Side side(SupervoxelCut cut, Int3 v) {
        return cut.fragments().get(CutWorld.at(cut.numbers(), v) - 1).side();
    }

    /// The side of the nearest voxel that is joined to a point.
    private static Side nearest(Set<Int3> piece, VoxelSize size, SupervoxelCut cut, Set<Int3> mask, List<Int3> one,
            List<Int3> other) {
        double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        Set<Int3> reached = new HashSet<>();
        one.forEach(p -> reached.addAll(joined(p, mask)));
        other.forEach(p -> reached.addAll(joined(p, mask)));
        for (Int3 p : piece) {
            for (Int3 r : reached) {
                double dx = (p.x() - r.x()) * size.x();
                double dy = (p.y() - r.y()) * size.y();
                double dz = (p.z() - r.z()) * size.z();
                int side = side(cut, r).ordinal();
                least[side] = Math.min(least[side], dx * dx + dy * dy + dz * dz);
            }
        }
        return least[1] < least[0] ? Side.SINK : Side.SOURCE;
    }

    private static Set<Int3> joined(Int3 from, Set<Int3> among) {
        Set<Int3> seen = new HashSet<>(Set.of(from));
        Deque<Int3> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (Int3 n : neighbours(open.remove())) {
                if (among.contains(n) && seen.add(n)) {
                    open.add(n);
                }
            }
        }
        return seen;
    }

    private static List<Int3> neighbours(Int3 v) {
        List<Int3> all = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            all.add(v.plus(Int3.ZERO.with(axis, 1)));
            all.add(v.minus(Int3.ZERO.with(axis, 1)));
        }
        return all;
    }

    /// A bar of 20 voxels with a waist: the cut is there, wherever the points are.
    @Test
    void theCutIsAtTheWaist() {
        Block.Longs labels = new Block.Longs(Box.ofSize(20, 7, 7), new long[20 * 49]);
        for (Int3 v : CutWorld.voxels(labels.box())) {
            boolean waist = v.x() == 13;
            boolean in = !waist || (v.y() == 3 && v.z() == 3);
            labels.data()[labels.box().index(v.x(), v.y(), v.z())] = in ? 8 : 2;
        }
        for (VoxelSize size : List.of(new VoxelSize(4, 4, 4), new VoxelSize(4, 4, 40), new VoxelSize(9, 1, 3))) {
            for (int x = 1; x < 12; x++) {
                SupervoxelCut cut = CutWorld.cut(labels, new long[]{8}, size, List.of(new Int3(x, 0, 6)),
                        List.of(new Int3(14 + x % 6, x % 7, 1)));
                assertThat(cut.fragments()).hasSize(2);
                for (Int3 v : CutWorld.voxels(labels.box())) {
                    if (v.x() != 13) {
                        assertThat(side(cut, v)).as("%s in %s", v, size)
                                .isEqualTo(v.x() < 13 ? Side.SOURCE : Side.SINK);
                    }
                }
            }
        }
    }

    /// Sections 40 nm apart: what is 3 pixels away is nearer than what is one section away.
    @Test
    void aPointBesideTheSupervoxelStandsForTheVoxelThatIsNearestInNanometres() {
        Block.Longs labels = new Block.Longs(Box.ofSize(9, 1, 2), new long[18]);
        for (int x = 0; x < 9; x++) {
            labels.data()[x] = x > 4 ? 3 : 0;
            labels.data()[9 + x] = 3;
        }
        SupervoxelCut cut = CutWorld.cut(labels, new long[]{3}, new VoxelSize(4, 4, 40),
                List.of(new Int3(2, 0, 0)), List.of(new Int3(0, 0, 1)));
        assertThat(side(cut, new Int3(5, 0, 0))).isEqualTo(Side.SOURCE);
        assertThat(side(cut, new Int3(2, 0, 1))).isEqualTo(Side.SINK);
    }

    @Test
    void pointsThatCannotBePartedAreRefusedInWords() {
        Block.Longs labels = new Block.Longs(Box.ofSize(3, 1, 1), new long[]{7, 7, 0});
        VoxelSize size = new VoxelSize(4, 4, 4);
        Int3 first = Int3.ZERO;
        assertThatThrownBy(() -> CutWorld.cut(labels, new long[]{7}, size, List.of(first), List.of(first)))
                .isInstanceOf(EditRefusedException.class).hasMessageContaining("further apart");
        assertThatThrownBy(() -> CutWorld.cut(labels, new long[]{7}, size, List.of(first), List.of()))
                .isInstanceOf(EditRefusedException.class).hasMessageContaining("at least one point");
        assertThatThrownBy(
                () -> CutWorld.cut(labels, new long[]{9}, size, List.of(first), List.of(new Int3(1, 0, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSupervoxelThatIsOnOneSideKeepsItsId() {
        Block.Longs labels = new Block.Longs(Box.ofSize(6, 1, 1), new long[]{5, 5, 5, 6, 6, 6});
        VoxelSize size = new VoxelSize(4, 4, 4);
        SupervoxelCut cut = CutWorld.cut(labels, new long[]{6, 5}, size, List.of(Int3.ZERO),
                List.of(new Int3(4, 0, 0), new Int3(2, 0, 0)));
        assertThat(cut.fragments()).containsExactly(new Fragment(1, 5, Side.SOURCE, 2),
                new Fragment(2, 5, Side.SINK, 1), new Fragment(3, 6, Side.SINK, 3));
        long[] ids = cut.ids(fragment -> 100L + fragment.number());
        assertThat(ids).containsExactly(101, 102, 6);
        assertThat(cut.patches(ids)).singleElement().satisfies(patch -> {
            assertThat(patch.whole()).isEqualTo(5);
            assertThat(patch.ids()).containsExactly(101, 102);
            assertThat(patch.box()).isEqualTo(Box.ofSize(3, 1, 1));
        });
    }
}
