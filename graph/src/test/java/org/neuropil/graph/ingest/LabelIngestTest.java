package org.neuropil.graph.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.volumes.VolumePart;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;

class LabelIngestTest {
    private static final Box BOX = Box.of(new Int3(3, -2, 5), new Int3(11, 9, 6));
    private static final Int3 CHUNK = new Int3(4, 3, 5);
    private static final Instant MOMENT = Instant.ofEpochMilli(1_600_000_000_000L);

    @TempDir
    Path folder;

    private final long[] labels = labels();

    /// Clumps of labels, some large as unsigned numbers, and background.
    private static long[] labels() {
        Random random = new Random(3);
        long[] values = {0, 5, 7, 9, -3, 1L << 40, 12, 30};
        long[] labels = new long[BOX.voxels()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i > 0 && random.nextInt(4) > 0 ? labels[i - 1] : values[random.nextInt(values.length)];
        }
        return labels;
    }

    private VolumePart volume() throws IOException {
        Path path = folder.resolve("labels");
        GraphPlan plan = GraphPlan.of(BOX, new Int3(8, 8, 8), new VoxelSize(4, 4, 40), MOMENT);
        WorldDataset.volume(path, plan).write(0, new Block.Longs(BOX, labels.clone()));
        return new VolumePart(VolumeUri.parse("precomputed://" + path, "test"), OpenOptions.NONE, 0,
                Optional.empty());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private GraphInput.Labelled input(Optional<Path> edges, Optional<Path> mapping, Optional<Float> threshold)
            throws IOException {
        return new GraphInput.Labelled(volume(), CHUNK, "supervoxels", edges, mapping, threshold);
    }

    private Provenance run(Dataset dataset, GraphInput input) throws IOException {
        try (CopyingRunner runner = new CopyingRunner()) {
            return GraphIngest.run(dataset,
                    new GraphIngest.Parameters("graph", input, Optional.of(MOMENT), Optional.empty()),
                    WorldDataset.options(1).withRunner(runner));
        }
    }

    private record Pair(long a, long b) {
        static Pair of(long a, long b) {
            return Long.compareUnsigned(a, b) < 0 ? new Pair(a, b) : new Pair(b, a);
        }
    }

    /// What the voxels say: faces between supervoxels of different labels; all neighbours of one label across borders.
    private record Touching(Map<Long, Long> labelOf, Map<Pair, Long> faces, Map<Pair, Long> others) {}

    private Touching touching(Dataset dataset, NodeIds ids) throws IOException {
        long[] supervoxels = ((Block.Longs) dataset.volume("supervoxels").read(0, BOX)).data();
        Touching found = new Touching(new TreeMap<>(), new HashMap<>(), new HashMap<>());
        Map<Int3, TreeSet<Long>> labelsOf = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            assertThat(supervoxels[i] == 0).isEqualTo(labels[i] == 0);
            if (labels[i] != 0) {
                Int3 chunk = at(i).floorDiv(CHUNK);
                assertThat(ids.chunk(supervoxels[i])).isEqualTo(chunk);
                Long before = found.labelOf().put(supervoxels[i], labels[i]);
                assertThat(before == null || before == labels[i]).isTrue();
                labelsOf.computeIfAbsent(chunk, _ -> new TreeSet<>(Long::compareUnsigned)).add(labels[i]);
            }
        }
        // One supervoxel for each label of a chunk, numbered in the labels' order.
        found.labelOf().forEach((supervoxel, label) -> assertThat(ids.number(supervoxel)).isEqualTo(
                1 + Objects.requireNonNull(labelsOf.get(ids.chunk(supervoxel))).headSet(label).size()));
        for (int i = 0; i < labels.length; i++) {
            for (int d = 0; d < 27; d++) {
                Int3 step = new Int3(d % 3 - 1, d / 3 % 3 - 1, d / 9 - 1);
                Int3 next = at(i).plus(step);
                if (!Box.of(Int3.ZERO, BOX.size()).contains(next.x(), next.y(), next.z()) || d <= 13) {
                    continue;
                }
                int j = (next.z() * BOX.size().y() + next.y()) * BOX.size().x() + next.x();
                if (supervoxels[i] != 0 && supervoxels[j] != 0 && supervoxels[i] != supervoxels[j]) {
                    boolean face = Math.abs(step.x()) + Math.abs(step.y()) + Math.abs(step.z()) == 1;
                    (face ? found.faces() : found.others()).merge(Pair.of(supervoxels[i], supervoxels[j]), 1L,
                            Long::sum);
                }
            }
        }
        return found;
    }

    private static Int3 at(int i) {
        return new Int3(i % BOX.size().x(), i / BOX.size().x() % BOX.size().y(),
                i / BOX.size().x() / BOX.size().y());
    }

    private record Found(float affinity, long area, boolean active) {}

    private interface Expected {
        /// @return affinity between labels, and whether it joins
        Map.Entry<Float, Boolean> of(long label, long other);
    }

    /// All edges of the graph are those that the voxels tell, and a few more.
    private void check(Dataset dataset, Expected expected, Map<Pair, Found> more) throws IOException {
        GraphFolder graph = GraphFolder.open(dataset, "graph");
        NodeIds ids = graph.info().ids();
        Touching touching = touching(dataset, ids);
        Map<Pair, Found> wanted = new HashMap<>(more);
        touching.faces().forEach((pair, faces) -> {
            long first = Objects.requireNonNull(touching.labelOf().get(pair.a()));
            long second = Objects.requireNonNull(touching.labelOf().get(pair.b()));
            var of = expected.of(first, second);
            wanted.put(pair, first == second
                    ? new Found(Float.POSITIVE_INFINITY, faces, true)
                    : new Found(of.getKey(), faces, of.getValue()));
        });
        touching.others().forEach((pair, places) -> {
            if (Objects.equals(touching.labelOf().get(pair.a()), touching.labelOf().get(pair.b()))) {
                wanted.putIfAbsent(pair, new Found(Float.POSITIVE_INFINITY, places, true));
            }
        });
        try (GraphStore store = graph.openStore()) {
            StoredBase base = new StoredBase(graph.info(), store, 1 << 20);
            Map<Pair, Found> found = new HashMap<>();
            int entries = 0;
            for (int i = 0; i < graph.info().grid().count(); i++) {
                Int3 chunk = graph.info().grid().position(i);
                EdgeTable table = base.edges(chunk);
                for (int row = 0; row < table.numbers().length; row++) {
                    for (int e = table.first()[row]; e < table.first()[row + 1]; e++) {
                        long own = ids.id(1, chunk, table.numbers()[row]);
                        boolean inside = ids.chunk(table.far()[e]).equals(chunk);
                        entries += inside ? 2 : 1;
                        // Edges within a chunk are active as well where others join their ends.
                        boolean joined = base.parent(own) == base.parent(table.far()[e]);
                        boolean active = wantedActive(wanted, own, table.far()[e]);
                        assertThat(table.active()[e]).isEqualTo(inside ? joined : active);
                        assertThat(!active || table.active()[e]).isTrue();
                        found.put(Pair.of(own, table.far()[e]),
                                new Found(table.affinity()[e], table.area()[e], active));
                    }
                }
            }
            assertThat(found).isEqualTo(wanted);
            assertThat(entries).isEqualTo(2 * wanted.size());
        }
        LabelFiles files = Objects.requireNonNull(LabelledSource.labels(graph.folder()));
        for (var entry : touching.labelOf().entrySet()) {
            assertThat(files.label(ids, entry.getKey())).isEqualTo(entry.getValue());
        }
    }

    private static boolean wantedActive(Map<Pair, Found> wanted, long a, long b) {
        Found edge = wanted.get(Pair.of(a, b));
        return edge != null && edge.active();
    }

    @Test
    void labelsAloneAreJoinedAcrossBorders() throws IOException {
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            run(dataset, input(Optional.empty(), Optional.empty(), Optional.empty()));
            check(dataset, (_, _) -> Map.entry(0f, false), Map.of());
            assertThat(GraphFolder.open(dataset, "graph").info().ingested()).isEqualTo(MOMENT);
        }
    }

    @Test
    void mappedLabelsThatTouchAreJoined() throws IOException {
        Path mapping = file("mapping.csv", "sv,segment\n5,100\n9,100\n\n" + Long.toUnsignedString(-3) + ",100\n7,8\n");
        List<Long> group = List.of(5L, 9L, -3L);
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            run(dataset, input(Optional.empty(), Optional.of(mapping), Optional.empty()));
            check(dataset, (a, b) -> Map.entry(0f, group.contains(a) && group.contains(b)), Map.of());
        }
    }

    @Test
    void affinitiesOfAListDecide() throws IOException {
        Path edges = file("edges.csv", "5,7,0.75\n" + Long.toUnsignedString(-3) + ",9,0.25,17\n30,5,inf,4\n"
                + "7,1234567,0.5,3\n");
        Map<Pair, Float> list = Map.of(Pair.of(5, 7), 0.75f, Pair.of(-3, 9), 0.25f, Pair.of(30, 5),
                Float.POSITIVE_INFINITY);
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            Provenance made = run(dataset, input(Optional.of(edges), Optional.empty(), Optional.of(0.5f)));
            check(dataset, (a, b) -> {
                float affinity = list.getOrDefault(Pair.of(a, b), 0f);
                return Map.entry(affinity, affinity >= 0.5f);
            }, Map.of());
            assertThat(made.figures()).containsEntry("list_rows", 4L).containsEntry("list_rows_apart", 0L)
                    .containsEntry("list_rows_absent", 1L);
        }
    }

    @Test
    void listedLabelsThatDoNotTouchGetAnEdge() throws IOException {
        // Two labels with background between them, in one chunk and in two.
        java.util.Arrays.fill(labels, 0);
        Int3[] corners = {Int3.ZERO, new Int3(2, 0, 0), new Int3(10, 8, 5)};
        for (int i = 0; i < corners.length; i++) {
            Int3 corner = corners[i];
            labels[(corner.z() * BOX.size().y() + corner.y()) * BOX.size().x() + corner.x()] = i + 1L;
        }
        Path edges = file("edges.csv", "sv1,sv2,affinity,area\n2,1,0.5,6\n3,1,0.25,9\n");
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            Provenance made = run(dataset, input(Optional.of(edges), Optional.empty(), Optional.of(0.3f)));
            NodeIds ids = GraphFolder.open(dataset, "graph").info().ids();
            long one = ids.id(1, Int3.ZERO, 1);
            check(dataset, (_, _) -> Map.entry(0f, false), Map.of(Pair.of(one, ids.id(1, Int3.ZERO, 2)),
                    new Found(0.5f, 6, true), Pair.of(one, ids.id(1, new Int3(2, 2, 1), 1)),
                    new Found(0.25f, 9, false)));
            assertThat(made.figures()).containsEntry("list_rows_apart", 2L);
        }
    }

    @Test
    void whatIsWrongInAFileIsNamed() throws IOException {
        Map<String, String> wrong = new TreeMap<>(Map.of("1,2,x", "row 1, field affinity: 'x' is not a number",
                "sv1,sv2,affinity\n1,2,0.5\n2,1,0.5", "row 3: 1 and 2 stands in row 2 already", "1,2",
                "row 1: has 2 fields", "1,2,-1", "row 1, field affinity: -1 is not 0 or more", "1,1,0.5",
                "row 1, field sv2: both ends are 1", "1,0,0.5", "row 1, field sv2: 0 is background", "1,2,0.5,x",
                "row 1, field area: 'x' is not a whole number", "1,2e3,0.5",
                "row 1, field sv2: '2e3' is not a whole number", "1,2,NaN", "row 1, field affinity: NaN is not 0"));
        List<String> sentences = new ArrayList<>();
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            for (var entry : wrong.entrySet()) {
                Path edges = file("edges.csv", entry.getKey());
                assertThatThrownBy(() -> run(dataset, input(Optional.of(edges), Optional.empty(),
                        Optional.of(0.5f))))
                        .isInstanceOfSatisfying(InputException.class, e -> {
                            sentences.add(e.sentence());
                            assertThat(e.sentence()).contains("edges.csv, " + entry.getValue());
                        });
            }
            assertThatThrownBy(() -> input(Optional.empty(), Optional.empty(), Optional.of(0.5f)))
                    .hasMessageContaining("no edges are given");
            assertThatThrownBy(() -> run(dataset,
                    input(Optional.of(folder.resolve("none.csv")), Optional.empty(), Optional.empty())))
                    .hasMessageContaining("no such file");
        }
        assertThat(sentences).hasSameSizeAs(wrong.keySet());
    }
}
