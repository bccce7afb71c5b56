package org.neuropil.server.cave;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.LaterNodeException;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.tables.query.EngineBusyException;
import org.neuropil.tables.query.EngineLateException;

/// Asks graphs, on threads of its own: the store of a graph works in native code, in which a request's virtual thread
/// would keep one of the few threads that carry them all. Reads, edits, and what takes long to make have their own, so that
/// neither a queue of edits, which wait for each other, nor the meshes of a large cell hold up who looks. The body of a
/// request is read before, at the client's pace. Annotation tables, which work in native code too, have threads of their
/// own.
public final class GraphCalls implements AutoCloseable {
    private static final int WAITING = 4096;
    private static final String TABLE = "table";
    /// More than there are processors: changes wait for the disk, and those that wait together are written together.
    private static final int WRITERS = 32;

    private final GraphTables tables;
    private final OriginGuard guard;
    private final ThreadPoolExecutor reads;
    private final ThreadPoolExecutor edits;
    private final ThreadPoolExecutor making;
    private final ThreadPoolExecutor rows;
    private final ThreadPoolExecutor annotations;

    /// @param tables what can be asked
    /// @param guard decides who may edit
    public GraphCalls(GraphTables tables, OriginGuard guard) {
        this.tables = tables;
        this.guard = guard;
        reads = pool("graph-read");
        edits = pool("graph-edit");
        making = pool("graph-make");
        rows = pool("tables-read");
        annotations = pool("annotations", WRITERS);
    }

    /// Threads of each kind.
    static int threads() {
        return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    }

    /// Answers a call that reads a graph.
    @FunctionalInterface
    public interface Read {
        /// @throws IOException if something cannot be read
        Answer answer(Call call, GraphTable table) throws IOException;
    }

    /// Answers a call that changes a graph.
    @FunctionalInterface
    public interface Edit {
        /// @param user who asks
        /// @throws IOException if something cannot be read or written
        Answer answer(Call call, GraphTable table, String user) throws IOException;
    }

    /// An endpoint that reads the graph that is named in the path, or the main one where the path names none.
    public Route.Endpoint read(Read read) {
        return on(reads, read);
    }

    /// An endpoint that reads it and works on what it reads for longer than others should wait.
    public Route.Endpoint make(Read read) {
        return on(making, read);
    }

    private Route.Endpoint on(ThreadPoolExecutor pool, Read read) {
        return call -> {
            call.payload().bytes();
            return run(pool, () -> read.answer(call, table(call)));
        };
    }

    /// An endpoint that changes it.
    public Route.Endpoint edit(Edit edit) {
        return call -> {
            String user = guard.check(call);
            call.payload().bytes();
            return run(edits, () -> edit.answer(call, table(call), user));
        };
    }

    /// Asks graphs something.
    ///
    /// @throws IOException if one cannot be read
    <T> T ask(Callable<T> question) throws IOException {
        return run(reads, question);
    }

    /// Queries annotation tables, which may take long, be it because their rows have to follow edits of graphs first.
    ///
    /// @throws IOException if something cannot be read
    public <T> T onTables(Callable<T> work) throws IOException {
        return run(rows, work);
    }

    /// Writes to annotation tables, or asks what only their store knows.
    ///
    /// @throws IOException if they cannot be read or written
    public <T> T annotations(Callable<T> work) throws IOException {
        return run(annotations, work);
    }

    /// Asks the main graph something.
    ///
    /// @return empty if there is no graph
    /// @throws IOException if it cannot be read
    public <T> Optional<T> main(Question<T> question) throws IOException {
        return run(reads, () -> {
            String name = tables.names().stream().findFirst().orElse("");
            Optional<GraphTable> table = tables.find(name);
            return table.isEmpty() ? Optional.<T>empty() : Optional.of(question.ask(table.get()));
        });
    }

    /// A question to a graph.
    @FunctionalInterface
    public interface Question<T> {
        /// @throws IOException if something cannot be read
        T ask(GraphTable table) throws IOException;
    }

    /// Decides who may change something.
    public OriginGuard guard() {
        return guard;
    }

    /// The tables.
    GraphTables tables() {
        return tables;
    }

    private GraphTable table(Call call) throws IOException {
        String name = call.variables().get(TABLE);
        String wanted = name == null ? tables.names().stream().findFirst().orElse("") : name;
        return tables.find(wanted).orElseThrow(() -> Problem.notFound(
                name == null ? "the dataset has no proofreading graph" : "there is no table '" + name + "'", "",
                name == null
                        ? "make one with 'neuropil graph ingest'"
                        : "/info/api/v2/datastacks lists what there is"));
    }

    private static <T> T run(ThreadPoolExecutor pool, Callable<T> work) throws IOException {
        Future<T> future;
        try {
            future = pool.submit(work);
        } catch (RejectedExecutionException e) {
            throw new Problem(503, "too much is being asked at a time", "", "try again in a moment");
        }
        try {
            return future.get();
        } catch (CancellationException e) {
            throw new Problem(503, "the server is being stopped", "", "");
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new Problem(503, "the server is being stopped", "", "");
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static IOException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case EditRefusedException refused -> throw problem(refused);
            case LaterNodeException later -> throw new Problem(401, String.valueOf(later.getMessage()), "", "");
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case EngineBusyException busy ->
                throw new Problem(503, String.valueOf(busy.getMessage()), "", "try again in a moment");
            case EngineLateException late -> throw tooLate(late);
            case IOException checked -> checked;
            case Throwable other -> new IOException(other);
            case null -> new IOException(e);
        };
    }

    /// What a client gets whose answer would keep the server too long.
    public static Problem tooLate(EngineLateException late) {
        return new Problem(504, String.valueOf(late.getMessage()), "",
                "ask for less: filter rows, or join fewer of them");
    }

    /// What a client gets for a refused edit. Refusals have the codes of CAVE; one that another try would help has a code
    /// that clients try again for.
    static Problem problem(EditRefusedException refused) {
        int status = switch (refused.reason()) {
            case INVALID, NO_SUPERVOXEL, CONFLICT, NO_CUT -> 400;
            case READ_ONLY -> 401;
            case BUSY -> 503;
        };
        return new Problem(status, String.valueOf(refused.getMessage()), "", "");
    }

    private static ThreadPoolExecutor pool(String name) {
        return pool(name, threads());
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING), Thread.ofPlatform().name(name + "-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// Ends what is running; a change is whole or not at all in any case.
    @Override
    public void close() {
        reads.shutdownNow();
        making.shutdownNow();
        rows.shutdownNow();
        annotations.shutdown();
        edits.shutdown();
        try {
            for (ThreadPoolExecutor pool : List.of(edits, annotations)) {
                if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
                    pool.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            edits.shutdownNow();
            annotations.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
