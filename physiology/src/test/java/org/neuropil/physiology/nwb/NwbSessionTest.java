package org.neuropil.physiology.nwb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.file.SessionFolder;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

class NwbSessionTest {
    /// In the order of `make_nwb.py`.
    private static final List<TraceKind> KINDS = List.of(TraceKind.RAW, TraceKind.DEMIXED, TraceKind.NEUROPIL,
            TraceKind.CORRECTED, TraceKind.DFF, TraceKind.EVENTS);

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"v1dd.nwb", "v1dd.nwb.zarr"})
    void bothLayoutsOfV1ddAreReadWhole(String name) throws IOException {
        try (NwbSession session = NwbSession.open(Fixtures.unpack(name, folder))) {
            assertThat(session.info().name()).isEqualTo("v1dd");
            assertThat(session.info().layout()).isEqualTo("nwb-v1dd");
            assertThat(session.info().subject()).isEqualTo("409828");
            assertThat(session.info().properties()).containsEntry("session_id", "s13").containsEntry("sex", "M")
                    .containsEntry("storage", name.endsWith("zarr") ? "zarr" : "hdf5");
            assertThat(session.planes()).hasSize(2);
            planes(session);
            stimuli(session);
            signals(session);
            Template noise = session.templates().getFirst();
            assertThat(List.of(noise.frames(), noise.height(), noise.width())).containsExactly(3, 8, 14);
            assertThat(noise.degrees()).isEqualTo(9.3);
            assertThat(noise.at(1, 2, 3)).isEqualTo((112 + 2 * 14 + 3) % 3 - 1);
        }
    }

    private static void planes(NwbSession session) throws IOException {
        int[][] orders = {{2, 0, 3, 1}, {0, 1, 2, 3, 4}};
        for (Plane plane : session.planes()) {
            int number = plane.number();
            assertThat(plane.name()).isEqualTo("plane-" + number);
            assertThat(plane.depth()).isEqualTo(50 + 16 * number);
            assertThat(plane.rate()).isEqualTo(6);
            assertThat(List.of(plane.width(), plane.height())).containsExactly(9, 6);
            assertThat(plane.clock().time(4)).isEqualTo(4 / 6.0 + 0.01 * number);
            assertThat(plane.kinds()).containsExactlyInAnyOrderElementsOf(KINDS);
            int[] order = orders[number];
            for (int i = 0; i < order.length; i++) {
                Roi roi = plane.rois().get(i);
                assertThat(roi.key()).isEqualTo(new RoiKey.Column(1, number == 0 ? 3 : 10, number, 10 + order[i]));
                assertThat(roi.soma()).isEqualTo(order[i] / 8.0);
                // Weights 1 and 3, or two pixels alike.
                assertThat(roi.x()).isEqualTo(number == 0 ? order[i] + 3 : order[i] + 2.5);
                assertThat(roi.y()).isEqualTo(number == 0 ? 2 * order[i] : order[i]);
            }
            assertThat(session.mask(plane, 0)).hasValue(number == 0
                    ? new Mask(new int[]{2, 6}, new int[]{4, 4}, new float[]{1, 3})
                    : new Mask(new int[]{2, 3}, new int[]{0, 0}, new float[]{1, 1}));
            for (int k = 0; k < KINDS.size(); k++) {
                float[][] rows = session.traces(plane, KINDS.get(k), 1, 3);
                assertThat(rows).hasNumberOfRows(3);
                for (int roi = 0; roi < 3; roi++) {
                    for (int frame = 0; frame < 7; frame++) {
                        double value = 1000 * k + 10 * frame + roi + 1;
                        float expected = (float) (KINDS.get(k) == TraceKind.DFF ? value / 100 : value);
                        // The boxed one takes NaN for equal.
                        assertThat((Float) rows[roi][frame])
                                .isEqualTo((Float) (roi == 0 && frame == 3 ? Float.NaN : expected));
                    }
                }
            }
        }
        Plane first = session.planes().getFirst();
        assertThat(session.traces(first, TraceKind.DFF, 4, 0)).isEmpty();
        assertThatThrownBy(() -> session.traces(first, TraceKind.DFF, 3, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void stimuli(NwbSession session) {
        List<Presentation> shown = session.presentations();
        assertThat(shown).hasSize(5);
        assertThat(shown.get(0).condition()).hasValue(new Condition.Grating(330, 0.04, 1));
        assertThat(shown.get(1).condition()).isEmpty();
        assertThat(shown.stream().map(Presentation::blank)).containsExactly(false, true, false, false, true);
        assertThat(shown.get(2).frame()).isEqualTo(1);
        assertThat(shown.get(3).condition()).hasValue(new Condition.Picture(117));
        assertThat(shown.get(3).order()).isEqualTo(3);
        assertThat(shown.get(4).label()).isEqualTo("4");
        assertThat(session.epochs()).first().isEqualTo(new Epoch("drifting_gratings_full", 0, 3.5));
    }

    private static void signals(NwbSession session) {
        assertThat(session.signals().stream().map(Signal::name)).containsExactly("likely_blink", "pupil_area",
                "pupil_x", "running_speed");
        Signal running = session.signal(Signal.RUNNING).orElseThrow();
        assertThat(running.unit()).isEqualTo("cm/s");
        assertThat(running.trace().values()[3]).isEqualTo(-2.5);
        assertThat(running.trace().clock().time(3)).isEqualTo(0.75);
        assertThat(session.signal(Signal.PUPIL).orElseThrow().trace().values()).containsExactly(1, 2, Double.NaN, 4, 5,
                6.5);
        assertThat(session.signal("likely_blink").orElseThrow().trace().values()).containsExactly(0, 1, 0, 0, 1, 0);
    }

    @Test
    void fieldsOfMicronsHaveKeysOfTheirScanAndNoRoots() throws IOException {
        try (NwbSession session = NwbSession.open(Fixtures.unpack("sub-17797_ses-4-scan-7.nwb", folder))) {
            assertThat(session.info().layout()).isEqualTo("nwb-microns");
            assertThat(session.planes().stream().map(Plane::number)).containsExactly(1, 2);
            Plane field = session.planes().get(1);
            assertThat(field.rois().stream().map(Roi::key)).containsExactly(new RoiKey.Masked(4, 7, 2, 7),
                    new RoiKey.Masked(4, 7, 2, 8), new RoiKey.Masked(4, 7, 2, 9));
            assertThat(field.rois().getFirst().key().label()).isEqualTo("4_7_2_m7");
            assertThat(field.rois().stream().map(Roi::soma)).containsExactly(1.0, 0.0, 1.0);
            assertThat(field.rois().get(2).x()).isEqualTo(3);
            assertThat(field.rois().get(2).y()).isEqualTo(4);
            assertThat(field.depth()).isBetween(200 - 1e-9, 200 + 1e-9);
            assertThat(field.rate()).isBetween(6.25 - 1e-9, 6.25 + 1e-9);
            assertThat(session.traces(field, TraceKind.RAW, 1, 1)[0]).containsExactly(1, 4, 7, 10, 13);
            assertThat(session.info().notes()).anySatisfy(note -> assertThat(note).contains("pt_root_id",
                    "lost their last digits", "are its supervoxel ids"))
                    .anySatisfy(note -> assertThat(note).contains("no unit_id"));
            assertThat(session.presentations().stream().map(Presentation::label)).containsExactly("zz", "aa", "zz");
            assertThat(session.presentations().getFirst().condition()).hasValue(new Condition.Picture(1));
            assertThat(session.signal(Signal.RUNNING).orElseThrow().trace().values()).containsExactly(1.5, Double.NaN,
                    -2.5);
            assertThat(session.signal(Signal.RUNNING).orElseThrow().unit()).isEqualTo("cm/s");
            assertThat(session.signal(Signal.PUPIL).orElseThrow().trace().values()).containsExactly(2 * Math.PI,
                    4 * Math.PI, 12 * Math.PI);
        }
    }

    @Test
    void aFileThatIsCutIsRefusedWithItsLengths() throws IOException {
        Path file = Fixtures.unpack("v1dd.nwb", folder);
        byte[] bytes = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.nwb");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> NwbSession.open(cut)).isInstanceOf(InputException.class)
                .hasMessageContaining("cut short").hasMessageContaining(String.valueOf(bytes.length));
    }

    @Test
    void aStoreThatLacksSomethingSaysWhat() throws IOException {
        Path store = Fixtures.unpack("v1dd.nwb.zarr", folder);
        Path times = store.resolve("processing/plane-0/raw/timestamps/.zarray");
        Files.delete(times);
        assertThatThrownBy(() -> NwbSession.open(store)).isInstanceOf(InputException.class)
                .hasMessageContaining("neither timestamps nor");
        Files.delete(store.resolve(".zgroup"));
        assertThatThrownBy(() -> NwbSession.open(store)).isInstanceOf(InputException.class)
                .hasMessageContaining(".zgroup");
    }

    @Test
    void chunksThatAreDamagedAreNamed() throws IOException {
        Path store = Fixtures.unpack("v1dd.nwb.zarr", folder);
        Files.write(store.resolve("processing/plane-0/raw/data/0.0"), new byte[20]);
        try (NwbSession session = NwbSession.open(store)) {
            assertThatThrownBy(() -> session.traces(session.planes().getFirst(), TraceKind.RAW, 0, 1))
                    .isInstanceOf(IOException.class).hasMessageContaining("chunk [0, 0]")
                    .hasMessageContaining("plane-0/raw/data");
        }
    }

    @Test
    void aNameThatSaysNothingIsTheFolders() {
        assertThat(NwbSession.name("/x/409828_2018-11-21/pophys.nwb.zarr")).isEqualTo("409828_2018-11-21");
        assertThat(NwbSession.name("/x/y/M409828_13.nwb")).isEqualTo("M409828_13");
    }

    @Test
    void scansAreFoundInNames() {
        assertThat(NwbKeys.scan("sub-17797_ses-4-scan-7_behavior+image+ophys")).hasValue(new int[]{4, 7});
        assertThat(NwbKeys.scan("9_10")).hasValue(new int[]{9, 10});
        assertThat(NwbKeys.scan("M409828_13_20180921")).isEmpty();
    }

    /// Chunks of zeros may be left out in Zarr; what is lost must not become zeros without a word.
    @Test
    void lostChunksOfTracesAreNoZeros() throws IOException {
        Path store = Fixtures.unpack("v1dd.nwb.zarr", folder);
        float[][] whole;
        try (NwbSession session = NwbSession.open(store)) {
            whole = session.traces(session.planes().getFirst(), TraceKind.DFF, 0, 4);
            assertThat(session.info().notes()).noneMatch(note -> note.contains("chunks"));
        }
        Path data = store.resolve("processing/plane-0/dff/data");
        Files.delete(data.resolve("1.0"));
        Files.delete(data.resolve("2.1"));
        assertThatThrownBy(() -> NwbSession.open(store)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("/processing/plane-0/dff/data", "lacks 2 of its chunks",
                        "--missing-chunks nan"));
        assertThat(SessionFolder.scan(folder).damaged()).singleElement()
                .satisfies(one -> assertThat(one.why()).contains("lacks 2 of its chunks"));
        for (MissingChunks how : List.of(MissingChunks.NAN, MissingChunks.FILL)) {
            try (NwbSession session = NwbSession.open(store, true, how)) {
                float[][] traces = session.traces(session.planes().getFirst(), TraceKind.DFF, 0, 4);
                int lost = 0;
                for (int roi = 0; roi < traces.length; roi++) {
                    for (int f = 0; f < traces[roi].length; f++) {
                        if (Float.compare(traces[roi][f], whole[roi][f]) != 0) {
                            lost++;
                            assertThat(traces[roi][f])
                                    .isEqualTo(Float.valueOf(how == MissingChunks.NAN ? Float.NaN : 0));
                        }
                    }
                }
                assertThat(lost).isBetween(2, traces.length * whole[0].length / 2);
                assertThat(session.info().notes())
                        .anyMatch(note -> note.contains("2 chunks of /processing/plane-0/dff"));
            }
        }
    }

    @Test
    void aFillValueThatIsMeantIsANote() throws IOException {
        Path store = Fixtures.unpack("v1dd.nwb.zarr", folder);
        Path data = store.resolve("processing/plane-0/dff/data");
        Files.delete(data.resolve("1.0"));
        Path array = data.resolve(".zarray");
        Files.writeString(array,
                Files.readString(array).replaceFirst("\"fill_value\": [^,]*", "\"fill_value\": \"NaN\""));
        try (NwbSession session = NwbSession.open(store)) {
            assertThat(session.info().notes()).anyMatch(note -> note.contains("1 chunks of /processing/plane-0/dff"));
            boolean any = false;
            for (float value : session.traces(session.planes().getFirst(), TraceKind.DFF, 0, 1)[0]) {
                any |= Float.isNaN(value);
            }
            assertThat(any).isTrue();
        }
    }

    /// Directions that are lost would all be 0 degrees.
    @ParameterizedTest
    @ValueSource(strings = {"intervals/stimulus_table/direction", "processing/behavior/running_speed/data",
        "processing/plane-0/image_segmentation/roi_table/roi"})
    void lostChunksOfOtherArraysAreNoZerosEither(String array) throws IOException {
        Path store = Fixtures.unpack("v1dd.nwb.zarr", folder);
        Files.delete(store.resolve(array).resolve("0"));
        assertThatThrownBy(() -> NwbSession.open(store)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains(array));
        assertThat(SessionFolder.scan(folder).damaged()).hasSize(1);
        if (!array.endsWith("roi")) {
            try (NwbSession session = NwbSession.open(store, true, MissingChunks.FILL)) {
                assertThat(session.info().notes()).anyMatch(note -> note.contains("1 chunks of /" + array));
            }
        }
    }
}
