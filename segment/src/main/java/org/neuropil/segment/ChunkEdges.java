package org.neuropil.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.space.Int3;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/// The edges of one chunk's supervoxels, and the file that holds them.
///
/// The file `edges_<x>_<y>_<z>.proto.zst` is what PyChunkedGraph ingests: a zstd-compressed protobuf message with three
/// fields (1 in-chunk, 2 cross-chunk, 3 between-chunk), each a message of four byte strings: first ids (uint64, little
/// endian), second ids, affinities (float32), areas (uint64). An edge that leaves the chunk stands in the files of both
/// chunks, each time with its own end first, so that one file tells all about its chunk's supervoxels.
///
/// @param inside both ends in the chunk
/// @param cut one basin that the chunk's border cuts; infinite affinity
/// @param between other touching supervoxels across the border
public record ChunkEdges(List<Edge> inside, List<Edge> cut, List<Edge> between) {
    private static final int RECORD = 8 + 8 + 4 + 8;
    private static final int SMALLEST_FILE = 6;
    private static final long LARGEST_FILE = 1L << 30;
    private static final long MOST_RATIO = 1L << 14;

    /// Copies its lists.
    public ChunkEdges {
        inside = List.copyOf(inside);
        cut = List.copyOf(cut);
        between = List.copyOf(between);
    }

    /// Name of the file of a chunk.
    public static String fileName(Int3 chunk) {
        return "edges_" + chunk.x() + "_" + chunk.y() + "_" + chunk.z() + ".proto.zst";
    }

    /// All edges, in the order of the file.
    public List<Edge> all() {
        List<Edge> all = new ArrayList<>(inside);
        all.addAll(cut);
        all.addAll(between);
        return all;
    }

    /// The file's bytes.
    public byte[] toBytes() {
        try {
            ByteString.Output bytes = ByteString.newOutput();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeBytes(1, message(inside));
            out.writeBytes(2, message(cut));
            out.writeBytes(3, message(between));
            out.flush();
            return Zstd.compress(bytes.toByteString().toByteArray(), 3);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
    }

    /// Reads a file's bytes.
    ///
    /// @param where the file, for the error
    /// @throws IOException if they are not such a file
    public static ChunkEdges parse(byte[] bytes, String where) throws IOException {
        try {
            long size = bytes.length < SMALLEST_FILE ? -1 : Zstd.getFrameContentSize(bytes);
            // A damaged header must not make us ask for memory that the file cannot fill.
            if (size < 0 || size > Math.min(LARGEST_FILE, MOST_RATIO * bytes.length)) {
                throw new IOException(where + " is not a file of edges: no zstd frame of a sensible size");
            }
            CodedInputStream in = CodedInputStream.newInstance(Zstd.decompress(bytes, (int) size));
            List<List<Edge>> lists = new ArrayList<>(List.of(List.of(), List.of(), List.of()));
            int tag;
            while ((tag = in.readTag()) != 0) {
                int field = tag >>> 3;
                if (field >= 1 && field <= 3 && (tag & 7) == 2) {
                    lists.set(field - 1, edges(in.readBytes(), where));
                } else if (!in.skipField(tag)) {
                    throw new IOException(where + " is not a file of edges: stray end of group");
                }
            }
            return new ChunkEdges(lists.get(0), lists.get(1), lists.get(2));
        } catch (ZstdException e) {
            throw new IOException(where + " is not a file of edges: " + e.getMessage(), e);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IOException(where + " is not a file of edges: " + e.getMessage(), e);
        }
    }

    private static ByteString message(List<Edge> edges) throws IOException {
        int n = edges.size();
        ByteBuffer a = littleEndian(8 * n);
        ByteBuffer b = littleEndian(8 * n);
        ByteBuffer affinity = littleEndian(4 * n);
        ByteBuffer area = littleEndian(8 * n);
        for (Edge edge : edges) {
            a.putLong(edge.a());
            b.putLong(edge.b());
            affinity.putFloat(edge.affinity());
            area.putLong(edge.area());
        }
        ByteString.Output bytes = ByteString.newOutput(RECORD * n + 64);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(1, a.array());
        out.writeByteArray(2, b.array());
        out.writeByteArray(3, affinity.array());
        out.writeByteArray(4, area.array());
        out.flush();
        return bytes.toByteString();
    }

    private static List<Edge> edges(ByteString message, String where) throws IOException {
        CodedInputStream in = message.newCodedInput();
        ByteBuffer[] columns = {littleEndian(0), littleEndian(0), littleEndian(0), littleEndian(0)};
        int tag;
        while ((tag = in.readTag()) != 0) {
            int field = tag >>> 3;
            if (field >= 1 && field <= 4 && (tag & 7) == 2) {
                columns[field - 1] = ByteBuffer.wrap(in.readByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            } else if (!in.skipField(tag)) {
                throw new IOException(where + " is not a file of edges: stray end of group");
            }
        }
        int n = columns[0].remaining() / 8;
        if (columns[0].remaining() != 8 * n || columns[1].remaining() != 8 * n || columns[2].remaining() != 4 * n
                || columns[3].remaining() != 8 * n) {
            throw new IOException(where + " is not a file of edges: its columns differ in length");
        }
        List<Edge> edges = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            edges.add(new Edge(columns[0].getLong(), columns[1].getLong(), columns[2].getFloat(),
                    columns[3].getLong()));
        }
        return edges;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
