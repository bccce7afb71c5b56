package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.cut.CutRefusedException;
import org.neuropil.graph.cut.Multicut;
import org.neuropil.graph.voxels.Extent;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Random cuts of supervoxels among other random edits of random worlds.
class SupervoxelSplitPropertyTest {
    private static final int EDITS = 14;

    /// An edit.
    private interface Request {
        EditResult askOf(LiveGraph graph) throws IOException;
    }

    /// What is done to a world.
    private static final class Story {
        private final Random random;
        private final SplitWorld world;
        private LiveGraph graph;
        private final SplitChecker checker;
        private final List<String> told = new ArrayList<>();
        private int cuts;

        Story(Random random) throws IOException {
            this.random = random;
            world = world(random);
            world.part = new Int3(1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(4));
            graph = world.open();
            checker = new SplitChecker(world, graph);
        }

        int run() throws IOException {
            try {
                for (int i = 0; i < EDITS; i++) {
                    step();
                    if (random.nextInt(6) == 0) {
                        graph = world.open();
                        checker.check(graph);
                    }
                }
                return cuts;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(e + "\nafter\n" + String.join("\n", told), e);
            }
        }

        private void step() throws IOException {
            int dice = random.nextInt(20);
            Request request = dice < 9 ? cut() : dice < 12 ? split() : dice < 16 ? merge() : reverse();
            if (request == null) {
                return;
            }
            EditResult result;
            try {
                result = request.askOf(graph);
            } catch (EditRefusedException e) {
                told.add("  refused: " + e.getMessage());
                checker.check(graph);
                return;
            }
            told.add("  " + result.operation());
            checker.check(graph);
            if (result.operation().isPresent()) {
                Operation operation = Objects.requireNonNull(graph.operation(result.operation().get()));
                told.add("  " + operation.supervoxelSplits() + " added " + operation.added() + " removed "
                        + operation.removed());
                cuts += operation.supervoxelSplits().isEmpty() ? 0 : 1;
                assertThat(request.askOf(graph).operation()).as("asked again").isEqualTo(result.operation());
                checker.check(graph);
            }
        }

        private long any() {
            long[] all = SplitChecker.array(checker.supervoxels());
            return all[random.nextInt(all.length)];
        }

        private Int3 voxel(long supervoxel) {
            List<Int3> own = new ArrayList<>();
            List<Int3> all = SplitWorld.voxels(world.labels.box());
            for (int i = 0; i < all.size(); i++) {
                if (checker.labels()[i] == supervoxel) {
                    own.add(all.get(i));
                }
            }
            return own.get(random.nextInt(own.size()));
        }

        /// A point in a supervoxel, where it, a node above it, or what it was cut out of was clicked.
        private EditPoint point(long supervoxel) throws IOException {
            Int3 voxel = voxel(supervoxel);
            long ingest = world.at(voxel.x(), voxel.y(), voxel.z());
            long[] one = {supervoxel};
            long node = switch (random.nextInt(6)) {
                case 0 -> graph.roots(one, Graph.NOW, 2)[0];
                case 1 -> graph.root(supervoxel, Graph.NOW);
                case 2 -> ingest;
                case 3 -> graph.root(ingest, world.info.ingested());
                default -> supervoxel;
            };
            return world.point(node, voxel.x(), voxel.y(), voxel.z());
        }

        private Request split(List<EditPoint> sources, List<EditPoint> sinks) {
            SplitRequest request = SplitRequest.of("u", sources, sinks);
            told.add("split " + sources + " from " + sinks);
            return on -> {
                try {
                    on.preview(request);
                } catch (EditRefusedException e) {
                    told.add("  preview: " + e.getMessage());
                }
                return on.split(request);
            };
        }

        /// Points of both sides in one supervoxel, the larger the more often, and perhaps more.
        private Request cut() throws IOException {
            long supervoxel = 0;
            while (supervoxel == 0) {
                supervoxel = checker.labels()[random.nextInt(checker.labels().length)];
            }
            List<EditPoint> sources = new ArrayList<>(List.of(point(supervoxel)));
            List<EditPoint> sinks = new ArrayList<>(List.of(point(supervoxel)));
            for (int more = random.nextInt(3); more > 0; more--) {
                long near = random.nextBoolean() ? supervoxel : any();
                if (checker.root(near) == checker.root(supervoxel)) {
                    (random.nextBoolean() ? sources : sinks).add(point(near));
                }
            }
            return split(sources, sinks);
        }

        private @Nullable Request split() throws IOException {
            List<Pair> pairs = new ArrayList<>(checker.edges().keySet());
            pairs.removeIf(pair -> checker.root(pair.a()) != checker.root(pair.b()));
            if (pairs.isEmpty()) {
                return null;
            }
            pairs.sort(Walks.BY_IDS);
            Pair pair = pairs.get(random.nextInt(pairs.size()));
            return split(List.of(point(pair.a())), List.of(point(pair.b())));
        }

        private @Nullable Request merge() throws IOException {
            List<Pair> pairs = new ArrayList<>(checker.edges().keySet());
            pairs.removeIf(pair -> checker.root(pair.a()) == checker.root(pair.b()));
            long a = any();
            long b = any();
            if (!pairs.isEmpty() && random.nextInt(5) > 0) {
                pairs.sort(Walks.BY_IDS);
                Pair pair = pairs.get(random.nextInt(pairs.size()));
                a = pair.a();
                b = pair.b();
            }
            Int3 one = voxel(a);
            Int3 other = voxel(b);
            told.add("merge " + a + " and " + b);
            MergeRequest request = MergeRequest.of("u", world.point(a, one.x(), one.y(), one.z()),
                    world.point(b, other.x(), other.y(), other.z()));
            return on -> on.merge(request);
        }

        private @Nullable Request reverse() throws IOException {
            int n = graph.operations(world.info.ingested(), graph.head()).size();
            if (n == 0) {
                return null;
            }
            long operation = random.nextInt(3) == 0 ? n : 1 + random.nextInt(n);
            boolean undo = random.nextInt(3) > 0;
            told.add((undo ? "undo " : "redo ") + operation);
            return on -> undo ? on.undo("u", operation) : on.redo("u", operation);
        }
    }

    private static SplitWorld world(Random random) throws IOException {
        Int3 chunk = new Int3(2 + random.nextInt(4), 2 + random.nextInt(4), 1 + random.nextInt(4));
        Int3 size = new Int3(4 + random.nextInt(7), 3 + random.nextInt(5), 1 + random.nextInt(5));
        Int3 corner = new Int3(random.nextInt(5), random.nextInt(5), random.nextInt(5));
        Box bounds = Box.of(corner, size);
        int basins = 1 + random.nextInt(7);
        List<Int3> all = SplitWorld.voxels(bounds);
        List<Int3> centres = new ArrayList<>();
        for (int i = 0; i < basins; i++) {
            centres.add(all.get(random.nextInt(all.size())));
        }
        int noise = random.nextInt(4) == 0 ? random.nextInt(40) : 0;
        int alone = random.nextInt(5) == 0 ? 1 : 0;
        long hash = random.nextLong();
        double joined = random.nextDouble();
        return new SplitWorld(bounds, chunk, new VoxelSize(4, 4, 1 + random.nextInt(40)), voxel -> {
            if (voxel.equals(corner)) {
                return 1;
            }
            Random own = new Random(hash + bounds.index(voxel.x(), voxel.y(), voxel.z()) * 7919L);
            if (own.nextInt(100) < noise) {
                return own.nextInt(3) == 0 ? 1 + own.nextInt(basins) : 0;
            }
            int best = 0;
            int least = Integer.MAX_VALUE;
            for (int i = 0; i < basins; i++) {
                Int3 away = voxel.minus(centres.get(i));
                int distance = Math.abs(away.x()) + Math.abs(away.y()) + Math.abs(away.z());
                if (distance < least) {
                    least = distance;
                    best = i;
                }
            }
            return best + 1 - (alone == 1 && best == 0 ? 1 : 0);
        }, ends -> new Random(hash ^ ends[0] * 31L + ends[1]).nextInt(5) / 4.0,
                ends -> new Random(hash ^ ends[0] * 37L + ends[1]).nextDouble() < joined);
    }

    @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void everythingAgreesAfterEachEdit(@ForAll long seed) throws IOException {
        new Story(new Random(seed)).run();
    }

    private static Extent extent(List<Int3> voxels) {
        return voxels.stream().map(v -> new Extent(Box.of(v, Int3.all(1)), 1)).reduce((a, b) -> new Extent(
                Extent.cover(a.box(), b.box()), a.voxels() + b.voxels())).orElseThrow();
    }

    /// Cuts of worlds that nobody has edited, with room for some of the basin only.
    @Property(tries = 200, seed = "2", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void aBasinIsCutAlsoWhereNotAllOfItFits(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        SplitWorld world = world(random);
        world.part = new Int3(1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(4));
        Map<Long, List<Int3>> voxels = new TreeMap<>();
        for (Int3 v : SplitWorld.voxels(world.labels.box())) {
            voxels.computeIfAbsent(world.at(v.x(), v.y(), v.z()), any -> new ArrayList<>()).add(v);
        }
        List<Long> some = voxels.keySet().stream()
                .filter(id -> id != 0 && Objects.requireNonNull(voxels.get(id)).size() > 1).toList();
        if (some.isEmpty()) {
            return;
        }
        long whole = some.get(random.nextInt(some.size()));
        List<Int3> own = new ArrayList<>(Objects.requireNonNull(voxels.get(whole)));
        Collections.shuffle(own, random);
        List<EditPoint> points = own.subList(0, 2).stream().map(v -> world.point(whole, v.x(), v.y(), v.z())).toList();
        int all = world.labels.data().length;
        CutWindow.Limits limits = new CutWindow.Limits(1 + random.nextInt(all), 1 + random.nextInt(all),
                random.nextInt(2 * all));
        long[] one = {whole};
        Snapshot snapshot = world.snapshot();
        List<Region.Link> links = Region.near(snapshot, new long[]{snapshot.root(whole)}, points,
                new long[]{whole, whole}).links();
        SplitRequest request = SplitRequest.of("u", points.subList(0, 1), points.subList(1, 2));
        Extent needed = extent(own);
        boolean fits = needed.box().volume() <= limits.box() && needed.voxels() <= limits.own();
        Cutting cutting;
        try {
            cutting = SupervoxelSplits.of(snapshot, world.volume(), new Draft(world.ids()), request, one, one, links,
                    limits);
        } catch (EditRefusedException e) {
            assertThat(fits).as(e.getMessage()).isFalse();
            return;
        }
        assertThat(fits).isTrue();
        assertThat(cutting.parts()).containsKey(whole);
        Extent cut = extent(cutting.parts().keySet().stream()
                .flatMap(id -> Objects.requireNonNull(voxels.get(id)).stream()).toList());
        assertThat(cut.box().volume()).isLessThanOrEqualTo(limits.box());
        assertThat(cut.voxels()).isLessThanOrEqualTo(limits.own());

        long[] now = world.labels.data().clone();
        cutting.patches().forEach(patch -> patch.apply(new Block.Longs(world.labels.box(), now)));
        Map<Long, Long> wholes = new TreeMap<>();
        cutting.parts().forEach((id, parts) -> Arrays.stream(parts).forEach(part -> wholes.put(part, id)));
        Set<Long> seen = new TreeSet<>();
        for (int i = 0; i < now.length; i++) {
            long before = world.labels.data()[i];
            assertThat(wholes.getOrDefault(now[i], now[i])).isEqualTo(before);
            assertThat(cutting.parts().containsKey(now[i])).as("a voxel that is left of a whole").isFalse();
            seen.add(now[i]);
        }
        assertThat(seen).as("parts have voxels").containsAll(wholes.keySet());
        world.edges.forEach((pair, edge) -> {
            if (cutting.parts().containsKey(pair.a()) || cutting.parts().containsKey(pair.b())) {
                long area = cutting.made().stream().filter(made -> Pair.of(wholes.getOrDefault(made.own(), made.own()),
                        wholes.getOrDefault(made.far(), made.far())).equals(pair)).mapToLong(ExtraEdge::area).sum();
                assertThat(area).as("area of the edges in place of %s", pair).isEqualTo(edge.area());
            }
        });
        try {
            Multicut.cut(Splits.graph(cutting.links()), cutting.sources(), cutting.sinks());
        } catch (CutRefusedException e) {
            assertThat(Splits.needsNewSupervoxels(e)).as("still not parted: %s", e.getMessage()).isFalse();
        }
    }
}
