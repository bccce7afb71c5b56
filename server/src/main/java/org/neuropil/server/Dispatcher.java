package org.neuropil.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.neuropil.pipeline.Failures;
import org.neuropil.pipeline.Json;
import org.neuropil.server.cave.GraphCalls;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Body;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Dialect;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Negotiation;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Reply;
import org.neuropil.server.http.RequestPath;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Router;
import org.neuropil.server.http.Tokens;
import org.neuropil.space.InputException;
import org.neuropil.tables.query.EngineLateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Between Jetty and the routes: reads the request, finds the route, writes the reply. Each request has a virtual thread
/// of its own, so that a slow disk or client holds up nobody else.
final class Dispatcher extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String UNKNOWN = "none";
    private static final String ALLOWED_HEADERS = "Authorization, Range, Content-Type, Content-Encoding, "
            + "X-Requested-With, Idempotency-Key, " + OriginGuard.USER_HEADER;
    /// Paths that all may see: without data, so that a page can say what is wrong.
    private static final Set<String> OPEN = Set.of("/health", "/metrics", "/api/v1/openapi.json");

    private final Router router;
    private final HostGuard hosts;
    private final Tokens tokens;
    private final Metrics metrics;
    private final String folder;

    /// @param folder of the dataset, which clients are not told
    Dispatcher(List<Route> routes, HostGuard hosts, Tokens tokens, Metrics metrics, Path folder) {
        this.folder = folder.toAbsolutePath().normalize() + folder.getFileSystem().getSeparator();
        this.router = new Router(routes);
        this.hosts = hosts;
        this.tokens = tokens;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long begin = System.nanoTime();
        Exchange exchange = new Exchange(request, Dialect.of(String.valueOf(request.getHttpURI().getPath())), begin);
        try (RequestBody body = new RequestBody(request)) {
            Reply reply = answer(exchange, body);
            long sent = send(exchange, reply, response);
            metrics.count(exchange.route, response.getStatus(), sent, System.nanoTime() - begin);
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

    /// What is known of a request on its way.
    private static final class Exchange {
        private final Request request;
        private final Dialect dialect;
        private final long begin;
        private String route = UNKNOWN;

        Exchange(Request request, Dialect dialect, long begin) {
            this.request = request;
            this.dialect = dialect;
            this.begin = begin;
        }

        boolean head() {
            return request.getMethod().equals("HEAD");
        }

        Reply problem(Problem problem, Map<String, String> headers) {
            return Dispatcher.problem(problem, dialect, System.nanoTime() - begin, headers);
        }
    }

    /// Sends a reply. What fails while it is made is told in words if nothing has been sent, else the connection breaks.
    private long send(Exchange exchange, Reply reply, Response response) throws IOException {
        try {
            return Sending.send(exchange.request, reply, exchange.head(), response);
        } catch (EofException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (response.isCommitted() || !(reply.body() instanceof Body.Streamed)) {
                throw e;
            }
            response.reset();
            return Sending.send(exchange.request, failure(exchange, e), exchange.head(), response);
        }
    }

    private Reply answer(Exchange exchange, RequestBody body) {
        try {
            return reply(exchange, body);
        } catch (IOException | RuntimeException e) {
            return failure(exchange, e);
        }
    }

    /// What a client gets where something failed.
    private Reply failure(Exchange exchange, Exception failure) {
        String path = exchange.request.getHttpURI().getPath();
        return exchange.problem(switch (failure) {
            case Problem problem -> problem;
            case EngineLateException late -> GraphCalls.tooLate(late);
            case InputException e -> {
                LOG.warn("{}: {}", path, e.sentence());
                yield new Problem(500, outside(e.what()), outside(e.where()), outside(e.hint()));
            }
            default -> {
                LOG.error("{} {} failed", exchange.request.getMethod(), path, failure);
                String what = failure instanceof IOException
                        ? Failures.words(failure)
                        : "this should not have happened";
                yield new Problem(500, outside(what), "", "the server's log says more");
            }
        }, Map.of());
    }

    private Reply reply(Exchange exchange, RequestBody body) throws IOException {
        Request request = exchange.request;
        String method = request.getMethod();
        RequestPath path = path(request);
        Router.Place place = router.find(path);
        if (!place.matches().isEmpty()) {
            exchange.route = place.matches().getFirst().route().template();
        }
        String origin = origin(request);
        if (method.equals("OPTIONS")) {
            String methods = place.methods();
            return Reply.empty(204, Map.of("Allow", methods, "Access-Control-Allow-Methods", methods,
                    "Access-Control-Allow-Headers", ALLOWED_HEADERS, "Access-Control-Max-Age", "86400"));
        }
        Optional<Router.Match> match = place.find(method);
        if (match.isEmpty()) {
            if (place.matches().isEmpty()) {
                throw Problem.notFound("there is nothing", "/" + path.joined(),
                        "/api/v1/openapi.json lists what there is");
            }
            return exchange.problem(
                    new Problem(405, "this path answers " + place.methods() + ", not " + method, method, ""),
                    Map.of("Allow", place.methods()));
        }
        Route route = match.get().route();
        Map<String, String> query = Map.of();
        if (exchange.dialect == Dialect.CAVE || route.path().startsWith("/api/")) {
            query = query(request);
        }
        if (exchange.dialect == Dialect.OWN && route.path().startsWith("/api/")) {
            route.check(query);
        }
        Call call = new Call(method, match.get().variables(), query, origin, path.folder(),
                name -> Optional.ofNullable(request.getHeaders().get(name)), body);
        boolean data = route.path().startsWith("/api/") || route.path().startsWith("/data/")
                || exchange.dialect == Dialect.CAVE;
        if (data && tokens.isOn() && !OPEN.contains(route.path())) {
            tokens.check(call, Tokens.VIEW);
        }
        return Negotiation.reply(route.endpoint().answer(call), exchange.head(), call.headers());
    }

    /// A text without the place of the dataset on this machine.
    private String outside(String text) {
        return text.replace(folder, "");
    }

    /// A problem as the client gets it.
    ///
    /// @param nanos since the request came
    /// @param more headers
    static Reply problem(Problem problem, Dialect dialect, long nanos, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Content-Type", MediaTypes.JSON);
        headers.put("Cache-Control", Answer.VOLATILE);
        if (!problem.auth().isEmpty()) {
            headers.put("WWW-Authenticate", "Bearer realm=\"neuropil\""
                    + (problem.auth().equals("no_token") ? "" : ", error=\"" + problem.auth() + "\""));
        }
        if (problem.status() == 503) {
            headers.put("Retry-After", "1");
        }
        return Reply.of(problem.status(), headers, new Body.Memory(Json.bytes(dialect.body(problem, nanos))));
    }

    private static RequestPath path(Request request) {
        String raw = request.getHttpURI().getPath();
        return RequestPath.parse(raw == null ? "" : raw)
                .orElseThrow(() -> new Problem(400, "this is not a path", String.valueOf(raw),
                        "leave out '..', double slashes and encoded slashes"));
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
}
