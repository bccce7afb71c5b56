package org.neuropil.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.neuropil.chart.Figure;
import org.neuropil.physiology.plot.PlotChoice;
import org.neuropil.physiology.plot.SessionPlots;
import org.neuropil.physiology.plot.SessionReport;
import org.neuropil.pipeline.Software;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Negotiation;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;

/// Pictures of sessions and their cells, and the report of one: `neuropil plot`.
///
/// @param sessions of the dataset
record PlotsApi(ServedSessions sessions) {
    private static final String HTML = "text/html; charset=utf-8";
    private static final List<String> PLOTS = List.of("tuning", "rf", "trials", "raster", "depth", "correlations");
    private static final Set<String> OF_A_CELL = Set.of("tuning", "rf", "trials");
    private static final List<String> TYPES = List.of(MediaTypes.SVG, MediaTypes.PNG, MediaTypes.CSV);
    private static final List<String> FORMATS = List.of("svg", "png", "csv");
    /// Pixels of a PNG for one of the figure.
    private static final int SCALE = 2;
    private static final int MOST_CELLS = 5_000;
    private static final int MOST_TOP = 50;

    private static final Parameter METRIC = Parameter.query("metric", "string",
            "the one that is shown by depth; gosi if left out", "gosi");
    private static final Parameter CELLS = Parameter.query("cells", "integer",
            "how many cells of a raster or matrix at most, spread evenly over all; 300 if left out", "300");
    private static final Parameter CLUSTERED = Parameter.query("clustered", "boolean",
            "in a matrix of correlations, what is alike side by side", "true");

    /// The routes.
    static List<Route> routes(ServedSessions sessions) {
        PlotsApi api = new PlotsApi(sessions);
        return List.of(
                new Route(SessionsApi.PATH + "/plots/{plot}", "session-plot",
                        "Draws a session or one of its cells; as CSV what is shown",
                        List.of(SessionQuery.SESSION, Parameter.path("plot", String.join(", ", PLOTS), "raster"),
                                Parameter.query("roi", "string", "of which cell, for tuning, rf and trials",
                                        "c1v3p0r5"),
                                SessionQuery.TRACE,
                                Parameter.query("stimulus", "string",
                                        "of which stimulus; the first that suits if left out",
                                        "drifting_gratings_full"),
                                METRIC, CELLS, CLUSTERED, SessionQuery.SEED,
                                Parameter.query("format", "string", "svg, png or csv; what Accept asks for if left out",
                                        "svg")),
                        String.join(", ", TYPES), null, api::plot),
                new Route(SessionsApi.PATH + "/report", "session-report",
                        "Makes one page of a session, which opens without a network",
                        List.of(SessionQuery.SESSION,
                                Parameter.query("metrics", "string",
                                        "metrics of cells, with commas; those that say most if left out",
                                        "gosi,dsi_cv"),
                                METRIC,
                                Parameter.query("rank", "string",
                                        "the one by which the best cells are found; z_score_preferred if left out",
                                        "gosi"),
                                Parameter.query("top", "integer", "how many of the best cells are shown; 6 if left out",
                                        "6"),
                                CELLS, CLUSTERED, SessionQuery.SEED),
                        HTML, null, api::report));
    }

    private static PlotChoice choice(Call call, SessionQuery query) {
        return new PlotChoice(query.trials().kind(), call.parameter("stimulus"),
                metric(call, "metric", PlotChoice.DEFAULT.metric()),
                call.integer("cells", 1, MOST_CELLS).orElse(PlotChoice.DEFAULT.cells()),
                call.flag("clustered", false), query.seed(), Computations.threads());
    }

    private static String metric(Call call, String parameter, String usual) {
        String id = call.parameter(parameter).orElse(usual);
        SessionQuery.metric(parameter, id);
        return id;
    }

    private Answer plot(Call call) throws IOException {
        String plot = call.variable("plot");
        if (!PLOTS.contains(plot)) {
            throw Problem.notFound("there is no plot '" + SessionQuery.shown(plot) + "'", "plot",
                    "there are " + String.join(", ", PLOTS));
        }
        Optional<String> roi = call.parameter("roi");
        if (OF_A_CELL.contains(plot) != roi.isPresent()) {
            throw Problem.parameter("roi", roi.isPresent() ? plot + " is of many cells" : "no cell is named",
                    roi.isPresent() ? "leave it out" : "name one; …/rois lists them");
        }
        String type = type(call);
        SessionQuery query = new SessionQuery(call);
        return sessions.compute(call, session -> {
            SessionPlots plots = new SessionPlots(session, choice(call, query));
            Figure figure = switch (plot) {
                case "tuning" -> plots.tuning(roi.orElseThrow());
                case "rf" -> plots.field(roi.orElseThrow());
                case "trials" -> plots.trials(roi.orElseThrow());
                case "raster" -> plots.raster();
                case "depth" -> plots.depth(() -> {});
                default -> plots.correlations();
            };
            return answer(type, switch (type) {
                case MediaTypes.PNG -> figure.png(SCALE);
                case MediaTypes.CSV -> figure.csv().getBytes(StandardCharsets.UTF_8);
                default -> figure.svg().getBytes(StandardCharsets.UTF_8);
            });
        });
    }

    private static String type(Call call) {
        Optional<String> format = call.parameter("format");
        if (format.isEmpty()) {
            return Negotiation.accepted(call.headers().get("Accept").orElse(""), TYPES);
        }
        if (!FORMATS.contains(format.get())) {
            throw Problem.parameter("format", "'" + SessionQuery.shown(format.get()) + "' is none",
                    "write " + String.join(", ", FORMATS));
        }
        return TYPES.get(FORMATS.indexOf(format.get()));
    }

    private static Answer answer(String type, byte[] bytes) {
        return new Answer.Result(200, type, Map.of("Vary", "Accept"), bytes);
    }

    private Answer report(Call call) throws IOException {
        SessionQuery query = new SessionQuery(call);
        Set<String> metrics = query.words("metrics");
        metrics.forEach(id -> SessionQuery.metric("metrics", id));
        SessionReport.Options options = new SessionReport.Options(
                metrics.isEmpty() ? SessionReport.Options.METRICS : List.copyOf(metrics),
                metric(call, "rank", "z_score_preferred"), call.integer("top", 0, MOST_TOP).orElse(6), Software.NAME);
        PlotChoice choice = choice(call, query);
        return sessions.compute(call, session -> new Answer.Result(HTML,
                SessionReport.html(session, choice, options, () -> {}).getBytes(StandardCharsets.UTF_8)));
    }
}
