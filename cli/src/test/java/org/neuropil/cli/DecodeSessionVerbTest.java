package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.store.ParquetSession;
import org.neuropil.physiology.store.SessionWriter;
import org.neuropil.pipeline.Json;

/// Decoding a session in which one plane is tuned and the other is not.
class DecodeSessionVerbTest {
    private static final int TRIALS = 48;
    private static final double STEP = 0.25;

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();

    /// Four directions in turn, 2 s each with 1 s between; then two images. Cells of the upper plane fire at one direction each,
    /// those of the deep plane by chance. The animal runs in the first half of the gratings.
    @BeforeEach
    void make() throws IOException {
        List<Presentation> shown = new ArrayList<>();
        for (int t = 0; t < TRIALS; t++) {
            shown.add(new Presentation("drifting_gratings_full", 3 * t + 1, 3 * t + 3,
                    Optional.of(new Condition.Grating(t % 4 * 90, 0.04, 1)), false, -1, -1, Double.NaN, Double.NaN,
                    ""));
        }
        for (int t = 0; t < 12; t++) {
            shown.add(new Presentation("natural_images", 3 * TRIALS + t + 1, 3 * TRIALS + t + 1.5,
                    Optional.of(new Condition.Picture(t % 2)), false, -1, -1, Double.NaN, Double.NaN, ""));
        }
        Clock clock = new Clock(
                IntStream.range(0, (int) ((3 * TRIALS + 20) / STEP)).mapToDouble(i -> i * STEP).toArray());
        Random random = new Random(1);
        List<Plane> planes = new ArrayList<>();
        float[][][] traces = new float[2][4][clock.frames()];
        for (int p = 0; p < 2; p++) {
            List<Roi> rois = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                rois.add(new Roi(new RoiKey.Column(1, 1, p, i), 0, 0, 1, 0));
                for (int f = 0; f < clock.frames(); f++) {
                    int trial = (int) (clock.time(f) - 1) / 3;
                    boolean during = clock.time(f) >= 1 && trial < TRIALS && (clock.time(f) - 1) % 3 <= 2;
                    traces[p][i][f] = random.nextFloat() + (p == 0 && during && trial % 4 == i ? 2 : 0);
                }
            }
            planes.add(new Plane(p, "plane-" + p, 60 + 100 * p, 1 / STEP, 9, 9, clock, rois,
                    EnumSet.of(TraceKind.EVENTS)));
        }
        double[] speed = IntStream.range(0, clock.frames())
                .mapToDouble(f -> clock.time(f) < 3 * TRIALS / 2 ? 5 : 0).toArray();
        SessionWriter.write(
                new MemorySession(new SessionInfo("seen", "m", "csv", "", Map.of(), List.of()), planes, shown,
                        List.of(), List.of(new Signal(Signal.RUNNING, "cm/s", new Trace(clock, speed))), List.of(),
                        Map.of(0, Map.of(TraceKind.EVENTS, traces[0]), 1, Map.of(TraceKind.EVENTS, traces[1])),
                        Map.of()),
                place(), Set.of(TraceKind.EVENTS));
    }

    private Path place() {
        return folder.resolve("mouse").resolve("physiology").resolve("seen");
    }

    private Map<?, ?> row(List<?> rows, String group, String state, int cells) {
        return (Map<?, ?>) rows.stream().filter(one -> one instanceof Map<?, ?> map
                && List.of(group, state, cells)
                        .equals(Arrays.asList(map.get("group"), map.get("state"), map.get("cells"))))
                .findFirst().orElseThrow();
    }

    @Test
    void tunedCellsTellDirectionsAndOthersDoNot() throws IOException {
        assertThat(session.run("decode", folder.resolve("mouse"), "--stimuli", "dgf", "--labels", "direction",
                "--by-depth",
                "100", "--by-plane", "--by-running", "--cells", "1,4", "--repeats", "4", "--shuffles", "19", "--format",
                "json")).as(session.err).isZero();
        assertThat(session.err).contains("8 cells in trials of drifting_gratings_full");
        List<?> rows = (List<?>) Json.MAPPER.readValue(session.out, Object.class);
        Map<?, ?> upper = row(rows, "0-100 um", "all", 4);
        assertThat((Double) upper.get("accuracy")).isGreaterThan(0.95);
        assertThat(upper.get("p")).isEqualTo(0.05);
        assertThat((Double) row(rows, "0-100 um", "all", 1).get("accuracy")).isLessThan((Double) upper.get("accuracy"));
        Map<?, ?> deep = row(rows, "100-200 um", "all", 4);
        // Of 48 trials a quarter by chance, 3.3 standard deviations of a binomial.
        assertThat((Double) deep.get("accuracy")).isBetween(0.05, 0.45);
        assertThat((Double) deep.get("p")).isGreaterThan(0.05);
        assertThat(row(rows, "plane-0", "all", 4).get("trials")).isEqualTo(48);
        assertThat(row(rows, "plane-1", "running", 4).get("trials")).isEqualTo(24);
        assertThat(row(rows, "100-200 um", "still", 4).get("trials")).isEqualTo(24);
        assertThat((Double) row(rows, "0-100 um", "still", 4).get("accuracy")).isGreaterThan(0.9);
    }

    /// The same as of the trials in a CSV file, cut here by hand; the same seed gives the same bytes in every form.
    @Test
    void aSessionIsDecodedAsItsTrials() throws IOException {
        StringBuilder csv = new StringBuilder("cell,direction,spatial_frequency,temporal_frequency,response,speed\n");
        try (ParquetSession read = ParquetSession.open(place())) {
            for (Plane plane : read.planes()) {
                for (int i = 0; i < 4; i++) {
                    float[] trace = read.traces(plane, TraceKind.EVENTS, i, 1)[0];
                    for (int t = 0; t < TRIALS; t++) {
                        double sum = 0;
                        int count = 0;
                        for (int f = 0; f < trace.length; f++) {
                            if (f * STEP >= 3 * t + 1 && f * STEP <= 3 * t + 3) {
                                sum += trace[f];
                                count++;
                            }
                        }
                        csv.append(plane.rois().get(i).key().label()).append(',').append(t % 4 * 90).append(",0.04,1,")
                                .append(sum / count).append(',').append(t < TRIALS / 2 ? 5 : 0).append('\n');
                    }
                }
            }
        }
        Path trials = Files.writeString(folder.resolve("trials.csv"), csv);
        Object[] more = {"--cells", "2,all", "--repeats", "2", "--shuffles", "5", "--seed", "7", "--format", "csv"};
        assertThat(run("decode", place(), more, "--stimuli", "drifting_gratings_full")).as(session.err).isZero();
        String ofSession = session.out;
        assertThat(run("decode", trials, more)).as(session.err).isZero();
        assertThat(session.out).isEqualTo(ofSession);
        for (String format : List.of("arrow", "parquet", "json")) {
            assertThat(run("decode", place(), more, "--stimuli", "dgf", "--format", format)).as(session.err).isZero();
            byte[] first = session.bytes;
            assertThat(run("decode", place(), more, "--stimuli", "dgf", "--format", format, "--threads", "3")).isZero();
            assertThat(session.bytes).isNotEmpty().isEqualTo(first);
        }
        Path out = folder.resolve("out.parquet");
        assertThat(run("decode", place(), more, "--stimuli", "dgf", "--out", out)).as(session.err).isZero();
        assertThat(Files.readAllBytes(out)).startsWith('P', 'A', 'R', '1');
    }

    private int run(String verb, Path of, Object[] some, Object... more) {
        List<Object> words = new ArrayList<>(List.of(verb, of));
        List<Object> all = List.of(some);
        boolean formatted = List.of(more).contains("--format");
        words.addAll(formatted ? all.subList(0, all.size() - 2) : all);
        words.addAll(List.of(more));
        return session.run(words.toArray());
    }

    @Test
    void whatIsWrongIsTold() throws IOException {
        assertThat(session.run("decode", place())).isEqualTo(1);
        assertThat(session.err).contains("2 stimuli", "name one", "natural_images");
        assertThat(session.run("decode", place(), "--stimuli", "dots")).isEqualTo(1);
        assertThat(session.err).contains("'dots' was not shown with conditions");
        assertThat(session.run("decode", place(), "--stimuli", "ni", "--trace", "dff")).isEqualTo(1);
        assertThat(session.err).contains("no cells with traces of kind dff");
        assertThat(session.run("decode", place(), "--stimuli", "ni", "--trace", "dfff")).isEqualTo(2);
        assertThat(session.run("decode", place(), "--stimuli", "ni", "--by-depth", "0")).isEqualTo(2);
        assertThat(session.run("decode", place(), "--stimuli", "dgf", "--folds", "13", "--by-running")).isEqualTo(1);
        assertThat(session.err).contains("0 conditions are left");
        assertThat(session.run("decode", folder.resolve("none"), "--stimuli", "ni")).isEqualTo(1);
        assertThat(session.err).contains("is not there");
        Path csv = Files.writeString(folder.resolve("trials.csv"), "cell,direction,response\na,0,1\n");
        assertThat(session.run("decode", csv, "--by-plane")).isEqualTo(2);
        assertThat(session.err).contains("are for sessions");
        assertThat(session.run("decode", place(), "--stimuli", "ni", "--repeats", "1", "--shuffles", "0", "--format",
                "csv")).as(session.err).isZero();
        assertThat(session.out.lines().skip(1)).hasSize(1).first().asString().startsWith("all,all,8,intact,12,2,");
    }
}
