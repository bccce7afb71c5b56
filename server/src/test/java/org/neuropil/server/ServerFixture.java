package org.neuropil.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.neuropil.pipeline.Dataset;
import org.neuropil.volume.codec.Gzip;

/// A server over the tiny dataset, and ways to ask it.
final class ServerFixture implements AutoCloseable {
    private static final Map<String, byte[]> SITE = Map.of("index.html", text("<html>portal</html>"), "index.html.gz",
            Gzip.compress(text("<html>portal</html>")), "viewer/index.html", text("<html>viewer</html>"),
            "viewer/neuroglancer_draco.wasm.gz", Gzip.compress(text("\0asm")), "assets/main.js", text("let a"),
            "assets/main-7KQ2BXZD.js", text("let b"), "favicon.svg", text("<svg/>"), "THIRD-PARTY.txt",
            text("licences"));

    final Dataset dataset;
    final DatasetServer server;
    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    ServerFixture(Path folder) throws IOException {
        dataset = TestDataset.write(folder);
        server = DatasetServer.start(folder, ServerOptions.loopback(0),
                path -> Optional.ofNullable(SITE.get(path)));
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + path.substring(1)))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /// Sends bytes as they are, for what no proper client would send; the whole reply.
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            ByteArrayOutputStream reply = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(reply);
            return reply.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /// The reply to GET of a path exactly as given.
    String rawGet(String path, String host) throws IOException {
        return raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
        server.close();
        dataset.close();
    }
}
