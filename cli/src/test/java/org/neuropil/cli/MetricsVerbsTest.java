package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;

class MetricsVerbsTest {
    /// 1 + cos 2θ at 12 directions, in two trials of which the second has no speed.
    private static final String HEADER = "cell,direction,response,speed\n";

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();

    private Path trials() throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 24; i++) {
            double angle = Math.toRadians(30 * i);
            rows.append("a,").append(30 * i % 360).append(',').append(1 + Math.cos(2 * angle))
                    .append(i < 12 ? ",5\n" : ",\n");
        }
        rows.append("a,,99,5\n");
        return Files.writeString(folder.resolve("trials.csv"), rows);
    }

    private Object json() {
        return Json.MAPPER.readValue(session.out, Object.class);
    }

    @Test
    void allAreListed() {
        assertThat(session.run("metrics", "list")).isZero();
        assertThat(session.out).contains("osi_cv", "run_mod_white_paper", "trials of two cells");
        assertThat(session.run("metrics", "list", "--format", "json")).isZero();
        assertThat((List<?>) json()).hasSizeGreaterThan(40).allSatisfy(
                one -> assertThat(String.valueOf(one)).contains("formula="));
    }

    @Test
    void anExplanationNamesOthersOfTheSameWord() {
        assertThat(session.run("metrics", "explain", "reliability_v1dd")).isZero();
        assertThat(session.out).contains("formula", "Pearson(x_i(t), x_j(t))", "reliability_allensdk_significant",
                "reliability_movie_share");
        assertThat(session.run("metrics", "explain", "osi", "dsi", "--format", "csv")).isZero();
        assertThat(session.out.lines()).hasSize(3);
        assertThat(session.run("metrics", "explain", "ois")).isEqualTo(2);
        assertThat(session.err).contains("'ois' is no metric; did you mean osi?");
    }

    @Test
    void figuresOfAKnownTuningAreComputed() throws IOException {
        assertThat(session.run("metrics", "compute", trials(), "--metrics", "gosi,osi,run_mod_v1dd", "--format", "json",
                "--samples", "20")).as(session.err).isZero();
        List<?> rows = (List<?>) json();
        assertThat(rows).hasSize(3);
        assertThat(rows.stream().map(row -> String.valueOf(((Map<?, ?>) row).get("metric")))).containsExactly("osi",
                "gosi",
                "run_mod_v1dd");
        Map<?, ?> gosi = (Map<?, ?>) rows.get(1);
        assertThat((Double) gosi.get("value")).isBetween(0.5 - 1e-12, 0.5 + 1e-12);
        assertThat((Double) gosi.get("standard_error")).isBetween(0.0, 1e-12);
        assertThat(((Map<?, ?>) rows.getLast()).get("value")).isNull();
        Path out = folder.resolve("metrics.csv");
        assertThat(session.run("metrics", "compute", trials(), "--metrics", "gosi", "--out", out)).isZero();
        assertThat(Files.readString(out).lines()).first().isEqualTo("metric,cell,of,value");
        assertThat(session.run("metrics", "compute", trials(), "--out", out)).isEqualTo(1);
        assertThat(session.err).contains("is there already");
        Path parquet = folder.resolve("metrics.parquet");
        assertThat(
                session.run("metrics", "compute", trials(), "--metrics", "gosi", "--samples", "20", "--out", parquet))
                .isZero();
        assertThat(Files.readAllBytes(parquet)).startsWith('P', 'A', 'R', '1').endsWith('P', 'A', 'R', '1');
        Path written = folder.resolve("metrics.json");
        assertThat(session.run("metrics", "compute", trials(), "--metrics", "gosi", "--out", written)).isZero();
        assertThat(((Map<?, ?>) Json.read(written, List.class).getFirst()).get("metric")).isEqualTo("gosi");
    }

    @Test
    void chanceTakesTheSpontaneousTraceOfTheCell() throws IOException {
        Path grey = Files.writeString(folder.resolve("grey.csv"), "cell,time,value\na,0,0\na,0.2,0.5\na,0.4,0\n");
        assertThat(session.run("metrics", "compute", trials(), "--spontaneous", grey, "--null-frames", "1", "--format",
                "csv", "--metrics", "frac_responsive_trials,is_responsive_gratings")).as(session.err).isZero();
        assertThat(session.out.lines()).containsExactly("metric,cell,of,value", "frac_responsive_trials,a,,1.0",
                "is_responsive_gratings,a,,1.0");
    }

    @Test
    void whatIsWrongIsTold() throws IOException {
        assertThat(session.run("metrics", "compute", folder.resolve("none.csv"))).isEqualTo(1);
        assertThat(session.err).contains("none.csv", "is not there");
        assertThat(session.run("metrics", "compute", trials(), "--metrics", "ossi")).isEqualTo(2);
        assertThat(session.err).contains("did you mean osi?");
        assertThat(session.run("metrics", "compute", trials(), "--spontaneous", "x")).isEqualTo(2);
        assertThat(session.err).contains("--null-frames");
        assertThat(session.run("metrics", "compute", "--frames", trials(), "--pairs")).isEqualTo(2);
        assertThat(session.err).contains("need TRIALS");
    }
}
