package org.neuropil.coregister;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.fit.Candidate;
import org.neuropil.coregister.fit.HeldOut;
import org.neuropil.coregister.fit.Recipe;
import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.ScalarField;
import org.neuropil.coregister.transform.Scaling;
import org.neuropil.coregister.transform.Transform;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

/// A coregistration as a JSON file, which reads as exactly the same one.
@SuppressWarnings("ArrayRecordComponent")
public final class ModelFile {
    private static final String KIND = "neuropil coregistration";
    private static final int VERSION = 1;
    private static final String POLYNOMIAL = "polynomial";
    private static final String SPLINE = "spline";
    private static final String WARP = "warp";
    private static final String MIRROR = "mirror";

    private ModelFile() {}

    private record Model(@Nullable String kind, int version, @Nullable String software,
            Coregistration.@Nullable Source landmarks, @Nullable String emUnit, @Nullable String twoPhotonUnit,
            int folds, long seed, boolean robust, @Nullable Way toEm, @Nullable Way toTwoPhoton) {}

    private record Way(@Nullable List<Step> steps, @Nullable HeldOut heldOut, @Nullable List<Tried> candidates,
            @Nullable Errors errors) {}

    private record Errors(double @Nullable [] points, double @Nullable [] residuals) {}

    /// A mirror has axis and top; a warp has fields, and the points that kernels are around.
    private record Step(@Nullable String kind, @Nullable Integer axis, @Nullable Double top,
            double @Nullable [] points, @Nullable List<Field> fields) {}

    private record Field(@Nullable String kind, @Nullable Point3 centre, @Nullable Point3 scale, int order,
            double @Nullable [] coefficients, @Nullable String kernel, double @Nullable [] weights) {}

    private record Tried(@Nullable String kernel, int order, double smoothing, double ridge, @Nullable Point3 stretch,
            @Nullable HeldOut heldOut, @Nullable List<Integer> axes) {}

    /// Writes a model, atomically.
    public static void write(Path file, Coregistration model) throws IOException {
        FileStore.replace(file.toAbsolutePath(), bytes(model), false);
    }

    /// A model as the bytes of a file.
    public static byte[] bytes(Coregistration model) {
        return Json.bytes(new Model(KIND, VERSION, model.software(), model.source(), model.em().toString(),
                model.twoPhoton().toString(), model.folds(), model.seed(), model.robust(), way(model.toEm()),
                way(model.toTwoPhoton())));
    }

    /// Reads a model.
    ///
    /// @throws InputException if the file holds none; names file and field
    public static Coregistration read(Path file) throws IOException {
        return parse(Files.readAllBytes(file), file.toString());
    }

    /// Reads a file's bytes.
    ///
    /// @param file its name, for errors
    /// @throws InputException if they are no model; names file and field
    public static Coregistration parse(byte[] bytes, String file) {
        Model model = json(bytes, file);
        if (!KIND.equals(model.kind())) {
            throw new InputException("is no model of a coregistration", file, "give what 'coregister fit' wrote");
        }
        if (model.version() != VERSION) {
            throw new InputException("has version " + model.version() + ", not " + VERSION, file,
                    "fit the landmarks again");
        }
        try {
            return new Coregistration(need(model.software(), "software"), need(model.landmarks(), "landmarks"),
                    PointUnit.parse(need(model.emUnit(), "em_unit"), file + ", em_unit"),
                    PointUnit.parse(need(model.twoPhotonUnit(), "two_photon_unit"), file + ", two_photon_unit"),
                    model.folds(), model.seed(), model.robust(), direction(need(model.toEm(), "to_em"), file),
                    direction(need(model.toTwoPhoton(), "to_two_photon"), file));
        } catch (IllegalArgumentException e) {
            throw new InputException("is damaged: " + e.getMessage(), file, "fit the landmarks again", e);
        }
    }

    /// Whoever gives a file to read cannot mend it by the options of verbs that write one.
    private static Model json(byte[] bytes, String file) {
        try {
            return Json.parse(bytes, file, Model.class);
        } catch (InputException e) {
            boolean model = new String(bytes, StandardCharsets.UTF_8).strip().startsWith("{");
            throw new InputException(model ? e.what() : "is no model of a coregistration", e.where(),
                    "give what 'coregister fit' wrote, or fit the landmarks again", e);
        }
    }

    private static <T> T need(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static Way way(Direction direction) {
        return new Way(direction.transform().steps().stream().map(ModelFile::step).toList(), direction.heldOut(),
                direction.candidates().stream().map(ModelFile::tried).toList(),
                direction.errors().map(errors -> new Errors(errors.points(), errors.residuals())).orElse(null));
    }

    private static Direction direction(Way way, String file) {
        List<Transform> steps = new ArrayList<>();
        for (Step step : need(way.steps(), "steps")) {
            steps.add(transform(need(step, "a step"), file));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Tried one : need(way.candidates(), "candidates")) {
            Tried tried = need(one, "a candidate");
            need(tried.axes(), "axes").forEach(axis -> need(axis, "an axis"));
            Recipe recipe = new Recipe(
                    Optional.ofNullable(tried.kernel()).map(name -> Kernel.parse(name, file + ", kernel")),
                    tried.order(), tried.smoothing(), tried.ridge(), need(tried.stretch(), "stretch"));
            candidates.add(new Candidate(recipe, need(tried.heldOut(), "held_out"), need(tried.axes(), "axes")));
        }
        return new Direction(new Transform.Chain(steps), need(way.heldOut(), "held_out"), candidates,
                Optional.ofNullable(way.errors()).map(errors -> new LandmarkErrors(need(errors.points(), "points"),
                        need(errors.residuals(), "residuals"))));
    }

    private static Tried tried(Candidate candidate) {
        Recipe recipe = candidate.recipe();
        return new Tried(recipe.kernel().map(Kernel::name).orElse(null), recipe.order(), recipe.smoothing(),
                recipe.ridge(), recipe.stretch(), candidate.heldOut(), candidate.axes());
    }

    private static Step step(Transform transform) {
        return switch (transform) {
            case Transform.Mirror mirror -> new Step(MIRROR, mirror.axis(), mirror.top(), null, null);
            case Transform.Warp warp -> warp(warp);
            case Transform.Chain _ -> throw new IllegalArgumentException("a chain in a chain");
        };
    }

    /// The fields of a warp stand around the same points, which are written once.
    private static Step warp(Transform.Warp warp) {
        double[] points = null;
        List<Field> fields = new ArrayList<>();
        for (ScalarField field : List.of(warp.x(), warp.y(), warp.z())) {
            switch (field) {
                case ScalarField.Polynomial trend -> fields.add(field(POLYNOMIAL, trend, null, null));
                case ScalarField.Spline spline -> {
                    if (points != null && !Arrays.equals(points, spline.centres())) {
                        throw new IllegalArgumentException("fields of a warp around different points");
                    }
                    points = spline.centres();
                    fields.add(field(SPLINE, spline.trend(), spline.kernel().name(), spline.weights()));
                }
            }
        }
        return new Step(WARP, null, null, points, fields);
    }

    private static Field field(String kind, ScalarField.Polynomial trend, @Nullable String kernel,
            double @Nullable [] weights) {
        return new Field(kind, trend.scaling().centre(), trend.scaling().scale(), trend.order(), trend.coefficients(),
                kernel, weights);
    }

    private static Transform transform(Step step, String file) {
        switch (need(step.kind(), "kind of a step")) {
            case MIRROR -> {
                return new Transform.Mirror(need(step.axis(), "axis"), need(step.top(), "top"));
            }
            case WARP -> {
                List<Field> fields = need(step.fields(), "fields");
                if (fields.size() != 3) {
                    throw new IllegalArgumentException(fields.size() + " fields of a warp");
                }
                ScalarField[] read = new ScalarField[3];
                for (int axis = 0; axis < 3; axis++) {
                    read[axis] = scalar(need(fields.get(axis), "field"), step.points(), file);
                }
                return new Transform.Warp(read[0], read[1], read[2]);
            }
            default -> throw new IllegalArgumentException("'" + CsvText.shown(Objects.requireNonNull(step.kind()))
                    + "' is no step");
        }
    }

    private static ScalarField scalar(Field field, double @Nullable [] points, String file) {
        ScalarField.Polynomial trend = new ScalarField.Polynomial(
                new Scaling(need(field.centre(), "centre"), need(field.scale(), "scale")), field.order(),
                need(field.coefficients(), "coefficients"));
        return switch (need(field.kind(), "kind of a field")) {
            case POLYNOMIAL -> trend;
            case SPLINE -> new ScalarField.Spline(trend,
                    Kernel.parse(need(field.kernel(), "kernel"), file + ", kernel"), need(points, "points"),
                    need(field.weights(), "weights"));
            default -> throw new IllegalArgumentException("'" + CsvText.shown(Objects.requireNonNull(field.kind()))
                    + "' is no field");
        };
    }
}
