package org.neuropil.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.session.PartSession;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.store.SessionRows;
import org.neuropil.physiology.table.ChoiceWords;
import org.neuropil.physiology.table.MetricTable;
import org.neuropil.physiology.table.SessionChoice;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route.Parameter;
import org.neuropil.space.InputException;

/// What a call asks of a session, by the names of the command line's options.
record SessionQuery(Call call) {
    static final Parameter SESSION = Parameter.path(ServedSessions.SESSION, "its name", "M409828_13");
    static final Parameter ROIS = Parameter.query("rois", "string",
            "only these, by their keys, with commas; all if left out", "c1v3p0r5,c1v3p2r17");
    static final Parameter PLANES = Parameter.query("planes", "string",
            "only these, by their numbers, with commas; all if left out", "0,2");
    static final Parameter STIMULI = Parameter.query("stimuli", "string",
            "only these, by family or the file's name, with commas; all if left out", "drifting_gratings_full");
    static final Parameter TRACE = Parameter.query("trace", "string",
            "events, dff, corrected, demixed, neuropil or raw; what fits best if left out", "dff");
    static final Parameter START = Parameter.query("start", "number",
            "seconds on the session's clock; from the beginning if left out", "60");
    static final Parameter STOP = Parameter.query("stop", "number",
            "seconds on the session's clock, inclusive; to the end if left out", "90");
    static final Parameter SEED = Parameter.query("seed", "integer", "of all that is drawn; 0 if left out", "0");
    /// How trials are cut and drawn.
    static final List<Parameter> TRIALS = List.of(STIMULI, TRACE,
            Parameter.query("window", "string",
                    "what counts of a trial, by family, with commas: seconds (2s), frames (3f), shown",
                    "drifting_gratings_full=2s"),
            Parameter.query("baseline", "number", "seconds before each trial whose mean is subtracted", "0.5"),
            Parameter.query("response", "string", "mean or peak of a trial's window", "mean"), SEED);

    private static final int MOST_SAMPLES = 10_000;
    private static final int MOST_DRAWS = 1_000_000;
    private static final int LONGEST = 60;
    private static final String METRICS = "metrics";

    /// The words of a list; none if it is left out.
    Set<String> words(String name) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : call.parameter(name).orElse("").split(",", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    /// A number that may be left out.
    ///
    /// @throws Problem if it is none
    Optional<Double> number(String name) {
        return call.parameter(name).map(text -> {
            try {
                double value = Double.parseDouble(text.strip());
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw Problem.parameter(name, "'" + shown(text) + "' is not a number", "write for example 2.5");
            }
            throw Problem.parameter(name, "'" + shown(text) + "' is not a number", "write for example 2.5");
        });
    }

    static String shown(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /// The seed of what is drawn.
    long seed() {
        return call.parameter("seed").map(text -> {
            try {
                return Long.parseLong(text.strip());
            } catch (NumberFormatException e) {
                throw Problem.parameter("seed", "'" + shown(text) + "' is not a whole number", "write for example 1");
            }
        }).orElse(0L);
    }

    /// The session with the ROIs and planes that are asked for.
    ///
    /// @throws InputException if there is no such plane or ROI
    Session part(Session session) {
        Set<Integer> planes = new LinkedHashSet<>();
        for (String word : words("planes")) {
            if (!word.matches("\\d{1,9}")) {
                throw Problem.parameter("planes", "'" + shown(word) + "' is not the number of a plane",
                        "write for example 0,2");
            }
            planes.add(Integer.parseInt(word));
        }
        return PartSession.of(session, planes, words("rois"));
    }

    /// The time that is asked for.
    ///
    /// @throws InputException if it ends before it starts
    SessionRows.Span span() {
        return new SessionRows.Span(number("start").orElse(Double.NEGATIVE_INFINITY),
                number("stop").orElse(Double.POSITIVE_INFINITY));
    }

    /// How trials are made.
    ChoiceWords trials() {
        Map<String, String> windows = new LinkedHashMap<>();
        for (String word : words("window")) {
            int at = word.indexOf('=');
            if (at < 1) {
                throw Problem.parameter("window", "'" + shown(word) + "' names no family",
                        "write for example drifting_gratings_full=2s");
            }
            windows.put(word.substring(0, at), word.substring(at + 1));
        }
        return new ChoiceWords(words("stimuli"), call.parameter("trace"), windows, number("baseline"),
                call.parameter("response"));
    }

    /// The stimuli that are asked for, by the words of their families; none for all.
    ///
    /// @throws Problem if a stimulus was not shown in it
    Set<String> stimuli(Session session) {
        Set<String> there = new TreeSet<>();
        session.presentations().forEach(one -> add(there, one.stimulus()));
        session.epochs().forEach(one -> add(there, one.name()));
        Set<String> asked = trials().families();
        for (String word : asked) {
            if (!there.contains(word)) {
                throw Problem.parameter("stimuli", "'" + shown(word) + "' was not shown in "
                        + session.info().name(), "there are " + String.join(", ", there));
            }
        }
        return asked;
    }

    private static void add(Set<String> there, String name) {
        there.add(Stimulus.of(name) == Stimulus.OTHER ? name : Stimulus.of(name).word());
    }

    /// What is computed.
    ///
    /// @param pairs true for metrics of pairs of cells, false for all others
    /// @throws Problem if a metric is not known, or of the other sort; if a number is out of its range
    /// @throws InputException if a word means nothing
    SessionChoice choice(boolean pairs) {
        Set<String> ids = words(METRICS);
        for (String id : ids) {
            Metric metric = metric(METRICS, id);
            if (isOfPairs(metric) != pairs) {
                throw Problem.parameter(METRICS, "'" + id + "' is " + (pairs ? "not " : "") + "of pairs of cells",
                        "ask " + (pairs ? "…/metrics" : "…/pairs") + " for it");
            }
        }
        if (ids.isEmpty()) {
            // What is not asked for is not read either.
            Catalogue.ALL.stream().filter(metric -> isOfPairs(metric) == pairs)
                    .forEach(metric -> ids.add(metric.about().id()));
        }
        Optional<Integer> samples = call.integer("samples", 1, MOST_SAMPLES);
        double level = number("level").orElse(0.95);
        if (!(level > 0 && level < 1)) {
            throw Problem.parameter("level", level + " is not between 0 and 1", "write for example 0.95");
        }
        double block = number("block").orElse(FrameBlocks.SECONDS);
        if (!(block > 0)) {
            throw Problem.parameter("block", block + " is not above 0", "write for example 20");
        }
        long seed = seed();
        return trials().choice(ids, samples.map(count -> new MetricTable.Drawing(count, level, seed, block)),
                call.integer("draws", 1, MOST_DRAWS), seed, Computations.threads());
    }

    private static boolean isOfPairs(Metric metric) {
        return metric instanceof Metric.OfPair || metric instanceof Metric.OfTraces;
    }

    /// A metric by its id.
    ///
    /// @throws Problem if there is none
    static Metric metric(String parameter, String id) {
        return Catalogue.find(id).orElseThrow(() -> Problem.parameter(parameter,
                "there is no metric '" + shown(id) + "'", "/api/v1/metrics lists what there is"));
    }

    /// A list of parameters, and more.
    static List<Parameter> with(List<Parameter> some, Parameter... more) {
        List<Parameter> all = new ArrayList<>(List.of(more));
        all.addAll(some);
        return all;
    }
}
