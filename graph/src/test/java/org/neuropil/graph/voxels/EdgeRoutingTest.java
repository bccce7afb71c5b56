package org.neuropil.graph.voxels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EdgeRoutingTest {
    private static final float INFINITE = Float.POSITIVE_INFINITY;
    private static final float PARTED = EdgeRouting.PARTED;
    private static final VoxelSize SIZE = new VoxelSize(4, 4, 40);

    /// A world in which some parts of a basin are cut and others are not.
    private static final class Cut {
        final CutWorld world;
        final Set<Long> wholes = new HashSet<>();
        final SupervoxelCut cut;
        final long[] ids;
        final Block.Longs after;
        /// Of ids after the cut.
        final Map<Long, Fragment> fragments = new HashMap<>();

        Cut(Random random) {
            world = new CutWorld(random);
            for (long id : world.basin()) {
                if (wholes.isEmpty() || random.nextInt(3) > 0) {
                    wholes.add(id);
                }
            }
            long[] all = wholes.stream().mapToLong(id -> id).toArray();
            List<Int3> points = world.some(all, random);
            int sources = Math.min(points.size() - 1, 1 + random.nextInt(2));
            cut = CutWorld.cut(world.labels, all, world.size, points.subList(0, sources),
                    points.subList(sources, Math.min(points.size(), sources + 1 + random.nextInt(2))));
            ids = CutWorld.ids(cut);
            after = CutWorld.relabelled(world.labels, cut, ids);
            cut.fragments().forEach(f -> fragments.put(ids[f.number() - 1], f));
        }

        long whole(long id) {
            return fragments.containsKey(id) ? fragments.get(id).whole() : id;
        }

        boolean among(EdgeState edge) {
            return wholes.contains(edge.a()) || wholes.contains(edge.b());
        }

        List<EdgeState> route(List<EdgeState> old) {
            return CutWorld.route(cut, ids, after, world.size, old);
        }
    }

    @Property(tries = 500, seed = "1")
    void edgesAreThoseThatTheRulesGiveOnCountedFaces(@ForAll long seed) {
        Random random = new Random(seed);
        Cut c = new Cut(random);
        List<EdgeState> given = new ArrayList<>(c.world.edges);
        // From both ends, in any order; only edges of infinite affinity matter among the others.
        for (EdgeState edge : c.world.edges) {
            if (random.nextBoolean()) {
                given.add(new EdgeState(edge.b(), edge.a(), edge.affinity(), edge.area(), edge.active()));
            }
        }
        Collections.shuffle(given, random);
        List<EdgeState> found = c.route(given);

        Map<List<Long>, Long> faces = CutWorld.faces(c.after);
        Map<Long, Side> others = sidesOfOthers(c, faces);
        List<EdgeState> expected = new ArrayList<>();
        faces.forEach((ends, area) -> {
            Fragment a = c.fragments.get(ends.get(0));
            Fragment b = c.fragments.get(ends.get(1));
            if (a == null && b == null) {
                return;
            }
            long wholeA = c.whole(ends.get(0));
            long wholeB = c.whole(ends.get(1));
            if (wholeA == wholeB) {
                expected.add(new EdgeState(ends.get(0), ends.get(1), PARTED, area, false));
                return;
            }
            EdgeState old = c.world.edges.stream()
                    .filter(e -> Set.of(e.a(), e.b()).equals(Set.of(wholeA, wholeB))).findFirst().orElseThrow();
            Side one = a != null ? a.side() : others.get(wholeA);
            Side other = b != null ? b.side() : others.get(wholeB);
            boolean parted = old.affinity() == INFINITE && one != other;
            expected.add(new EdgeState(ends.get(0), ends.get(1), parted ? PARTED : old.affinity(), area,
                    !parted && old.active()));
        });
        List<EdgeState> touching = found.stream().filter(e -> e.area() > 0).toList();
        assertThat(touching).containsExactlyElementsOf(expected);

        // What is left holds the pieces of a side together: a star around its largest.
        List<EdgeState> held = found.stream().filter(e -> e.area() == 0).toList();
        int needed = 0;
        for (long whole : c.wholes) {
            for (Side side : Side.values()) {
                long n = c.cut.fragments().stream().filter(f -> f.whole() == whole && f.side() == side).count();
                needed += (int) Math.max(0, n - 1);
            }
        }
        assertThat(held).hasSize(needed);
        for (EdgeState edge : held) {
            Fragment a = Objects.requireNonNull(c.fragments.get(edge.a()));
            Fragment b = Objects.requireNonNull(c.fragments.get(edge.b()));
            assertThat(a.whole()).isEqualTo(b.whole());
            assertThat(a.side()).isEqualTo(b.side());
            assertThat(edge.active()).isTrue();
            assertThat(edge.affinity()).isEqualTo(PARTED);
            long most = c.cut.fragments().stream().filter(f -> f.whole() == a.whole() && f.side() == a.side())
                    .mapToLong(Fragment::voxels).max().orElseThrow();
            assertThat(Math.max(a.voxels(), b.voxels())).isEqualTo(most);
        }
    }

    /// By repeated passing on, from the edges of the world.
    private static Map<Long, Side> sidesOfOthers(Cut c, Map<List<Long>, Long> faces) {
        List<EdgeState> infinite = c.world.edges.stream().filter(e -> e.affinity() == INFINITE).toList();
        Map<Long, Long> group = groups(
                infinite.stream().filter(e -> !c.wholes.contains(e.a()) && !c.wholes.contains(e.b())).toList());
        Map<Long, long[]> votes = new HashMap<>();
        faces.forEach((ends, area) -> {
            for (int i = 0; i < 2; i++) {
                Fragment own = c.fragments.get(ends.get(i));
                long other = ends.get(1 - i);
                if (own != null && !c.fragments.containsKey(other) && infinite.stream()
                        .anyMatch(e -> Set.of(e.a(), e.b()).equals(Set.of(own.whole(), other)))) {
                    votes.computeIfAbsent(group.getOrDefault(other, other), _ -> new long[2])[own.side()
                            .ordinal()] += area;
                }
            }
        });
        Map<Long, Side> sides = new HashMap<>();
        for (EdgeState edge : infinite) {
            for (long id : new long[]{edge.a(), edge.b()}) {
                long[] v = votes.getOrDefault(group.getOrDefault(id, id), new long[2]);
                sides.put(id, v[1] > v[0] ? Side.SINK : Side.SOURCE);
            }
        }
        return sides;
    }

    /// The smallest of what edges join, by what they join.
    private static Map<Long, Long> groups(List<EdgeState> edges) {
        Map<Long, Long> group = new HashMap<>();
        for (int i = 0; i < edges.size(); i++) {
            for (EdgeState e : edges) {
                long least = Math.min(group.getOrDefault(e.a(), e.a()), group.getOrDefault(e.b(), e.b()));
                group.put(e.a(), least);
                group.put(e.b(), least);
            }
        }
        return group;
    }

    /// What a minimum cut contracts never has both sides in it, so the sides can be parted.
    @Property(tries = 300, seed = "2")
    void nothingInfiniteJoinsTheSides(@ForAll long seed) {
        Random random = new Random(seed);
        Cut c = new Cut(random);
        List<EdgeState> all = new ArrayList<>(c.route(c.world.edges));
        c.world.edges.stream().filter(e -> !c.among(e)).forEach(all::add);
        Map<Long, Long> group = groups(all.stream().filter(e -> e.affinity() == INFINITE).toList());
        Map<Long, Side> side = new HashMap<>();
        c.fragments.forEach((id, fragment) -> {
            long joined = group.getOrDefault(id, id);
            assertThat(side.computeIfAbsent(joined, _ -> fragment.side())).isEqualTo(fragment.side());
        });
    }

    /// Areas of other software need not be faces.
    @Property(tries = 200, seed = "3")
    void areasOfAnyKindAreConserved(@ForAll long seed) {
        Random random = new Random(seed);
        Cut c = new Cut(random);
        List<EdgeState> old = c.world.edges.stream()
                .map(e -> new EdgeState(e.a(), e.b(), e.affinity(), random.nextLong(1L << 62), e.active())).toList();
        Map<Set<Long>, Long> sums = new HashMap<>();
        for (EdgeState edge : c.route(old)) {
            if (c.whole(edge.a()) != c.whole(edge.b())) {
                assertThat(edge.area()).isNotNegative();
                sums.merge(Set.of(c.whole(edge.a()), c.whole(edge.b())), edge.area(), Long::sum);
            }
        }
        Map<Set<Long>, Long> expected = new HashMap<>();
        old.stream().filter(c::among).forEach(e -> expected.put(Set.of(e.a(), e.b()), e.area()));
        assertThat(sums).isEqualTo(expected);
    }

    /// 5 is cut into 51 (left) and 52 (right).
    private static List<EdgeState> route(long[] row, EdgeState... old) {
        Block.Longs labels = new Block.Longs(Box.ofSize(row.length, 1, 1), row);
        List<Integer> own = new ArrayList<>();
        for (int x = 0; x < row.length; x++) {
            if (row[x] == 5) {
                own.add(x);
            }
        }
        SupervoxelCut cut = CutWorld.cut(labels, new long[]{5}, SIZE, List.of(new Int3(own.getFirst(), 0, 0)),
                List.of(new Int3(own.getLast(), 0, 0)));
        long[] ids = cut.ids(f -> 50L + f.number());
        return CutWorld.route(cut, ids, CutWorld.relabelled(labels, cut, ids), SIZE, Arrays.asList(old));
    }

    @Test
    void anEdgeBetweenWhatDoesNotTouchGoesToTheNearestFragment() {
        assertThat(route(new long[]{5, 5, 5, 5, 0, 0, 7}, new EdgeState(7, 5, 1e-38f, 0, true))).containsExactly(
                new EdgeState(7, 52, 1e-38f, 0, true), new EdgeState(51, 52, PARTED, 1, false));
        assertThat(route(new long[]{7, 0, 5, 5, 5, 5}, new EdgeState(5, 7, 0.5f, 9, false))).containsExactly(
                new EdgeState(7, 51, 0.5f, 9, false), new EdgeState(51, 52, PARTED, 1, false));
        // Infinite, but far from either.
        assertThat(route(new long[]{5, 5, 5, 5, 0, 7}, new EdgeState(5, 7, INFINITE, 3, true))).containsExactly(
                new EdgeState(7, 52, INFINITE, 3, true), new EdgeState(51, 52, PARTED, 1, false));
    }

    @Test
    void anEdgeToWhatIsNotInTheBlockGoesToTheLargestFragment() {
        // The middle of an odd row is of the first side.
        assertThat(route(new long[]{5, 5, 5}, new EdgeState(900, 5, 0.25f, 4, true))).containsExactly(
                new EdgeState(51, 52, PARTED, 1, false), new EdgeState(51, 900, 0.25f, 4, true));
    }

    @Test
    void aContactAtACornerIsOneOfTheFragmentThatHasIt() {
        Block.Longs labels = new Block.Longs(Box.ofSize(5, 2, 1), new long[]{5, 5, 5, 5, 0, 0, 0, 0, 0, 8});
        SupervoxelCut cut = CutWorld.cut(labels, new long[]{5}, SIZE, List.of(Int3.ZERO),
                List.of(new Int3(3, 0, 0)));
        long[] ids = cut.ids(f -> 50L + f.number());
        assertThat(CutWorld.route(cut, ids, CutWorld.relabelled(labels, cut, ids), SIZE,
                List.of(new EdgeState(5, 8, 0.5f, 1, true)))).contains(new EdgeState(8, 52, 0.5f, 1, true));
    }
}
