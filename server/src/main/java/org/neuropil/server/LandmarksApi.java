package org.neuropil.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.FitWords;
import org.neuropil.coregister.GivenFile;
import org.neuropil.coregister.Landmark;
import org.neuropil.coregister.LandmarkCsv;
import org.neuropil.coregister.LandmarkWords;
import org.neuropil.coregister.ModelFile;
import org.neuropil.coregister.fit.Work;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.pipeline.Json;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

import tools.jackson.databind.JsonNode;

/// What is made of landmarks: `neuropil coregister fit` and `landmarks`.
///
/// @param computations for what is fitted
record LandmarksApi(Computations computations) {
    private static final String LANDMARKS = "landmarks";
    /// A fit holds some matrices of all landmarks by all, and two may be computed at a time.
    private static final int MATRICES = 12;
    private static final int MOST = (int) Math
            .sqrt(Runtime.getRuntime().maxMemory() / (double) (MATRICES * Double.BYTES));
    private static final List<String> POINTS = List.of("moving_x", "moving_y", "moving_z", "fixed_x", "fixed_y",
            "fixed_z");

    /// A landmark.
    ///
    /// @param moving the point that stands first in files; null if it is not placed
    /// @param fixed the point that stands second, likewise
    record LandmarkEntry(String name, boolean active, @Nullable List<Double> moving, @Nullable List<Double> fixed) {}

    /// Landmarks to be fitted, with the options of 'coregister fit'.
    ///
    /// @param landmarks the text of a CSV file, or a list of `name`, `active`, `moving`, `fixed`
    /// @param file name that the model keeps; landmarks.csv if left out
    /// @param em unit of points in EM
    /// @param twoPhoton unit of points in the two-photon stack
    /// @param first the space whose points stand first; em if left out
    /// @param mirrorY y of the two-photon stack becomes this less y, in um
    /// @param kernel to try
    /// @param order of polynomials to try
    /// @param smoothing to try
    /// @param stretch to try, as 1,3,3
    /// @param folds of the cross-validation
    /// @param seed of the folds
    /// @param equalWeights true to trust all landmarks alike
    record Fit(@Nullable JsonNode landmarks, @Nullable String file, @Nullable String em, @Nullable String twoPhoton,
            @Nullable String first, @Nullable Double mirrorY, @Nullable List<@Nullable String> kernel,
            @Nullable List<@Nullable Integer> order, @Nullable List<@Nullable Double> smoothing,
            @Nullable List<@Nullable String> stretch, @Nullable Integer folds, @Nullable Long seed,
            @Nullable Boolean equalWeights) {}

    /// Landmarks to be written otherwise, with the options of 'coregister landmarks'.
    ///
    /// @param as `csv` or `bigwarp`, of an answer in CSV
    record Conversion(@Nullable JsonNode landmarks, @Nullable String em, @Nullable String twoPhoton,
            @Nullable String first, @Nullable String toEm, @Nullable String toTwoPhoton, @Nullable String toFirst,
            @Nullable Double mirrorY, @Nullable String as) {}

    /// Landmarks.
    record LandmarkList(List<LandmarkEntry> landmarks) {}

    /// The routes.
    static List<Route> routes(Computations computations) {
        LandmarksApi api = new LandmarksApi(computations);
        return List.of(
                new Route(List.of("POST"), CoregisterApi.PATH + "fit", "coregister-fit",
                        "Fits maps between two-photon and EM to landmarks; the answer is the model", List.of(),
                        Fit.class, MediaTypes.JSON, Map.class, api::fit),
                new Route(List.of("POST"), CoregisterApi.PATH + LANDMARKS, "coregister-landmarks",
                        "Gives landmarks in other units and order; as CSV in the form of BigWarp, too",
                        List.of(TableRows.FORMAT), Conversion.class, TableRows.TYPES, LandmarkList.class,
                        LandmarksApi::convert));
    }

    private Answer fit(Call call) throws IOException {
        Fit asked = JsonRequest.read(call, Fit.class);
        GivenFile given = file(asked.landmarks());
        return computations.run(() -> {
            try {
                List<Landmark> landmarks = parse(given);
                Coregistration model = Coregistration.fit(landmarks,
                        asked.file() == null ? "landmarks.csv" : asked.file(), given.digest(), words(asked).settings(),
                        new Work(Computations.threads(), Computations.PROGRESS));
                return new Answer.Result(MediaTypes.JSON, ModelFile.bytes(model));
            } catch (InputException e) {
                throw TablesApi.problem(e);
            }
        });
    }

    private static FitWords words(Fit asked) {
        return new FitWords(asked.first() == null ? "em" : asked.first(), needed(asked.em(), "em"),
                needed(asked.twoPhoton(), "two_photon"), Optional.ofNullable(asked.mirrorY()),
                list(asked.kernel(), "kernel"), list(asked.order(), "order"), list(asked.smoothing(), "smoothing"),
                list(asked.stretch(), "stretch"), asked.folds() == null ? FitWords.FOLDS : asked.folds(),
                asked.seed() == null ? FitWords.SEED : asked.seed(), Boolean.TRUE.equals(asked.equalWeights()));
    }

    private static Answer convert(Call call) throws IOException {
        String type = TableRows.type(call);
        Conversion asked = JsonRequest.read(call, Conversion.class);
        try {
            LandmarkWords words = new LandmarkWords(asked.first() == null ? "em" : asked.first(),
                    needed(asked.em(), "em"), needed(asked.twoPhoton(), "two_photon"),
                    Optional.ofNullable(asked.toFirst()), Optional.ofNullable(asked.toEm()),
                    Optional.ofNullable(asked.toTwoPhoton()), Optional.ofNullable(asked.mirrorY()),
                    asked.as() == null ? "csv" : asked.as());
            List<Landmark> landmarks = words.convert(parse(file(asked.landmarks())));
            Map<String, String> heads = Map.of("Vary", "Accept", ResultRows.NOTES, words.note(landmarks));
            return switch (type) {
                case MediaTypes.JSON -> new Answer.Result(200, type, heads, Json.bytes(
                        new LandmarkList(landmarks.stream().map(LandmarksApi::entry).toList())));
                case MediaTypes.CSV -> new Answer.Result(200, type, heads, words.bytes(landmarks));
                default -> ResultRows.of(type, rows(landmarks), List.of(words.note(landmarks)));
            };
        } catch (InputException e) {
            throw TablesApi.problem(e);
        }
    }

    private static List<Landmark> parse(GivenFile given) {
        List<Landmark> landmarks = LandmarkCsv.parse(given.bytes(), given.name());
        if (landmarks.size() > MOST) {
            throw new Problem(413, landmarks.size() + " landmarks are more than " + MOST, LANDMARKS,
                    "use the command line");
        }
        return landmarks;
    }

    /// What is given as a file: a list is written as 'coregister landmarks' writes it.
    private static GivenFile file(@Nullable JsonNode given) {
        if (given == null || !given.isArray()) {
            return GivenRows.needed(given, LANDMARKS);
        }
        List<Landmark> landmarks = new ArrayList<>();
        for (JsonNode one : given) {
            String where = LANDMARKS + "[" + landmarks.size() + "]";
            if (!one.path("name").isString() || !one.path("active").isBoolean()) {
                throw new Problem(400, "has no name or does not say whether it is active", where,
                        "give name, active, moving and fixed");
            }
            landmarks.add(new Landmark(one.path("name").asString(), one.path("active").asBoolean(),
                    point(one.path("moving"), where + ".moving"), point(one.path("fixed"), where + ".fixed")));
        }
        return new GivenFile(LANDMARKS, LandmarkCsv.bytes(landmarks, LandmarkCsv.Form.PLAIN));
    }

    private static Optional<Point3> point(JsonNode given, String where) {
        if (GivenRows.isMissing(given)) {
            return Optional.empty();
        }
        if (given.size() != 3 || !given.valueStream().allMatch(JsonNode::isNumber)
                || !given.valueStream().allMatch(one -> Double.isFinite(one.asDouble()))) {
            throw new Problem(400, "this is no point", where, "write [x, y, z], or null if it is not placed");
        }
        return Optional.of(new Point3(given.get(0).asDouble(), given.get(1).asDouble(), given.get(2).asDouble()));
    }

    private static LandmarkEntry entry(Landmark landmark) {
        return new LandmarkEntry(landmark.name(), landmark.active(), point(landmark.moving()),
                point(landmark.fixed()));
    }

    private static @Nullable List<Double> point(Optional<Point3> point) {
        return point.map(at -> List.of(at.x(), at.y(), at.z())).orElse(null);
    }

    private static Rows rows(List<Landmark> landmarks) {
        List<Column> columns = new ArrayList<>(
                List.of(Column.of("name", ColumnType.TEXT), Column.of("active", ColumnType.BOOLEAN)));
        List<ColumnData> data = new ArrayList<>();
        data.add(new ColumnData.Texts(landmarks.stream().map(Landmark::name).toArray(String[]::new), null));
        boolean[] active = new boolean[landmarks.size()];
        double[][] points = new double[POINTS.size()][landmarks.size()];
        for (int i = 0; i < active.length; i++) {
            Landmark landmark = landmarks.get(i);
            active[i] = landmark.active();
            for (int axis = 0; axis < 3; axis++) {
                int at = axis;
                points[axis][i] = landmark.moving().map(point -> point.get(at)).orElse(Double.NaN);
                points[3 + axis][i] = landmark.fixed().map(point -> point.get(at)).orElse(Double.NaN);
            }
        }
        data.add(new ColumnData.Booleans(active, null));
        for (int k = 0; k < points.length; k++) {
            columns.add(Column.of(POINTS.get(k), ColumnType.FLOAT64));
            data.add(new ColumnData.Doubles(points[k], null));
        }
        return new Rows(columns, data);
    }

    /// A unit, which must be there.
    static String needed(@Nullable String given, String field) {
        if (given == null) {
            throw new Problem(400, "is missing", field,
                    "write nm, um, mm, or the size of a voxel, for example 4x4x40nm");
        }
        return given;
    }

    /// A list without holes; empty if it is left out.
    static <T> List<T> list(@Nullable List<@Nullable T> given, String field) {
        List<T> all = new ArrayList<>();
        if (given != null) {
            for (T one : given) {
                if (one == null) {
                    throw new Problem(400, "null is no value", String.format(Locale.ROOT, "%s[%d]", field, all.size()),
                            "leave it out");
                }
                all.add(one);
            }
        }
        return all;
    }
}
