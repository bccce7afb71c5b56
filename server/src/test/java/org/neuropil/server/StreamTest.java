package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Tokens;

/// Answers that are made while they are sent.
class StreamTest {
    private static final byte[] PART = "0123456789abcdef".repeat(4096).getBytes(StandardCharsets.US_ASCII);
    private static final String END = "\r\n0\r\n\r\n";

    private final AtomicInteger closed = new AtomicInteger();
    private final Metrics metrics = new Metrics();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private interface Writing {
        void write(OutputStream out) throws IOException;
    }

    private Route route(String name, String type, Writing writing) {
        return new Route("/api/" + name, name, "A stream", List.of(), type, null,
                _ -> new Answer.Stream(200, type, Map.of("X-Total-Rows", "7"), new Answer.Writer() {
                    @Override
                    public void write(OutputStream out) throws IOException {
                        writing.write(out);
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                }));
    }

    @BeforeEach
    void start() throws Exception {
        List<Route> routes = new ArrayList<>();
        routes.add(route("whole", MediaTypes.BYTES, out -> {
            for (int i = 0; i < 32; i++) {
                out.write(PART);
            }
            out.write('!');
        }));
        routes.add(route("nothing", MediaTypes.BYTES, _ -> {}));
        routes.add(route("broken", MediaTypes.BYTES, out -> {
            for (int i = 0; i < 32; i++) {
                out.write(PART);
            }
            throw new IOException("the disk is gone");
        }));
        routes.add(route("refused", MediaTypes.JSON, out -> {
            out.write("[1, 2".getBytes(StandardCharsets.US_ASCII));
            throw new Problem(400, "this cannot be written", "column", "");
        }));
        routes.add(route("text", MediaTypes.JSON, out -> out.write("[1, 2]".getBytes(StandardCharsets.US_ASCII))));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(
                new Dispatcher(routes, new HostGuard("127.0.0.1", true), Tokens.none(), metrics, Path.of("nowhere")));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        metrics.close();
    }

    private String raw(String method, String name, String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((method + " /api/" + name + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header
                    + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String body(String reply) {
        StringBuilder body = new StringBuilder();
        int at = reply.indexOf("\r\n\r\n") + 4;
        while (at < reply.length()) {
            int line = reply.indexOf("\r\n", at);
            int size = Integer.parseInt(reply.substring(at, line), 16);
            body.append(reply, line + 2, line + 2 + size);
            at = line + 4 + size;
        }
        return body.toString();
    }

    @Test
    void aWholeOneIsWholeAndEnds() throws IOException {
        String reply = raw("GET", "whole", "");
        assertThat(reply).startsWith("HTTP/1.1 200 ").contains("X-Total-Rows: 7").doesNotContain("Content-Length:")
                .endsWith(END);
        assertThat(body(reply)).hasSize(32 * PART.length + 1).endsWith("abcdef!");
        assertThat(raw("GET", "nothing", "")).startsWith("HTTP/1.1 200 ");
        assertThat(closed).hasValue(2);
    }

    @Test
    void oneThatFailsOnTheWayDoesNotLookComplete() throws IOException {
        String reply = raw("GET", "broken", "");
        assertThat(reply).startsWith("HTTP/1.1 200 ").hasSizeGreaterThan(PART.length).doesNotContain(END);
        assertThat(closed).hasValue(1);
    }

    @Test
    void oneThatFailsAtOnceIsTold() throws IOException {
        String reply = raw("GET", "refused", "Accept-Encoding: gzip\r\n");
        assertThat(reply).startsWith("HTTP/1.1 400 ").contains("this cannot be written")
                .doesNotContain("X-Total-Rows: 7").doesNotContain("Content-Encoding:");
        assertThat(closed).hasValue(1);
    }

    @Test
    void textIsGzippedForWhoTakesIt() throws IOException {
        String reply = raw("GET", "text", "Accept-Encoding: gzip\r\n");
        assertThat(reply).contains("Content-Encoding: gzip");
        byte[] bytes = body(reply).getBytes(StandardCharsets.ISO_8859_1);
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            assertThat(gzip.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("[1, 2]");
        }
        assertThat(raw("HEAD", "text", "")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
        assertThat(closed).hasValue(2);
    }
}
