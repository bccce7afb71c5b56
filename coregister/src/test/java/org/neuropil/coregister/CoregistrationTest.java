package org.neuropil.coregister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.coregister.fit.Recipe;
import org.neuropil.coregister.fit.Work;
import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;

class CoregistrationTest {
    private static final PointUnit VOXELS = PointUnit.parse("4x4x40nm", "");
    private static final PointUnit MM = PointUnit.parse("mm", "");
    private static final List<Recipe> RECIPES = List.of(Recipe.polynomial(1),
            Recipe.spline(new Kernel.Power(1), 1, 0.01), Recipe.spline(new Kernel.Matern(1, 0.5), 1, 0.01));

    @TempDir
    private Path folder;

    static Settings settings(OptionalDouble top) {
        return new Settings(Space.EM, VOXELS, MM, top, RECIPES, 5, 1, true);
    }

    /// EM is the two-photon stack turned, its y counted from 1322 µm, and bent a little; EM in voxels, the other in mm.
    static List<Landmark> landmarks(int n) {
        Random random = new Random(3);
        List<Landmark> landmarks = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Point3 mm = new Point3(random.nextDouble(), 1.3 * random.nextDouble(), 0.4 * random.nextDouble());
            landmarks.add(new Landmark("Pt-" + i, true, Optional.of(em(mm)), Optional.of(mm)));
        }
        landmarks.add(new Landmark("off", false, Optional.of(new Point3(1, 2, 3)), Optional.of(new Point3(0, 0, 0))));
        landmarks.add(new Landmark("half", true, Optional.of(new Point3(1, 2, 3)), Optional.empty()));
        return landmarks;
    }

    private static Point3 em(Point3 mm) {
        double x = 1000 * mm.x();
        double y = 1322 - 1000 * mm.y();
        double z = 1000 * mm.z();
        return new Point3((0.98 * x + 4 * Math.sin(y / 300)) / 0.004, (z + 0.1 * x + 2 * Math.sin(z / 100)) / 0.004,
                (0.95 * y + 3 * Math.cos(x / 250)) / 0.04);
    }

    @Test
    void mapsInBothDirectionsAndBothUnits() {
        List<Landmark> landmarks = landmarks(150);
        Coregistration model = Coregistration.fit(landmarks, "l.csv", "abc", settings(OptionalDouble.of(1322)));
        assertThat(model.source()).isEqualTo(new Coregistration.Source("l.csv", "abc", 150, 1, 1));
        assertThat(model.toEm().heldOut().points()).isEqualTo(150);
        assertThat(model.toEm().heldOut().median()).isLessThan(1);
        assertThat(model.toTwoPhoton().heldOut().median()).isLessThan(1);
        Point3 mm = new Point3(0.5, 0.7, 0.2);
        Point3 voxels = model.apply(mm, MM, Space.EM, VOXELS);
        assertThat(VOXELS.toMicrometres(voxels).distance(VOXELS.toMicrometres(em(mm)))).isLessThan(3);
        assertThat(model.apply(voxels, VOXELS, Space.TWO_PHOTON, MM).distance(mm)).isLessThan(0.003);
        // A mirror is a change of names: where points come to lie is the same without it.
        Point3 plain = Coregistration.fit(landmarks, "l.csv", "abc", settings(OptionalDouble.empty()))
                .apply(mm, MM, Space.EM, PointUnit.MICROMETRE);
        assertThat(plain.distance(VOXELS.toMicrometres(voxels))).isLessThan(1e-6);
    }

    /// The same errors as the summary is of, in points as they were given: a mirror changes names only.
    @Test
    void errorsOfSingleLandmarksAreThoseOfTheSummary() {
        List<Landmark> landmarks = landmarks(60);
        Coregistration model = Coregistration.fit(landmarks, "l.csv", "abc", settings(OptionalDouble.of(1322)));
        Coregistration plain = Coregistration.fit(landmarks, "l.csv", "abc", settings(OptionalDouble.empty()));
        for (Space space : Space.values()) {
            LandmarkErrors errors = model.to(space).errors().orElseThrow();
            double[] sizes = new double[60];
            double same = 0;
            for (int i = 0; i < 60; i++) {
                Landmark landmark = landmarks.get(i);
                Point3 from = space == Space.EM
                        ? MM.toMicrometres(landmark.fixed().orElseThrow())
                        : VOXELS.toMicrometres(landmark.moving().orElseThrow());
                Point3 to = space == Space.EM
                        ? VOXELS.toMicrometres(landmark.moving().orElseThrow())
                        : MM.toMicrometres(landmark.fixed().orElseThrow());
                double[] p = errors.points();
                double[] r = errors.residuals();
                assertThat(new Point3(p[3 * i], p[3 * i + 1], p[3 * i + 2]).distance(from)).isLessThan(1e-9);
                sizes[i] = Math.sqrt(r[3 * i] * r[3 * i] + r[3 * i + 1] * r[3 * i + 1] + r[3 * i + 2] * r[3 * i + 2]);
                // The fit to all is off to the same side as the fits that did not see the landmark.
                Point3 mapped = model.to(space).transform().apply(from);
                same += (to.x() - mapped.x()) * r[3 * i] + (to.y() - mapped.y()) * r[3 * i + 1]
                        + (to.z() - mapped.z()) * r[3 * i + 2];
            }
            assertThat(same).isPositive();
            assertThat(errors.residuals()).containsExactly(
                    plain.to(space).errors().orElseThrow().residuals(), within(1e-6));
            Arrays.sort(sizes);
            assertThat((sizes[29] + sizes[30]) / 2).isCloseTo(model.to(space).heldOut().median(),
                    within(1e-9));
        }
    }

    @Test
    void landmarksAreAsFarAsTheyAre() {
        List<Landmark> landmarks = landmarks(60);
        Coregistration model = Coregistration.fit(landmarks, "l.csv", "abc", settings(OptionalDouble.of(1322)));
        Point3 asked = new Point3(500, 700, 200);
        double least = landmarks.stream().limit(60).mapToDouble(
                landmark -> MM.toMicrometres(landmark.fixed().orElseThrow()).distance(asked)).min().orElseThrow();
        double[] found = model.toLandmarks(List.of(asked, asked));
        assertThat(found).hasSize(2);
        assertThat(found[0]).isCloseTo(least, within(1e-9));
        assertThat(found[1]).isEqualTo(found[0]);
    }

    @Test
    void aFileReadsAsExactlyTheSameModel() throws IOException {
        Coregistration model = Coregistration.fit(landmarks(40), "l.csv", "abc", settings(OptionalDouble.of(1322)));
        Path file = folder.resolve("model.json");
        ModelFile.write(file, model);
        Coregistration read = ModelFile.read(file);
        Path again = folder.resolve("again.json");
        ModelFile.write(again, read);
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
        assertThat(read.source()).isEqualTo(model.source());
        assertThat(read.toEm().candidates()).isEqualTo(model.toEm().candidates());
        Point3 mm = new Point3(0.123, 0.456, 0.321);
        assertThat(read.apply(mm, MM, Space.EM, VOXELS)).isEqualTo(model.apply(mm, MM, Space.EM, VOXELS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'{}'|no model of a coregistration", "'[1'|is no model of a coregistration",
        "'{\"a\"'|is not what was expected",
        "'{\"kind\":\"neuropil coregistration\",\"version\":2}'|has version 2",
        "'{\"kind\":\"neuropil coregistration\",\"version\":1}'|software is missing"})
    void saysWhatIsWrongWithAModel(String text, String words) {
        assertThatThrownBy(() -> ModelFile.parse(text.getBytes(StandardCharsets.UTF_8), "m.json"))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).startsWith("m.json").contains(words)
                                .doesNotContain("--fresh").contains("fit"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void noNumberOfThreadsChangesAByte(int threads) throws IOException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Progress progress = (name, total, done) -> {
            told.add(name + " of " + total);
            return Progress.NONE.begin(name, total, done);
        };
        Path alone = folder.resolve("alone.json");
        Path together = folder.resolve("together.json");
        ModelFile.write(alone, Coregistration.fit(landmarks(60), "l.csv", "abc", settings(OptionalDouble.empty())));
        ModelFile.write(together, Coregistration.fit(landmarks(60), "l.csv", "abc", settings(OptionalDouble.empty()),
                new Work(threads, progress)));
        assertThat(Files.readAllBytes(together)).isEqualTo(Files.readAllBytes(alone));
        assertThat(told).containsExactly("to EM, recipes of 3", "to EM, folds of 5", "to two-photon, recipes of 3",
                "to two-photon, folds of 5");
    }

    @Test
    void whatIsWrongInOnePieceIsTold() {
        Work work = new Work(3, Progress.NONE);
        assertThatThrownBy(() -> work.map("pieces", 50, i -> {
            if (i == 7) {
                throw new InputException("seven is wrong", "f", "");
            }
            return i;
        })).isInstanceOf(InputException.class).hasMessageContaining("seven is wrong");
        assertThat(work.map("pieces", 50, i -> 2 * i)).hasSize(50).startsWith(0, 2, 4);
    }

    @Test
    void tooFewLandmarksAreRefused() {
        assertThatThrownBy(
                () -> Coregistration.fit(landmarks(9), "l.csv", "abc", settings(OptionalDouble.empty())))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("l.csv: 9 landmarks are in use").contains("folds"));
    }

    @Test
    void pointsKeepTheirColumns() {
        PointTable table = PointTable.parse("id,x,y,z\n7,1,2,3\n8,4,5,6.5\n".getBytes(StandardCharsets.UTF_8), "p.csv",
                List.of("x", "y", "z"));
        PointTable mapped = table.with(List.of("em_x", "em_y", "em_z"),
                point -> new Point3(2 * point.x(), point.y(), point.z() / 4));
        assertThat(mapped.header()).containsExactly("id", "x", "y", "z", "em_x", "em_y", "em_z");
        assertThat(mapped.rows()).containsExactly(List.of("7", "1", "2", "3", "2", "2", "0.75"),
                List.of("8", "4", "5", "6.5", "8", "5", "1.625"));
        assertThatThrownBy(() -> table.with(List.of("x", "b", "c"), point -> point))
                .isInstanceOf(InputException.class).hasMessageContaining("already");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|is empty", "x,y|there is no column 'z'",
        "x,y,z,x|two columns are called 'x'",
        "'x,y,z\n1,2'|line 2: 2 columns where there are 3",
        "'x,y,z\n1,2,up'|line 2, column 3 (z): 'up' is not a number"})
    void saysWhatIsWrongWithPoints(String text, String words) {
        assertThatThrownBy(() -> PointTable.parse(text.getBytes(StandardCharsets.UTF_8), "p.csv",
                List.of("x", "y", "z"))).isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).startsWith("p.csv").contains(words));
    }
}
