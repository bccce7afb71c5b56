package org.neuropil.circuits.ask.excitatory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.circuits.ask.AnswerFolder;
import org.neuropil.circuits.ask.Answered;
import org.neuropil.circuits.ask.AskedOf;
import org.neuropil.circuits.ask.Asking;
import org.neuropil.circuits.ask.Findings;
import org.neuropil.circuits.ask.Question;
import org.neuropil.circuits.ask.Tested;
import org.neuropil.circuits.ask.ViewerLink;
import org.neuropil.circuits.graph.NullTest;
import org.neuropil.circuits.wiring.Account;
import org.neuropil.circuits.wiring.Cells;
import org.neuropil.circuits.wiring.MadeWiring;
import org.neuropil.circuits.wiring.Synapses;
import org.neuropil.circuits.wiring.Wiring;
import org.neuropil.space.InputException;
import org.neuropil.tables.query.Engine;

class ExcitatoryNetworkTest {
    @TempDir
    private Path folder = Path.of("");

    private static final ExcitatoryNetwork FEW = new ExcitatoryNetwork(100, 50, 400);

    /// Connections by distance; of those that are there, a share is returned.
    private static Wiring made(double returned, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Cells cells = MadeWiring.cells(120, 1, random);
        Map<List<Integer>, Integer> counts = new HashMap<>();
        for (int a = 0; a < cells.size(); a++) {
            for (int b = 0; b < cells.size(); b++) {
                if (a != b && random.nextDouble() < 0.25 * Math.exp(-cells.lateral(a, b) / 120)) {
                    counts.merge(List.of(a, b), 1 + random.nextInt(2), Integer::sum);
                    if (random.nextDouble() < returned) {
                        counts.merge(List.of(b, a), 1, Integer::sum);
                    }
                }
            }
        }
        List<int[]> synapses = new ArrayList<>();
        counts.forEach((pair, n) -> {
            for (int i = 0; i < n; i++) {
                synapses.add(new int[]{pair.get(0), pair.get(1)});
            }
        });
        synapses.sort((x, y) -> x[0] != y[0] ? x[0] - y[0] : x[1] - y[1]);
        int n = synapses.size();
        int[] pre = new int[n];
        int[] post = new int[n];
        float[] size = new float[n];
        for (int i = 0; i < n; i++) {
            pre[i] = synapses.get(i)[0];
            post[i] = synapses.get(i)[1];
            size[i] = (float) Math.exp(random.nextGaussian());
        }
        return Wiring.of(cells, new Synapses(pre, post, size), new Account(List.of(), List.of(), List.of()));
    }

    private static Findings answer(Wiring wiring, int threads) {
        List<String> steps = new ArrayList<>();
        Findings findings = FEW.answer(wiring, new Question.Run(7, threads, ViewerLink.Volumes.NONE, steps::add));
        assertThat(steps).hasSizeLessThanOrEqualTo(FEW.steps()).endsWith("sizes");
        return findings;
    }

    private static Tested test(Findings findings, String id) {
        return findings.tests().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void returnedConnectionsAreSeenBeyondDistanceAndDegrees() {
        Tested returned = test(answer(made(0.3, 1), 2), "reciprocity");
        assertThat(returned.effect()).isGreaterThan(1.5);
        assertThat(returned.p()).isLessThan(0.03);
        assertThat(returned.low()).isGreaterThan(1);
        Tested none = test(answer(made(0, 2), 2), "reciprocity");
        assertThat(none.effect()).isCloseTo(1, within(0.5));
        assertThat(none.low()).isLessThan(1);
        assertThat(none.high()).isGreaterThan(1);
    }

    private Answered answered(int threads) {
        return new Answered(FEW, new AskedOf("made", OptionalInt.of(1), Instant.EPOCH, Map.of("synapses", "s")),
                new Account(List.of(new Account.Step("cells that count", "cells", 130, 120)), List.of(),
                        List.of("A <note>.")),
                answer(made(0.2, 3), threads), 7, Asking.VIEWER);
    }

    private static Map<String, byte[]> bytes(Path root) throws IOException {
        Map<String, byte[]> all = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return all;
    }

    @Test
    void anAnswerIsWrittenAsAWholeTheSameWithAnyNumberOfThreads() throws IOException {
        try (Engine engine = Engine.open(new Engine.Settings(256 << 20, 2, folder.resolve("scratch"), 4))) {
            Path one = folder.resolve("one");
            List<String> files = AnswerFolder.write(one, answered(1), engine, false);
            AnswerFolder.write(folder.resolve("two"), answered(2), engine, false);
            Map<String, byte[]> first = bytes(one);
            Map<String, byte[]> second = bytes(folder.resolve("two"));
            assertThat(first.keySet()).containsExactlyInAnyOrderElementsOf(files).isEqualTo(second.keySet());
            first.forEach((name, content) -> assertThat(second.get(name)).as(name).isEqualTo(content));
            String page = Files.readString(one.resolve("report.html"));
            assertThat(page).contains("A &lt;note&gt;.", "What these data can decide", "reciprocity", "130", "120")
                    .doesNotContain("src=\"http").doesNotContain("<link");
            assertThat(Files.readString(one.resolve("tables/type_matrix.csv")).lines()).hasSize(5);
            assertThatThrownBy(() -> AnswerFolder.write(one, answered(1), engine, false))
                    .isInstanceOf(InputException.class).hasMessageContaining("holds an answer already");
            AnswerFolder.write(one, answered(1), engine, true);
            assertThat(bytes(one).keySet()).isEqualTo(second.keySet());
            Path other = Files.createDirectories(folder.resolve("other"));
            Files.writeString(other.resolve("thesis.txt"), "mine");
            assertThatThrownBy(() -> AnswerFolder.write(other, answered(1), engine, true))
                    .isInstanceOf(InputException.class).hasMessageContaining("holds no answer");
            assertThat(other.resolve("thesis.txt")).hasContent("mine");
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left.map(path -> path.getFileName().toString()).filter(name -> name.startsWith(".")))
                        .isEmpty();
            }
        }
    }

    @Test
    void whatCannotBeDecidedSaysSo() {
        SplittableRandom random = new SplittableRandom(5);
        Cells cells = MadeWiring.cells(6, 1, random);
        Findings none = answer(Wiring.of(cells, new Synapses(new int[0], new int[0], new float[0]),
                new Account(List.of(), List.of(), List.of())), 1);
        assertThat(none.tests()).hasSize(3).allSatisfy(one -> {
            assertThat(one.decides()).isFalse();
            assertThat(one.verdict()).contains("could not be tested");
        });
        Tested weak = new Tested("t", "Something", 0.1, 0, -0.2, 0.4, 0.5, "none", 50, "pairs", 0.15, 0.1, 0.15);
        // (1.96 + 0.8416)^2 * (0.15 / 0.1)^2 * 50
        assertThat(weak.needed()).isEqualTo(883);
        assertThat(weak.verdict()).contains("cannot decide", "883 pairs");
        Tested shown = new Tested("t", "Something", 0.1, 0, 0.02, 0.18, 0.01, "none", 50, "pairs", 0.04, 0.1, 0.04);
        assertThat(shown.hasPower()).isFalse();
        assertThat(shown.verdict()).doesNotContain("cannot decide");
    }

    @Test
    void parametersAndWiringThatCannotBeAnsweredAreRefused() {
        assertThatThrownBy(() -> new ExcitatoryNetwork(10, 25, 500)).hasMessageContaining("10 is not one of 100");
        assertThatThrownBy(() -> new ExcitatoryNetwork(1000, 0, 500)).hasMessageContaining("bins of 0.0");
        Wiring all = MadeWiring.wiring(20, 1, 50, 1);
        Wiring inhibitory = all.select(all.cells().which(i -> all.cells().typeOf(i).name().equals("DTC")), "DTC");
        assertThatThrownBy(() -> answer(inhibitory, 1)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("excitatory", "DTC"));
    }

    /// Benjamini and Hochberg 1995, by hand: sorted 0.01, 0.02, 0.03, 0.5 of four.
    @Test
    void manyPValuesAreCorrected() {
        NullTest[] tests = new NullTest[4];
        double[] p = {0.03, 0.5, 0.01, 0.02};
        for (int i = 0; i < p.length; i++) {
            tests[i] = new NullTest(0, 0, 1, 0, 0, 0, 0, 0, p[i]);
        }
        assertThat(ExcitatoryNetwork.corrected(tests)).containsExactly(new double[]{0.04, 0.5, 0.04, 0.04},
                within(1e-12));
    }
}
