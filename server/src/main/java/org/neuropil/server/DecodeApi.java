package org.neuropil.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.neuropil.physiology.decode.AccuracyRows;
import org.neuropil.physiology.decode.Decoder;
import org.neuropil.physiology.decode.Decoding;
import org.neuropil.physiology.decode.DecodingPlan;
import org.neuropil.physiology.decode.Labelling;
import org.neuropil.physiology.decode.Lda;
import org.neuropil.physiology.decode.LinearSvm;
import org.neuropil.physiology.decode.Missing;
import org.neuropil.physiology.decode.Neighbours;
import org.neuropil.physiology.decode.SessionTrials;
import org.neuropil.physiology.decode.Settings;
import org.neuropil.physiology.decode.TrialMatrix;
import org.neuropil.physiology.session.Session;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;

/// What was shown in a session, told from its cells: `neuropil decode`.
///
/// @param sessions of the dataset
record DecodeApi(ServedSessions sessions) {
    private static final int MOST_FOLDS = 1_000;
    private static final int MOST_REPEATS = 1_000;
    private static final int MOST_SHUFFLES = 10_000;
    private static final int MOST_NEIGHBOURS = 10_000;
    private static final String CELLS = "cells";

    private static final List<Parameter> HOW = List.of(
            Parameter.query("decoder", "string", "lda, svm or knn; lda if left out", "lda"),
            Parameter.query("cost", "number", "of svm, what trials on the wrong side cost; 1 if left out", "1"),
            Parameter.query("neighbours", "integer", "of knn; " + Neighbours.DEFAULT + " if left out", "5"),
            Parameter.query("raw", "boolean", "responses as they are, not brought to mean 0 and deviation 1", "false"),
            Parameter.query("labels", "string",
                    "what is told apart: condition, direction or orientation; condition if left out", "direction"),
            Parameter.query("missing", "string",
                    "whether cells or trials are left out where responses are missing; cells if left out", CELLS),
            Parameter.query("folds", "integer", "of the cross-validation; " + Settings.FOLDS + " if left out", "5"),
            Parameter.query(CELLS, "string", "numbers of cells, with commas; all is one", "10,50,all"),
            Parameter.query("repeats", "integer",
                    "how often cells and folds are drawn; " + Settings.REPEATS + " if left out", "10"),
            Parameter.query("shuffles", "integer",
                    "of trials against labels, for what chance gives; " + Settings.SHUFFLES + " if left out", "100"),
            Parameter.query("noise", "boolean", "also without noise correlation", "true"),
            Parameter.query("by_plane", "boolean", "also the cells of each plane by themselves", "true"),
            Parameter.query("by_depth", "number", "also the cells of each layer of so many um", "50"),
            Parameter.query("by_running", "boolean", "also trials with and without running by themselves", "true"));

    /// The routes.
    static List<Route> routes(ServedSessions sessions) {
        DecodeApi api = new DecodeApi(sessions);
        List<Parameter> all = new ArrayList<>(HOW);
        all.addAll(SessionQuery.with(SessionQuery.TRIALS, SessionQuery.SESSION, SessionQuery.ROIS,
                SessionQuery.PLANES, TableRows.FORMAT));
        return List.of(new Route(SessionsApi.PATH + "/decode", "session-decode",
                "Tells from many cells what was shown: a row for each number of cells, group and state", all,
                TableRows.TYPES, TableRows.Shape.class, api::decode));
    }

    private Answer decode(Call call) throws IOException {
        String type = TableRows.type(call);
        SessionQuery query = new SessionQuery(call);
        Settings settings = settings(call, query);
        Labelling labelling = oneOf(call, "labels", Map.of("condition", Labelling.CONDITION, "direction",
                Labelling.DIRECTION, "orientation", Labelling.ORIENTATION), "condition");
        Missing missing = oneOf(call, "missing", Map.of(CELLS, Missing.CELLS, "trials", Missing.TRIALS), CELLS);
        return sessions.compute(call, whole -> {
            query.stimuli(whole);
            Session session = query.part(whole);
            SessionTrials trials = SessionTrials.of(session, query.trials());
            DecodingPlan plan = DecodingPlan.of(TrialMatrix.of(trials.cells(), labelling, missing), settings,
                    session.info().name(), call.flag("by_running", false), groupings(call, query, trials));
            Decoding decoding = new Decoding(plan.parts(), settings);
            if (decoding.tasks() == 0) {
                throw Problem.parameter(CELLS, "there are " + plan.first().matrix().cells().size() + " cells",
                        "ask for no more");
            }
            try {
                return ResultRows.of(type, AccuracyRows.of(decoding.run(Computations.threads(), () -> {})),
                        Stream.concat(trials.notes().stream(), plan.notes().stream()).toList());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("nobody waits for it any more", e);
            }
        });
    }

    private static Map<String, Map<String, String>> groupings(Call call, SessionQuery query, SessionTrials trials) {
        Map<String, Map<String, String>> groupings = new LinkedHashMap<>();
        if (call.flag("by_plane", false)) {
            groupings.put("by_plane", trials.planes());
        }
        Optional<Double> layer = query.number("by_depth");
        if (layer.isPresent()) {
            if (!(layer.get() > 0)) {
                throw Problem.parameter("by_depth", layer.get() + " is not above 0", "write for example 50");
            }
            Map<String, String> layers = trials.byDepth(layer.get());
            if (layers.isEmpty()) {
                throw Problem.parameter("by_depth", "depths of planes are not known", "leave it out, or ask by_plane");
            }
            groupings.put("by_depth", layers);
        }
        return groupings;
    }

    private static Settings settings(Call call, SessionQuery query) {
        double cost = query.number("cost").orElse(1.0);
        if (!(cost > 0)) {
            throw Problem.parameter("cost", cost + " is not above 0", "write for example 1");
        }
        int neighbours = call.integer("neighbours", 1, MOST_NEIGHBOURS).orElse(Neighbours.DEFAULT);
        Decoder decoder = oneOf(call, "decoder", Map.of("lda", new Lda(), "svm", new LinearSvm(cost), "knn",
                new Neighbours(neighbours)), "lda");
        Set<String> sizes = query.words(CELLS);
        return new Settings(decoder, !call.flag("raw", false),
                call.integer("folds", 2, MOST_FOLDS).orElse(Settings.FOLDS), Map.of(),
                sizes.isEmpty() ? List.of(Settings.ALL) : sizes.stream().map(DecodeApi::size).toList(),
                call.integer("repeats", 1, MOST_REPEATS).orElse(Settings.REPEATS),
                call.integer("shuffles", 0, MOST_SHUFFLES).orElse(Settings.SHUFFLES), call.flag("noise", false),
                query.seed());
    }

    private static int size(String text) {
        if (text.equals("all")) {
            return Settings.ALL;
        }
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw Problem.parameter(CELLS, "'" + SessionQuery.shown(text) + "' is not a number of cells, or all",
                    "write for example 10,50,all");
        }
        return Integer.parseInt(text);
    }

    private static <T> T oneOf(Call call, String parameter, Map<String, T> words, String usual) {
        String word = call.parameter(parameter).orElse(usual);
        T found = words.get(word);
        if (found == null) {
            throw Problem.parameter(parameter, "'" + SessionQuery.shown(word) + "' is not known",
                    "there are " + String.join(", ", words.keySet().stream().sorted().toList()));
        }
        return found;
    }
}
