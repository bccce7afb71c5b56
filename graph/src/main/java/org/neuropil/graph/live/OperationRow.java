package org.neuropil.graph.live;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.Operation.SupervoxelSplit;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/// A row of the log: an operation and all that follows from it, so that whoever finds the row can write the rest.
///
/// @param operation what was done
/// @param digest of the request, see [Requests]
/// @param nodes that it made, of all layers, and parts of supervoxels that it cut
/// @param edges that it brought into the graph, each once
/// @param patches voxels of supervoxels that it cut
record OperationRow(Operation operation, byte[] digest, List<NewNode> nodes, List<ExtraEdge> edges,
        List<Patch> patches) {
    private static final int MAGIC = 0x4E504F31; // "NPO1"
    private static final int LARGEST = 1 << 29;

    /// Voxels of a supervoxel that was cut.
    ///
    /// @param chunkId layer-2 chunk that it lies in
    /// @param whole the supervoxel
    /// @param bytes of a [org.neuropil.graph.voxels.SupervoxelPatch]
    record Patch(long chunkId, long whole, byte[] bytes) {}

    long id() {
        return operation.id();
    }

    long time() {
        return operation.time().toEpochMilli();
    }

    byte[] toBytes() {
        byte[] plain = Longs.bytes(this::write);
        byte[] packed = Zstd.compress(plain, 1);
        return Longs.bytes(out -> {
            out.writeInt(MAGIC);
            out.writeInt(plain.length);
            out.write(packed);
        });
    }

    /// @throws IOException if these are not the bytes of such a row
    static OperationRow parse(long id, byte[] bytes) throws IOException {
        String row = "operation " + id + " of the graph's log";
        if (bytes.length < 8 || (int) (Keys.number(bytes, 0) >>> 32) != MAGIC) {
            throw new IOException(row + " is damaged: it does not begin as it should");
        }
        int size = (int) Keys.number(bytes, 0);
        if (size < 0 || size > LARGEST) {
            throw new IOException(row + " is damaged: a size of " + size);
        }
        try {
            byte[] packed = java.util.Arrays.copyOfRange(bytes, 8, bytes.length);
            if (Zstd.getFrameContentSize(packed) != size) {
                throw new IOException(row + " is damaged: its size is not " + size);
            }
            return Longs.parse(Zstd.decompress(packed, size), OperationRow::read);
        } catch (ZstdException | IllegalArgumentException e) {
            throw new IOException(row + " is damaged: " + e.getMessage(), e);
        }
    }

    private void write(DataOutput out) throws IOException {
        Operation o = operation;
        out.writeLong(o.id());
        out.writeUTF(o.kind().name());
        out.writeUTF(o.user());
        out.writeLong(time());
        writePoints(out, o.sources());
        writePoints(out, o.sinks());
        Longs.write(out, o.sourceSupervoxels());
        Longs.write(out, o.sinkSupervoxels());
        Longs.write(out, o.before());
        Longs.write(out, o.after());
        writePairs(out, o.added());
        writePairs(out, o.removed());
        writePairs(out, o.made());
        out.writeLong(o.target().orElse(0L));
        out.writeInt(o.supervoxelSplits().size());
        for (SupervoxelSplit split : o.supervoxelSplits()) {
            out.writeLong(split.whole());
            Longs.write(out, split.parts());
        }
        out.writeInt(digest.length);
        out.write(digest);
        out.writeInt(nodes.size());
        for (NewNode node : nodes) {
            node.write(out);
        }
        writeEdges(out, edges);
        out.writeInt(patches.size());
        for (Patch patch : patches) {
            out.writeLong(patch.chunkId());
            out.writeLong(patch.whole());
            out.writeInt(patch.bytes().length);
            out.write(patch.bytes());
        }
    }

    private static OperationRow read(DataInput in) throws IOException {
        long id = in.readLong();
        Operation.Kind kind = Operation.Kind.valueOf(in.readUTF());
        String user = in.readUTF();
        Instant time = Instant.ofEpochMilli(in.readLong());
        List<EditPoint> sources = readPoints(in);
        List<EditPoint> sinks = readPoints(in);
        long[] sourceSupervoxels = Longs.read(in);
        long[] sinkSupervoxels = Longs.read(in);
        long[] before = Longs.read(in);
        long[] after = Longs.read(in);
        List<Pair> added = readPairs(in);
        List<Pair> removed = readPairs(in);
        List<Pair> made = readPairs(in);
        long target = in.readLong();
        List<SupervoxelSplit> splits = new ArrayList<>();
        for (int n = Longs.count(in); n > 0; n--) {
            splits.add(new SupervoxelSplit(in.readLong(), Longs.read(in)));
        }
        byte[] digest = readBytes(in);
        List<NewNode> nodes = new ArrayList<>();
        for (int n = Longs.count(in); n > 0; n--) {
            nodes.add(NewNode.read(in));
        }
        List<ExtraEdge> edges = readEdges(in);
        List<Patch> patches = new ArrayList<>();
        for (int n = Longs.count(in); n > 0; n--) {
            patches.add(new Patch(in.readLong(), in.readLong(), readBytes(in)));
        }
        return new OperationRow(new Operation(id, kind, user, time, sources, sinks, sourceSupervoxels, sinkSupervoxels,
                before, after, added, removed, made, target == 0 ? Optional.empty() : Optional.of(target), splits),
                digest, nodes, edges, patches);
    }

    static void writeEdges(DataOutput out, List<ExtraEdge> edges) throws IOException {
        out.writeInt(edges.size());
        for (ExtraEdge edge : edges) {
            out.writeLong(edge.own());
            out.writeLong(edge.far());
            out.writeFloat(edge.affinity());
            out.writeLong(edge.area());
        }
    }

    static List<ExtraEdge> readEdges(DataInput in) throws IOException {
        List<ExtraEdge> edges = new ArrayList<>();
        for (int n = Longs.count(in); n > 0; n--) {
            edges.add(new ExtraEdge(in.readLong(), in.readLong(), in.readFloat(), in.readLong()));
        }
        return edges;
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[Longs.count(in)];
        in.readFully(bytes);
        return bytes;
    }

    private static void writePoints(DataOutput out, List<EditPoint> points) throws IOException {
        out.writeInt(points.size());
        for (EditPoint point : points) {
            out.writeLong(point.node());
            out.writeDouble(point.x());
            out.writeDouble(point.y());
            out.writeDouble(point.z());
        }
    }

    private static List<EditPoint> readPoints(DataInput in) throws IOException {
        List<EditPoint> points = new ArrayList<>();
        for (int n = Longs.count(in); n > 0; n--) {
            points.add(new EditPoint(in.readLong(), in.readDouble(), in.readDouble(), in.readDouble()));
        }
        return points;
    }

    private static void writePairs(DataOutput out, List<Pair> pairs) throws IOException {
        out.writeInt(pairs.size());
        for (Pair pair : pairs) {
            out.writeLong(pair.a());
            out.writeLong(pair.b());
        }
    }

    private static List<Pair> readPairs(DataInput in) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (int n = Longs.count(in); n > 0; n--) {
            pairs.add(new Pair(in.readLong(), in.readLong()));
        }
        return pairs;
    }
}
