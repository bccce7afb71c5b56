package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;

/// Matching over a graph of two cells, see [SmallGraph]; of the nuclei, the first one lies in it.
class CoregisterMatchVerbTest {
    private static final int SIDE = 6;
    private static final int NUCLEI = SIDE * SIDE * SIDE;

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();
    private Path nuclei = folder;
    private Path microns = folder;
    private Path v1dd = folder;
    private Path manual = folder;

    /// Nuclei 25 µm apart, nearly; a cell by each, a second one by the first, and one where there is none.
    @BeforeEach
    void draw() throws IOException {
        Random random = new Random(1);
        StringBuilder em = new StringBuilder("id,pt_position_x,pt_position_y,pt_position_z\r\n");
        StringBuilder cells = new StringBuilder("session,scan_idx,field,unit_id,x,y,z\n");
        StringBuilder planes = new StringBuilder("column,volume,plane,roi,x,y,z\n");
        StringBuilder known = new StringBuilder("session,scan_idx,unit_id,target_id\n");
        for (int i = 0; i < NUCLEI; i++) {
            double[] at = {25 * (i % SIDE), 25 * (i / SIDE % SIDE), 25 * (i / (SIDE * SIDE))};
            for (int axis = 0; axis < 3; axis++) {
                at[axis] = i == 0 ? 0 : at[axis] + 6 * random.nextDouble();
            }
            // Voxels of 10 nm; the first one is (1, 0, 0), of a root.
            em.append(String.format(Locale.ROOT, "%d,%d,%d,%d\r\n", 864691135000000000L + i,
                    i == 0 ? 1 : Math.round(100 * at[0]), Math.round(100 * at[1]), Math.round(100 * at[2])));
            String place = String.format(Locale.ROOT, "%.3f,%.3f,%.3f", at[0] + random.nextGaussian(),
                    at[1] + random.nextGaussian(), at[2] + random.nextGaussian());
            cells.append("4,7,").append(i % 3).append(',').append(i).append(',').append(place).append('\n');
            planes.append("1,2,3,").append(i).append(',').append(place).append('\n');
            known.append("4,7,").append(i).append(',').append(864691135000000000L + (i == 9 ? 10 : i)).append('\n');
        }
        cells.append("4,7,1,1000,0.5,0.2,0\n4,8,1,1,900,900,900\n");
        nuclei = Files.writeString(folder.resolve("nuclei.csv"), em);
        microns = Files.writeString(folder.resolve("cells.csv"), cells);
        v1dd = Files.writeString(folder.resolve("v1dd.csv"), planes);
        manual = Files.writeString(folder.resolve("manual.csv"), known);
    }

    private int match(Path cells, Object... more) {
        Object[] words = {"coregister", "match", cells, "--nuclei", nuclei, "--unit", "um", "--nuclei-unit",
            "10x10x10nm"};
        Object[] all = new Object[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return session.run(all);
    }

    private void ok(Object... words) {
        assertThat(session.run(words)).as(session.err).isZero();
    }

    private Path dataset() throws IOException {
        Path dataset = SmallGraph.write(folder.resolve("small"));
        ok("graph", "ingest", dataset, "--time", "@2020-01-01");
        ok("table", "create", dataset, "nuclei", "--schema", "nucleus_detection", "--resolution", "10,10,10");
        ok("table", "import", dataset, "nuclei", nuclei);
        return dataset;
    }

    @Test
    void rowsAreATableThatIsJoinedToRoots() throws IOException {
        Path dataset = dataset();
        for (String ending : List.of("csv", "parquet")) {
            Path out = folder.resolve("matches." + ending);
            assertThat(match(microns, "--out", out)).as(session.err).isZero();
            assertThat(session.err).contains("218 rows of the kind func_unit_ext_coreg");
            ok("table", "create", dataset, "coreg_" + ending, "--schema", "func_unit_ext_coreg", "--resolution",
                    "10,10,10", "--reference", "nuclei");
            ok("table", "import", dataset, "coreg_" + ending, out);
            assertThat(session.err).contains("218 of 218 rows")
                    .contains("not read: cells_of_nucleus, no_nucleus, probability, separation");
            ok("query", dataset, "coreg_" + ending, "--join", "nuclei on target_id=id many-to-one", "--where",
                    "nuclei.pt_root_id > 0", "--select",
                    "unit_id,field,target_id,nuclei.pt_root_id", "--order-by", "unit_id", "--format", "json");
            List<?> rows = (List<?>) Json.MAPPER.readValue(session.out, Object.class);
            assertThat(rows).hasSize(2);
            assertThat(rows.toString()).contains("unit_id=0", "unit_id=1000", "864691135000000000");
        }
        ok("version", "create", dataset);
        assertThat(session.run("coregister", "match", microns, "--unit", "um", "--nuclei", "nuclei@1", "--dataset",
                dataset, "--out", folder.resolve("frozen.csv"))).as(session.err).isZero();
        assertThat(Files.readString(folder.resolve("frozen.csv")))
                .isEqualTo(Files.readString(folder.resolve("matches.csv")));
        assertThat(session.run("coregister", "match", microns, "--unit", "um", "--nuclei", "nucleus@1", "--dataset",
                dataset)).isEqualTo(1);
        assertThat(session.err).contains("did you mean nuclei?");
    }

    @Test
    void v1ddHasPointsOfItsOwn() throws IOException {
        Path dataset = dataset();
        Path out = folder.resolve("matches.csv");
        assertThat(match(v1dd, "--score", "probability", "--out", out)).as(session.err).isZero();
        String[] lines = Files.readString(out).split("\n");
        assertThat(lines[0]).isEqualTo("pt_position_x,pt_position_y,pt_position_z,column,volume,roi,plane,residual,"
                + "score,nucleus_id,probability,no_nucleus,separation,cells_of_nucleus");
        assertThat(lines[1]).startsWith("1.0,0.0,0.0,1,2,0,3,").contains("864691135000000000");
        String[] cells = lines[1].split(",");
        assertThat(cells[8]).isEqualTo(cells[10]);
        ok("table", "create", dataset, "manual", "--schema", "v1dd_func_unit_coreg", "--resolution", "10,10,10");
        ok("table", "import", dataset, "manual", out);
        ok("query", dataset, "manual", "--where", "roi = 0", "--select", "column,plane,pt_root_id", "--format", "csv");
        assertThat(session.out.lines().skip(1).toList().getFirst()).matches("1,3,[1-9]\\d+");
    }

    @Test
    void duplicatesAndDoubtfulOnesFollowThePolicy() throws IOException {
        Path out = folder.resolve("matches.csv");
        assertThat(match(microns, "--min-probability", "0.5", "--duplicates", "best-probability", "--out", out))
                .isZero();
        assertThat(Files.readString(out).lines().filter(line -> line.startsWith("864691135000000000,"))).hasSize(1);
        assertThat(Files.readString(out)).doesNotContain(",4,8,").doesNotContain(",900,");
        assertThat(match(microns, "--min-probability", "0.5", "--duplicates", "drop", "--force", "--out", out))
                .isZero();
        assertThat(Files.readString(out)).doesNotContain("864691135000000000,");
        assertThat(match(microns, "--one-to-one", "--force", "--out", out)).isZero();
        assertThat(Files.readString(out).lines().filter(line -> line.startsWith("864691135000000000,"))).hasSize(1);
        assertThat(match(microns, "--one-to-one", "--per", "field", "--force", "--out", out)).isZero();
        assertThat(Files.readString(out).lines().filter(line -> line.startsWith("864691135000000000,"))
                .filter(line -> line.endsWith(",2"))).hasSize(2);
    }

    @Test
    void agreementWithManualMatchesIsFollowed() throws IOException {
        Path curve = folder.resolve("curve.csv");
        assertThat(match(microns, "--manual", manual, "--agreement", curve, "--format", "json")).as(session.err)
                .isZero();
        Map<?, ?> json = (Map<?, ?>) Json.MAPPER.readValue(session.out, Object.class);
        assertThat(json.get("manual_matches")).isEqualTo(NUCLEI);
        assertThat(json.get("cells")).isEqualTo(NUCLEI + 2);
        List<String> lines = Files.readString(curve).lines().toList();
        assertThat(lines.getFirst()).isEqualTo("by,threshold,kept,remaining,agree");
        // All but one agree with what the hand says.
        assertThat(lines.get(1)).startsWith("probability,").contains(",216,1.0,0.99537037");
        assertThat(session.run("coregister", "match", microns, "--unit", "mm", "--nuclei", nuclei, "--nuclei-unit",
                "10x10x10nm")).isZero();
        assertThat(session.err).contains("hardly any cell has a nucleus where it was mapped to");
        assertThat(match(microns, "--manual", manual)).isZero();
        assertThat(session.err).doesNotContain("hardly");
        assertThat(session.out).contains("0.9954 of the 1.0000 that remain", "expected calibration error");
    }

    @Test
    void aReportOpensOfflineAndSaysWhatItWasMadeOf() throws Exception {
        Random random = new Random(2);
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            double[] at = {160 * random.nextDouble(), 160 * random.nextDouble(), 160 * random.nextDouble()};
            pairs.append(String.format(Locale.ROOT, "Pt-%d,TRUE,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f%n", i,
                    at[0] + random.nextGaussian(), at[1], at[2], at[0], at[1], at[2]));
        }
        Path model = folder.resolve("model.json");
        ok("coregister", "fit", Files.writeString(folder.resolve("pairs.csv"), pairs), "--em", "um", "--two-photon",
                "um", "--order", "1", "--kernel", "r", "--smoothing", "0.1", "--folds", "5", "--out", model);
        Path report = folder.resolve("report");
        ok("coregister", "report", microns, "--model", model, "--nuclei", nuclei, "--nuclei-unit", "10x10x10nm",
                "--manual", manual, "--out", report);
        String page = Files.readString(report.resolve("report.html"));
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:").doesNotContain("https:")
                .doesNotContain(" src=").doesNotContain("@import");
        assertThat(page).contains("prefers-color-scheme:dark").contains("Digests").contains("default-src 'none'");
        List<String> pictures = List.of("displacement_to_em", "residuals_to_em", "displacement_to_two_photon",
                "residuals_to_two_photon", "matches", "histograms", "reliability", "agreement");
        for (String picture : pictures) {
            String title = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(report.resolve(picture + ".svg").toFile()).getElementsByTagName("title").item(0)
                    .getTextContent();
            assertThat(page).contains("<title>" + title + "</title>");
            assertThat(ImageIO.read(report.resolve(picture + ".png").toFile()).getWidth()).isGreaterThan(600);
        }
        Map<?, ?> record = Json.read(report.resolve("report.json"), Map.class);
        assertThat(String.valueOf(record.get("inputs"))).contains("model=" + Json.sha256(Files.readAllBytes(model)),
                "cells=" + Json.sha256(Files.readAllBytes(microns)));
        assertThat(record.toString()).contains("seed").contains("software");
        assertThat(session.run("coregister", "report", "--model", model, "--out", report)).isEqualTo(1);
        assertThat(session.err).contains("report.html: is there already").contains("--force");
        Path alone = folder.resolve("alone");
        ok("coregister", "report", "--model", model, "--out", alone);
        assertThat(Files.readAllBytes(alone.resolve("residuals_to_em.svg")))
                .isEqualTo(Files.readAllBytes(report.resolve("residuals_to_em.svg")));
        assertThat(alone.resolve("matches.svg")).doesNotExist();
        assertThat(session.run("coregister", "report", "--out", alone)).isEqualTo(2);
        assertThat(session.err).contains("there is nothing to report");
        assertThat(session.run("coregister", "report", "--model", model, "--out", model)).isEqualTo(1);
        assertThat(session.err).contains("is no folder");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThat(session.run("coregister", "match", microns, "--unit", "um")).isEqualTo(2);
        assertThat(session.err).contains("--nuclei is missing");
        assertThat(session.run("coregister", "match", microns, "--nuclei", nuclei)).isEqualTo(2);
        assertThat(session.err).contains("--unit: is missing");
        assertThat(match(microns, "--per", "session")).isEqualTo(2);
        assertThat(match(microns, "--one-to-one", "--per", "sesion")).isEqualTo(1);
        assertThat(session.err).contains("cells are not named by 'sesion'");
        assertThat(match(microns, "--schema", "v1dd_func_unit_coreg")).isEqualTo(1);
        assertThat(session.err).contains("cells.csv, line 1: there is no column 'column'");
        assertThat(match(microns, "--schema", "coreg")).isEqualTo(2);
        assertThat(match(microns, "--duplicates", "some")).isEqualTo(2);
        assertThat(match(microns, "--out", folder.resolve("m.txt"))).isEqualTo(1);
        assertThat(match(microns, "--agreement", folder.resolve("a.csv"))).isEqualTo(2);
        Path wrong = Files.writeString(folder.resolve("wrong.csv"), "session,scan_idx,unit_id,x,y,z\n1,2,3,0,0,0\n"
                + "1,2,3,1,1,1\n");
        assertThat(match(wrong)).isEqualTo(1);
        assertThat(session.err).contains("cell session 1, scan_idx 2, unit_id 3 comes twice");
        Files.writeString(wrong, "session,scan_idx,unit_id,x,y,z\n1,2,three,0,0,0\n");
        assertThat(match(wrong)).isEqualTo(1);
        assertThat(session.err).contains("line 2, column 3 (unit_id): 'three' is no whole number");
        Files.writeString(nuclei, "id,pt_position\n5,[1 2 3]\n5,[1 2 4]\n");
        assertThat(match(microns)).isEqualTo(1);
        assertThat(session.err).contains("nuclei.csv, line 3", "id 5 comes twice");
        Files.writeString(nuclei, "id,pt_position\n5,[1 2 3]\n6,[1 2]\n");
        assertThat(match(microns)).isEqualTo(1);
        assertThat(session.err).contains("'[1 2]' is no position");
        Files.writeString(folder.resolve("model.json"), "[");
        assertThat(match(microns, "--model", folder.resolve("model.json"))).isEqualTo(1);
        assertThat(session.err).contains("model.json").contains("fit the landmarks again").doesNotContain("--fresh");
    }
}
