package org.neuropil.server.cave;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;

/// Ids as bytes: 8 each, the lowest first.
final class RawIds {
    private RawIds() {}

    /// Ids of a body.
    ///
    /// @throws Problem if it is no whole number of ids
    static long[] read(byte[] body) {
        if (body.length % Long.BYTES != 0) {
            throw new Problem(400, "a body of " + body.length + " bytes is no list of ids", "body",
                    "send 8 bytes for each, the lowest first");
        }
        long[] ids = new long[body.length / Long.BYTES];
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(ids);
        return ids;
    }

    /// Ids as an answer.
    static Answer.Result answer(long[] ids) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(ids.length, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        LongBuffer longs = bytes.asLongBuffer();
        longs.put(ids);
        return new Answer.Result(MediaTypes.BYTES, bytes.array());
    }
}
