package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.pipeline.Json;

/// A movie of two cells that overlap, on a drifting ground, through all steps.
class TracesVerbsTest {
    private static final int FRAMES = 300;

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();

    @BeforeEach
    void movie() throws IOException {
        Session.stack(folder.resolve("movie"), 24, 16, FRAMES, (x, y, frame) -> {
            double light = 40 + (x * 7 + y * 3 + frame * 11) % 5;
            light += x >= 4 && x < 10 && y >= 4 && y < 10 ? 30 * Math.exp(-(frame % 100) / 6.0) : 0;
            light += x >= 9 && x < 15 && y >= 4 && y < 10 ? 40 * Math.exp(-(frame % 70) / 6.0) : 0;
            return (int) Math.rint(light);
        });
        StringBuilder masks = new StringBuilder("roi,x,y\n");
        for (int cell = 0; cell < 2; cell++) {
            for (int i = 0; i < 36; i++) {
                masks.append("ab".charAt(cell)).append(',').append(4 + 5 * cell + i % 6).append(',').append(4 + i / 6)
                        .append('\n');
            }
        }
        Files.writeString(folder.resolve("masks.csv"), masks);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private List<?> json() {
        return (List<?>) Json.MAPPER.readValue(session.out, Object.class);
    }

    @Test
    void aMovieGoesThroughAllSteps() throws IOException {
        assertThat(session.run("traces", "extract", file("movie"), "--masks", file("masks.csv"), "--out", file("f.npy"),
                "--neuropil", file("n.npy"), "--inner", "1", "--outer", "3", "--format", "json")).as(session.err)
                .isZero();
        assertThat(((Map<?, ?>) json().getFirst()).get("pixels")).isEqualTo(36);
        assertThat(TraceFiles.read(file("f.npy")).values()[0][0]).isBetween(70.0, 90.0);
        assertThat(session.run("traces", "demix", file("movie"), "--masks", file("masks.csv"), "--out",
                file("d.csv"))).as(session.err).isZero();
        assertThat(TraceFiles.read(file("d.csv")).names()).containsExactly("a", "b");
        assertThat(session.run("traces", "neuropil", file("f.npy"), file("n.npy"), "--out", file("fc.npy"), "--r",
                "0.5")).as(session.err).isZero();
        assertThat(TraceFiles.read(file("fc.npy")).values()[1][7])
                .isCloseTo(TraceFiles.read(file("f.npy")).values()[1][7]
                        - 0.5 * TraceFiles.read(file("n.npy")).values()[1][7], within(1e-12));
        assertThat(session.run("traces", "dff", file("fc.npy"), "--rate", "6", "--long-window", "40", "--out",
                file("dff.npy"), "--baseline", file("b.npy"), "--format", "csv")).as(session.err).isZero();
        assertThat(session.out.lines().toList()).hasSize(3).first()
                .isEqualTo("roi,sigma_dff,num_small_baseline_frames");
        assertThat(session.err).contains("windows of 241 and 21 frames");
        assertThat(session.run("traces", "events", file("dff.npy"), "--rate", "6", "--decay", "1", "--upsampling", "1",
                "--sigmas", "5", "--out", file("e.npy"), "--fine", file("fine.npy"))).as(session.err).isZero();
        double[] events = TraceFiles.read(file("e.npy")).values()[0];
        assertThat(IntStream.of(100, 200).mapToDouble(frame -> events[frame])).allMatch(size -> size > 0.5);
        assertThat(session.run("traces", "snr", file("dff.npy"), "--rate", "6", "--events", file("e.npy"), "--format",
                "json")).as(session.err).isZero();
        assertThat(((Map<?, ?>) json().getFirst()).get("event_power")).isInstanceOf(Double.class);
        assertThat(session.run("traces", "duplicates", "--plane", file("masks.csv") + "," + file("dff.npy"), "--plane",
                file("masks.csv") + "," + file("dff.npy"), "--format", "csv")).as(session.err).isZero();
        Path named = file("named.csv");
        TraceTable dff = TraceFiles.read(file("dff.npy"));
        TraceFiles.write(named, new TraceTable(List.of("b", "a"), new double[][]{dff.values()[1], dff.values()[0]},
                Optional.empty()));
        String byPlace = session.out;
        assertThat(session.run("traces", "duplicates", "--plane", file("masks.csv") + "," + file("dff.npy"), "--plane",
                file("masks.csv") + "," + named, "--format", "csv")).as(session.err).isZero();
        assertThat(session.out).isEqualTo(byPlace);
        TraceFiles.write(named, new TraceTable(List.of("b", "c"), dff.values(), Optional.empty()));
        assertThat(session.run("traces", "duplicates", "--plane", file("masks.csv") + "," + file("dff.npy"), "--plane",
                file("masks.csv") + "," + named)).isEqualTo(1);
        assertThat(session.err).contains("named.csv", "has no trace of 'a'");
        assertThat(byPlace.lines()).containsExactly("group,plane,roi,pixels,kept", "0,0,a,36,yes",
                "0,1,a,36,no",
                "1,0,b,36,yes", "1,1,b,36,no");
    }

    @Test
    void theResultDoesNotDependOnTheThreads() throws IOException {
        Random random = new Random(1);
        double[][] values = new double[5][400];
        for (double[] trace : values) {
            for (int i = 0; i < trace.length; i++) {
                trace[i] = 100 + random.nextGaussian() + 30 * Math.exp(-(i % 50) / 5.0);
            }
        }
        TraceFiles.write(file("t.npy"), new TraceTable(List.of("0", "1", "2", "3", "4"), values, Optional.empty()));
        for (String threads : List.of("1", "3")) {
            assertThat(session.run("traces", "dff", file("t.npy"), "--rate", "10", "--long-window", "20", "--out",
                    file(threads + ".npy"), "--threads", threads)).as(session.err).isZero();
            assertThat(session.run("traces", "events", file(threads + ".npy"), "--rate", "10", "--decay", "0.5",
                    "--out", file(threads + "e.npy"), "--threads", threads)).as(session.err).isZero();
        }
        assertThat(Files.readAllBytes(file("3e.npy"))).isEqualTo(Files.readAllBytes(file("1e.npy")));
    }

    @Test
    void whatIsWrongIsTold() throws IOException {
        Path traces = Files.writeString(file("t.csv"), "a\n1\n2\n3\n");
        assertThat(session.run("traces", "dff", traces, "--out", file("o.csv"))).isEqualTo(1);
        assertThat(session.err).contains("t.csv", "give --rate, or a column 'time'");
        assertThat(session.run("traces", "dff", traces, "--rate", "6", "--out", file("o.csv"))).isEqualTo(1);
        assertThat(session.err).contains("3601 frames is not shorter than the trace of 3", "--long-window");
        assertThat(session.run("traces", "dff", file("none.csv"), "--rate", "6", "--out", file("o.csv"))).isEqualTo(1);
        assertThat(session.err).contains("none.csv", "is not there");
        assertThat(session.run("traces", "snr", traces, "--rate", "6", "--events", file("masks.csv"))).isEqualTo(1);
        assertThat(session.err).contains("masks.csv", "is no number");
        assertThat(session.run("traces", "neuropil", traces, traces, "--out", traces)).isEqualTo(1);
        assertThat(session.err).contains("t.csv", "is there already", "--force");
        Files.writeString(file("m.csv"), "roi,x,y\na,30,2\n");
        assertThat(session.run("traces", "extract", file("movie"), "--masks", file("m.csv"), "--out", file("o.csv")))
                .isEqualTo(1);
        assertThat(session.err).contains("roi a", "30,2", "24 x 16");
        assertThat(session.run("traces", "demix", file("nothing.npy"), "--masks", file("m.csv"), "--out",
                file("o.csv"))).isEqualTo(1);
        assertThat(session.err).contains("nothing.npy");
        assertThat(Files.exists(file("o.csv"))).isFalse();
    }
}
