package org.neuropil.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.store.SessionImport;
import org.neuropil.physiology.table.ChoiceWords;
import org.neuropil.physiology.table.MetricRows;
import org.neuropil.physiology.table.MetricTable;
import org.neuropil.physiology.table.PairFile;
import org.neuropil.physiology.table.PairMetrics;
import org.neuropil.physiology.table.PairRows;
import org.neuropil.physiology.table.ResultFile;
import org.neuropil.physiology.table.SessionChoice;
import org.neuropil.physiology.table.SessionMetrics;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.Software;
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
    /// Sessions that cannot be read, with the reason.
    private final List<String> leftOut = new ArrayList<>();

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

    /// Computes, and writes what can be computed.
    ///
    /// @param words as they were typed; they decide the rows, together with the choice
    /// @throws InputException if there is no row, or if sessions were left out; the rows of the others are written then
    void run(Path given, GivenSessions.All all, ChoiceWords words) throws IOException {
        all.damaged().forEach(one -> leave(one.path(), one.why()));
        tellCost(all.sessions());
        Optional<Path> result = out.or(() -> pairs);
        int computed;
        try (SessionParts parts = result.isPresent()
                ? SessionParts.beside(result.get(), recipe(all.sessions(), words),
                        verb.common().run(Progress.NONE))
                : SessionParts.temporary()) {
            try {
                computed = parts(all.sessions(), parts);
            } catch (InputException e) {
                if (!e.where().equals(ResultFile.DISK)) {
                    parts.discard(); // there is nothing to go on with
                }
                throw e;
            }
            parts.discard();
        }
        if (!leftOut.isEmpty()) {
            throw new InputException(computed + " of " + (computed + leftOut.size()) + " sessions; " + leftOut.size()
                    + " left out: " + leftOut.getFirst() + (leftOut.size() > 1 ? "; and others, named above" : ""),
                    given.toString(), "rows of the others are written; mend it, or take it away");
        }
    }

    private void leave(Path path, String why) {
        String name = String.valueOf(path.getFileName());
        leftOut.add(name + ": " + why);
        verb.warn(path + " is left out: " + why);
    }

    /// What cannot be read is left out when it is its turn.
    private static String digest(Path session) {
        try {
            return SessionImport.digest(session);
        } catch (IOException | UncheckedIOException e) {
            return "cannot be read";
        }
    }

    private Recipe recipe(List<GivenSessions.Closed> sessions, ChoiceWords words) {
        Map<String, Object> parameters = new TreeMap<>();
        parameters.put("metrics", new TreeSet<>(choice.metrics()));
        parameters.put("stimuli", new TreeSet<>(choice.stimuli()));
        parameters.put("trace", words.trace().orElse(""));
        parameters.put("windows", new TreeMap<>(words.windows()));
        parameters.put("baseline", String.valueOf(words.baseline().orElse(Double.NaN)));
        parameters.put("response", words.response().orElse(""));
        parameters.put("draws", choice.draws().orElse(0));
        parameters.put("bootstrap", drawing(choice));
        parameters.put("pairs", pairs.isPresent() ? drawing(ofPairs) : "none");
        List<Recipe.Input> inputs = new ArrayList<>();
        for (GivenSessions.Closed one : sessions) {
            // Files may not hold their session's name; then it is theirs, or their folder's.
            Path whole = one.path().toAbsolutePath().normalize();
            Path parent = whole.getParent();
            inputs.add(new Recipe.Input("session " + (parent == null ? "" : parent.getFileName()) + "/"
                    + whole.getFileName(), whole.toString(), digest(whole)));
        }
        return new Recipe("metrics compute", Software.NAME, choice.seed(), parameters, inputs);
    }

    private static String drawing(SessionChoice choice) {
        return choice.drawing().map(how -> how.samples() + " " + how.level() + " " + how.seed() + " " + how.block())
                .orElse("");
    }

    /// @return how many sessions were computed
    private int parts(List<GivenSessions.Closed> sessions, SessionParts parts) throws IOException {
        Set<String> missing = new TreeSet<>();
        List<Path> files = new ArrayList<>();
        List<List<Column>> columns = new ArrayList<>();
        List<Path> pairFiles = new ArrayList<>();
        List<List<Column>> pairColumns = new ArrayList<>();
        int kept = 0;
        for (int i = 0; i < sessions.size(); i++) {
            Path path = sessions.get(i).path();
            Path file = parts.file(i, "cells");
            Path pairFile = parts.file(i, "pairs");
            try (Session session = sessions.get(i).open()) {
                MetricRows rows = new MetricRows(session, choice.drawing().isPresent());
                PairRows pairRows = new PairRows(session, ofPairs);
                if (SessionParts.isKept(file) && (pairs.isEmpty() || SessionParts.isKept(pairFile))) {
                    kept++;
                } else {
                    try (ResultFile cells = new ResultFile(parts.folder(), rows.columns())) {
                        cells(session, rows, cells);
                        if (pairs.isPresent()) {
                            try (PairFile ofPair = pairRows.file(session, SessionParts.unfinished(pairFile))) {
                                pairs(session, pairRows, ofPair);
                                parts.keep(ofPair, pairFile);
                            }
                        }
                        parts.keep(cells, file); // the last: it says that the session is done
                    }
                }
                tell(session, missing);
                files.add(file);
                columns.add(rows.columns());
                pairFiles.add(pairFile);
                pairColumns.add(pairRows.columns());
            } catch (InputException e) {
                if (sessions.size() == 1 && leftOut.isEmpty() || e.where().equals(ResultFile.DISK)) {
                    throw e;
                }
                leave(path, e.sentence());
            } catch (IOException e) {
                if (sessions.size() == 1 && leftOut.isEmpty()) {
                    throw e;
                }
                leave(path, "cannot be read: " + e.getMessage());
            }
        }
        if (files.isEmpty()) {
            throw new InputException("none of " + leftOut.size() + " sessions can be computed", leftOut.getFirst(),
                    "what is wrong with each stands above");
        }
        if (kept > 0) {
            verb.say("rows of " + kept + " of " + sessions.size() + " sessions were there from a run that was ended");
        }
        if (!missing.isEmpty()) {
            verb.say(String.join("\n", missing));
        }
        try (ResultFile all = parts.all(files, columns)) {
            came.addAll(all.texts("metric"));
            if (pairs.isEmpty()) {
                tellMissing(all.rows() > 0);
                answer(all, ResultFile.union(columns));
                return files.size();
            }
            try (ResultFile allPairs = parts.all(pairFiles, pairColumns)) {
                tellMissing(all.rows() > 0 || allPairs.rows() > 0);
                if (all.rows() > 0) {
                    answer(all, ResultFile.union(columns));
                }
                ResultOutput.place(allPairs, pairs.get());
                verb.say(allPairs.rows() + " rows in " + pairs.get());
            }
        }
        return files.size();
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
            } catch (InputException | IOException e) {
                continue; // is told of when it is its turn
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

    private void tell(Session session, Set<String> missing) {
        String name = session.info().name();
        shown.addAll(SessionMetrics.stimuli(session));
        session.info().notes().forEach(note -> missing.add(name + ": " + note));
        SessionMetrics.leftOut(session, choice).forEach(note -> missing.add(name + ": " + note));
    }

    private void cells(Session session, MetricRows rows, ResultFile file) throws IOException {
        try (Progress.Task task = progress().begin(session.info().name(), SessionMetrics.steps(session), 0)) {
            SessionMetrics.compute(session, choice, value -> rows.add(file, value), task::step);
        }
    }

    private void pairs(Session session, PairRows rows, PairFile file) throws IOException {
        try (Progress.Task task = progress().begin(session.info().name() + ": pairs",
                PairMetrics.steps(session, ofPairs), 0)) {
            PairMetrics.compute(session, ofPairs, pair -> rows.add(file, pair), task::step);
        }
    }

    private Progress progress() {
        return StageProgress.of("metrics", verb.spec().commandLine().getErr(), verb.terminal(), verb.common().quiet());
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
