package org.neuropil.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.neuropil.pipeline.Failures;
import org.neuropil.pipeline.Json;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Body;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Negotiation;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Reply;
import org.neuropil.server.http.RequestPath;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Router;
import org.neuropil.space.InputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Between Jetty and the routes: reads the request, finds the route, writes the reply. Each request has a virtual thread
/// of its own, so that a slow disk or client holds up nobody else.
final class Dispatcher extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int BUFFER = 128 << 10;
    /// Up to this a file is read whole and written at once.
    private static final int AT_ONCE = 1 << 20;
    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final String UNKNOWN = "none";

    private final Router router;
    private final HostGuard hosts;
    private final Metrics metrics;
    private final String folder;

    /// @param folder of the dataset, which clients are not told
    Dispatcher(List<Route> routes, HostGuard hosts, Metrics metrics, Path folder) {
        this.folder = folder.toAbsolutePath().normalize() + folder.getFileSystem().getSeparator();
        this.router = new Router(routes);
        this.hosts = hosts;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long begin = System.nanoTime();
        boolean head = request.getMethod().equals("HEAD");
        String route = UNKNOWN;
        Reply reply;
        try {
            RequestPath path = path(request);
            Optional<Router.Match> match = router.find(path);
            route = match.map(m -> m.route().template()).orElse(UNKNOWN);
            reply = reply(request, path, match, head);
        } catch (Problem e) {
            reply = problem(e);
        } catch (InputException e) {
            LOG.warn("{}: {}", request.getHttpURI().getPath(), e.sentence());
            reply = problem(new Problem(500, outside(e.what()), outside(e.where()), outside(e.hint())));
        } catch (IOException | RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
            String what = e instanceof IOException ? Failures.words(e) : "this should not have happened";
            reply = problem(new Problem(500, outside(what), "", "the server's log says more"));
        }
        try {
            send(request, reply, head, response);
            metrics.count(route, reply.status(), head ? 0 : reply.length(), System.nanoTime() - begin);
            callback.succeeded();
        } catch (EofException e) {
            LOG.debug("client went away: {}", request.getHttpURI().getPath());
            callback.failed(e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} was cut off: {}", request.getHttpURI().getPath(), Failures.words(e));
            callback.failed(e);
        }
        return true;
    }

    /// A text without the place of the dataset on this machine.
    private String outside(String text) {
        return text.replace(folder, "");
    }

    /// A problem as the client gets it.
    static Reply problem(Problem problem) {
        Map<String, String> headers = new HashMap<>(
                Map.of("Content-Type", MediaTypes.JSON, "Cache-Control", Answer.VOLATILE));
        if (problem.status() == 405) {
            headers.put("Allow", METHODS);
        }
        return Reply.of(problem.status(), headers, new Body.Memory(Json.bytes(problem.body())));
    }

    private static RequestPath path(Request request) {
        String raw = request.getHttpURI().getPath();
        return RequestPath.parse(raw == null ? "" : raw)
                .orElseThrow(() -> new Problem(400, "this is not a path", String.valueOf(raw),
                        "leave out '..', double slashes and encoded slashes"));
    }

    private Reply reply(Request request, RequestPath path, Optional<Router.Match> match, boolean head)
            throws IOException {
        String origin = origin(request);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                // Answered below.
            }
            case "OPTIONS" -> {
                return Reply.empty(204, Map.of("Allow", METHODS, "Access-Control-Allow-Methods", METHODS,
                        "Access-Control-Allow-Headers", "Authorization, Range, Content-Type", "Access-Control-Max-Age",
                        "86400"));
            }
            default -> throw new Problem(405, "this server only reads: " + METHODS, request.getMethod(), "");
        }
        if (match.isEmpty()) {
            throw Problem.notFound("there is nothing", "/" + path.joined(), "/api/v1/openapi.json lists what there is");
        }
        Route route = match.get().route();
        Map<String, String> query = Map.of();
        if (route.path().startsWith("/api/")) {
            query = query(request);
            route.check(query);
        }
        Call call = new Call(match.get().variables(), query, origin, path.folder());
        return Negotiation.reply(route.endpoint().answer(call), head,
                name -> Optional.ofNullable(request.getHeaders().get(name)));
    }

    /// The origin by which the client reached this server; a proxy that ends TLS says so in a header.
    private String origin(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (host == null) {
            // Only HTTP/1.0 may leave it out, and no browser does.
            host = Request.getServerName(request) + ":" + Request.getServerPort(request);
        }
        String authority = host;
        String known = hosts.check(host).orElseThrow(() -> new Problem(403, "this server does not answer to that name",
                "Host: " + authority, "use localhost, or start it with --host"));
        String scheme = "https".equals(request.getHeaders().get("X-Forwarded-Proto")) ? "https" : "http";
        return scheme + "://" + known;
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> query = new HashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName(), field.getValue());
            }
        } catch (RuntimeException e) {
            // Jetty has several kinds of exception for it; whatever it is, the client wrote it.
            throw new Problem(400, "the query cannot be read", String.valueOf(request.getHttpURI().getQuery()), "");
        }
        return query;
    }

    private static void send(Request request, Reply reply, boolean head, Response response) throws IOException {
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
        if (path.startsWith("/data/") || path.startsWith("/api/")) {
            response.getHeaders().put("Access-Control-Allow-Origin", "*");
            response.getHeaders().put("Access-Control-Expose-Headers",
                    "Content-Range, Content-Length, Content-Encoding, Accept-Ranges, ETag");
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
