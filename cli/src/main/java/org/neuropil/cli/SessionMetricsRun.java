package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.table.MetricRows;
import org.neuropil.physiology.table.MetricTable;
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
    /// Seconds from which on the bootstrap of pairs tells how long it takes.
    private static final double TOLD = 60;
    /// Seconds from which on it has to be asked for.
    private static final double LONG = 3600;
    /// Of more metrics without a row their number is told.
    private static final int NAMED = 6;

    private final Verb verb;
    private final SessionChoice choice;
    private final Optional<Path> out;
    private final Optional<Path> pairs;
    private final SessionChoice ofPairs;
    private final boolean asLongAsItTakes;
    private final Set<String> shown = new TreeSet<>();
    /// Metrics that gave a row.
    private final Set<String> came = new HashSet<>();

    /// @param out empty for stdout
    /// @param pairs where figures of pairs go; empty for nowhere
    /// @param drawing of pairs; empty for no bootstrap of them
    /// @param asLongAsItTakes whether somebody named its number of samples
    SessionMetricsRun(Verb verb, SessionChoice choice, Optional<Path> out, Optional<Path> pairs,
            Optional<MetricTable.Drawing> drawing, boolean asLongAsItTakes) {
        this.verb = verb;
        this.choice = choice;
        this.out = out;
        this.pairs = pairs;
        this.ofPairs = choice.with(drawing);
        this.asLongAsItTakes = asLongAsItTakes;
    }

    /// @throws InputException if a result could not be written in the end
    void check() {
        verb.different(out.orElse(null), pairs.orElse(null));
        out.ifPresent(file -> AnswerFiles.check(file, verb.common().force()));
        pairs.ifPresent(file -> AnswerFiles.check(file, verb.common().force()));
        boolean pairsAlone = !choice.metrics().isEmpty() && choice.metrics().stream().allMatch(
                id -> Catalogue.find(id).filter(SessionMetricsRun::isOfPairs).isPresent());
        if (pairsAlone && pairs.isEmpty()) {
            throw verb.usage("metrics of pairs of a session go to a file of their own; name it with --pairs-out");
        }
        if (pairsAlone && out.isPresent()) {
            throw verb.usage(
                    "--out would get no row: all metrics that are asked for are of pairs, and go to --pairs-out");
        }
        if (pairs.isEmpty()) {
            List<String> ofPairs = choice.metrics().stream().filter(id -> Catalogue.find(id)
                    .filter(SessionMetricsRun::isOfPairs).isPresent()).sorted().toList();
            if (!ofPairs.isEmpty()) {
                verb.warn(String.join(", ", ofPairs) + " of pairs of cells are left out; --pairs-out FILE writes them");
            }
        }
    }

    private static boolean isOfPairs(Metric metric) {
        return metric instanceof Metric.OfPair || metric instanceof Metric.OfTraces;
    }

    /// Tells which metrics gave no row, of all that were asked for; by what they are made of, which the sessions lack.
    ///
    /// @throws InputException if no metric gave any
    private void tellMissing(boolean any) {
        Map<String, List<String>> byInput = new LinkedHashMap<>();
        for (Metric metric : Catalogue.ALL) {
            String id = metric.about().id();
            if ((choice.metrics().isEmpty() || choice.metrics().contains(id)) && !isOfPairs(metric)
                    && !came.contains(id)) {
                byInput.computeIfAbsent(Catalogue.input(metric), _ -> new ArrayList<>()).add(id);
            }
        }
        List<String> lines = new ArrayList<>();
        choice.stimuli().stream().filter(word -> !shown.contains(word)).sorted().forEach(word -> lines.add(
                "no session shows " + word + "; there are " + String.join(", ", shown)));
        byInput.forEach((input, ids) -> lines.add("no row of "
                + (ids.size() > NAMED ? ids.size() + " metrics" : String.join(", ", ids)) + ", made of " + input
                + ": the sessions have none" + (choice.stimuli().isEmpty() ? "" : " for these stimuli")));
        if (!any) {
            throw new InputException("there is no row of any metric that was asked for"
                    + (lines.isEmpty() ? "" : "; " + String.join("; ", lines)), "--metrics",
                    "'neuropil metrics explain ID' says what a metric is made of");
        }
        lines.forEach(verb::warn);
    }

    void run(List<GivenSessions.Closed> sessions, Path scratch) throws IOException {
        tellCost(sessions);
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
                        pairRows = new PairRows(session, ofPairs);
                        pairFile = new ResultFile(scratch, pairRows.columns());
                    }
                    one(session, rows, file, pairRows, pairFile, missing);
                }
            }
            if (!missing.isEmpty()) {
                verb.say(String.join("\n", missing));
            }
            tellMissing(file != null && file.rows() > 0 || pairFile != null && pairFile.rows() > 0);
            if (file != null && file.rows() > 0) {
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

    /// The bootstrap of millions of pairs takes long: how long is said before, and who did not ask for it is asked.
    private void tellCost(List<GivenSessions.Closed> sessions) throws IOException {
        if (pairs.isEmpty() || ofPairs.drawing().isEmpty()) {
            return;
        }
        double seconds = 0;
        for (GivenSessions.Closed closed : sessions) {
            try (Session session = closed.open()) {
                seconds += PairMetrics.seconds(session, ofPairs);
            }
        }
        if (seconds < TOLD) {
            return;
        }
        int samples = ofPairs.drawing().get().samples();
        String cost = "the bootstrap of pairs of cells, " + samples + " samples with " + ofPairs.threads()
                + (ofPairs.threads() == 1 ? " thread" : " threads") + ", takes about "
                + (seconds < 2 * LONG ? Math.round(seconds / 60) + " minutes" : Math.round(seconds / LONG) + " hours");
        if (seconds > LONG && !asLongAsItTakes) {
            throw new InputException(cost, "--samples", "--pairs-samples " + samples + " says that you want it, "
                    + "--pairs-samples " + Math.max(1, (int) (samples * LONG / seconds))
                    + " takes an hour, 0 is without");
        }
        verb.say(cost);
    }

    private void one(Session session, MetricRows rows, ResultFile file, @Nullable PairRows pairRows,
            @Nullable ResultFile pairFile, Set<String> missing) throws IOException {
        Progress progress = StageProgress.of("metrics", verb.spec().commandLine().getErr(), verb.terminal(),
                verb.common().quiet());
        String name = session.info().name();
        shown.addAll(SessionMetrics.stimuli(session));
        session.info().notes().forEach(note -> missing.add(name + ": " + note));
        SessionMetrics.leftOut(session, choice).forEach(note -> missing.add(name + ": " + note));
        try (Progress.Task task = progress.begin(name, SessionMetrics.steps(session), 0)) {
            SessionMetrics.compute(session, choice, value -> {
                came.add(value.metric());
                rows.add(file, value);
            }, task::step);
        }
        if (pairRows != null && pairFile != null) {
            try (Progress.Task task = progress.begin(name + ": pairs", PairMetrics.steps(session, ofPairs), 0)) {
                PairMetrics.compute(session, ofPairs, pair -> pairRows.add(pairFile, pair), task::step);
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
                verb.warn("the first " + SHOWN + " of " + file.rows() + " rows; --out FILE writes all");
            }
            return;
        }
        ResultOutput.print(verb, file);
    }
}
