package org.neuropil.server.cave;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.graph.Edge;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.VirtualGraph;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.morphology.level2.Level2Meshes;
import org.neuropil.morphology.level2.MeshOptions;
import org.neuropil.pipeline.Json;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import tools.jackson.databind.node.ObjectNode;

/// The world of the recorded sessions of the viewer: 128^3 voxels in 2x2x2 chunks. In the back half lie objects A and B,
/// in the chunks (0,0,1) and (1,0,1), which touch. In the front half lie P and Q, falsely joined by two weak edges.
public final class TrafficWorld implements GraphTables, AutoCloseable {
    /// Name of the graph, as recorded.
    public static final String NAME = "demo";
    /// Name of its state after ingest.
    public static final String PAST = "demo_v1";
    /// When ingest was.
    public static final Instant INGESTED = Instant.parse("2026-01-02T03:04:05.678Z");

    static final Box BOUNDS = Box.ofSize(128, 128, 128);
    static final Int3 CHUNK = Int3.all(64);
    static final GraphInfo INFO = new GraphInfo(BOUNDS, CHUNK, new VoxelSize(16, 16, 40), 3, 10, 4, INGESTED, 32, 40);

    private static final Pattern FILE = Pattern
            .compile("16_16_40/(\\d+)-(\\d+)_(\\d+)-(\\d+)_(\\d+)-(\\d+)");

    final List<Long> supervoxels = new ArrayList<>();
    final List<Edge> edges = new ArrayList<>();
    final List<Pair> active = new ArrayList<>();
    /// The graph itself.
    public final Graph graph;
    private final GraphTable table;
    private final GraphTable past;

    /// Boxes that cannot be read for meshes.
    volatile Predicate<Box> unreadable = _ -> false;

    /// @param cache folder for meshes
    public TrafficWorld(Path cache) throws IOException {
        group(0, 0, 1, 1, 4);
        group(1, 0, 1, 1, 4);
        for (int x = 0; x < 2; x++) {
            group(x, 0, 0, 1, 4);
            group(x, 0, 0, 5, 8);
            group(x, 1, 0, 1, 4);
            edge(id(x, 0, 0, 4), id(x, 0, 0, 5), 0.1f, 3, true);
            for (int n = 1; n <= 4; n++) {
                edge(id(x, 0, 0, n + 4), id(x, 1, 0, n), n == 1 ? Float.POSITIVE_INFINITY : 0.8f, 60, true);
            }
        }
        for (int n = 1; n <= 8; n++) {
            edge(id(0, 0, 0, n), id(1, 0, 0, n), 0.8f, 70, true);
        }
        edge(id(0, 0, 1, 4), id(1, 0, 1, 1), 0.2f, 9, false);
        edge(id(0, 0, 0, 2), id(0, 0, 1, 2), 0.05f, 7, false);
        supervoxels.sort(null);
        edges.sort((e, f) -> e.a() == f.a() ? Long.compare(e.b(), f.b()) : Long.compare(e.a(), f.a()));
        Clock clock = Clock.systemUTC();
        graph = LiveGraph.open(INFO, new MemoryStore(), new TinyBase(INFO, supervoxels, edges, active), new Voxels(),
                clock, 1 << 20);
        Voxels voxels = new Voxels();
        NodeMeshes meshes = new Level2NodeMeshes(
                Level2Meshes.open(graph, box -> {
                    if (unreadable.test(box)) {
                        throw new IOException("no voxels of " + box);
                    }
                    return voxels.read(box);
                }, cache, MeshOptions.DEFAULTS));
        table = new GraphTable(NAME, graph, voxels, meshes);
        past = new GraphTable(PAST, new VirtualGraph(graph, INGESTED), voxels, meshes);
    }

    private void group(int x, int y, int z, int from, int to) {
        for (int n = from; n <= to; n++) {
            supervoxels.add(id(x, y, z, n));
            if (n > from) {
                edge(id(x, y, z, n - 1), id(x, y, z, n), 0.9f, 100 + n, true);
            }
        }
    }

    private void edge(long a, long b, float affinity, long area, boolean joins) {
        Pair pair = Pair.of(a, b);
        edges.add(new Edge(pair.a(), pair.b(), affinity, area));
        if (joins) {
            active.add(pair);
        }
    }

    /// A supervoxel.
    public static long id(int x, int y, int z, int number) {
        return INFO.ids().id(1, new Int3(x, y, z), number);
    }

    @Override
    public List<String> names() {
        return List.of(NAME, PAST);
    }

    @Override
    public Optional<GraphTable> find(String name) {
        return name.equals(NAME) ? Optional.of(table) : name.equals(PAST) ? Optional.of(past) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        graph.close();
    }

    /// The supervoxel of a voxel: chunks are cut in four along x and y, and those of eight supervoxels also along z.
    static long supervoxel(int x, int y, int z) {
        Int3 chunk = new Int3(x / 64, y / 64, z / 64);
        int quarter = 1 + x % 64 / 32 + y % 64 / 32 * 2;
        boolean eight = chunk.y() == 0 && chunk.z() == 0;
        boolean none = chunk.y() == 1 && chunk.z() == 1;
        return none ? 0 : INFO.ids().id(1, chunk, quarter + (eight && z >= 32 ? 4 : 0));
    }

    private static final class Voxels implements SupervoxelVolume, Supervoxels {
        @Override
        public Box bounds() {
            return BOUNDS;
        }

        @Override
        public VoxelSize voxelSize() {
            return INFO.voxelSize();
        }

        @Override
        public Block.Longs read(Box box) {
            Block.Longs block = new Block.Longs(box, new long[box.voxels()]);
            Box inside = box.intersect(BOUNDS);
            for (int z = inside.min().z(); z < inside.max().z(); z++) {
                for (int y = inside.min().y(); y < inside.max().y(); y++) {
                    for (int x = inside.min().x(); x < inside.max().x(); x++) {
                        block.data()[box.index(x, y, z)] = supervoxel(x, y, z);
                    }
                }
            }
            return block;
        }

        @Override
        public ObjectNode info() {
            return (ObjectNode) Json.MAPPER.readTree("""
                    {"type": "segmentation", "data_type": "uint64", "num_channels": 1, "scales": [
                     {"key": "16_16_40", "size": [128, 128, 128], "resolution": [16, 16, 40],
                      "chunk_sizes": [[64, 64, 64]], "encoding": "raw", "voxel_offset": [0, 0, 0]}],
                     "segment_properties": "segment_properties"}""");
        }

        @Override
        public Optional<Answer.Resource> file(String path) {
            Matcher match = FILE.matcher(path);
            if (!match.matches()) {
                return Optional.empty();
            }
            int[] n = new int[6];
            Arrays.setAll(n, i -> Integer.parseInt(match.group(i + 1)));
            long[] ids = read(new Box(new Int3(n[0], n[2], n[4]), new Int3(n[1], n[3], n[5]))).data();
            ByteBuffer bytes = ByteBuffer.allocate(8 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(ids);
            return Optional.of(Answer.bytes(MediaTypes.BYTES, bytes.array(), Answer.REVALIDATE));
        }

        @Override
        public long[] ids(Box box) {
            return Arrays.stream(read(box).data()).filter(id -> id != 0).distinct().sorted().toArray();
        }
    }
}
