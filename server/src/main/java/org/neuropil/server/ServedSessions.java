package org.neuropil.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.file.SessionFolder;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.store.ParquetSession;
import org.neuropil.physiology.store.SessionImport;
import org.neuropil.server.cave.GraphCalls;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;

/// The sessions of calcium imaging that the dataset holds, as they are at the moment. A session is open while it is asked.
final class ServedSessions {
    /// Name of the path's variable.
    static final String SESSION = "session";

    private final LiveDataset dataset;
    private final GraphCalls calls;
    private final Computations computations;
    private @Nullable Known known;

    /// What was found, and the state of the files that it was found in.
    private record Known(String state, SessionFolder.Listing listing) {}

    /// @param calls has threads for what is only read
    /// @param computations for what is computed
    ServedSessions(LiveDataset dataset, GraphCalls calls, Computations computations) {
        this.dataset = dataset;
        this.calls = calls;
        this.computations = computations;
    }

    /// Asks a session.
    @FunctionalInterface
    interface Work {
        Answer of(Session session) throws IOException;
    }

    /// All of them, and what lies beside and is none.
    SessionFolder.Listing list() throws IOException {
        return calls.onTables(this::listing);
    }

    /// A sentence on sessions by their names; where the dataset lies is the server's affair.
    String shown(String sentence) {
        return sentence.replace(dataset.folder().resolve(SessionImport.FOLDER) + File.separator, "");
    }

    private synchronized SessionFolder.Listing listing() throws IOException {
        Path folder = dataset.folder().resolve(SessionImport.FOLDER);
        if (!Files.isDirectory(folder)) {
            return new SessionFolder.Listing(List.of(), List.of());
        }
        StringBuilder state = new StringBuilder();
        for (Path session : SessionImport.sessions(dataset.folder())) {
            state.append(session.getFileName()).append(' ').append(LiveDataset.stamp(
                    Files.readAttributes(session.resolve("session.json"), BasicFileAttributes.class))).append('\n');
        }
        Known before = known;
        if (before == null || !before.state().equals(state.toString())) {
            before = new Known(state.toString(), SessionFolder.scan(folder));
            known = before;
        }
        return before.listing();
    }

    /// Answers out of the session that the path names.
    Answer read(Call call, Work work) throws IOException {
        return calls.onTables(() -> on(call, work));
    }

    /// Answers with what takes long to compute.
    Answer compute(Call call, Work work) throws IOException {
        return computations.run(() -> on(call, work));
    }

    /// What is wrong with a question is 400; what is wrong with a session is the server's affair.
    private Answer on(Call call, Work work) throws IOException {
        try (Session session = open(call.variable(SESSION))) {
            try {
                return work.of(session);
            } catch (InputException e) {
                throw TablesApi.problem(e);
            }
        }
    }

    private Session open(String name) throws IOException {
        for (Path one : SessionImport.sessions(dataset.folder())) {
            if (name.equals(String.valueOf(one.getFileName()))) {
                return ParquetSession.open(one);
            }
        }
        throw Problem.notFound("there is no session '" + name + "'", SESSION, "/api/v1/sessions lists what there is");
    }
}
