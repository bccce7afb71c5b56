package org.neuropil.graph.live;

import java.io.DataOutput;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.SplitRequest;

/// Digests of requests, by which a request that is made again is known.
final class Requests {
    private Requests() {}

    static byte[] digest(MergeRequest request) {
        return sha256(Longs.bytes(out -> {
            out.writeUTF(Kind.MERGE.name());
            out.writeUTF(request.user());
            write(out, List.of(request.source(), request.sink()));
            out.writeBoolean(request.withinObject());
        }));
    }

    static byte[] digest(SplitRequest request) {
        return sha256(Longs.bytes(out -> {
            out.writeUTF(Kind.SPLIT.name());
            out.writeUTF(request.user());
            write(out, request.sources());
            write(out, request.sinks());
            out.writeBoolean(request.mincut());
        }));
    }

    static byte[] digest(Kind kind, String user, long operation) {
        return sha256(Longs.bytes(out -> {
            out.writeUTF(kind.name());
            out.writeUTF(user);
            out.writeLong(operation);
        }));
    }

    private static void write(DataOutput out, List<EditPoint> points) throws IOException {
        out.writeInt(points.size());
        for (EditPoint point : points) {
            out.writeLong(point.node());
            out.writeDouble(point.x());
            out.writeDouble(point.y());
            out.writeDouble(point.z());
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
