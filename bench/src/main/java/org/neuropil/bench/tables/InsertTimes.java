package org.neuropil.bench.tables;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.StageRun;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.StaticSite;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// How many rows a second clients get into a table through the annotation service, with points that are bound to the
/// supervoxels of a volume. Each client sends a batch, waits until it is acknowledged, which is when it is on the disk, and
/// sends the next. The server and its clients share the process and its cores.
///
/// `InsertTimes [SECONDS [TABLES]]`: for 20 seconds if nothing is said, after some that do not count; rows go into DuckDB in
/// a folder that is deleted in the end, or to an address `jdbc:postgresql://...`. Prints
/// `figure insert.rows_per_s VALUE rows/s`, and the median and the 99th percentile of the time of a batch.
public final class InsertTimes {
    private static final String NAME = "inserts";
    private static final int CLIENTS = 8;
    private static final int BATCH = 100;
    private static final int EDGE = 256;
    private static final int CHUNK = 64;
    /// A client's points lie in a field of view.
    private static final int VIEW = 48;
    private static final VoxelSize VOXEL = new VoxelSize(16, 16, 40);
    private static final double NANOS = 1e9;
    private static final double SECONDS = 20;
    private static final double WARM_SECONDS = 5;

    private InsertTimes() {}

    /// See the class.
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path folder = Files.createTempDirectory("inserts");
        try {
            write(folder);
            ServerOptions options = new ServerOptions(ServerOptions.LOOPBACK, 0, "anonymous", List.of(),
                    Optional.empty(), args.length > 1 ? args[1] : "");
            try (DatasetServer server = DatasetServer.start(folder, options, StaticSite.none())) {
                run(server.uri(), args.length > 0 ? Double.parseDouble(args[0]) : SECONDS);
            }
        } finally {
            WorkRun.delete(folder);
        }
    }

    private static void write(Path folder) throws IOException {
        try (Dataset dataset = Dataset.openOrCreate(folder, Dataset.About.named(NAME));
                StageRun run = StageRun.open(dataset, new Recipe("segment", "bench", 1, Map.of(), List.of()),
                        Map.of("segmentation", Dataset.Kind.SEGMENTATION), RunOptions.defaults())) {
            Box bounds = Box.of(new Int3(0, 0, 0), Int3.all(EDGE));
            PrecomputedVolume volume = PrecomputedVolume.create(new FileStore(run.folder("segmentation")),
                    new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                            List.of(new VolumeInfo.Scale(VOXEL, bounds, Int3.all(CHUNK)))),
                    PrecomputedOptions.LABELS);
            Block.Longs block = (Block.Longs) Block.zeros(DataType.UINT64, bounds);
            // Supervoxels of 8 x 8 x 8 voxels.
            Arrays.setAll(block.data(), i -> (1L << 56) + (i % EDGE >> 3) + ((long) (i / EDGE % EDGE >> 3) << 5)
                    + ((long) (i / EDGE / EDGE >> 3) << 10));
            volume.write(0, block);
            run.commit(Map.of("blocks", 1));
        }
    }

    private static void run(URI server, double seconds)
            throws IOException, InterruptedException, ExecutionException {
        URI tables = server.resolve("annotation/api/v2/aligned_volume/" + NAME + "/table");
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            send(http, tables, "{\"table_name\": \"tags\", \"schema_type\": \"bound_tag\", \"metadata\": "
                    + "{\"description\": \"of a bench\", \"voxel_resolution_x\": 16, \"voxel_resolution_y\": 16, "
                    + "\"voxel_resolution_z\": 40}}");
            URI rows = URI.create(tables + "/tags/annotations");
            long begin = System.nanoTime() + (long) (WARM_SECONDS * NANOS);
            long end = begin + (long) (seconds * NANOS);
            SplittableRandom seeds = new SplittableRandom(1);
            List<Future<long[]>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom random = seeds.split();
                clients.add(threads.submit(() -> insert(http, rows, random, begin, end)));
            }
            long[] times = new long[0];
            for (Future<long[]> client : clients) {
                long[] more = client.get();
                int before = times.length;
                times = Arrays.copyOf(times, before + more.length);
                System.arraycopy(more, 0, times, before, more.length);
            }
            Arrays.sort(times);
            figure("insert.rows_per_s", BATCH * times.length / seconds, "rows/s");
            figure("insert.batch.median_ms", times[times.length / 2] / 1e6, "ms");
            figure("insert.batch.p99_ms", times[times.length * 99 / 100] / 1e6, "ms");
        }
    }

    /// Nanoseconds of each batch that was acknowledged between two moments.
    private static long[] insert(HttpClient http, URI rows, SplittableRandom random, long begin, long end)
            throws IOException, InterruptedException {
        long[] times = new long[64];
        int count = 0;
        for (long start = System.nanoTime(); start < end;) {
            send(http, rows, batch(random));
            long now = System.nanoTime();
            if (now >= begin && now < end) {
                if (count == times.length) {
                    times = Arrays.copyOf(times, 2 * count);
                }
                times[count++] = now - start;
            }
            start = now;
        }
        return Arrays.copyOf(times, count);
    }

    private static String batch(SplittableRandom random) {
        Int3 corner = new Int3(random.nextInt(EDGE - VIEW), random.nextInt(EDGE - VIEW), random.nextInt(EDGE - VIEW));
        StringBuilder json = new StringBuilder("{\"annotations\": [");
        for (int i = 0; i < BATCH; i++) {
            json.append(i == 0 ? "" : ", ").append("{\"tag\": \"tag ").append(random.nextInt(1000))
                    .append("\", \"pt\": {\"position\": [").append(corner.x() + random.nextInt(VIEW)).append(", ")
                    .append(corner.y() + random.nextInt(VIEW)).append(", ").append(corner.z() + random.nextInt(VIEW))
                    .append("]}}");
        }
        return json.append("]}").toString();
    }

    private static void send(HttpClient http, URI to, String body) throws IOException, InterruptedException {
        HttpResponse<String> reply = http.send(
                HttpRequest.newBuilder(to).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() != 200) {
            throw new IOException(reply.statusCode() + " " + reply.body());
        }
    }

    @SuppressWarnings("SystemOut") // stdout is the protocol
    private static void figure(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "figure %s %.6g %s%n", name, value, unit);
    }
}
