package org.neuropil.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.neuropil.pipeline.Failures;
import org.neuropil.server.cave.GraphCalls;
import org.neuropil.server.cave.GraphTables;
import org.neuropil.server.http.Body;
import org.neuropil.server.http.Dialect;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Reply;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Tokens;
import org.neuropil.space.InputException;

/// Serves one dataset until it is closed. Stages may add parts to the dataset meanwhile: they show up by themselves.
public final class DatasetServer implements AutoCloseable {
    /// The folder in the dataset where backups of graphs are if no other was named.
    public static final String BACKUPS = "backups";

    private static final long IDLE_MILLIS = 60_000;
    private static final int THREADS = 16;
    private static final int HEADERS = 64 << 10;

    private final Server server;
    private final ServerConnector connector;
    private final ServerOptions options;
    private final Metrics metrics;
    private final GraphCalls calls;
    private final GraphBackups backups;
    private final Closeable owned;

    private DatasetServer(Server server, ServerConnector connector, ServerOptions options, Metrics metrics,
            GraphCalls calls, GraphBackups backups, Closeable owned) {
        this.server = server;
        this.connector = connector;
        this.options = options;
        this.metrics = metrics;
        this.calls = calls;
        this.backups = backups;
        this.owned = owned;
    }

    /// Starts a server; it answers when this returns. It opens the dataset's graphs meanwhile.
    ///
    /// @param dataset folder that holds `dataset.json`
    /// @param site the pages
    /// @throws InputException if the folder is no dataset, or the host or port cannot be listened on
    /// @throws IOException if the dataset cannot be read
    public static DatasetServer start(Path dataset, ServerOptions options, StaticSite site) throws IOException {
        LiveDataset live = new LiveDataset(dataset);
        DatasetGraphs graphs = new DatasetGraphs(live);
        DatasetServer started = start(dataset, options, site, live, graphs, graphs, graphs);
        graphs.openAll();
        return started;
    }

    /// Starts a server over graphs that are open already; it answers when this returns.
    ///
    /// @param dataset folder that holds `dataset.json`
    /// @param site the pages
    /// @param tables the graphs; whoever opened them closes them, after the server
    /// @throws InputException if the folder is no dataset, or the host or port cannot be listened on
    /// @throws IOException if the dataset cannot be read
    public static DatasetServer start(Path dataset, ServerOptions options, StaticSite site, GraphTables tables)
            throws IOException {
        return start(dataset, options, site, new LiveDataset(dataset), tables, _ -> Optional.empty(), () -> {});
    }

    private static DatasetServer start(Path dataset, ServerOptions options, StaticSite site, LiveDataset live,
            GraphTables tables, GraphBackups.Source copied, Closeable owned) throws IOException {
        InetAddress address = address(options.host());
        Metrics metrics = new Metrics();
        Tokens tokens = options.tokens().isPresent() ? Tokens.read(options.tokens().get()) : Tokens.none();
        GraphCalls calls = new GraphCalls(tables, new OriginGuard(options.editOrigins(), options.user(), tokens));
        GraphBackups backups = new GraphBackups(copied, options.backups().orElse(dataset.resolve(BACKUPS)));
        DatasetTables annotations = new DatasetTables(live, tables, options.tables(), options.answerTime());
        Computations computations = new Computations(options.answerTime());
        List<Route> routes = Routes.of(live, site, metrics, calls, backups, annotations, computations);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRelativeRedirectAllowed(true);
        // Of a join of wide tables, the names of all columns stand in a header.
        http.setResponseHeaderSize(HEADERS);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.getHostAddress());
        connector.setPort(options.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.setHandler(
                new Dispatcher(routes, new HostGuard(options.host(), address.isLoopbackAddress()), tokens, metrics,
                        dataset));
        server.setErrorHandler(new Errors());
        DatasetServer started = new DatasetServer(server, connector, options, metrics, calls, backups, () -> {
            try (owned; computations) {
                annotations.close();
            }
        });
        try {
            connector.open();
            server.start();
            return started;
        } catch (Exception e) {
            started.close();
            throw reason(e, options);
        }
    }

    /// The port that it listens on.
    public int port() {
        return connector.getLocalPort();
    }

    /// Where a browser on this machine finds the portal.
    public URI uri() {
        String host = options.host().equals("0.0.0.0") || options.host().equals("::") ? "localhost" : options.host();
        return URI.create("http://" + HostGuard.bracketed(host) + ":" + port() + "/");
    }

    /// Waits until the server is closed.
    public void join() throws InterruptedException {
        server.join();
    }

    /// Stops listening and cuts off what is being sent; a backup that is being written is completed. Closing twice does
    /// nothing.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop: " + Failures.words(e), e);
        } finally {
            connector.close();
            calls.close();
            metrics.close();
            backups.close();
            closeGraphs();
        }
    }

    private void closeGraphs() {
        try {
            owned.close();
        } catch (IOException e) {
            throw new UncheckedIOException("graphs or tables could not be closed", e);
        }
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new InputException("'" + host + "' is no name or address of this machine", "--host",
                    "use 127.0.0.1 for this machine only, 0.0.0.0 for all networks", e);
        }
    }

    private static RuntimeException reason(Exception e, ServerOptions options) {
        boolean bind = e instanceof BindException || e.getCause() instanceof BindException;
        String words = Failures.words(e.getCause() instanceof BindException cause ? cause : e);
        if (bind && words.contains("in use")) {
            return new InputException("port " + options.port() + " is in use", "--port",
                    "choose another, or 0 for any that is free", e);
        }
        if (bind && words.contains("denied")) {
            return new InputException("port " + options.port() + " may not be used: permission denied", "--port",
                    "choose one above 1023", e);
        }
        if (bind) {
            return new InputException("cannot listen on " + options.host() + ": " + words, "--host",
                    "name an address of this machine", e);
        }
        return new IllegalStateException("the server did not start: " + words, e);
    }

    /// What Jetty itself refuses, in the words of everything else.
    private static final class Errors extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            int status = response.getStatus() < 400 ? 500 : response.getStatus();
            Dialect dialect = Dialect.of(String.valueOf(request.getHttpURI().getPath()));
            Problem problem = new Problem(status, HttpStatus.getMessage(status), "", "");
            Reply reply = Dispatcher.problem(problem, dialect, 0, Map.of());
            reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            Sending.addCommonHeaders(request, response);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.length());
            byte[] bytes = reply.body() instanceof Body.Memory memory ? memory.bytes() : new byte[0];
            response.write(true, ByteBuffer.wrap(bytes), callback);
            return true;
        }
    }
}
