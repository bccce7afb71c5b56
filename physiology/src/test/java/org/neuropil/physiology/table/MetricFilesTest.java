package org.neuropil.physiology.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Condition.Picture;
import org.neuropil.physiology.Responses;
import org.neuropil.space.InputException;

class MetricFilesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), text);
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("rows.csv").contains(words));
    }

    @Test
    void trialsAreReadByCellWithoutBlanks() throws IOException {
        Map<String, Responses> cells = MetricFiles.trials(file("""
                cell,direction,spatial_frequency,response,speed
                b,90,0.04,1.5,2
                a,0,0.04,,
                b,,,7,2
                b,0,0.04,nan,0
                """));
        assertThat(cells.keySet()).containsExactly("b", "a");
        Responses responses = cells.values().iterator().next();
        assertThat(responses.conditions()).containsExactly(new Grating(0, 0.04, Double.NaN),
                new Grating(90, 0.04, Double.NaN));
        assertThat(responses.values()).containsExactly(1.5, Double.NaN);
        assertThat(responses.speed(0)).isEqualTo(2);
        assertThat(MetricFiles.trials(file("cell,image,response\na,3,1\na,1,2\n")).values().iterator().next()
                .conditions()).containsExactly(new Picture(1), new Picture(3));
    }

    @Test
    void whatCannotBeReadIsTold() throws IOException {
        Path missing = folder.resolve("rows.csv.gone");
        refused(() -> MetricFiles.trials(missing), "is not there");
        refused(() -> MetricFiles.trials(file("")), "is empty");
        refused(() -> MetricFiles.trials(file("cell,response\na,1\n")), "'direction' is missing");
        refused(() -> MetricFiles.trials(file("cell,direction\na,1\n")), "'response' is missing");
        refused(() -> MetricFiles.trials(file("cell,direction,response\na,1\n")), "row 1", "2 cells under 3 names");
        refused(() -> MetricFiles.trials(file("cell,direction,response\na,1,2\na,1,x\n")), "row 2", "response", "'x'");
        refused(() -> MetricFiles.trials(file("cell,direction,response\na,1,inf\n")), "'inf'");
        refused(() -> MetricFiles.trials(file("cell,direction,response\na,1,1e999\n")), "infinite");
        refused(() -> MetricFiles.trials(file("cell,image,response\na,1.5,1\n")), "'1.5' is no whole number");
        refused(() -> MetricFiles.trials(file("cell,cell,response\n")), "twice");
        refused(() -> MetricFiles.films(file("cell,repeat,value\na,,1\n")), "repeat", "no whole number");
        refused(() -> MetricFiles.frames(file("cell,image,trial,value\na,1,0,1\na,2,0,2\n")), "row 2",
                "another condition than row 1", "trial 0 of cell a");
    }

    @Test
    void framesComeInTheOrderOfTheFile() throws IOException {
        var frames = MetricFiles.frames(file("""
                cell,image,trial,value
                a,1,0,1
                a,1,1,5
                a,1,0,2
                a,1,1,9
                """)).values().iterator().next();
        assertThat(frames.wholeTrials(0)).isDeepEqualTo(new double[][]{{1, 2}, {5, 9}});
        var film = MetricFiles.films(file("""
                cell,repeat,value,model
                a,0,1,7
                a,0,2,8
                a,1,3,
                a,1,4,
                """)).values().iterator().next();
        assertThat(film.repeats().repeat(1)).containsExactly(3, 4);
        assertThat(film.model().orElseThrow()).containsExactly(7, 8);
        refused(() -> MetricFiles.films(file("cell,repeat,value\na,0,1\na,0,2\na,1,3\n")), "cell a", "repeat 1");
        var traces = MetricFiles.traces(file("""
                cell,time,value,speed
                a,0,1,3
                a,1,2,4
                b,0.5,1,
                b,1.5,3,
                """));
        assertThat(traces.speed()).containsExactly(3, 4);
        assertThat(traces.cells().values().stream().map(trace -> trace.values()[1])).containsExactly(2.0, 2.0);
    }

    @Test
    void rowsAreThoseThatWereAskedFor() throws IOException {
        Map<String, Responses> cells = MetricFiles.trials(file("""
                cell,direction,response
                a,0,3
                a,180,1
                a,0,5
                a,180,3
                b,0,1
                b,180,1
                b,0,1
                b,180,1
                """));
        var rows = new MetricTable(Set.of("dsi", "population_sparseness", "noise_correlation"),
                Optional.of(new MetricTable.Drawing(20, 0.9, 1))).trials(cells).pairs(cells).populations(cells).rows();
        assertThat(rows.stream().map(row -> row.metric() + " " + row.cell() + " " + row.of())).containsExactly("dsi a ",
                "dsi b ", "noise_correlation a b", "population_sparseness  0.0 deg",
                "population_sparseness  180.0 deg");
        assertThat(rows.getFirst().value()).isEqualTo(1 / 3.0, within(1e-15));
        assertThat(rows.getFirst().spread().orElseThrow().estimate()).isEqualTo(rows.getFirst().value());
        assertThat(rows.getLast().spread().orElseThrow().estimate()).isEqualTo(rows.getLast().value());
        assertThat(new MetricTable(Set.of(), Optional.empty()).trials(cells).rows().stream().map(MetricRow::metric))
                .contains("osi", "preferred_response").doesNotContain("reliability_movie_share");
    }
}
