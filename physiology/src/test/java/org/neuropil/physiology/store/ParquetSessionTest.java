package org.neuropil.physiology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ParquetSessionTest {
    private static final Set<TraceKind> ALL = EnumSet.allOf(TraceKind.class);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whatIsWrittenIsReadAgain(int form) throws IOException {
        MemorySession made = Sessions.random(form, form, new int[]{70, 1, 3}, 1500);
        SessionWriter.write(made, folder, ALL);
        try (Session read = ParquetSession.open(folder)) {
            Sessions.same(read, made);
            assertThat(read.info().properties()).isEqualTo(made.info().properties());
            assertThat(read.info().notes()).isEqualTo(made.info().notes());
        }
    }

    @Property(tries = 12)
    void anySessionIsReadAgain(@ForAll long seed, @ForAll @IntRange(max = 3) int form,
            @ForAll @IntRange(max = 70) int rois, @ForAll @IntRange(max = 2100) int frames) throws IOException {
        Path place = Files.createTempDirectory("session");
        try {
            MemorySession made = Sessions.random(seed, form, new int[]{rois, 1}, frames);
            SessionWriter.write(made, place, ALL);
            try (Session read = ParquetSession.open(place)) {
                Sessions.same(read, made);
            }
        } finally {
            WorkRun.delete(place);
        }
    }

    @Test
    void aSessionOfNothingIsReadAgain() throws IOException {
        MemorySession made = Sessions.random(1, 0, new int[]{0, 2}, 0);
        SessionWriter.write(made, folder, ALL);
        try (Session read = ParquetSession.open(folder)) {
            Sessions.same(read, made);
        }
    }

    @Test
    void anyBlockIsRead() throws IOException {
        MemorySession made = Sessions.random(3, 0, new int[]{100}, 2100);
        SessionWriter.write(made, folder, ALL);
        Plane plane = made.planes().getFirst();
        try (Session read = ParquetSession.open(folder)) {
            List<int[]> blocks = List.of(new int[]{0, 1}, new int[]{31, 2}, new int[]{32, 32}, new int[]{99, 1},
                    new int[]{5, 90}, new int[]{50, 0});
            blocks.parallelStream().forEach(block -> {
                try {
                    Sessions.same(read.traces(plane, TraceKind.EVENTS, block[0], block[1]),
                            made.traces(plane, TraceKind.EVENTS, block[0], block[1]));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> read.traces(plane, TraceKind.EVENTS, 99, 2))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> read.traces(plane, TraceKind.RAW, 0, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void onlyKindsThatAreAskedForAreWritten() throws IOException {
        SessionWriter.write(Sessions.random(3, 0, new int[]{2}, 10), folder, EnumSet.of(TraceKind.EVENTS));
        try (Session read = ParquetSession.open(folder)) {
            assertThat(read.planes().getFirst().kinds()).containsExactly(TraceKind.EVENTS);
            assertThat(folder.resolve("traces-dff")).doesNotExist();
        }
    }

    @Test
    void orderOfPiecesDoesNotChangeBytes() throws IOException {
        MemorySession made = Sessions.random(5, 0, new int[]{40, 20}, 1100);
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        SessionWriter.write(made, one, ALL);
        SessionWriter writer = new SessionWriter(made, other, ALL);
        for (SessionWriter.Piece piece : writer.pieces().reversed()) {
            writer.write(piece);
            writer.write(piece);
        }
        writer.finish();
        assertThat(files(other)).isEqualTo(files(one));
        for (String file : files(one)) {
            assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
        }
    }

    private static List<String> files(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()).sorted().toList();
        }
    }

    @Test
    void planesAreBroughtToTheFirstClock() throws IOException {
        MemorySession made = Sessions.random(7, 0, new int[]{2, 3}, 40);
        double[][] moved = ParquetSession.onFirstClock(made, made.planes().get(1), TraceKind.DFF, 1, 2);
        Plane first = made.planes().getFirst();
        Plane plane = made.planes().get(1);
        float[] values = made.traces(plane, TraceKind.DFF, 2, 1)[0];
        assertThat(moved).hasDimensions(2, first.clock().frames());
        for (int frame = 0; frame < moved[1].length; frame++) {
            double time = first.clock().time(frame);
            int next = IntStream.range(0, values.length).filter(i -> plane.clock().time(i) >= time).findFirst()
                    .orElse(0);
            if (next == 0) {
                assertThat(moved[1][frame]).isNaN();
                continue;
            }
            double before = plane.clock().time(next - 1);
            double share = (time - before) / (plane.clock().time(next) - before);
            assertThat(moved[1][frame])
                    .isEqualTo(values[next - 1] + share * ((double) values[next] - values[next - 1]));
        }
        assertThat(Arrays.stream(moved[1]).filter(Double::isFinite).count()).isGreaterThan(5);
    }

    @Test
    void brokenFoldersAreRefusedByName() throws IOException {
        assertThatThrownBy(() -> ParquetSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("no session.json");
        SessionWriter.write(Sessions.random(3, 0, new int[]{2}, 10), folder, ALL);
        Path file = folder.resolve("session.json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.replace("\"format\" : 1", "\"format\" : 2"));
        assertThatThrownBy(() -> ParquetSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("format 2");
        Files.writeString(file, whole.replace("traces-dff/", "../../traces-dff/"));
        assertThatThrownBy(() -> ParquetSession.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("is no file of the session");
        Files.writeString(file, whole);
        Path epochs = folder.resolve("epochs.parquet");
        Files.write(epochs, Arrays.copyOf(Files.readAllBytes(epochs), 40));
        assertThatThrownBy(() -> ParquetSession.open(folder)).isInstanceOf(IOException.class)
                .hasMessageContaining("epochs.parquet");
    }
}
