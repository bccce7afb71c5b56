package org.neuropil.morphology.mesh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.pipeline.Json;
import org.neuropil.volume.store.Store;

/// Neuroglancer's multi-resolution mesh format `neuroglancer_multilod_draco`, not sharded: `info`, and for each segment
/// a manifest `<id>.index` and its fragments `<id>` (specification: google/neuroglancer,
/// `src/datasource/precomputed/meshes.md`).
///
/// Level of detail `l` has one fragment for each cell of `2^l` times the finest cell's edge that its triangles touch.
/// Vertices are rounded to the lattice of their level first and cut on that lattice afterwards, so that neighbouring
/// fragments agree to the last bit. Above level 0 each fragment is cut once more in eight, which lets the viewer
/// replace an eighth of it by the finer fragment. A finer cell that is empty where the coarser level has triangles is
/// listed with size 0, and so is a coarser cell that is empty above a finer one.
public final class MultilodDraco {
    /// Bits of a vertex coordinate within a fragment.
    static final int BITS = 16;
    /// Most levels: coordinates of the finest lattice must fit 31 bits and more levels than this never pay.
    static final int MAX_LEVELS = 8;

    private static final int INFO_WORDS = 7;

    private MultilodDraco() {}

    /// A segment's two files.
    ///
    /// @param manifest of `<id>.index`
    /// @param fragments of `<id>`
    public record Encoded(byte[] manifest, byte[] fragments) {}

    /// Writes `info`: 16 bits, nanometres, and scales as they stand in the manifests.
    public static void writeInfo(Store store) throws IOException {
        Map<String, Object> info = new TreeMap<>();
        info.put("@type", "neuroglancer_multilod_draco");
        info.put("vertex_quantization_bits", BITS);
        info.put("transform", List.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
        info.put("lod_scale_multiplier", 1);
        store.put("info", Json.bytes(info));
    }

    /// Writes a segment's files, the manifest last.
    ///
    /// @param id unsigned
    public static void write(Store store, long id, Encoded mesh) throws IOException {
        store.put(Long.toUnsignedString(id), mesh.fragments());
        store.put(Long.toUnsignedString(id) + ".index", mesh.manifest());
    }

    /// Encodes a segment.
    ///
    /// The scale of a level, by which the viewer chooses, is its mean edge length.
    ///
    /// @param levels 1 to 8 meshes of the same surface, finest first, none empty
    /// @throws IllegalArgumentException if there are fewer or more
    public static Encoded encode(List<TriangleMesh> levels) {
        if (levels.isEmpty() || levels.size() > MAX_LEVELS
                || levels.stream().anyMatch(level -> level.triangleCount() == 0)) {
            throw new IllegalArgumentException(levels.size() + " levels of detail, or an empty one");
        }
        Frame frame = Frame.of(levels);
        List<Map<Cell, byte[]>> fragments = new ArrayList<>();
        for (int lod = 0; lod < levels.size(); lod++) {
            fragments.add(new TreeMap<>());
        }
        for (int lod = levels.size() - 1; lod >= 0; lod--) {
            split(frame.cut(levels.get(lod), lod), lod, fragments);
        }
        for (int lod = 1; lod < levels.size(); lod++) {
            for (Cell child : fragments.get(lod - 1).keySet()) {
                fragments.get(lod).putIfAbsent(child.parent(), new byte[0]);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fragments.forEach(level -> level.values().forEach(bytes::writeBytes));
        return new Encoded(manifest(levels, frame, fragments), bytes.toByteArray());
    }

    /// Reads a level of detail of a segment; fragments are not joined.
    ///
    /// @return its fragments in the order of the manifest, those of size 0 left out; empty if there is no such segment
    ///         or level
    public static Optional<List<TriangleMesh>> read(Store store, long id, int lod) throws IOException {
        Optional<byte[]> index = store.get(Long.toUnsignedString(id) + ".index");
        if (index.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer manifest = ByteBuffer.wrap(index.get()).order(ByteOrder.LITTLE_ENDIAN);
        int levels = manifest.getInt(24);
        if (lod < 0 || lod >= levels) {
            return Optional.empty();
        }
        int counts = 4 * INFO_WORDS + 16 * levels;
        int at = counts + 4 * levels;
        long offset = 0;
        for (int l = 0; l < lod; l++) {
            int n = manifest.getInt(counts + 4 * l);
            for (int i = 0; i < n; i++) {
                offset += Integer.toUnsignedLong(manifest.getInt(at + 12 * n + 4 * i));
            }
            at += 16 * n;
        }
        int n = manifest.getInt(counts + 4 * lod);
        List<TriangleMesh> result = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            long size = Integer.toUnsignedLong(manifest.getInt(at + 12 * n + 4 * i));
            if (size > 0) {
                LatticeMesh fragment = Draco.decode(store.get(Long.toUnsignedString(id), offset, offset + size)
                        .orElseThrow(() -> new NoSuchFileException(store.uri(Long.toUnsignedString(id)))));
                float[] nm = new float[fragment.vertices().length];
                for (int v = 0; v < nm.length; v++) {
                    int axis = v % 3;
                    double edge = manifest.getFloat(4 * axis) * (1 << lod);
                    nm[v] = (float) (manifest.getFloat(12 + 4 * axis)
                            + manifest.getFloat(4 * INFO_WORDS + 4 * levels + 12 * lod + 4 * axis)
                            + edge * (manifest.getInt(at + 4 * n * axis + 4 * i)
                                    + fragment.vertices()[v] / (double) OctreeCut.CELL));
                }
                result.add(new TriangleMesh(nm, fragment.triangles()));
            }
            offset += size;
        }
        return Optional.of(result);
    }

    /// A cell of the octree, in Z-order: the highest bits of z, y and x first, then the next.
    private record Cell(int x, int y, int z) implements Comparable<Cell> {
        Cell parent() {
            return new Cell(x >> 1, y >> 1, z >> 1);
        }

        private long morton() {
            long code = 0;
            for (int bit = 0; bit < 20; bit++) {
                code |= (long) (x >> bit & 1) << 3 * bit | (long) (y >> bit & 1) << 3 * bit + 1
                        | (long) (z >> bit & 1) << 3 * bit + 2;
            }
            return code;
        }

        @Override
        public int compareTo(Cell o) {
            return Long.compare(morton(), o.morton());
        }
    }

    /// Where the octree lies. The numbers are those of the manifest, so rounding them displaces nothing.
    ///
    /// @param origin lower corner in nanometres
    /// @param edge of the finest cell in nanometres
    private record Frame(float[] origin, float edge) {
        static Frame of(List<TriangleMesh> levels) {
            double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
            double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
            for (TriangleMesh level : levels) {
                float[] bounds = level.bounds();
                for (int i = 0; i < 3; i++) {
                    low[i] = Math.min(low[i], bounds[i]);
                    high[i] = Math.max(high[i], bounds[i + 3]);
                }
            }
            float[] origin = new float[3];
            double extent = 1;
            for (int i = 0; i < 3; i++) {
                origin[i] = (float) Math.floor(low[i]);
                extent = Math.max(extent, high[i] - origin[i]);
            }
            return new Frame(origin, Math.nextUp((float) (extent / (1 << levels.size() - 1))));
        }

        /// A level on its lattice, cut at the borders of its cells.
        LatticeMesh cut(TriangleMesh mesh, int lod) {
            int[] vertices = new int[mesh.vertices().length];
            double step = (double) edge * (1 << lod) / OctreeCut.CELL;
            for (int i = 0; i < vertices.length; i++) {
                vertices[i] = (int) Math.max(0, Math.round((mesh.vertices()[i] - (double) origin[i % 3]) / step));
            }
            return OctreeCut.run(LatticeMesh.weld(List.of(new LatticeMesh(vertices, mesh.triangles()))), lod > 0);
        }
    }

    /// Sorts a cut level's triangles into cells, encodes these, and lists the finer cells below them.
    private static void split(LatticeMesh mesh, int lod, List<Map<Cell, byte[]>> fragments) {
        Map<Cell, List<Integer>> cells = new HashMap<>();
        TreeSet<Cell> children = new TreeSet<>();
        int[] high = new int[3];
        for (int t = 0; t < mesh.triangles().length; t += 3) {
            for (int axis = 0; axis < 3; axis++) {
                high[axis] = Math.max(mesh.vertices()[3 * mesh.triangles()[t] + axis],
                        Math.max(mesh.vertices()[3 * mesh.triangles()[t + 1] + axis],
                                mesh.vertices()[3 * mesh.triangles()[t + 2] + axis]));
            }
            Cell cell = new Cell(OctreeCut.cell(high[0]), OctreeCut.cell(high[1]), OctreeCut.cell(high[2]));
            cells.computeIfAbsent(cell, c -> new ArrayList<>()).add(t);
            if (lod > 0) {
                children.add(new Cell(2 * cell.x + OctreeCut.half(high[0]), 2 * cell.y + OctreeCut.half(high[1]),
                        2 * cell.z + OctreeCut.half(high[2])));
            }
        }
        cells.forEach((cell, triangles) -> fragments.get(lod).put(cell, Draco.encode(part(mesh, cell, triangles))));
        children.forEach(child -> fragments.get(lod - 1).putIfAbsent(child, new byte[0]));
    }

    private static LatticeMesh part(LatticeMesh mesh, Cell cell, List<Integer> triangles) {
        VertexTable table = new VertexTable(triangles.size());
        int[] corners = new int[3 * triangles.size()];
        for (int i = 0; i < corners.length; i++) {
            int v = 3 * mesh.triangles()[triangles.get(i / 3) + i % 3];
            corners[i] = table.number(mesh.vertices()[v] - cell.x * OctreeCut.CELL,
                    mesh.vertices()[v + 1] - cell.y * OctreeCut.CELL, mesh.vertices()[v + 2] - cell.z * OctreeCut.CELL);
        }
        return new LatticeMesh(table.vertices(), corners);
    }

    private static byte[] manifest(List<TriangleMesh> levels, Frame frame, List<Map<Cell, byte[]>> fragments) {
        int cells = fragments.stream().mapToInt(Map::size).sum();
        int n = levels.size();
        ByteBuffer manifest = ByteBuffer.allocate(4 * INFO_WORDS + 20 * n + 16 * cells)
                .order(ByteOrder.LITTLE_ENDIAN);
        manifest.putFloat(frame.edge).putFloat(frame.edge).putFloat(frame.edge);
        manifest.putFloat(frame.origin[0]).putFloat(frame.origin[1]).putFloat(frame.origin[2]);
        manifest.putInt(n);
        double scale = 0;
        for (TriangleMesh level : levels) {
            scale = Math.max(scale, level.meanEdge());
            manifest.putFloat((float) scale);
        }
        manifest.position(manifest.position() + 12 * n);
        fragments.forEach(level -> manifest.putInt(level.size()));
        for (Map<Cell, byte[]> level : fragments) {
            level.keySet().forEach(cell -> manifest.putInt(cell.x));
            level.keySet().forEach(cell -> manifest.putInt(cell.y));
            level.keySet().forEach(cell -> manifest.putInt(cell.z));
            level.values().forEach(bytes -> manifest.putInt(bytes.length));
        }
        return manifest.array();
    }
}
