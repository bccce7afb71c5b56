package org.neuropil.volume.store;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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
        BUSY, ERROR, CUT, SILENT, DAMAGE, FORBIDDEN, OTHER_RANGE, BOASTS
    }

    /// What it makes of ranges.
    enum Ranges {
        /// All as the standard has it.
        KNOWN,
        /// Always gives all.
        IGNORED,
        /// Those from the end are refused, bad and impossible.
        NO_SUFFIX_400, NO_SUFFIX_416,
        /// The last ten bytes are those up to byte ten.
        SUFFIX_IS_END,
        /// Does not tell the object's length where it cannot give what was asked for.
        NO_TOTAL
    }

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    final Map<String, String> encodings = new ConcurrentHashMap<>();
    final Deque<Failure> failures = new ArrayDeque<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    /// Beginnings of paths, and what stands in their place.
    final Map<String, String> redirects = new ConcurrentHashMap<>();
    Ranges ranges = Ranges.KNOWN;
    boolean forbidsAbsent;
    /// Only requests with it are answered, and it is given to who asks for it; empty for none.
    String token = "";
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
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
        closed.countDown();
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
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Optional<String> redirect = redirects.keySet().stream().filter(path::startsWith).findFirst();
            if (path.equals("/token")) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                answer(exchange, 200, ("{\"access_token\": \"" + token + "\", \"expires_in\": 3600}").getBytes(UTF_8));
            } else if (!token.isEmpty() && !("Bearer " + token).equals(authorization)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (redirect.isPresent()) {
                exchange.getResponseHeaders().set("Location",
                        redirects.get(redirect.get()) + path.substring(redirect.get().length()));
                exchange.sendResponseHeaders(307, -1);
            } else if (failure == Failure.BUSY) {
                exchange.getResponseHeaders().set("Retry-After", "7");
                exchange.sendResponseHeaders(503, -1);
            } else if (failure == Failure.ERROR || failure == Failure.FORBIDDEN) {
                exchange.sendResponseHeaders(failure == Failure.ERROR ? 500 : 403, -1);
            } else if (exchange.getRequestMethod().equals("PUT")) {
                put(exchange, path, body);
            } else {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    get(exchange, path, failure);
                } finally {
                    now.decrementAndGet();
                }
            }
        }
    }

    /// The most GET requests that were worked on at a time.
    int mostAtATime() {
        return most.get();
    }

    private static void answer(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
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
        boolean suffix = header != null && header.startsWith("bytes=-");
        if (suffix && ranges == Ranges.NO_SUFFIX_400 || suffix && ranges == Ranges.NO_SUFFIX_416) {
            exchange.sendResponseHeaders(ranges == Ranges.NO_SUFFIX_400 ? 400 : 416, -1);
            return;
        }
        if (ranges != Ranges.IGNORED && header != null) {
            Matcher range = RANGE.matcher(header);
            if (!range.matches()) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            if (suffix && ranges == Ranges.SUFFIX_IS_END) {
                to = Math.min(all.length, Integer.parseInt(range.group(2)) + 1);
            } else {
                from = suffix
                        ? Math.max(0, all.length - Integer.parseInt(range.group(2)))
                        : Integer.parseInt(range.group(1));
                to = suffix ? all.length : Math.min(all.length, Integer.parseInt(range.group(2)) + 1);
            }
            if (from >= all.length || suffix && range.group(2).equals("0")) {
                if (ranges != Ranges.NO_TOTAL) {
                    exchange.getResponseHeaders().set("Content-Range", "bytes */" + all.length);
                }
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (failure == Failure.OTHER_RANGE) {
                from++;
            }
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + all.length);
            status = 206;
        }
        byte[] part = Arrays.copyOfRange(all, from, to);
        if (failure == Failure.DAMAGE) {
            part[0] ^= 1;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(part.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(status,
                failure == Failure.BOASTS ? 1L << 40 : part.length == 0 ? -1 : part.length);
        OutputStream out = exchange.getResponseBody();
        boolean half = failure == Failure.CUT || failure == Failure.SILENT;
        out.write(part, 0, half ? part.length / 2 : part.length);
        if (failure != null) {
            out.flush();
        }
        if (failure == Failure.SILENT) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
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
