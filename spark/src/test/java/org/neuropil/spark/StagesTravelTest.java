package org.neuropil.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.morphology.MeshStage;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Retry;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Runner;
import org.neuropil.pipeline.ThreadRunner;
import org.neuropil.pipeline.volumes.ConvertStage;
import org.neuropil.pipeline.volumes.ImportStage;
import org.neuropil.pipeline.volumes.Layout;
import org.neuropil.segment.SegmentStage;
import org.neuropil.segment.score.ScoreStage;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.WriteOptions;
import org.neuropil.volume.stack.PngSections;

/// Each stage gives the same bytes on threads, with jobs that were made of bytes again, and on Spark.
class StagesTravelTest {
    private static final Int3 SIZE = new Int3(40, 36, 28);
    private static final VoxelSize VOXEL = new VoxelSize(10, 10, 10);

    @TempDir
    static Path folder = Path.of("");

    private static final Map<String, Map<String, String>> RESULTS = new TreeMap<>();
    private static final Travellers TRAVELLERS = new Travellers(new ThreadRunner(2), new ArrayList<>());

    @BeforeAll
    static void runAll() throws IOException {
        for (int z = 0; z < SIZE.z(); z++) {
            PngSections.write(folder.resolve("raw/%03d.png".formatted(z)), section(z, false));
            PngSections.write(folder.resolve("labels/%03d.png".formatted(z)), section(z, true));
        }
        RESULTS.put("threads", stages("threads", new ThreadRunner(2)));
        RESULTS.put("travelled", stages("travelled", TRAVELLERS));
        RESULTS.put("spark", stages("spark", LocalSpark.runner()));
    }

    @Test
    void importedSectionsAreTheSame() {
        same("em");
        same("labels");
        assertThat(TRAVELLERS.jobs()).contains("sections", "em mip 1", "labels mip 1");
    }

    @Test
    void segmentsAreTheSame() {
        same("boundary");
        same("supervoxels");
        same("edges");
        same("segmentation");
        assertThat(TRAVELLERS.jobs()).contains("contrast", "boundaries", "watershed", "edges", "agglomerate level 0",
                "resolve level 0", "segments", "segmentation mip 1", "boundary mip 1");
    }

    @Test
    void meshesAreTheSame() {
        same("meshes");
        assertThat(TRAVELLERS.jobs()).contains("surfaces", "meshes");
    }

    @Test
    void scoresAreTheSame() {
        same("score-segmentation");
        assertThat(TRAVELLERS.jobs()).contains("compare");
    }

    @Test
    void convertedVolumesAreTheSame() {
        same("converted");
        same("sharded");
        assertThat(TRAVELLERS.jobs()).contains("voxels", "voxels of mip 1");
    }

    @Test
    void noOtherFilesAreLeft() {
        assertThat(RESULTS.get("travelled")).isEqualTo(RESULTS.get("threads"));
        assertThat(RESULTS.get("spark")).isEqualTo(RESULTS.get("threads"));
    }

    private static void same(String part) {
        Map<String, String> wanted = of("threads", part);
        assertThat(wanted).as(part).isNotEmpty();
        assertThat(of("travelled", part)).isEqualTo(wanted);
        assertThat(of("spark", part)).isEqualTo(wanted);
    }

    private static Map<String, String> of(String run, String part) {
        Map<String, String> found = new TreeMap<>(RESULTS.getOrDefault(run, Map.of()));
        found.keySet().removeIf(file -> !file.startsWith(part));
        return found;
    }

    private static Map<String, String> stages(String name, Runner runner) throws IOException {
        RunOptions options = new RunOptions(runner, Retry.DEFAULT, Progress.NONE, false, false);
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve(name), Dataset.About.named("d"))) {
            ImportStage.run(dataset, new ImportStage.Parameters(folder.resolve("raw"), "em", Dataset.Kind.IMAGE, VOXEL,
                    Int3.all(16)), options);
            ImportStage.run(dataset, new ImportStage.Parameters(folder.resolve("labels"), "labels",
                    Dataset.Kind.SEGMENTATION, VOXEL, Int3.all(16)), options);
            SegmentStage.run(dataset, SegmentStage.Parameters.defaults().withChunk(Int3.all(16)), options);
            MeshStage.run(dataset, MeshStage.Parameters.defaults(dataset, "segmentation"), options);
            ScoreStage.run(dataset, new ScoreStage.Parameters("segmentation", "labels"), options);
            convert(dataset, "converted", Int3.all(8), options);
            convert(dataset, "sharded", Int3.all(16), options);
            return digests(dataset.folder());
        }
    }

    private static void convert(Dataset dataset, String name, Int3 unit, RunOptions options) throws IOException {
        ConvertStage.run(new ConvertStage.Parameters("convert",
                VolumeUri.parse("precomputed://" + dataset.path("em"), "SOURCE"), OpenOptions.NONE,
                VolumeUri.parse("precomputed://" + dataset.folder().resolve(name), "TARGET"), 0, Optional.empty(),
                ConvertStage.Levels.BUILD, false,
                new Layout(Optional.of(Int3.all(8)), Optional.of(unit), WriteOptions.USUAL)),
                options);
    }

    private static Map<String, String> digests(Path root) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).filter(f -> !f.toString().endsWith(".lock")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (file.endsWith(Provenance.FILE)) {
                    Provenance made = Json.read(file, Provenance.class);
                    bytes = (made.recipeSha256() + made.figures()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                }
                digests.put(root.relativize(file).toString(), Json.sha256(bytes));
            }
        }
        return digests;
    }

    /// Four cells with dark membranes between them.
    private static Block section(int z, boolean labels) {
        Box box = new Box(new Int3(0, 0, z), new Int3(SIZE.x(), SIZE.y(), z + 1));
        byte[] voxels = new byte[box.voxels()];
        for (int y = 0; y < SIZE.y(); y++) {
            for (int x = 0; x < SIZE.x(); x++) {
                int dx = x - 20 - z / 9;
                int dy = y - 17 + z / 7;
                boolean membrane = Math.abs(dx) <= 1 || Math.abs(dy) <= 1;
                int cell = 1 + (dx > 0 ? 1 : 0) + (dy > 0 ? 2 : 0);
                voxels[x + SIZE.x() * y] = (byte) (labels
                        ? cell
                        : membrane ? 30 : 170 + (x * 7 + y * 13 + z * 29) % 17);
            }
        }
        return new Block.Bytes(box, voxels);
    }

    /// Runs copies of jobs that were made from bytes, and remembers their names.
    private record Travellers(Runner runner, List<String> jobs) implements Runner {
        @Override
        public String name() {
            return "travellers";
        }

        @Override
        public int parallelism() {
            return runner.parallelism();
        }

        @Override
        public boolean losesWorkers() {
            return false;
        }

        @Override
        public void run(BlockJob job, PrimitiveIterator.OfInt blocks, Retry retry, Listener listener)
                throws IOException {
            jobs.add(job.name());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(job);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                BlockJob copy = (BlockJob) in.readObject();
                assertThat(copy.label(0)).isEqualTo(job.label(0));
                runner.run(copy, blocks, retry, listener);
            } catch (ClassNotFoundException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            runner.close();
        }
    }
}
