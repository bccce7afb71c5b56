package org.neuropil.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.GivenFile;
import org.neuropil.coregister.ModelFile;
import org.neuropil.coregister.PointUnit;
import org.neuropil.coregister.Space;
import org.neuropil.coregister.fit.HeldOut;
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

/// Maps points between the two-photon stack and EM: `neuropil coregister apply`. Models are those in the dataset's folder
/// `coregister`, or come with the call.
///
/// @param models of the dataset
/// @param computations for the mapping
record CoregisterApi(ServedModels models, Computations computations) {
    static final String PATH = TablesApi.PATH + "coregister/";
    private static final int MOST_POINTS = 500_000;
    /// Points between looks at whether somebody still waits.
    private static final int STEP = 1_000;

    /// Errors at landmarks that were not seen, um of the target space.
    record ErrorEntry(double medianUm, double p90Um) {}

    /// A model.
    ///
    /// @param emUnit of its landmarks
    /// @param twoPhotonUnit of its landmarks
    /// @param landmarks that it was fitted to
    /// @param toEm errors of the map to EM
    /// @param toTwoPhoton errors of the map to the two-photon stack
    record ModelEntry(String model, String emUnit, String twoPhotonUnit, int landmarks, ErrorEntry toEm,
            ErrorEntry toTwoPhoton) {}

    /// All models.
    ///
    /// @param skipped files that are none, and why
    record ModelList(List<ModelEntry> models, List<SessionsApi.SkippedEntry> skipped) {}

    /// Points to be mapped.
    ///
    /// @param model name of one of the dataset's
    /// @param fitted what 'coregister fit' wrote, instead
    /// @param points x, y and z of each
    /// @param to `em` or `two-photon`
    /// @param unit of the points: `nm`, `um`, `mm`, or the size of a voxel, as `4x4x40nm`; that of the landmarks if left out
    /// @param toUnit of the result, likewise
    record Points(@Nullable String model, @Nullable JsonNode fitted, @Nullable List<@Nullable List<Double>> points,
            @Nullable String to, @Nullable String unit, @Nullable String toUnit) {}

    /// Points that were mapped.
    ///
    /// @param to the space
    /// @param unit of what was given
    /// @param toUnit of the points
    /// @param heldOut errors of the map
    /// @param points x, y and z of each, in the order of those that were given
    record Mapped(String to, String unit, String toUnit, ErrorEntry heldOut, List<List<Double>> points) {}

    /// The routes.
    static List<Route> routes(ServedModels models, Computations computations) {
        CoregisterApi api = new CoregisterApi(models, computations);
        return List.of(
                new Route(PATH + "models", "coregister-models", "Models between two-photon and EM", List.of(),
                        MediaTypes.JSON, ModelList.class, _ -> api.list()),
                new Route(List.of("POST"), PATH + "apply", "coregister-apply",
                        "Maps points from two-photon to EM, or back", List.of(TableRows.FORMAT), Points.class,
                        TableRows.TYPES, Mapped.class, api::apply));
    }

    private Answer list() throws IOException {
        List<ModelEntry> found = new ArrayList<>();
        List<SessionsApi.SkippedEntry> skipped = new ArrayList<>();
        for (Path file : models.files()) {
            try {
                GivenFile read = ServedModels.read(file);
                Coregistration model = ModelFile.parse(read.bytes(), read.name());
                found.add(new ModelEntry(ServedModels.name(file), model.em().toString(), model.twoPhoton().toString(),
                        model.source().used(), errors(model, Space.EM), errors(model, Space.TWO_PHOTON)));
            } catch (InputException e) {
                skipped.add(new SessionsApi.SkippedEntry(String.valueOf(file.getFileName()), e.what()));
            }
        }
        return GraphApi.answer(new ModelList(found, skipped));
    }

    private static ErrorEntry errors(Coregistration model, Space space) {
        HeldOut errors = model.to(space).heldOut();
        return new ErrorEntry(errors.median(), errors.p90());
    }

    private Answer apply(Call call) throws IOException {
        String type = TableRows.type(call);
        Points asked = JsonRequest.read(call, Points.class);
        return computations.run(() -> {
            try {
                return mapped(type, asked);
            } catch (InputException e) {
                throw TablesApi.problem(e);
            }
        });
    }

    private Answer mapped(String type, Points asked) throws IOException {
        if (asked.to() == null) {
            throw new Problem(400, "is missing", "to", "write em or two-photon");
        }
        Space to = Space.parse(asked.to(), "to");
        Coregistration model = model(asked);
        PointUnit unit = asked.unit() == null ? model.unit(to.other()) : PointUnit.parse(asked.unit(), "unit");
        PointUnit toUnit = asked.toUnit() == null ? model.unit(to) : PointUnit.parse(asked.toUnit(), "to_unit");
        List<Point3> points = points(asked.points());
        double[][] mapped = new double[3][points.size()];
        for (int i = 0; i < points.size(); i++) {
            if (i % STEP == 0 && Thread.interrupted()) {
                throw new IOException("nobody waits for it any more");
            }
            Point3 point = model.apply(points.get(i), unit, to, toUnit);
            mapped[0][i] = point.x();
            mapped[1][i] = point.y();
            mapped[2][i] = point.z();
        }
        if (!type.equals(MediaTypes.JSON)) {
            return ResultRows.of(type, rows(to, mapped));
        }
        List<List<Double>> found = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            found.add(List.of(mapped[0][i], mapped[1][i], mapped[2][i]));
        }
        return new Answer.Result(200, MediaTypes.JSON, Map.of("Vary", "Accept"), Json.bytes(new Mapped(to.word(),
                unit.toString(), toUnit.toString(), errors(model, to), found)));
    }

    private static Rows rows(Space to, double[][] mapped) {
        List<Column> columns = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        for (int axis = 0; axis < mapped.length; axis++) {
            columns.add(Column.of(String.format(Locale.ROOT, "%s_%c", to.word(), "xyz".charAt(axis)),
                    ColumnType.FLOAT64));
            data.add(new ColumnData.Doubles(mapped[axis], null));
        }
        return new Rows(columns, data);
    }

    private Coregistration model(Points asked) throws IOException {
        GivenFile given = models.given(asked.model(), asked.fitted()).orElseThrow(() -> new Problem(400,
                "no model is named", "model", "give one of model, its name, and fitted, what 'coregister fit' wrote"));
        return ModelFile.parse(given.bytes(), given.name());
    }

    private static List<Point3> points(@Nullable List<@Nullable List<Double>> given) {
        if (given == null) {
            throw new Problem(400, "is missing", "points", "give a list of [x, y, z]");
        }
        if (given.size() > MOST_POINTS) {
            throw new Problem(413, given.size() + " points are more than " + MOST_POINTS, "points",
                    "send them in parts");
        }
        List<Point3> points = new ArrayList<>();
        for (List<Double> one : given) {
            if (one == null || one.size() != 3 || one.contains(null)) {
                throw new Problem(400, "this is no point", "points[" + points.size() + "]", "write [x, y, z]");
            }
            if (!one.stream().allMatch(Double::isFinite)) {
                throw new Problem(400, "a coordinate is too large, or no number", "points[" + points.size() + "]",
                        "write [x, y, z]");
            }
            points.add(new Point3(one.get(0), one.get(1), one.get(2)));
        }
        return points;
    }
}
