package org.neuropil.physiology.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

class MatSessionTest {
    /// Films that may not stand in the project.
    private static final Path FILMS = Path.of("..", "..", "shared", "data", "retina-calcium");
    private static final int FRAMES = 12;

    @TempDir
    private Path folder = Path.of("");

    private static Matrix matrix(int rows, int columns, MatlabType type, java.util.function.IntToDoubleFunction at) {
        Matrix matrix = Mat5.newMatrix(rows, columns, type);
        for (int i = 0; i < rows * columns; i++) {
            matrix.setDouble(i, at.applyAsDouble(i));
        }
        return matrix;
    }

    /// Three ROIs, two triggers of 31 samples, and a single high sample, which is none.
    private static MatFile film() {
        int samples = 600;
        return Mat5.newMatFile()
                .addArray("roi_sums", matrix(FRAMES, 3, MatlabType.Double, i -> i % FRAMES + 100.0 * (i / FRAMES)))
                .addArray("t_frame", matrix(1, FRAMES, MatlabType.Double, i -> i * 0.125))
                .addArray("t_scan", matrix(1, samples, MatlabType.Double, i -> 2 * i))
                .addArray("ch1_t_stim", matrix(samples, 1, MatlabType.UInt8,
                        i -> i >= 100 && i < 131 || i >= 400 && i < 431 || i == 300 ? 254 : 128))
                .addArray("stim_filename", Mat5.newString("sDS 4x90deg, narrow, 4.0s.QDS"))
                .addArray("roi_struct", Mat5.newStruct().set("roi_ids", matrix(3, 1, MatlabType.UInt16, i -> 7 + i))
                        .set("type", matrix(3, 1, MatlabType.UInt8, i -> i)));
    }

    private Path write(String name, MatFile file) throws IOException {
        Path path = folder.resolve(name);
        Mat5.writeToFile(file, path.toFile());
        return path;
    }

    @Test
    void aFilmOfMovingBarsIsKnownByItsVariables() throws IOException {
        try (Session session = SessionFolder.open(write("film.mat", film()))) {
            Plane plane = session.planes().getFirst();
            assertThat(plane.rate()).isEqualTo(8);
            assertThat(plane.rois().stream().map(roi -> roi.key())).containsExactly(new RoiKey.Recorded("film", 0, 7),
                    new RoiKey.Recorded("film", 0, 8), new RoiKey.Recorded("film", 0, 9));
            assertThat(session.traces(plane, TraceKind.RAW, 2, 1)[0]).startsWith(200, 201).hasSize(FRAMES);
            assertThat(session.presentations()).hasSize(2);
            assertThat(session.presentations().get(0).start()).isEqualTo(0.2);
            assertThat(session.presentations().get(0).stop()).isEqualTo(0.8);
            assertThat(session.presentations().get(1).condition().orElseThrow().label()).isEqualTo("180.0 deg");
            assertThat(session.info().properties()).containsEntry("roi_types", "0,1,2");
            assertThat(session.info().notes()).anySatisfy(note -> assertThat(note).contains("sums"));
        }
    }

    @Test
    void eachSecondSweepGoesBack() {
        BarSweep eight = BarSweep.of("sDS 8x45deg, narrow, 4.0s.QDS");
        assertThat(IntStream.range(0, 16).mapToDouble(eight::direction).toArray()).containsExactly(0, 180, 45, 225, 90,
                270, 135,
                315, 0, 180, 45, 225, 90, 270, 135, 315);
        assertThat(IntStream.range(0, 3).mapToDouble(BarSweep.of("3x120deg")::direction).toArray()).containsExactly(0,
                120, 240);
    }

    @Test
    void otherVariablesAreNamedByAFileBeside() throws IOException {
        Path path = write("mine.mat", Mat5.newMatFile()
                .addArray("F_all", matrix(2, FRAMES, MatlabType.Single, i -> i))
                .addArray("clock", matrix(FRAMES, 1, MatlabType.Double, i -> i * 0.5)));
        assertThatThrownBy(() -> SessionFolder.open(path)).isInstanceOf(InputException.class)
                .hasMessageContaining("which variable has the traces");
        Files.writeString(folder.resolve("mine.json"), """
                {"traces": "F_all", "times": "clock", "kind": "dff", "percent": true, "stimuli": "shown.csv"}""");
        Files.writeString(folder.resolve("shown.csv"), "stim_name,start_time,stop_time\nspontaneous,0,6\n");
        try (Session session = SessionFolder.open(path)) {
            assertThat(session.traces(session.planes().getFirst(), TraceKind.DFF, 1, 1)[0]).startsWith(0.01f, 0.03f);
            assertThat(session.presentations().getFirst().blank()).isTrue();
        }
        Files.writeString(folder.resolve("mine.json"), "{\"traces\": \"G\", \"times\": \"clock\"}");
        assertThatThrownBy(() -> SessionFolder.open(path)).isInstanceOf(InputException.class)
                .hasMessageContaining("named 'G'");
    }

    @Test
    void damageIsToldInOneSentence() throws IOException {
        byte[] bytes = Files.readAllBytes(write("film.mat", film()));
        for (int length : new int[]{0, 60, 140, 500, bytes.length / 2, bytes.length - 1}) {
            Path cut = folder.resolve("cut.mat");
            Files.write(cut, java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> SessionFolder.open(cut)).as("%d bytes", length)
                    .isInstanceOfSatisfying(InputException.class,
                            e -> assertThat(e.sentence().lines()).hasSize(1));
        }
        byte[] later = java.util.Arrays.copyOf("MATLAB 7.3 MAT-file, Platform".getBytes(
                java.nio.charset.StandardCharsets.US_ASCII), 600);
        Path newer = folder.resolve("new.mat");
        Files.write(newer, later);
        assertThatThrownBy(() -> SessionFolder.open(newer)).isInstanceOf(InputException.class)
                .hasMessageContaining("version 7.3");
    }

    @Test
    void filmsOfARetinaAreReadWhole() throws IOException {
        assumeTrue(Files.isDirectory(FILMS), "films of a retina are not there: " + FILMS);
        List<SessionFolder.Found> films = SessionFolder.scan(FILMS).sessions();
        assertThat(films).hasSize(6).allSatisfy(film -> assertThat(film.rois()).isEqualTo(634));
        try (Session session = SessionFolder.open(FILMS.resolve("034_DSbars.mat"))) {
            assertThat(session.presentations()).hasSize(40);
            // As scipy.io reads them: the first trigger, and frame 700 of ROI 301.
            assertThat(session.presentations().getFirst().start()).isEqualTo(4.968);
            Plane plane = session.planes().getFirst();
            assertThat(plane.clock().frames()).isEqualTo(1301);
            float[] trace = session.traces(plane, TraceKind.RAW, 300, 1)[0];
            assertThat(trace[700]).isEqualTo(1888);
            assertThat(session.info().notes()).anySatisfy(note -> assertThat(note).startsWith("546 ROIs"));
        }
    }
}
