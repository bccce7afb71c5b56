package org.neuropil.server;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Explanation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.table.MetricRows;
import org.neuropil.physiology.table.PairMetrics;
import org.neuropil.physiology.table.PairRows;
import org.neuropil.physiology.table.SessionChoice;
import org.neuropil.physiology.table.SessionMetrics;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;

/// The catalogue of metrics, and what they are of a session: `neuropil metrics list`, `explain` and `compute`.
///
/// @param sessions of the dataset
record MetricsApi(ServedSessions sessions) {
    /// Rows of pairs in one answer: a stimulus of 1,414 cells.
    static final long MOST_PAIRS = 1_000_000;

    private static final Parameter METRICS = Parameter.query("metrics", "string",
            "only these, by their ids, with commas; all if left out", "osi,dsi_cv");
    private static final List<Parameter> SAMPLES = List.of(
            Parameter.query("samples", "integer", "bootstrap over trials, so often", "1000"),
            Parameter.query("level", "number", "share of the bootstrap's figures in the interval; 0.95 if left out",
                    "0.95"),
            Parameter.query("block", "number",
                    "seconds of the blocks of frames that the bootstrap draws where there are "
                            + "no trials; " + (int) FrameBlocks.SECONDS + " if left out",
                    "20"));
    private static final Parameter DRAWS = Parameter.query("draws", "integer",
            "random windows of spontaneous activity", "2500");

    /// All metrics.
    record MetricList(List<Explanation> metrics) {}

    /// The routes.
    static List<Route> routes(ServedSessions sessions) {
        MetricsApi api = new MetricsApi(sessions);
        List<Parameter> chosen = SessionQuery.with(SessionQuery.TRIALS, SessionQuery.SESSION, METRICS,
                SessionQuery.ROIS, SessionQuery.PLANES, TableRows.FORMAT);
        return List.of(
                new Route(TablesApi.PATH + "metrics", "metric-list", "All metrics: formulas, and what they need",
                        List.of(), MediaTypes.JSON, MetricList.class, _ -> list()),
                new Route(TablesApi.PATH + "metrics/{metric}", "metric", "What a metric is",
                        List.of(Parameter.path("metric", "its id", "osi")), MediaTypes.JSON, Explanation.class,
                        MetricsApi::explain),
                new Route(SessionsApi.PATH + "/metrics", "session-metrics",
                        "Computes metrics of its cells: a row for each cell, metric and stimulus",
                        SessionQuery.with(SessionQuery.with(SAMPLES, DRAWS), chosen.toArray(Parameter[]::new)),
                        TableRows.TYPES,
                        TableRows.Shape.class, api::compute),
                new Route(SessionsApi.PATH + "/pairs", "session-pairs",
                        "Computes correlations of all pairs of some cells; at most " + MOST_PAIRS + " rows",
                        SessionQuery.with(SAMPLES, chosen.toArray(Parameter[]::new)),
                        TableRows.TYPES, TableRows.Shape.class, api::pairs));
    }

    private static Answer list() {
        return GraphApi.answer(new MetricList(Catalogue.ALL.stream().map(Explanation::of).toList()));
    }

    private static Answer explain(Call call) {
        String id = call.variable("metric");
        return GraphApi.answer(Explanation.of(Catalogue.find(id).orElseThrow(() -> Problem.notFound(
                "there is no metric '" + SessionQuery.shown(id) + "'", "metric",
                "/api/v1/metrics lists what there is"))));
    }

    private Answer compute(Call call) throws IOException {
        String type = TableRows.type(call);
        SessionQuery query = new SessionQuery(call);
        return sessions.compute(call, whole -> {
            SessionChoice choice = query.choice(false);
            query.stimuli(whole);
            Session session = query.part(whole);
            MetricRows rows = new MetricRows(session, choice.drawing().isPresent());
            return ResultRows.of(type, rows.columns(), notes(session, choice),
                    file -> SessionMetrics.compute(session, choice,
                            value -> rows.add(file, value), () -> {}));
        });
    }

    private Answer pairs(Call call) throws IOException {
        String type = TableRows.type(call);
        SessionQuery query = new SessionQuery(call);
        return sessions.compute(call, whole -> {
            SessionChoice choice = query.choice(true);
            Set<String> stimuli = query.stimuli(whole);
            Session session = query.part(whole);
            long cells = session.rois();
            long most = cells * (cells - 1) / 2 * PairMetrics.steps(session, choice);
            if (most > MOST_PAIRS) {
                throw Problem.parameter("rois", most + " rows of pairs are more than " + MOST_PAIRS,
                        stimuli.size() == 1 ? "ask for fewer ROIs" : "ask for fewer ROIs, planes or stimuli");
            }
            PairRows rows = new PairRows(session, choice);
            return ResultRows.of(type, rows.columns(), notes(session, choice),
                    file -> PairMetrics.compute(session, choice,
                            pair -> rows.add(file, pair), () -> {}));
        });
    }

    /// What the command line tells beside, too.
    private static List<String> notes(Session session, SessionChoice choice) {
        return Stream.concat(session.info().notes().stream(), SessionMetrics.leftOut(session, choice).stream())
                .toList();
    }
}
