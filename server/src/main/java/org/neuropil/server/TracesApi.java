package org.neuropil.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.movie.DffMethod;
import org.neuropil.physiology.movie.Duplicates;
import org.neuropil.physiology.movie.file.MaskFiles;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.physiology.movie.step.StepFigures;
import org.neuropil.physiology.movie.step.StepResult;
import org.neuropil.physiology.movie.step.TraceSteps;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

import tools.jackson.databind.JsonNode;

/// From fluorescence to events, of traces that come with the call: `neuropil traces dff`, `events`, `snr`, `neuropil` and
/// `duplicates`.
///
/// @param computations for what is computed
record TracesApi(Computations computations) {
    private static final String PATH = TablesApi.PATH + "traces/";
    private static final String TRACES = "traces";
    private static final String SHOW = "show";
    private static final String FIGURES = "figures";

    /// Fluorescence. Traces are the text of a CSV file, or an object of lists by region, null for a frame that is missing;
    /// `time` is not a region but the seconds of the frames.
    ///
    /// @param rate frames a second; as `time` tells if left out
    /// @param method of dF/F
    /// @param longWindow seconds
    /// @param shortWindow seconds
    record DffAsked(@Nullable JsonNode traces, @Nullable Double rate, @Nullable String method,
            @Nullable Double longWindow, @Nullable Double shortWindow) {}

    /// dF/F.
    ///
    /// @param decay seconds in which the indicator's light falls to 1/e
    record EventsAsked(@Nullable JsonNode traces, @Nullable Double rate, @Nullable Double decay,
            @Nullable Integer upsampling, @Nullable Double sigmas) {}

    /// Fluorescence, and that of the surroundings.
    ///
    /// @param r the same for all regions, instead of fitting it
    record NeuropilAsked(@Nullable JsonNode traces, @Nullable JsonNode surroundings, @Nullable Double r) {}

    /// dF/F, and its events.
    record SnrAsked(@Nullable JsonNode traces, @Nullable JsonNode events, @Nullable Double rate) {}

    /// A plane.
    ///
    /// @param masks text of CSV, or a list of objects, of roi, x, y and perhaps weight
    /// @param traces dF/F of the regions
    record PlaneAsked(@Nullable JsonNode masks, @Nullable JsonNode traces) {}

    /// Planes in the order of depth.
    ///
    /// @param distance pixels between centres, at most
    /// @param jaccard index of the masks, at least
    /// @param correlation of the traces, at least
    record DuplicatesAsked(@Nullable List<@Nullable PlaneAsked> planes, @Nullable Double distance,
            @Nullable Double jaccard, @Nullable Double correlation) {}

    /// The routes.
    static List<Route> routes(Computations computations) {
        TracesApi api = new TracesApi(computations);
        return List.of(
                route("dff", "Makes dF/F of traces: a row for each frame of each region, with its baseline",
                        "traces or figures, a row for each region; traces if left out", DffAsked.class, api::dff),
                route("events", "Finds events in dF/F: a row for each frame of each region",
                        "traces, fine (at the raised rate) or figures; traces if left out", EventsAsked.class,
                        api::events),
                route("neuropil", "Takes the light of the surroundings out of traces",
                        "traces or figures; traces if left out", NeuropilAsked.class, api::neuropil),
                route("snr", "Noise and signal to noise of dF/F: a row for each region", "", SnrAsked.class, api::snr),
                route("duplicates", "Finds cells that neighbouring planes both show", "groups or pairs; groups if "
                        + "left out", DuplicatesAsked.class, api::duplicates));
    }

    private static Route route(String name, String summary, String show, Class<?> takes, Route.Endpoint endpoint) {
        return new Route(List.of("POST"), PATH + name, "traces-" + name,
                summary + "; at most " + SessionsApi.MOST_VALUES + " values",
                show.isEmpty()
                        ? List.of(TableRows.FORMAT)
                        : List.of(Parameter.query(SHOW, "string", show,
                                name.equals("duplicates") ? "pairs" : FIGURES), TableRows.FORMAT),
                takes, TableRows.TYPES, TableRows.Shape.class, endpoint);
    }

    private Answer dff(Call call) throws IOException {
        String type = TableRows.type(call);
        DffAsked asked = JsonRequest.read(call, DffAsked.class);
        String show = show(call, TRACES, FIGURES);
        return run(() -> {
            TraceSteps.DffOptions options = TraceSteps.DffOptions.of(
                    asked.method() == null ? DffMethod.INACTIVE_MEDIAN.text() : asked.method(),
                    Optional.ofNullable(asked.longWindow()), Optional.ofNullable(asked.shortWindow()));
            TraceTable table = table(asked.traces(), TRACES);
            StepResult found = TraceSteps.dff(table, rate(asked.rate(), table), options, work());
            return show.equals(FIGURES)
                    ? figures(type, found.figures(), found.note())
                    : rows(type, List.of("dff", "baseline"),
                            List.of(found.traces(), found.second().orElseThrow()), found.note());
        });
    }

    private Answer events(Call call) throws IOException {
        String type = TableRows.type(call);
        EventsAsked asked = JsonRequest.read(call, EventsAsked.class);
        String show = show(call, TRACES, "fine", FIGURES);
        return run(() -> {
            if (asked.decay() == null) {
                throw new InputException("is missing", "--decay", "give the seconds of the indicator's decay");
            }
            int upsampling = asked.upsampling() == null ? TraceSteps.UPSAMPLING : asked.upsampling();
            TraceSteps.EventOptions options = new TraceSteps.EventOptions(asked.decay(), upsampling,
                    Optional.ofNullable(asked.sigmas()));
            TraceTable table = table(asked.traces(), TRACES);
            if (show.equals("fine")) {
                bounded((long) table.names().size() * table.frames() * upsampling, "upsampling");
            }
            StepResult found = TraceSteps.events(table, rate(asked.rate(), table), options, work());
            return switch (show) {
                case FIGURES -> figures(type, found.figures(), found.note());
                case "fine" -> rows(type, List.of("event"), List.of(found.second().orElseThrow()), found.note());
                default -> rows(type, List.of("event"), List.of(found.traces()), found.note());
            };
        });
    }

    private Answer neuropil(Call call) throws IOException {
        String type = TableRows.type(call);
        NeuropilAsked asked = JsonRequest.read(call, NeuropilAsked.class);
        String show = show(call, TRACES, FIGURES);
        return run(() -> {
            StepResult found = TraceSteps.neuropil(table(asked.traces(), TRACES),
                    table(asked.surroundings(), "surroundings"), TRACES, "surroundings",
                    Optional.ofNullable(asked.r()), work());
            return show.equals(FIGURES)
                    ? figures(type, found.figures(), found.note())
                    : rows(type, List.of("corrected"), List.of(found.traces()), found.note());
        });
    }

    private Answer snr(Call call) throws IOException {
        String type = TableRows.type(call);
        SnrAsked asked = JsonRequest.read(call, SnrAsked.class);
        return run(() -> {
            TraceTable table = table(asked.traces(), TRACES);
            Optional<TraceTable> events = GivenRows.isMissing(asked.events())
                    ? Optional.empty()
                    : Optional.of(table(asked.events(), "events"));
            return figures(type, TraceSteps.snr(table, rate(asked.rate(), table), events, TRACES, "events", work()),
                    "");
        });
    }

    private Answer duplicates(Call call) throws IOException {
        String type = TableRows.type(call);
        DuplicatesAsked asked = JsonRequest.read(call, DuplicatesAsked.class);
        String show = show(call, "groups", "pairs");
        return run(() -> {
            List<PlaneAsked> given = LandmarksApi.list(asked.planes(), "planes");
            if (given.size() < 2) {
                throw new Problem(400, given.size() + " planes are given", "planes", "give two or more");
            }
            List<Duplicates.Plane> planes = new ArrayList<>();
            for (PlaneAsked plane : given) {
                String where = "planes[" + planes.size() + "].";
                String masks = GivenRows.text(plane.masks(), where + "masks");
                planes.add(TraceSteps.plane(MaskFiles.csv(masks, where + "masks"),
                        table(plane.traces(), where + TRACES), where + "masks", where + TRACES));
            }
            Duplicates.Limits usual = Duplicates.Limits.USUAL;
            Duplicates found = Duplicates.of(planes,
                    TraceSteps.limits(asked.distance() == null ? usual.distance() : asked.distance(),
                            asked.jaccard() == null ? usual.jaccard() : asked.jaccard(),
                            asked.correlation() == null ? usual.correlation() : asked.correlation()),
                    Computations.threads());
            return figures(type,
                    show.equals("pairs") ? TraceSteps.pairs(planes, found) : TraceSteps.groups(planes, found),
                    found.pairs().size() + " pairs in " + found.groups().size() + " groups");
        });
    }

    private interface Made {
        Answer of() throws IOException;
    }

    private Answer run(Made made) throws IOException {
        return computations.run(() -> {
            try {
                return made.of();
            } catch (InputException e) {
                throw TablesApi.problem(e);
            }
        });
    }

    private static TraceSteps.Work work() {
        return new TraceSteps.Work(Computations.threads(), Computations.PROGRESS.begin("", 0, 0)::step);
    }

    private static double rate(@Nullable Double given, TraceTable table) {
        return TraceSteps.rate(Optional.ofNullable(given), table, TRACES);
    }

    private static String show(Call call, String... words) {
        String word = call.parameter(SHOW).orElse(words[0]);
        if (!List.of(words).contains(word)) {
            throw Problem.parameter(SHOW, "'" + SessionQuery.shown(word) + "' is not known",
                    "there are " + String.join(", ", words));
        }
        return word;
    }

    private static void bounded(long values, String where) {
        if (values > SessionsApi.MOST_VALUES) {
            throw new Problem(413, values + " values are more than " + SessionsApi.MOST_VALUES, where,
                    "send fewer regions at a time");
        }
    }

    /// Traces as they are given.
    private static TraceTable table(@Nullable JsonNode given, String field) {
        if (given == null || given.isNull()) {
            throw new Problem(400, "is missing", field, "give the text of a CSV file, or lists by region");
        }
        TraceTable table = given.isString() ? TraceFiles.csv(given.asString(), field) : lists(given, field);
        bounded((long) table.names().size() * table.frames(), field);
        return table;
    }

    private static TraceTable lists(JsonNode given, String field) {
        if (!given.isObject()) {
            throw new Problem(400, "is neither a text nor an object", field,
                    "give the text of a CSV file, or lists by region");
        }
        List<String> names = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        Optional<double[]> times = Optional.empty();
        int frames = -1;
        for (String name : given.propertyNames()) {
            double[] trace = trace(given.path(name), field + "." + name);
            if (frames >= 0 && trace.length != frames) {
                throw new Problem(400, "has " + trace.length + " frames, where there are " + frames, field + "." + name,
                        "give all of one length");
            }
            frames = trace.length;
            if (name.equals("time")) {
                times = Optional.of(trace);
            } else {
                names.add(name);
                values.add(trace);
            }
        }
        if (names.isEmpty()) {
            throw new Problem(400, "holds no region", field, "give a list of numbers for each region");
        }
        return new TraceTable(names, values.toArray(double[][]::new), times);
    }

    private static double[] trace(JsonNode list, String where) {
        if (!list.isArray()) {
            throw new Problem(400, "is no list", where, "give a number for each frame, null where it is missing");
        }
        double[] trace = new double[list.size()];
        for (int i = 0; i < trace.length; i++) {
            JsonNode one = list.get(i);
            if (!one.isNull() && (!one.isNumber() || Double.isInfinite(one.asDouble()))) {
                throw new Problem(400, "this is no number", where + "[" + i + "]",
                        "give a number for each frame, null where it is missing");
            }
            trace[i] = one.isNull() ? Double.NaN : one.asDouble();
        }
        return trace;
    }

    private static Answer figures(String type, StepFigures figures, String note) throws IOException {
        return ResultRows.of(type, figures.columns(), note.isEmpty() ? List.of() : List.of(note), file -> {
            for (List<Object> row : figures.rows()) {
                file.add(row.toArray());
            }
        });
    }

    /// A row for each frame of each region.
    ///
    /// @param tables of the same regions and frames, a column each
    private static Answer rows(String type, List<String> names, List<TraceTable> tables, String note)
            throws IOException {
        TraceTable first = tables.getFirst();
        List<Column> columns = new ArrayList<>(
                List.of(Column.of("roi", ColumnType.TEXT), Column.of("frame", ColumnType.INT32)));
        first.times().ifPresent(_ -> columns.add(Column.of("time", ColumnType.FLOAT64)));
        names.forEach(name -> columns.add(Column.of(name, ColumnType.FLOAT64)));
        return ResultRows.of(type, columns, List.of(note), file -> {
            for (int roi = 0; roi < first.names().size(); roi++) {
                int at = roi;
                for (int frame = 0; frame < first.frames(); frame++) {
                    int now = frame;
                    List<Object> row = new ArrayList<>(List.of(first.names().get(roi), frame));
                    first.times().ifPresent(times -> row.add(times[now]));
                    IntStream.range(0, tables.size()).forEach(k -> row.add(tables.get(k).values()[at][now]));
                    file.add(row.toArray());
                }
            }
        });
    }
}
