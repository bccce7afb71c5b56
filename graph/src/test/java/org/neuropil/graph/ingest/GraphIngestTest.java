package org.neuropil.graph.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.segment.ChunkEdges;
import org.neuropil.segment.Edge;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

import com.google.protobuf.CodedOutputStream;

class GraphIngestTest {
    private static final int SEGMENTS = 5;

    @TempDir
    Path folder;

    private static long segment(long supervoxel) {
        // Segment 0 is none.
        return Math.floorMod(supervoxel * 0x9E3779B97F4A7C15L >>> 40, SEGMENTS);
    }

    private static boolean together(RandomWorld.Link link) {
        return segment(link.a()) != 0 && segment(link.a()) == segment(link.b());
    }

    private static Map<GraphStore.Table, Map<String, String>> expected(RandomWorld world) throws IOException {
        try (MemoryStore store = new MemoryStore()) {
            BaseBuilder.build(world.plan, world::input, store);
            return Rows.of(store);
        }
    }

    private static Map<GraphStore.Table, Map<String, String>> rows(Dataset dataset) throws IOException {
        try (GraphStore store = GraphFolder.open(dataset, "graph").openStore()) {
            return Rows.of(store);
        }
    }

    private static GraphIngest.Parameters parameters(GraphInput input) {
        return GraphIngest.Parameters.of(input);
    }

    private static GraphInput.Segmented of(GraphInput.Joined joined, boolean fromEdges) {
        return new GraphInput.Segmented("supervoxels", "edges", joined, fromEdges, Optional.empty(),
                OptionalInt.empty());
    }

    @Test
    void segmentsBecomeTheGraphOfTheSameEdges() throws IOException {
        RandomWorld world = new RandomWorld(4, new Int3(5, 3, 2)).joined(GraphIngestTest::together);
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment)) {
            Provenance made = GraphIngest.run(dataset, parameters(GraphInput.Segmented.usual()),
                    WorldDataset.options(2));
            assertThat(rows(dataset)).isEqualTo(expected(world));
            GraphFolder graph = GraphFolder.open(dataset, "graph");
            assertThat(graph.info().edges()).isEqualTo(world.links.size());
            assertThat(graph.info().supervoxels()).isEqualTo(world.positions().size());
            assertThat(graph.contents().supervoxels()).isEqualTo("supervoxels");
            assertThat(made.figures().get("edges")).isEqualTo((long) world.links.size());
            try (GraphStore store = graph.openStore()) {
                StoredBase base = new StoredBase(graph.info(), store, 1 << 20);
                BruteHierarchy brute = new BruteHierarchy(world, graph.info().anchorBits());
                for (long node : brute.parent.keySet()) {
                    assertThat(base.parent(node)).isEqualTo(brute.parent.get(node));
                }
            }
            // The same command has nothing to do.
            assertThat(GraphIngest.run(dataset, parameters(GraphInput.Segmented.usual()), WorldDataset.options(2))
                    .run()).isEqualTo(made.run());
        }
    }

    @Test
    void aGraphIsOpenedByNobodyWhileAnotherIsMadeInItsPlace() throws IOException {
        RandomWorld world = new RandomWorld(4, new Int3(2, 1, 1)).joined(GraphIngestTest::together);
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment)) {
            GraphIngest.run(dataset, parameters(GraphInput.Segmented.usual()), WorldDataset.options(1));
            GraphIngest.Parameters other = parameters(of(new GraphInput.ByAffinity(0.5f), false));
            try (GraphStore _ = GraphFolder.open(dataset, "graph").openStore()) {
                assertThatThrownBy(() -> GraphIngest.run(dataset, other, WorldDataset.options(1).forced()))
                        .isInstanceOf(InputException.class).hasMessageContaining("open elsewhere");
            }
            Set<String> seen = new TreeSet<>();
            RunOptions options = new RunOptions(1, (name, total, done) -> {
                try (GraphStore _ = GraphFolder.open(dataset, "graph").openStore()) {
                    seen.add("opened during " + name);
                } catch (InputException e) {
                    seen.add(e.what());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return Progress.NONE.begin(name, total, done);
            }, false, true);
            Provenance made = GraphIngest.run(dataset, other, options);
            assertThat(seen).containsExactly("the graph is open elsewhere");
            assertThat(dataset.provenance("graph").run()).isEqualTo(made.run());
            assertThat(rows(dataset)).isNotEmpty();
        }
    }

    @Test
    void rowsThatAreMissingAreNotMadeByWhoOpensThem() throws IOException {
        RandomWorld world = new RandomWorld(4, new Int3(2, 1, 1)).joined(GraphIngestTest::together);
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment)) {
            GraphIngest.run(dataset, parameters(GraphInput.Segmented.usual()), WorldDataset.options(1));
            GraphFolder graph = GraphFolder.open(dataset, "graph");
            Path rows = graph.folder().resolve(GraphFolder.EMBEDDED);
            Files.move(rows, folder.resolve("elsewhere"));
            assertThatThrownBy(graph::openStore).isInstanceOf(InputException.class).hasMessageContaining("missing");
            assertThat(rows).doesNotExist();
        }
    }

    @Test
    void copiesOfJobsInAnyThreadGiveTheSameRows() throws IOException {
        RandomWorld world = new RandomWorld(9, new Int3(3, 4, 2)).joined(link -> link.affinity() >= 0.5f);
        GraphInput input = of(new GraphInput.ByAffinity(0.5f), false);
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment);
                CopyingRunner runner = new CopyingRunner()) {
            GraphIngest.run(dataset, parameters(input), WorldDataset.options(1).withRunner(runner));
            assertThat(rows(dataset)).isEqualTo(expected(world));
        }
    }

    @Test
    void supervoxelsCanBeThoseThatHaveEdges() throws IOException {
        RandomWorld world = new RandomWorld(11, new Int3(2, 2, 1)).joined(link -> link.affinity() >= 0.25f);
        Set<Long> withEdges = new HashSet<>();
        world.links.forEach(link -> withEdges.addAll(List.of(link.a(), link.b())));
        for (int i = 0; i < world.supervoxels.size(); i++) {
            Int3 chunk = world.plan.grid().position(i);
            world.supervoxels.set(i, java.util.Arrays.stream(world.supervoxels.get(i))
                    .filter(n -> withEdges.contains(world.ids.id(1, chunk, n))).toArray());
        }
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment)) {
            GraphIngest.run(dataset, parameters(of(new GraphInput.ByAffinity(0.25f), true)), WorldDataset.options(2));
            assertThat(rows(dataset)).isEqualTo(expected(world));
        }
    }

    @Test
    void anInterruptedRunGoesOnAndGivesTheSameRows() throws IOException {
        RandomWorld world = new RandomWorld(4, new Int3(5, 3, 2)).joined(GraphIngestTest::together);
        RunOptions options = WorldDataset.options(1);
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment)) {
            Path file = dataset.path("edges").resolve(ChunkEdges.fileName(new Int3(3, 1, 1)));
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 3));
            assertThatThrownBy(() -> GraphIngest.run(dataset, parameters(GraphInput.Segmented.usual()), options))
                    .isInstanceOf(InputException.class).hasMessageContaining("edges_3_1_1.proto.zst");
            Files.write(file, whole);
            // What was being loaded when a process died.
            Path torn = dataset.folder().resolve(".work/graph-ingest-graph/graph/rocksdb");
            Files.createDirectories(torn);
            Files.writeString(torn.resolve("CURRENT"), "MANIFEST-torn");
            Provenance made = GraphIngest.run(dataset, parameters(GraphInput.Segmented.usual()), options);
            assertThat(made.timing().resumed()).isTrue();
            assertThat(rows(dataset)).isEqualTo(expected(world));
        }
    }

    @Test
    void edgesCanLieInAnyFolder() throws IOException {
        RandomWorld world = new RandomWorld(4, new Int3(3, 3, 2)).joined(GraphIngestTest::together);
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment)) {
            Path elsewhere = folder.resolve("of-pychunkedgraph");
            Files.createDirectories(elsewhere);
            for (int i = 0; i < world.plan.grid().count(); i++) {
                String name = ChunkEdges.fileName(world.plan.grid().position(i));
                Files.move(dataset.path("edges").resolve(name), elsewhere.resolve(name));
            }
            GraphInput input = new GraphInput.Segmented("supervoxels", elsewhere.toString(),
                    new GraphInput.BySegmentation("segmentation"), false, Optional.empty(), OptionalInt.empty());
            Provenance made = GraphIngest.run(dataset, parameters(input), WorldDataset.options(2));
            assertThat(rows(dataset)).isEqualTo(expected(world));
            assertThat(GraphIngest.run(dataset, parameters(input), WorldDataset.options(2)).run())
                    .isEqualTo(made.run());
            // Other files are another input.
            Files.writeString(elsewhere.resolve("more"), "more");
            assertThatThrownBy(() -> run(dataset, input)).hasMessageContaining("exists");
        }
    }

    @Test
    void aHistoryThatBeginsInTheFutureIsRefused() throws IOException {
        RandomWorld world = new RandomWorld(4, new Int3(2, 1, 1)).joined(GraphIngestTest::together);
        Instant future = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment)) {
            assertThatThrownBy(() -> GraphIngest.run(dataset, new GraphIngest.Parameters("graph",
                    GraphInput.Segmented.usual(), Optional.of(future), Optional.empty()), WorldDataset.options(1)))
                    .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence())
                            .startsWith("--time: moment " + future + " is in the future"));
            assertThat(dataset.parts()).doesNotContainKey("graph");
        }
    }

    @Test
    void componentsOfChunksJoin() throws IOException {
        RandomWorld random = new RandomWorld(7, new Int3(3, 2, 2));
        RandomWorld world = random.joined(link -> link.active());
        Path files = Files.createDirectories(folder.resolve("components"));
        Set<List<Long>> wanted = new HashSet<>();
        for (int i = 0; i < world.supervoxels.size(); i++) {
            Int3 chunk = world.plan.grid().position(i);
            List<Set<Long>> components = components(world, chunk);
            components.forEach(c -> world.links.stream().filter(l -> c.contains(l.a()) && c.contains(l.b()))
                    .forEach(l -> wanted.add(List.of(l.a(), l.b()))));
            Files.write(files.resolve("components_" + chunk.x() + "_" + chunk.y() + "_" + chunk.z() + ".proto"),
                    proto(components, i % 2 == 0));
        }
        // The files speak of whole components, so that more edges than those that were active are.
        RandomWorld closed = world.joined(link -> wanted.contains(List.of(link.a(), link.b())));
        boolean agree = closed.links.stream().allMatch(link -> inBoth(world, link));
        assertThat(agree).isTrue();
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment)) {
            GraphIngest.run(dataset, parameters(of(new GraphInput.ByComponents(files), false)),
                    WorldDataset.options(2));
            assertThat(rows(dataset)).isEqualTo(expected(closed));
        }
    }

    /// Whether both chunks of an edge say the same of it.
    private static boolean inBoth(RandomWorld world, RandomWorld.Link link) {
        boolean one = components(world, world.ids.chunk(link.a())).stream()
                .anyMatch(c -> c.contains(link.a()) && c.contains(link.b()));
        boolean other = components(world, world.ids.chunk(link.b())).stream()
                .anyMatch(c -> c.contains(link.a()) && c.contains(link.b()));
        return one == other;
    }

    /// Components of all active edges, of each what lies in a chunk or has an edge into it.
    private static List<Set<Long>> components(RandomWorld world, Int3 chunk) {
        Set<Long> near = new TreeSet<>();
        long own = world.ids.id(1, chunk, 0);
        world.positions().keySet().stream().filter(s -> world.ids.chunkId(s) == own).forEach(near::add);
        for (RandomWorld.Link link : world.links) {
            if (world.ids.chunkId(link.a()) == own || world.ids.chunkId(link.b()) == own) {
                near.addAll(List.of(link.a(), link.b()));
            }
        }
        List<Set<Long>> components = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (long start : near) {
            if (seen.add(start)) {
                Set<Long> whole = new HashSet<>(List.of(start));
                ArrayDeque<Long> queue = new ArrayDeque<>(whole);
                while (!queue.isEmpty()) {
                    long one = queue.remove();
                    for (RandomWorld.Link link : world.links) {
                        long next = link.a() == one ? link.b() : link.b() == one ? link.a() : 0;
                        if (link.active() && next != 0 && whole.add(next)) {
                            queue.add(next);
                        }
                    }
                }
                Set<Long> part = new TreeSet<>(whole);
                part.retainAll(near);
                seen.addAll(part);
                components.add(part);
            }
        }
        return components;
    }

    private static byte[] proto(List<Set<Long>> components, boolean packed) throws IOException {
        List<Long> all = new ArrayList<>();
        components.forEach(c -> {
            all.add((long) c.size());
            all.addAll(c);
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        if (packed) {
            out.writeTag(1, 2);
            out.writeUInt32NoTag(all.stream().mapToInt(v -> CodedOutputStream.computeUInt64SizeNoTag(v)).sum());
            for (long value : all) {
                out.writeUInt64NoTag(value);
            }
        } else {
            for (long value : all) {
                out.writeUInt64(1, value);
            }
        }
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        RandomWorld world = new RandomWorld(4, new Int3(5, 3, 2)).joined(GraphIngestTest::together);
        try (Dataset dataset = WorldDataset.write(folder.resolve("d"), world, GraphIngestTest::segment)) {
            assertThatThrownBy(() -> run(dataset, new GraphInput.Segmented("edges", "edges",
                    new GraphInput.ByAffinity(0), false, Optional.empty(), OptionalInt.empty())))
                    .hasMessageContaining("'edges' is no volume");
            assertThatThrownBy(() -> run(dataset, new GraphInput.Segmented("supervoxels", "segmentation",
                    new GraphInput.ByAffinity(0), false, Optional.empty(), OptionalInt.empty())))
                    .hasMessageContaining("no part 'segmentation' of edges");
            assertThatThrownBy(() -> new GraphIngest.Parameters("graph", GraphInput.Segmented.usual(),
                    Optional.empty(), Optional.of("s3://bucket/graph")))
                    .isInstanceOf(InputException.class).hasMessageContaining("'s3://bucket/graph' is no address");
            assertThatThrownBy(() -> new GraphInput.ByAffinity(Float.NaN)).hasMessageContaining("threshold NaN");
            assertThatThrownBy(() -> run(dataset, new GraphInput.Segmented("supervoxels", "edges",
                    new GraphInput.ByAffinity(0), false, Optional.empty(), OptionalInt.of(2))))
                    .hasMessageContaining("2 spatial bits do not hold a grid of 5,3,2 chunks");
            // Ids of other chunks than those they lie in.
            assertThatThrownBy(() -> run(dataset, new GraphInput.Segmented("supervoxels", "edges",
                    new GraphInput.ByAffinity(0), false, Optional.of(new Int3(8, 4, 4)), OptionalInt.empty())))
                    .isInstanceOf(InputException.class).hasMessageContaining("which is no supervoxel of chunk");
            oneSided(dataset, world);
            Files.delete(dataset.path("edges").resolve(ChunkEdges.fileName(new Int3(0, 0, 0))));
            assertThatThrownBy(() -> run(dataset, of(new GraphInput.ByAffinity(0.125f), false)))
                    .satisfies(e -> assertThat(((InputException) e).sentence())
                            .contains("edges_0_0_0.proto.zst: is missing"));
            assertThatThrownBy(() -> GraphFolder.open(dataset, "edges")).hasMessageContaining("'edges' is no graph");
        }
        try (Stream<Path> parts = Files.list(folder.resolve("d"))) {
            assertThat(parts.map(p -> p.getFileName().toString())).doesNotContain("graph");
        }
    }

    /// An edge whose two files differ.
    private static void oneSided(Dataset dataset, RandomWorld world) throws IOException {
        RandomWorld.Link link = world.links.stream()
                .filter(l -> world.ids.chunkId(l.a()) != world.ids.chunkId(l.b())).findFirst().orElseThrow();
        Int3 chunk = world.ids.chunk(link.b());
        Path file = dataset.path("edges").resolve(ChunkEdges.fileName(chunk));
        byte[] whole = Files.readAllBytes(file);
        ChunkEdges edges = ChunkEdges.parse(whole, "test");
        List<Edge> others = edges.between().stream().filter(e -> e.b() != link.a() || e.a() != link.b()).toList();
        List<Edge> cuts = edges.cut().stream().filter(e -> e.b() != link.a() || e.a() != link.b()).toList();
        Files.write(file, new ChunkEdges(edges.inside(), cuts, others).toBytes());
        assertThatThrownBy(() -> run(dataset, of(new GraphInput.ByAffinity(0.75f), false)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("from supervoxel " + Long.toUnsignedString(link.a()) + " to "
                        + Long.toUnsignedString(link.b()))
                .hasMessageContaining("is missing");
        Files.write(file, whole);
    }

    private static void run(Dataset dataset, GraphInput input) throws IOException {
        GraphIngest.run(dataset, parameters(input), WorldDataset.options(1));
    }
}
