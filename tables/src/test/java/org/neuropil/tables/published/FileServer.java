package org.neuropil.tables.published;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// Files of a folder over HTTP on loopback, with ranges, as a public bucket has them; nothing is listed.
final class FileServer implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /// Paths of answers with bytes, in order.
    final List<String> given = new CopyOnWriteArrayList<>();
    /// Requests for this many bytes of a file from its beginning are answered, others refused.
    volatile long until = Long.MAX_VALUE;
    private final HttpServer server;
    private final Path folder;

    FileServer(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            Path file = folder.resolve(call.getRequestURI().getPath().substring(1));
            if (!Files.isRegularFile(file)) {
                call.sendResponseHeaders(404, -1);
                return;
            }
            byte[] all = Files.readAllBytes(file);
            if (call.getRequestMethod().equals("HEAD")) {
                call.getResponseHeaders().set("Content-Length", Integer.toString(all.length));
                call.sendResponseHeaders(200, -1);
                return;
            }
            String asked = call.getRequestHeaders().getFirst("Range");
            Matcher range = RANGE.matcher(asked == null ? "" : asked);
            int from = 0;
            int to = all.length;
            if (range.matches()) {
                from = range.group(1).isEmpty()
                        ? Math.max(0, to - Integer.parseInt(range.group(2)))
                        : Integer.parseInt(range.group(1));
                to = range.group(1).isEmpty() || range.group(2).isEmpty()
                        ? to
                        : Math.min(to, Integer.parseInt(range.group(2)) + 1);
                call.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + all.length);
            }
            if (to > until) {
                call.sendResponseHeaders(400, -1);
                return;
            }
            given.add(call.getRequestURI().getPath() + " " + from);
            call.sendResponseHeaders(range.matches() ? 206 : 200, to - from);
            try (OutputStream out = call.getResponseBody()) {
                out.write(Arrays.copyOfRange(all, from, to));
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
