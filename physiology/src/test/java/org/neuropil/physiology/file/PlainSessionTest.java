package org.neuropil.physiology.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

class PlainSessionTest {
    @TempDir
    private Path folder = Path.of("");

    private static List<Double> times(Clock clock) {
        return IntStream.range(0, clock.frames()).mapToObj(clock::time).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsWrittenIsReadAgain(long seed) throws IOException {
        MemorySession made = Sessions.random(seed);
        Path place = folder.resolve("out");
        PlainWriter.write(made, place);
        try (Session read = SessionFolder.open(place)) {
            assertThat(read.info().name()).isEqualTo(made.info().name());
            assertThat(read.info().subject()).isEqualTo("mouse");
            assertThat(read.info().notes()).containsExactly("a note");
            assertThat(read.info().properties()).containsEntry("sex", "F");
            assertThat(read.presentations()).isEqualTo(made.presentations());
            assertThat(read.epochs()).isEqualTo(made.epochs());
            assertThat(read.templates()).singleElement().satisfies(one -> {
                assertThat(one.values()).isEqualTo(made.templates().getFirst().values());
                assertThat(List.of(one.frames(), one.height(), one.width())).containsExactly(2, 1, 3);
                assertThat(one.degrees()).isEqualTo(9.3);
            });
            Signal signal = read.signals().getFirst();
            assertThat(signal.name()).isEqualTo("pupil_area");
            assertThat(signal.unit()).isEqualTo("pixels");
            assertThat(signal.trace().values()).isEqualTo(made.signals().getFirst().trace().values());
            assertThat(read.planes()).hasSameSizeAs(made.planes());
            for (int i = 0; i < made.planes().size(); i++) {
                Plane one = made.planes().get(i);
                Plane other = read.planes().get(i);
                assertThat(other.rois()).isEqualTo(one.rois());
                assertThat(times(other.clock())).isEqualTo(times(one.clock()));
                assertThat(List.of(other.depth(), other.rate(), other.name(), other.width(), other.height()))
                        .isEqualTo(List.of(one.depth(), one.rate(), one.name(), one.width(), one.height()));
                assertThat(other.kinds()).isEqualTo(one.kinds());
                for (TraceKind kind : one.kinds()) {
                    int count = one.rois().size();
                    // Which takes NaNs for equal.
                    assertThat(Arrays.deepToString(read.traces(other, kind, count / 2, count - count / 2)))
                            .isEqualTo(Arrays.deepToString(made.traces(one, kind, count / 2, count - count / 2)));
                }
                assertThat(read.mask(other, 0)).isEqualTo(made.mask(one, 0));
            }
        }
    }

    @Test
    void aFolderByHandNeedsLittle() throws IOException {
        Files.writeString(folder.resolve("traces.csv"), "time,cell a,cell b\n0.5,1,2\n0.75,,50\n1,3,4\n");
        Files.writeString(folder.resolve("session.json"),
                "{\"kind\": \"dff\", \"percent\": true, \"subject\": \"m1\"}");
        Files.writeString(folder.resolve("running.csv"), "time,running_speed\n0,1\n1,nan\n");
        Files.writeString(folder.resolve("stimulus_table.csv"),
                "stim_name,start_time,stop_time,direction\nmoving_bars,2,3,90\nmoving_bars,0,1,450\n");
        try (Session session = SessionFolder.open(folder)) {
            Plane plane = session.planes().getFirst();
            assertThat(times(plane.clock())).containsExactly(0.5, 0.75, 1.0);
            assertThat(plane.rate()).isEqualTo(4);
            assertThat(Arrays.deepToString(session.traces(plane, TraceKind.DFF, 0, 2)))
                    .isEqualTo("[[0.01, NaN, 0.03], [0.02, 0.5, 0.04]]");
            assertThat(session.signal(Signal.RUNNING).orElseThrow().unit()).isEqualTo("cm/s");
            assertThat(session.presentations().getFirst().start()).isZero();
            assertThat(session.presentations().getFirst().condition().orElseThrow().label()).isEqualTo("90.0 deg");
        }
    }

    @Test
    void filesThatDoNotFitAreNamed() throws IOException {
        Files.writeString(folder.resolve("traces.csv"), "a,b\n1,2\n3,4\n");
        assertThatThrownBy(() -> PlainSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("has no times.npy");
        Files.writeString(folder.resolve("times.csv"), "time\n0\n1\n2\n");
        assertThatThrownBy(() -> PlainSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("2 frames of 2 ROIs").hasMessageContaining("3 times");
        Files.writeString(folder.resolve("times.csv"), "time\n0\n0\n");
        assertThatThrownBy(() -> PlainSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("not later");
        Files.writeString(folder.resolve("times.csv"), "time\n0\n1\n");
        Files.writeString(folder.resolve("rois.csv"), "roi,x\n5,1\n");
        assertThatThrownBy(() -> PlainSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("1 rows");
        Files.writeString(folder.resolve("rois.csv"), "roi,x\n5,1\n-6,1\n");
        assertThatThrownBy(() -> PlainSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("'-6' is no whole number");
        Files.writeString(folder.resolve("rois.csv"), "roi,x\n5,1\n5,2\n");
        assertThatThrownBy(() -> PlainSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("twice");
        Files.delete(folder.resolve("rois.csv"));
        Files.writeString(folder.resolve("stimulus_table.csv"), "stim_name,start_time,stop_time\nx,3,2\n");
        assertThatThrownBy(() -> PlainSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("'2' is not at or after start_time");
        Files.writeString(folder.resolve("raw.csv"), "a,b\n1,2\n3,4\n");
        assertThatThrownBy(() -> PlainSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("traces of one kind");
    }
}
