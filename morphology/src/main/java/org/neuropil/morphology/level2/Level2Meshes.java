package org.neuropil.morphology.level2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.morphology.mesh.FloatDraco;
import org.neuropil.morphology.mesh.LatticeMesh;
import org.neuropil.morphology.mesh.PieceSurface;
import org.neuropil.morphology.mesh.Simplify;
import org.neuropil.morphology.mesh.Smooth;
import org.neuropil.morphology.mesh.TriangleMesh;
import org.neuropil.pipeline.Json;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// Meshes of the nodes of a proofreading graph, made when they are asked for and kept in a folder.
///
/// The piece of a layer-2 node is the surface of its voxels within its chunk: open where active edges lead on into the
/// next chunk, closed elsewhere. The pieces of a root together are the surface of the whole, vertex for vertex at the
/// borders of chunks ([PieceSurface] says how). A piece depends on the node alone, see [NodePieces]; so it is made once,
/// and a root that an edit has made shares all pieces but those that the edit touched. The piece of a higher node is its
/// children's, joined and simplified.
///
/// Pieces are Draco bytes with 32-bit float positions in nanometres. All methods may be called from any thread; a piece
/// that several ask for is made once.
public final class Level2Meshes {
    private static final String MESH = "drc";
    private static final byte[] NOTHING = {};

    private final Graph graph;
    private final GraphInfo info;
    private final MeshOptions options;
    private final Lattice lattice;
    private final float step;
    private final ChunkBlocks blocks;
    private final InnerPoints points;
    private final FragmentCache cache;
    private final ConcurrentHashMap<Long, CompletableFuture<byte[]>> making = new ConcurrentHashMap<>();
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong found = new AtomicLong();

    private Level2Meshes(Graph graph, SupervoxelBlocks supervoxels, MeshOptions options, FragmentCache cache) {
        this.graph = graph;
        this.info = graph.info();
        this.options = options;
        this.cache = cache;
        lattice = Lattice.of(info, options.maxVoxels());
        step = FloatDraco.step(lattice.cell());
        blocks = new ChunkBlocks(graph, lattice, supervoxels, options.blockBytes());
        Lattice all = new Lattice(info, Int3.all(1));
        points = new InnerPoints(graph,
                lattice.equals(all) ? blocks : new ChunkBlocks(graph, all, supervoxels, options.blockBytes()), cache);
    }

    /// Opens the meshes of a graph.
    ///
    /// @param supervoxels where the graph's supervoxels lie
    /// @param cache folder of what is kept; need not exist; may be deleted at any time; other graphs, other options and
    ///        other processes may use the same
    public static Level2Meshes open(Graph graph, SupervoxelBlocks supervoxels, Path cache, MeshOptions options)
            throws IOException {
        return new Level2Meshes(graph, supervoxels, options,
                new FragmentCache(cache, recipe(graph.info(), options), options.cacheBytes()));
    }

    /// What decides the bytes, in 16 letters.
    private static String recipe(GraphInfo info, MeshOptions o) {
        String all = "2;" + info + ";" + o.maxVoxels() + ";" + o.error() + ";" + o.smoothing() + ";" + o.minVoxels();
        return Json.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /// The graph that the meshes are of.
    public Graph graph() {
        return graph;
    }

    /// What was given.
    public MeshOptions options() {
        return options;
    }

    /// The file `info` beside the pieces, for viewers: they find the pieces in `dynamic/`.
    ///
    /// It describes shards, of which there are none and no manifest names any: without the description Neuroglancer asks
    /// for paths with an empty part, and CloudVolume wants one for each layer that has pieces. It also wants the mip whose
    /// chunks it takes for those of the graph.
    public byte[] meshInfo() {
        Map<String, Object> shards = new TreeMap<>(Map.of("@type", "neuroglancer_uint64_sharded_v1", "preshift_bits", 0,
                "hash", "murmurhash3_x86_128", "minishard_bits", 0, "shard_bits", 0, "minishard_index_encoding", "raw",
                "data_encoding", "raw"));
        Map<String, Object> layers = new TreeMap<>();
        for (int layer = 2; layer <= topLayer(); layer++) {
            layers.put(Integer.toString(layer), shards);
        }
        return Json.bytes(new TreeMap<>(Map.of("@type", "neuroglancer_legacy_mesh", "mip", 0, "sharding", layers)));
    }

    /// What CloudVolume wants to know of the meshes, the field `mesh_metadata` of the graph's info: the step to which
    /// positions are rounded, nanometres, the highest layer that has pieces, and the folder they are in.
    public Map<String, Object> metadata() {
        return new TreeMap<>(Map.of("uniform_draco_grid_size", step, "max_meshed_layer", topLayer(),
                "unsharded_mesh_dir", "dynamic"));
    }

    /// The mesh of a node.
    ///
    /// @param node of layer 2, or higher up to [MeshOptions#maxLayer]
    /// @return Draco bytes; of a node without a surface, since it fills its chunk or is too small, a single triangle that
    ///         is too small to be seen, for viewers cannot read a mesh of nothing
    /// @throws NoSuchFileException if there is no such node, or pieces of its layer are not made
    public byte[] fragment(long node) throws IOException {
        byte[] piece = piece(node);
        return piece.length > 0 ? piece : FloatDraco.encode(speck(node), step);
    }

    private int topLayer() {
        return Math.min(options.maxLayer(), info.layers());
    }

    /// True if a node is known to have no surface, from when its piece was made.
    boolean isKnownEmpty(long node) {
        return cache.isEmpty(node, MESH);
    }

    /// A point inside a layer-2 node: the middle of the voxel that is farthest from the node's border within its chunk;
    /// of several the first, x fastest.
    ///
    /// @param node of layer 2
    /// @return x, y, z in nanometres
    /// @throws NoSuchFileException if there is no such node
    public double[] representativePoint(long node) throws IOException {
        return points.of(node);
    }

    /// The points of several nodes, see [#representativePoint]; faster than one after the other.
    ///
    /// @param nodes of layer 2
    /// @return by node; those are missing that do not exist, have no voxels, or whose voxels cannot be read
    public Map<Long, double[]> representativePoints(long[] nodes) throws IOException {
        return points.of(nodes);
    }

    /// Facts for those who run it: pieces `mesh_made` and `mesh_found` in the folder, `mesh_cache_bytes`,
    /// `mesh_cache_failures` to read or write, `mesh_point_failures` to find a point among those of several nodes.
    public Map<String, Long> figures() {
        return new TreeMap<>(Map.of("mesh_made", made.get(), "mesh_found", found.get(), "mesh_cache_bytes",
                cache.bytes(), "mesh_cache_failures", cache.failures(), "mesh_point_failures", points.failures()));
    }

    /// Draco bytes of a node, none if it has no surface.
    private byte[] piece(long node) throws IOException {
        int layer = NodeIds.layer(node);
        if (layer < 2 || layer > topLayer()) {
            throw FragmentNames.none(Long.toUnsignedString(node), "nodes of layer " + layer + " have no piece");
        }
        Optional<byte[]> kept = cache.get(node, MESH);
        if (kept.isPresent()) {
            found.incrementAndGet();
            return kept.get();
        }
        CompletableFuture<byte[]> mine = new CompletableFuture<>();
        CompletableFuture<byte[]> theirs = making.putIfAbsent(node, mine);
        if (theirs != null) {
            return await(theirs);
        }
        try {
            // Whoever made it may have ended between the look into the folder and now.
            Optional<byte[]> since = cache.get(node, MESH);
            byte[] piece = since.isPresent() ? since.get() : make(node, layer);
            if (since.isEmpty()) {
                cache.put(node, MESH, piece);
                made.incrementAndGet();
            }
            mine.complete(piece);
            return piece;
        } catch (IOException | RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            making.remove(node, mine);
        }
    }

    /// What another thread has made, or failed to make: then for the same reason.
    private static byte[] await(CompletableFuture<byte[]> theirs) throws IOException {
        try {
            return theirs.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NoSuchFileException none) {
                NoSuchFileException same = new NoSuchFileException(none.getFile(), none.getOtherFile(),
                        none.getReason());
                same.initCause(none);
                throw same;
            }
            throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    private byte[] make(long node, int layer) throws IOException {
        Instant moment = created(node);
        TriangleMesh mesh = layer == 2 ? surface(node, moment) : joined(node, layer);
        // Triangles that rounding makes flat go, so that a piece of nothing else is empty.
        return FloatDraco.round(mesh, step).triangleCount() == 0 ? NOTHING : FloatDraco.encode(mesh, step);
    }

    private TriangleMesh surface(long node, Instant moment) throws IOException {
        Optional<NodePieces> pieces = NodePieces.of(graph, blocks, lattice, node, moment);
        if (pieces.isEmpty() || pieces.get().cells() * lattice.factor().volume() < options.minVoxels()) {
            return new TriangleMesh(new float[0], new int[0]);
        }
        LatticeMesh surface = PieceSurface.run(pieces.get().pieces(), pieces.get().chunk(), pieces.get()::joined);
        return Simplify.run(Smooth.taubin(lattice.nanometres(surface), options.smoothing(), lattice.cell()), error(2));
    }

    private TriangleMesh joined(long node, int layer) throws IOException {
        List<LatticeMesh> parts = new ArrayList<>();
        for (long child : graph.children(node)) {
            byte[] piece = piece(child);
            if (piece.length > 0) {
                parts.add(FloatDraco.round(FloatDraco.decode(piece), step));
            }
        }
        return Simplify.run(FloatDraco.nanometres(LatticeMesh.weld(parts), step), error(layer));
    }

    /// Largest error of simplification, nanometres.
    private double error(int layer) {
        return options.error() * Math.cbrt(lattice.cell().volume()) * StrictMath.pow(2, (layer - 2) / 2.0);
    }

    /// A triangle of the size of a rounding, in the middle of the node's chunk.
    private TriangleMesh speck(long node) {
        Box box = Lattice.chunkVoxels(info, node);
        int[] at = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            double middle = (box.min().get(axis) + box.max().get(axis)) / 2.0 * info.voxelSize().get(axis);
            at[axis] = (int) Math.round(middle / step);
        }
        return FloatDraco.nanometres(new LatticeMesh(new int[]{at[0], at[1], at[2], at[0] + 1, at[1], at[2], at[0],
            at[1] + 1, at[2]}, new int[]{0, 1, 2}), step);
    }

    private Instant created(long node) throws IOException {
        @Nullable
        Instant moment = graph.created(new long[]{node})[0];
        if (moment == null) {
            throw FragmentNames.none(Long.toUnsignedString(node), "there is no such node");
        }
        return moment;
    }
}
