package org.neuropil.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.neuropil.server.http.Payload;
import org.neuropil.server.http.Problem;
import org.neuropil.volume.codec.Gzip;

/// The body of one request. What all requests together hold in memory is bounded: who comes when it is used up waits, and
/// is sent away after a while.
final class RequestBody implements Payload, AutoCloseable {
    private static final int UNIT = 1 << 16;
    private static final long WAIT_SECONDS = 30;
    private static final int BUFFER = 1 << 16;
    /// A quarter of the heap, but enough for two of the largest.
    private static final int UNITS = Math
            .toIntExact(Math.max(2L * MOST, Runtime.getRuntime().maxMemory() / 4) / UNIT);
    private static final Semaphore MEMORY = new Semaphore(UNITS, true);

    private final Request request;
    private byte @Nullable [] bytes;
    private int held;

    RequestBody(Request request) {
        this.request = request;
    }

    @Override
    public byte[] bytes() throws IOException {
        byte[] known = bytes;
        if (known == null) {
            known = read();
            bytes = known;
        }
        return known;
    }

    private byte[] read() throws IOException {
        long length = request.getLength();
        if (length == 0) {
            return new byte[0];
        }
        if (length > MOST) {
            throw tooLarge(MOST);
        }
        boolean packed = isPacked();
        hold(length < 0 || packed ? MOST : length);
        byte[] sent = take(length);
        return packed && sent.length > 0 ? unpack(sent) : sent;
    }

    private boolean isPacked() {
        String encoding = String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_ENCODING))
                .strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "null", "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw new Problem(415, "the body is packed as '" + encoding + "', which is not known here",
                    "Content-Encoding", "send it plain or gzipped");
        };
    }

    @Override
    public InputStream stream() throws IOException {
        byte[] known = bytes;
        if (known != null) {
            return new ByteArrayInputStream(known);
        }
        long length = request.getLength();
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        if (length > MOST_STREAMED) {
            throw tooLarge(MOST_STREAMED);
        }
        boolean packed = isPacked();
        // What is made of a body is taken to be about as large as that.
        hold(length < 0 || packed ? MOST : length);
        InputStream sent = Content.Source.asInputStream(request);
        return new Streamed(packed ? unpacking(sent) : sent);
    }

    private static InputStream unpacking(InputStream sent) throws IOException {
        try {
            return new GZIPInputStream(sent, BUFFER);
        } catch (ZipException | EOFException e) {
            throw damaged(e);
        }
    }

    private static Problem damaged(IOException e) {
        return new Problem(400, "the body is damaged gzip: " + e.getMessage(), "Content-Encoding", "");
    }

    /// Counts, and claims more memory where a body turns out to be longer than it seemed.
    private final class Streamed extends FilterInputStream {
        private long count;

        Streamed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int n;
            try {
                n = super.read(to, offset, length);
            } catch (ZipException | EOFException e) {
                throw damaged(e);
            }
            count += Math.max(n, 0);
            if (count > MOST_STREAMED) {
                throw tooLarge(MOST_STREAMED);
            }
            if (count > (long) held * UNIT && held < UNITS) {
                hold(MOST);
            }
            return n;
        }
    }

    private void hold(long most) {
        int units = (int) Math.min(most / UNIT + 1, UNITS - held);
        try {
            if (!MEMORY.tryAcquire(units, WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(503, "too many large requests at a time", "", "try again in a moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "the server is being stopped", "", "");
        }
        held += units;
    }

    private byte[] take(long length) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream(length < 0 ? BUFFER : (int) length);
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (all.size() + n > MOST) {
                    throw tooLarge(MOST);
                }
                all.write(buffer, 0, n);
            }
            return all.toByteArray();
        }
    }

    private static byte[] unpack(byte[] sent) {
        byte[] plain;
        try {
            plain = Gzip.decompress(sent, MOST);
        } catch (IOException e) {
            boolean large = sent.length >= 4 && stated(sent) > MOST;
            throw large ? tooLarge(MOST) : new Problem(400, "the body " + e.getMessage(), "Content-Encoding", "");
        }
        return plain;
    }

    /// Length that gzip says it has, in its last four bytes.
    private static long stated(byte[] gzip) {
        int at = gzip.length - 4;
        return (gzip[at] & 0xff | (gzip[at + 1] & 0xff) << 8 | (gzip[at + 2] & 0xff) << 16
                | (gzip[at + 3] & 0xff) << 24) & 0xffffffffL;
    }

    private static Problem tooLarge(long most) {
        return new Problem(413, "a body may have " + (most >> 20) + " MiB, packed or not, and this has more", "",
                "send it in parts");
    }

    @Override
    public void close() {
        MEMORY.release(held);
        held = 0;
    }
}
