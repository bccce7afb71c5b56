package org.neuropil.bench.graph;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.ingest.GraphIngest;
import org.neuropil.graph.ingest.GraphInput;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.StageRun;
import org.neuropil.segment.ChunkEdges;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// One piece of a benchmark of the graph, in a process of its own:
///
/// - `write FOLDER SUPERVOXELS`: makes a dataset with the edge files of a [World], which is what ingest is given;
/// - `ingest FOLDER`: makes the graph;
/// - `roots FOLDER SUPERVOXELS`: looks up roots of random supervoxels;
/// - `edits FOLDER SUPERVOXELS COUNT`: splits and merges.
///
/// Prints `figure NAME VALUE UNIT` lines.
public final class GraphBench {
    static final long SEED = 1;
    private static final String GRAPH = "graph";
    private static final int THREADS = 2;

    private GraphBench() {}

    /// See the class.
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        switch (args[0]) {
            case "write" -> write(folder, world(args[2]));
            case "ingest" -> ingest(folder);
            case "roots" -> RootTimes.run(folder, world(args[2]));
            case "edits" -> EditTimes.run(folder, world(args[2]), Integer.parseInt(args[3]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static World world(String supervoxels) {
        return new World(Long.parseLong(supervoxels), SEED);
    }

    @SuppressWarnings("SystemOut") // stdout is the protocol
    static void figure(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "figure %s %.6g %s%n", name, value, unit);
    }

    private static RunOptions options() {
        return new RunOptions(THREADS, Progress.NONE, false, false);
    }

    private static void write(Path folder, World world) throws IOException {
        Dataset dataset = Dataset.openOrCreate(folder, Dataset.About.named("world"));
        Recipe recipe = new Recipe("segment", "bench", SEED, Map.of("shape", world.shape.toString()), List.of());
        try (StageRun run = StageRun.open(dataset, recipe,
                Map.of("supervoxels", Dataset.Kind.SEGMENTATION, "edges", Dataset.Kind.EDGES), options())) {
            if (run.finished().isPresent()) {
                return;
            }
            // A volume without voxels: ingest is told to take the supervoxels from their edges.
            PrecomputedVolume.create(new FileStore(run.folder("supervoxels")),
                    new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                            List.of(new VolumeInfo.Scale(World.VOXEL, world.bounds(), World.CHUNK))),
                    PrecomputedOptions.LABELS);
            FileStore edges = new FileStore(run.folder("edges"));
            run.run(BlockJob.of("edges", world.grid().count(), i -> "chunk " + i, i -> {
                var chunk = world.grid().position(i);
                edges.put(ChunkEdges.fileName(chunk), world.edges(chunk).toBytes());
            }));
            figure("edge_file_bytes", bytes(run.folder("edges")), "B");
            run.commit(Map.of());
        }
    }

    private static void ingest(Path folder) throws IOException {
        Dataset dataset = Dataset.open(folder);
        GraphInput input = new GraphInput.Segmented("supervoxels", "edges",
                new GraphInput.ByAffinity(World.THRESHOLD), true, Optional.empty(), OptionalInt.empty());
        long start = System.nanoTime();
        GraphIngest.run(dataset, GraphIngest.Parameters.of(input), options());
        double seconds = (System.nanoTime() - start) / 1e9;
        GraphInfo info = GraphFolder.open(dataset, GRAPH).info();
        figure("supervoxels", info.supervoxels(), "1");
        figure("edges", info.edges(), "1");
        figure("layers", info.layers(), "1");
        figure("ingest.seconds", seconds, "s");
        figure("ingest.cpu_seconds", cpuSeconds(), "s");
        figure("ingest.edges_per_s_core", info.edges() / seconds / THREADS, "edges/s");
        figure("ingest.edges_per_cpu_s", info.edges() / cpuSeconds(), "edges/s");
        figure("ingest.bytes_per_edge", bytes(dataset.path(GRAPH).resolve(GraphFolder.EMBEDDED))
                / (double) info.edges(), "B");
        figure("ingest.peak_mib", peakMib(), "MiB");
    }

    /// An open graph, and what it reads from.
    record Opened(LiveGraph graph, StoredBase base) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            graph.close();
        }
    }

    /// Opens the graph as a server does, without the voxels.
    static Opened open(Path folder) throws IOException {
        GraphFolder part = GraphFolder.open(Dataset.open(folder), GRAPH);
        GraphStore store = part.openStore();
        StoredBase base = new StoredBase(part.info(), store, Runtime.getRuntime().maxMemory() / 2);
        return new Opened(LiveGraph.open(part.info(), store, base, null, Clock.systemUTC(),
                LiveGraph.defaultCacheBytes()), base);
    }

    private static double cpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getProcessCpuTime() / 1e9
                : Double.NaN;
    }

    /// The most memory that this process has had, MiB; 0 where the system does not tell.
    static double peakMib() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
