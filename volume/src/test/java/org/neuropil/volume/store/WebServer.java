package org.neuropil.volume.store;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// A server on loopback that keeps objects in memory, for GET with ranges and PUT, as the XML API of Google Cloud Storage
/// answers; and that can be told to fail.
final class WebServer implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /// What to do with the next requests, instead of answering them.
    enum Failure {
        BUSY, ERROR, CUT, DAMAGE, FORBIDDEN
    }

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    final Map<String, String> encodings = new ConcurrentHashMap<>();
    final Deque<Failure> failures = new ArrayDeque<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    boolean ranges = true;
    boolean forbidsAbsent;
    private final HttpServer server;

    WebServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = exchange.getRequestBody().readAllBytes();
            Failure failure;
            synchronized (failures) {
                failure = failures.poll();
            }
            if (failure == Failure.BUSY) {
                exchange.getResponseHeaders().set("Retry-After", "7");
                exchange.sendResponseHeaders(503, -1);
            } else if (failure == Failure.ERROR || failure == Failure.FORBIDDEN) {
                exchange.sendResponseHeaders(failure == Failure.ERROR ? 500 : 403, -1);
            } else if (exchange.getRequestMethod().equals("PUT")) {
                put(exchange, path, body);
            } else {
                get(exchange, path, failure);
            }
        }
    }

    private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
        String hash = exchange.getRequestHeaders().getFirst("x-goog-hash");
        boolean right = hash == null || hash.equals("crc32c=" + sum(body));
        if (right) {
            objects.put(path, body);
        }
        exchange.sendResponseHeaders(right ? 200 : 400, -1);
    }

    private void get(HttpExchange exchange, String path, Failure failure) throws IOException {
        byte[] all = objects.get(path);
        if (all == null) {
            exchange.sendResponseHeaders(forbidsAbsent ? 403 : 404, -1);
            return;
        }
        if (encodings.containsKey(path)) {
            exchange.getResponseHeaders().set("Content-Encoding", encodings.get(path));
            exchange.getResponseHeaders().set("x-goog-stored-content-encoding", encodings.get(path));
        }
        exchange.getResponseHeaders().set("x-goog-hash", "crc32c=" + sum(all));
        String header = exchange.getRequestHeaders().getFirst("Range");
        int from = 0;
        int to = all.length;
        int status = 200;
        if (ranges && header != null) {
            Matcher range = RANGE.matcher(header);
            if (!range.matches()) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            boolean suffix = range.group(1).isEmpty();
            from = suffix
                    ? Math.max(0, all.length - Integer.parseInt(range.group(2)))
                    : Integer.parseInt(range.group(1));
            to = suffix ? all.length : Math.min(all.length, Integer.parseInt(range.group(2)) + 1);
            if (from >= all.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + all.length);
            status = 206;
        }
        byte[] part = Arrays.copyOfRange(all, from, to);
        if (failure == Failure.DAMAGE) {
            part[0] ^= 1;
        }
        exchange.sendResponseHeaders(status, part.length == 0 ? -1 : part.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(part, 0, failure == Failure.CUT ? part.length / 2 : part.length);
        }
    }

    private static String sum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        return Base64.getEncoder().encodeToString(
                new byte[]{(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }
}
