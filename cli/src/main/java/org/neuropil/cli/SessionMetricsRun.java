package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.table.MetricRows;
import org.neuropil.physiology.table.PairMetrics;
import org.neuropil.physiology.table.PairRows;
import org.neuropil.physiology.table.ResultFile;
import org.neuropil.physiology.table.SessionChoice;
import org.neuropil.physiology.table.SessionMetrics;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;

/// Metrics of sessions, from their files to a file or stdout.
final class SessionMetricsRun {
    /// Rows that are printed for people.
    private static final int SHOWN = 2_000;

    private final Verb verb;
    private final SessionChoice choice;
    private final Optional<Path> out;
    private final Optional<Path> pairs;

    /// @param out empty for stdout
    /// @param pairs where figures of pairs go; empty for nowhere
    SessionMetricsRun(Verb verb, SessionChoice choice, Optional<Path> out, Optional<Path> pairs) {
        this.verb = verb;
        this.choice = choice;
        this.out = out;
        this.pairs = pairs;
    }

    /// @throws InputException if a result could not be written in the end
    void check() {
        out.ifPresent(file -> AnswerFiles.check(file, verb.common().force()));
        pairs.ifPresent(file -> AnswerFiles.check(file, verb.common().force()));
        boolean pairsAlone = !choice.metrics().isEmpty() && choice.metrics().stream().allMatch(
                id -> Catalogue.find(id).filter(metric -> metric instanceof Metric.OfPair
                        || metric instanceof Metric.OfTraces).isPresent());
        if (pairsAlone && pairs.isEmpty()) {
            throw verb.usage("metrics of pairs of a session go to a file of their own; name it with --pairs-out");
        }
    }

    void run(List<GivenSessions.Closed> sessions, Path scratch) throws IOException {
        Set<String> missing = new TreeSet<>();
        @Nullable
        ResultFile file = null;
        @Nullable
        ResultFile pairFile = null;
        @Nullable
        MetricRows rows = null;
        @Nullable
        PairRows pairRows = null;
        List<Column> columns = List.of();
        try {
            for (GivenSessions.Closed closed : sessions) {
                try (Session session = closed.open()) {
                    if (file == null || rows == null) {
                        rows = new MetricRows(session, choice.drawing().isPresent());
                        columns = rows.columns();
                        file = new ResultFile(scratch, columns);
                    }
                    if (pairs.isPresent() && (pairFile == null || pairRows == null)) {
                        pairRows = new PairRows(session, choice);
                        pairFile = new ResultFile(scratch, pairRows.columns());
                    }
                    one(session, rows, file, pairRows, pairFile, missing);
                }
            }
            if (!missing.isEmpty()) {
                verb.say(String.join("\n", missing));
            }
            if (file != null) {
                answer(file, columns);
            }
            if (pairFile != null && pairs.isPresent()) {
                ResultOutput.place(pairFile, pairs.get());
                verb.say(pairFile.rows() + " rows in " + pairs.get());
            }
        } finally {
            if (file != null) {
                file.close();
            }
            if (pairFile != null) {
                pairFile.close();
            }
        }
    }

    private void one(Session session, MetricRows rows, ResultFile file, @Nullable PairRows pairRows,
            @Nullable ResultFile pairFile, Set<String> missing) throws IOException {
        Progress progress = StageProgress.of("metrics", verb.spec().commandLine().getErr(), verb.terminal(),
                verb.common().quiet());
        String name = session.info().name();
        session.info().notes().forEach(note -> missing.add(name + ": " + note));
        session.planes().stream().filter(plane -> choice.trace().isPresent()
                && !plane.kinds().contains(choice.trace().get())).forEach(
                        plane -> missing
                                .add(name + ": plane " + plane.name() + " is left out, for it has no traces of kind "
                                        + choice.trace().map(TraceKind::word).orElse("")));
        try (Progress.Task task = progress.begin(name, SessionMetrics.steps(session), 0)) {
            SessionMetrics.compute(session, choice, value -> rows.add(file, value), task::step);
        }
        if (pairRows != null && pairFile != null) {
            try (Progress.Task task = progress.begin(name + ": pairs", PairMetrics.steps(session, choice), 0)) {
                PairMetrics.compute(session, choice, pair -> pairRows.add(pairFile, pair), task::step);
            }
        }
    }

    private void answer(ResultFile file, List<Column> columns) throws IOException {
        if (out.isPresent()) {
            ResultOutput.place(file, out.get());
            verb.say(file.rows() + " rows in " + out.get());
            return;
        }
        if (verb.common().format() == Format.text) {
            Table table = new Table(columns.stream().map(Column::name).toArray(String[]::new));
            List<Object> none = new ArrayList<>();
            file.first(SHOWN, table::add);
            verb.print(table, none);
            if (file.rows() > SHOWN) {
                verb.say("the first " + SHOWN + " of " + file.rows() + " rows; --out FILE writes all");
            }
            return;
        }
        ResultOutput.print(verb, file);
    }
}
