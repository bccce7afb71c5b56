package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;

class DecodeVerbTest {
    private static final int TRIALS = 48;

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();

    /// Four directions in turn; cell `a` tells them, cells `b` to `d` are noise; half of the trials are fast. Cell `e` lacks a
    /// response.
    private Path trials() throws IOException {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("cell,direction,response,speed\n");
        for (char cell = 'a'; cell <= 'e'; cell++) {
            for (int t = 0; t < TRIALS; t++) {
                int direction = t % 4 * 90;
                double response = cell == 'a' ? direction + 0.1 * random.nextGaussian() : random.nextGaussian();
                rows.append(cell).append(',').append(direction).append(',')
                        .append(cell == 'e' && t == 3 ? "" : String.valueOf(response))
                        .append(t < TRIALS / 2 ? ",1\n" : ",1.5\n");
            }
        }
        return Files.writeString(folder.resolve("trials.csv"), rows);
    }

    private List<?> json() {
        return (List<?>) Json.MAPPER.readValue(session.out, Object.class);
    }

    @Test
    void aCellThatTellsIsDecoded() throws IOException {
        for (String decoder : List.of("lda", "svm", "knn")) {
            assertThat(session.run("decode", trials(), "--decoder", decoder, "--cells", "1,all", "--repeats", "3",
                    "--shuffles", "19", "--noise", "--format", "json")).as(session.err).isZero();
            assertThat(session.err).contains("left out 1 cells without all responses: e");
            List<?> rows = json();
            assertThat(rows.stream().map(row -> String.valueOf(((Map<?, ?>) row).get("noise")))).containsExactly(
                    "intact", "shuffled",
                    "diagonal", "intact", "shuffled", "diagonal");
            Map<?, ?> all = (Map<?, ?>) rows.get(3);
            // No line of one cell parts a direction in the middle from the rest, and neighbours are blurred by noise.
            assertThat((Double) all.get("accuracy")).isGreaterThan(decoder.equals("lda") ? 0.9 : 0.5);
            assertThat(all.get("cells")).isEqualTo(4);
            assertThat(all.get("classes")).isEqualTo(4);
            assertThat(all.get("chance")).isEqualTo(0.25);
            assertThat(all.get("p")).isEqualTo(0.05);
            assertThat((Map<?, ?>) all.get("recall")).hasSize(4);
            assertThat(((Map<?, ?>) rows.getLast()).get("p")).isNull();
        }
    }

    @Test
    void groupsAndStatesAreDecodedByThemselves() throws IOException {
        Path groups = Files.writeString(folder.resolve("groups.csv"), "cell,group\nb,deep\na,upper\nc,deep\n");
        Path out = folder.resolve("out.csv");
        assertThat(session.run("decode", trials(), "--groups", groups, "--by-running", "--shuffles", "0", "--repeats",
                "2", "--out", out)).as(session.err).isZero();
        assertThat(session.err).contains("1 cells are in no group of " + groups);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.stream().skip(1).map(line -> String.join(",", List.of(line.split(",")).subList(0, 6))))
                .containsExactly("all,all,4,intact,48,4", "all,running,4,intact,24,4", "all,still,4,intact,24,4",
                        "deep,all,2,intact,48,4", "deep,running,2,intact,24,4", "deep,still,2,intact,24,4",
                        "upper,all,1,intact,48,4", "upper,running,1,intact,24,4", "upper,still,1,intact,24,4");
        assertThat(lines.getFirst()).isEqualTo("group,state,cells,noise,trials,classes,accuracy,deviation,balanced,"
                + "chance,largest_class,by_chance,p");
        assertThat(lines.get(7)).contains(",1.0,0.0,1.0,0.25,0.25,nan,nan");
        assertThat(session.run("decode", trials(), "--out", out)).isEqualTo(1);
        assertThat(session.err).contains("is there already");
        assertThat(session.run("decode", trials(), "--out", out, "--force", "--confusion", out)).isEqualTo(2);
        assertThat(session.err).contains("two results would go to");
        Files.writeString(groups, "cell,group\nb,100-150 um\na,50-100 um\nc,100-150 um\n");
        assertThat(session.run("decode", trials(), "--groups", groups, "--shuffles", "0", "--repeats", "1", "--format",
                "csv")).as(session.err).isZero();
        assertThat(session.out.lines().skip(2).map(line -> line.split(",")[0])).containsExactly("50-100 um",
                "100-150 um");
    }

    @Test
    void foldsPredictionsAndConfusionAreWrittenAndFoldsReadAgain() throws IOException {
        Path folds = folder.resolve("folds.csv");
        Path first = folder.resolve("first.csv");
        Path second = folder.resolve("second.csv");
        Path confusion = folder.resolve("confusion.csv");
        assertThat(session.run("decode", trials(), "--folds", "4", "--folds-to", folds, "--predictions", first,
                "--shuffles", "0", "--repeats", "2", "--confusion", confusion)).as(session.err).isZero();
        assertThat(session.run("decode", trials(), "--folds-from", folds, "--predictions", second, "--shuffles", "0",
                "--seed", "9")).as(session.err).isZero();
        assertThat(Files.readString(second)).isEqualTo(Files.readString(first));
        assertThat(Files.readAllLines(first)).hasSize(TRIALS + 1).first()
                .isEqualTo("trial,fold,shown,told,score 0.0 deg,score 90.0 deg,score 180.0 deg,score 270.0 deg");
        List<String> counts = Files.readAllLines(confusion);
        assertThat(counts).hasSize(1 + 16);
        assertThat(counts.stream().skip(1).mapToInt(line -> Integer.parseInt(line.split(",")[6])).sum())
                .isEqualTo(2 * TRIALS);
    }

    @Test
    void whatIsWrongIsTold() throws IOException {
        Path file = trials();
        assertThat(session.run("decode", folder.resolve("none.csv"))).isEqualTo(1);
        assertThat(session.err).contains("none.csv", "is not there");
        assertThat(session.run("decode", file, "--decoder", "qda")).isEqualTo(2);
        assertThat(session.err).contains("'qda' is not one of lda, svm, knn");
        assertThat(session.run("decode", file, "--cells", "0")).isEqualTo(2);
        assertThat(session.run("decode", file, "--cells", "5")).isEqualTo(1);
        assertThat(session.err).contains("there are 4 cells", "ask for no more");
        assertThat(session.run("decode", file, "--folds", "1")).isEqualTo(2);
        assertThat(session.run("decode", file, "--cost", "-1", "--decoder", "svm")).isEqualTo(2);
        assertThat(session.run("decode", file, "--labels", "colour")).isEqualTo(2);
        assertThat(session.run("decode", file, "--folds", "13")).isEqualTo(1);
        assertThat(session.err).contains("0 conditions are left", "at least two");
        Path folds = Files.writeString(folder.resolve("folds.csv"), "trial,fold\n0,0\n1,x\n");
        assertThat(session.run("decode", file, "--folds-from", folds)).isEqualTo(1);
        assertThat(session.err).contains("folds.csv", "column fold", "'x'");
        Files.writeString(folds, "trial,fold\n0,0\n1,1\n");
        assertThat(session.run("decode", file, "--folds-from", folds)).isEqualTo(1);
        assertThat(session.err).contains("trial 2 has no fold");
        Files.writeString(folds, "cell,group\nz,1\n");
        assertThat(session.run("decode", file, "--groups", folds)).isEqualTo(1);
        assertThat(session.err).contains("holds none of the cells");
        Path still = Files.writeString(folder.resolve("still.csv"),
                Files.readString(file).replaceAll(",speed\n", ",other\n"));
        assertThat(session.run("decode", still, "--by-running")).isEqualTo(1);
        assertThat(session.err).contains("speeds are missing");
    }
}
