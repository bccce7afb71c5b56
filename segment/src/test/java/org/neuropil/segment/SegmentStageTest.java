package org.neuropil.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.volumes.ImportStage;
import org.neuropil.segment.score.ScoreStage;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.stack.PngSections;

class SegmentStageTest {
    private static final VoxelSize VOXEL = new VoxelSize(10, 10, 10);
    private static final Box BOX = Box.ofSize(72, 60, 44);

    @TempDir
    Path folder;

    @Test
    void findsCellsOfSimulatedTissueAndScoresThem() throws IOException {
        try (Dataset dataset = tissue("d")) {
            SegmentStage.run(dataset, parameters(32), options(2));
            ScoreStage.run(dataset, new ScoreStage.Parameters("segmentation", "labels"), options(2));
            var score = ScoreStage.read(dataset, "segmentation", "labels");
            assertThat(score.adaptedRandError()).isLessThan(0.15);
            assertThat(score.viSum()).isLessThan(1);
            assertThat(dataset.path("segmentation").resolve("segment_properties/info")).content()
                    .contains("\"voxels\"");
        }
    }

    @Test
    void bytesDoNotDependOnThreads() throws IOException {
        assertThat(bytes("one", 1)).isEqualTo(bytes("three", 3));
    }

    @Test
    void segmentsAreTheSameWhateverTheChunks() throws IOException {
        // Cut basins are joined again, so that chunks change ids but not which voxels belong together.
        long[] small = segments("small", 24);
        long[] large = segments("large", 72);
        Map<Long, Long> there = new HashMap<>();
        Map<Long, Long> back = new HashMap<>();
        int differing = 0;
        for (int i = 0; i < small.length; i++) {
            if (there.computeIfAbsent(small[i], _ -> 0L) == 0) {
                there.put(small[i], large[i]);
            }
            back.putIfAbsent(large[i], small[i]);
            if (there.getOrDefault(small[i], 0L) != large[i] || back.getOrDefault(large[i], 0L) != small[i]) {
                differing++;
            }
        }
        assertThat(differing).isZero();
    }

    @Test
    void supervoxelsStayInTheirChunksAndEveryContactIsAnEdge() throws IOException {
        try (Dataset dataset = tissue("d")) {
            SegmentStage.run(dataset, parameters(32), options(2));
            Grid grid = new Grid(BOX, Int3.all(32));
            SupervoxelIds layout = SupervoxelIds.forGrid(grid.shape());
            Block.Longs ids = (Block.Longs) dataset.volume("supervoxels").read(0, BOX);
            byte[] evidence = ((Block.Bytes) dataset.volume("boundary").read(0, BOX)).data();
            int[] strides = {1, BOX.size().x(), BOX.size().x() * BOX.size().y()};
            Map<Long, Map<Long, long[]>> expected = new HashMap<>();
            for (int z = 0, i = 0; z < BOX.size().z(); z++) {
                for (int y = 0; y < BOX.size().y(); y++) {
                    for (int x = 0; x < BOX.size().x(); x++, i++) {
                        Int3 at = new Int3(x, y, z);
                        assertThat(layout.chunk(ids.data()[i])).isEqualTo(grid.positionOf(at));
                        for (int axis = 0; axis < 3; axis++) {
                            if (at.get(axis) + 1 < BOX.size().get(axis)) {
                                int j = i + strides[axis];
                                count(expected, ids.data()[i], ids.data()[j], evidence[i], evidence[j]);
                            }
                        }
                    }
                }
            }
            int cuts = 0;
            for (int c = 0; c < grid.count(); c++) {
                Path file = dataset.path("edges").resolve(ChunkEdges.fileName(grid.position(c)));
                ChunkEdges edges = ChunkEdges.parse(Files.readAllBytes(file), file.toString());
                cuts += edges.cut().size();
                for (Edge edge : edges.all()) {
                    Map<Long, long[]> row = expected.getOrDefault(edge.a(), Map.of());
                    long[] sumAndArea = row.getOrDefault(edge.b(), new long[]{0, 0});
                    if (edge.isCut()) {
                        assertThat(sumAndArea[1] == 0 || sumAndArea[1] == edge.area()).isTrue();
                    } else {
                        assertThat(edge.area()).isEqualTo(sumAndArea[1]);
                        assertThat(edge.affinity()).isEqualTo((float) ((double) sumAndArea[0] / sumAndArea[1] / 255));
                    }
                    row.remove(edge.b());
                    if (inOneChunk(layout, edge)) {
                        expected.getOrDefault(edge.b(), new HashMap<>()).remove(edge.a());
                    }
                }
            }
            assertThat(cuts).isPositive();
            assertThat(expected.values()).allSatisfy(row -> assertThat(row).isEmpty());
        }
    }

    @Test
    void refusesWhatIsNoImageAndParametersOutOfRange() throws IOException {
        try (Dataset dataset = tissue("d")) {
            assertThatThrownBy(() -> SegmentStage.run(dataset, parameters(32).withImage("labels"), options(1)))
                    .isInstanceOf(InputException.class).hasMessageContaining("'labels' is a uint64 segmentation");
            assertThatThrownBy(() -> SegmentStage.run(dataset, parameters(32).withImage("none"), options(1)))
                    .hasMessageContaining("there is no part 'none'");
            assertThatThrownBy(() -> parameters(32).withThreshold(Double.NaN)).hasMessageContaining("threshold NaN");
            assertThatThrownBy(() -> parameters(32).withMinVoxels(0)).hasMessageContaining("0 voxels");
            assertThatThrownBy(() -> parameters(2)).hasMessageContaining("chunk 2,2,2");
            assertThatThrownBy(
                    () -> ScoreStage.run(dataset, new ScoreStage.Parameters("em", "labels"), options(1)))
                    .hasMessageContaining("'em' is an image");
        }
    }

    private static boolean inOneChunk(SupervoxelIds layout, Edge edge) {
        return layout.chunk(edge.a()).equals(layout.chunk(edge.b()));
    }

    private static void count(Map<Long, Map<Long, long[]>> edges, long a, long b, byte first, byte second) {
        if (a == b) {
            return;
        }
        int affinity = 255 - Math.max(first & 0xFF, second & 0xFF);
        for (long[] pair : new long[][]{{a, b}, {b, a}}) {
            long[] sumAndArea = edges.computeIfAbsent(pair[0], _ -> new HashMap<>()).computeIfAbsent(pair[1],
                    _ -> new long[2]);
            sumAndArea[0] += affinity;
            sumAndArea[1]++;
        }
    }

    private static SegmentStage.Parameters parameters(int chunk) {
        return SegmentStage.Parameters.defaults().withChunk(Int3.all(chunk));
    }

    private static RunOptions options(int threads) {
        return new RunOptions(threads, Progress.NONE, false, false);
    }

    private long[] segments(String name, int chunk) throws IOException {
        try (Dataset dataset = tissue(name)) {
            SegmentStage.run(dataset, parameters(chunk), options(2));
            return ((Block.Longs) dataset.volume("segmentation").read(0, BOX)).data();
        }
    }

    private TreeMap<String, String> bytes(String name, int threads) throws IOException {
        try (Dataset dataset = tissue(name)) {
            SegmentStage.run(dataset, parameters(32), options(threads));
            TreeMap<String, String> all = new TreeMap<>();
            try (var files = Files.walk(dataset.folder())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!file.endsWith(Provenance.FILE)) {
                        all.put(dataset.folder().relativize(file).toString(),
                                Arrays.toString(Files.readAllBytes(file)));
                    }
                }
            }
            return all;
        }
    }

    /// Cells around random points, with dark membranes between them and noise; and their labels.
    private Dataset tissue(String name) throws IOException {
        Random random = new Random(21);
        int cells = 12;
        double[][] centres = new double[cells][];
        for (int i = 0; i < cells; i++) {
            centres[i] = new double[]{random.nextDouble() * BOX.size().x(), random.nextDouble() * BOX.size().y(),
                random.nextDouble() * BOX.size().z()};
        }
        byte[] grey = new byte[BOX.voxels()];
        short[] labels = new short[BOX.voxels()];
        double[] distance = new double[cells];
        for (int z = 0, i = 0; z < BOX.size().z(); z++) {
            for (int y = 0; y < BOX.size().y(); y++) {
                for (int x = 0; x < BOX.size().x(); x++, i++) {
                    int nearest = 0;
                    for (int c = 0; c < cells; c++) {
                        distance[c] = Math.sqrt((x - centres[c][0]) * (x - centres[c][0])
                                + (y - centres[c][1]) * (y - centres[c][1])
                                + (z - centres[c][2]) * (z - centres[c][2]));
                        nearest = distance[c] < distance[nearest] ? c : nearest;
                    }
                    double gap = Double.POSITIVE_INFINITY;
                    for (int c = 0; c < cells; c++) {
                        gap = c == nearest ? gap : Math.min(gap, distance[c] - distance[nearest]);
                    }
                    grey[i] = (byte) (int) ((gap < 3 ? 70 : 160) + random.nextGaussian() * 8);
                    labels[i] = (short) (nearest + 1);
                }
            }
        }
        Path raw = Files.createDirectories(folder.resolve("raw-" + name));
        Path truth = Files.createDirectories(folder.resolve("labels-" + name));
        for (int z = 0; z < BOX.size().z(); z++) {
            Box section = new Box(new Int3(0, 0, z), BOX.max().with(2, z + 1));
            PngSections.write(raw.resolve("%03d.png".formatted(z)), new Block.Bytes(BOX, grey).crop(section));
            PngSections.write(truth.resolve("%03d.png".formatted(z)), new Block.Shorts(BOX, labels).crop(section));
        }
        Dataset dataset = Dataset.openOrCreate(folder.resolve(name), Dataset.About.named("tissue"));
        ImportStage.run(dataset, new ImportStage.Parameters(raw, "em", Dataset.Kind.IMAGE, VOXEL, Int3.all(32)),
                options(2));
        ImportStage.run(dataset,
                new ImportStage.Parameters(truth, "labels", Dataset.Kind.SEGMENTATION, VOXEL, Int3.all(32)),
                options(2));
        return dataset;
    }
}
