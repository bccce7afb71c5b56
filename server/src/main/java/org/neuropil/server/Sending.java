package org.neuropil.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
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
            + "WWW-Authenticate, Warning, Retry-After, Used-Bounds, dataframe_resolution, column_names";

    private Sending() {}

    /// Sends a reply.
    ///
    /// @param head true to leave the body out
    static void send(Request request, Reply reply, boolean head, Response response) throws IOException {
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        addCommonHeaders(request, response);
        if (reply.hasLength()) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.length());
        }
        if (head || reply.length() == 0) {
            Content.Sink.write(response, true, ByteBuffer.allocate(0));
            return;
        }
        switch (reply.body()) {
            case Body.Memory memory -> Content.Sink.write(response, true,
                    ByteBuffer.wrap(memory.bytes(), (int) reply.from(), (int) reply.length()));
            case Body.Stored file -> sendFile(file, reply, response);
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
