package org.neuropil.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Body;
import org.neuropil.server.http.Dialect;
import org.neuropil.server.http.Reply;

/// Puts replies on the wire.
final class Sending {
    private static final int BUFFER = 128 << 10;
    /// Up to this a file is read whole and written at once.
    private static final int AT_ONCE = 1 << 20;
    /// What pages of other origins may read: what says how much of something there is, and what CAVE's clients and
    /// Neuroglancer look for.
    private static final String EXPOSED = "Content-Range, Content-Length, Content-Encoding, Accept-Ranges, ETag, "
            + "WWW-Authenticate, Warning, Retry-After, Used-Bounds, dataframe_resolution, column_names, X-Total-Rows, "
            + "X-Next-Page, X-Left-Out, X-Notes";

    private Sending() {}

    /// Sends a reply.
    ///
    /// @param head true to leave the body out
    /// @return how many bytes of a body
    static long send(Request request, Reply reply, boolean head, Response response) throws IOException {
        if (reply.body() instanceof Body.Streamed streamed) {
            return stream(request, reply, streamed.writer(), head, response);
        }
        begin(request, reply, response);
        if (head || reply.length() == 0) {
            return nothing(response);
        }
        switch (reply.body()) {
            case Body.Memory memory -> Content.Sink.write(response, true,
                    ByteBuffer.wrap(memory.bytes(), (int) reply.from(), (int) reply.length()));
            case Body.Stored file -> sendFile(file, reply, response);
            case Body.Streamed _ -> throw new IllegalStateException("sent before");
        }
        return reply.length();
    }

    private static void begin(Request request, Reply reply, Response response) {
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        addCommonHeaders(request, response);
        if (reply.hasLength()) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.length());
        }
    }

    private static long nothing(Response response) throws IOException {
        Content.Sink.write(response, true, ByteBuffer.allocate(0));
        return 0;
    }

    /// Nothing is sent before the buffer is full, so that what fails at once can still be told in words. What the writer
    /// holds is given back before the end is told.
    private static long stream(Request request, Reply reply, Answer.Writer writer, boolean head, Response response)
            throws IOException {
        Chunks chunks = new Chunks(response);
        try (writer) {
            begin(request, reply, response);
            if (!head) {
                if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1) {
                    // Without it, where the client wants the connection closed, an end too early would look like one.
                    response.getHeaders().put(HttpHeader.TRANSFER_ENCODING, "chunked");
                }
                writer.write(chunks);
            }
        }
        chunks.send(true);
        return chunks.sent;
    }

    private static final class Chunks extends OutputStream {
        private final Response response;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private long sent;

        Chunks(Response response) {
            this.response = response;
        }

        @Override
        public void write(int b) throws IOException {
            if (!buffer.hasRemaining()) {
                send(false);
            }
            buffer.put((byte) b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int at = from;
            while (at < from + length) {
                if (!buffer.hasRemaining()) {
                    send(false);
                }
                int part = Math.min(buffer.remaining(), from + length - at);
                buffer.put(bytes, at, part);
                at += part;
            }
        }

        private void send(boolean last) throws IOException {
            sent += buffer.flip().remaining();
            Content.Sink.write(response, last, buffer);
            buffer.clear();
        }
    }

    /// What every reply has.
    static void addCommonHeaders(Request request, Response response) {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        String path = String.valueOf(request.getHttpURI().getPath());
        if (path.startsWith("/data/") || path.startsWith("/api/") || Dialect.of(path) == Dialect.CAVE) {
            response.getHeaders().put("Access-Control-Allow-Origin", "*");
            response.getHeaders().put("Access-Control-Expose-Headers", EXPOSED);
        } else {
            response.getHeaders().put("Referrer-Policy", "no-referrer");
        }
    }

    private static void sendFile(Body.Stored file, Reply reply, Response response) throws IOException {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            int size = (int) Math.min(reply.length(), reply.length() <= AT_ONCE ? AT_ONCE : BUFFER);
            ByteBuffer buffer = ByteBuffer.allocate(size);
            long at = reply.from();
            while (at < reply.to()) {
                buffer.clear().limit((int) Math.min(size, reply.to() - at));
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, at + buffer.position()) < 0) {
                        throw new IOException(file.path() + " has become shorter");
                    }
                }
                at += buffer.flip().remaining();
                Content.Sink.write(response, at == reply.to(), buffer);
            }
        }
    }
}
