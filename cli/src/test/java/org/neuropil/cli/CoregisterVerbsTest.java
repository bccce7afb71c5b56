package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.coregister.Landmark;
import org.neuropil.coregister.LandmarkCsv;
import org.neuropil.coregister.transform.Point3;

class CoregisterVerbsTest {
    private final Session session = new Session();

    @TempDir
    private Path folder;
    private Path landmarks = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void draw() throws IOException {
        landmarks = folder.resolve("landmarks.csv");
        model = folder.resolve("model.json");
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            double z = random.nextDouble();
            // Two-photon in mm; EM twice as large along x, y and z turned, in voxels.
            text.append(String.format(Locale.ROOT, "Pt-%d,TRUE,%.4f,%.4f,%.4f,%.6f,%.6f,%.6f%n", i, x * 500_000,
                    z * 250_000, y * 25_000, x, y, z));
        }
        Files.writeString(landmarks, text);
    }

    private int fit(String... more) {
        String[] words = {"coregister", "fit", landmarks.toString(), "--em", "4x4x40nm", "--two-photon", "mm",
            "--folds", "5", "--out", model.toString()};
        Object[] all = new Object[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return session.run(all);
    }

    @Test
    void fitsAndMapsBothWays() throws IOException {
        assertThat(fit("--order", "1,2", "--kernel", "r", "--smoothing", "0.01")).as(session.err).isZero();
        assertThat(session.err).contains("60 landmarks of 60 were used");
        assertThat(session.out).contains("affine", "r on polynomial 2, smoothing 0.01", "chosen", "two_photon");
        Path points = folder.resolve("cells.csv");
        Files.writeString(points, "unit_id,a,b,c\n864691135000000001,500,250,100\n");
        assertThat(session.run("coregister", "apply", model, points, "--to", "em", "--unit", "um", "--to-unit", "um",
                "--columns", "a,b,c", "--out", folder.resolve("em.csv"))).as(session.err).isZero();
        String[] lines = Files.readString(folder.resolve("em.csv")).split("\r\n");
        assertThat(lines[0]).isEqualTo("unit_id,a,b,c,em_x,em_y,em_z");
        String[] cells = lines[1].split(",");
        assertThat(cells[0]).isEqualTo("864691135000000001");
        assertThat(Double.parseDouble(cells[4])).isBetween(999.9, 1000.1);
        assertThat(Double.parseDouble(cells[5])).isBetween(99.9, 100.1);
        assertThat(Double.parseDouble(cells[6])).isBetween(249.9, 250.1);
        assertThat(session.run("coregister", "apply", model, folder.resolve("em.csv"), "--to", "two-photon", "--unit",
                "um", "--columns", "em_x,em_y,em_z", "--format", "csv")).as(session.err).isZero();
        String[] back = session.out.split("\r\n")[1].split(",");
        assertThat(Double.parseDouble(back[7])).isBetween(0.4999, 0.5001);
        assertThat(Double.parseDouble(back[8])).isBetween(0.2499, 0.2501);
        assertThat(Double.parseDouble(back[9])).isBetween(0.0999, 0.1001);
    }

    @Test
    void mappedPointsComeInEveryForm() throws IOException {
        assertThat(fit("--order", "1", "--kernel", "r", "--smoothing", "0.01")).isZero();
        Path points = Files.writeString(folder.resolve("cells.csv"),
                "roi,name,x,y,z\n864691135000000001,007,0.5,0.25,0.1\n5,b,0.1,0.2,0.3\n");
        Object[] apply = {"coregister", "apply", model, points, "--to", "em", "--out", folder.resolve("em.parquet")};
        assertThat(session.run(apply)).as(session.err).isZero();
        assertThat(Files.readAllBytes(folder.resolve("em.parquet"))).startsWith('P', 'A', 'R', '1');
        assertThat(session.run(apply)).isEqualTo(1);
        assertThat(session.err).contains("is there already");
        for (String ending : List.of("csv", "json", "arrow")) {
            assertThat(session.run("coregister", "apply", model, points, "--to", "em", "--out",
                    folder.resolve("em." + ending))).as(session.err).isZero();
        }
        assertThat(Files.readString(folder.resolve("em.csv"))).startsWith("roi,name,x,y,z,em_x,em_y,em_z\r\n")
                .contains("864691135000000001,007,0.5,");
        assertThat(Files.readString(folder.resolve("em.json"))).contains("\"007\"");
        assertThat(session.run("coregister", "apply", model, points, "--to", "em", "--format", "arrow")).as(session.err)
                .isZero();
        assertThat(session.out).contains("em_x").contains("name");
        assertThat(session.run("coregister", "apply", model, points, "--to", "em", "--out", folder.resolve("em.xls")))
                .isEqualTo(1);
        assertThat(session.err).contains("is of no kind that can be written");
    }

    @Test
    void landmarksGoToBigWarpAndBack() throws IOException {
        String given = "a,TRUE,284361,136378,14977,0.804354,0.934165,0.274648\n\"b, 2\",FALSE,1,2,3,0.5,0.25,0.125\n"
                + "c,TRUE,4,5,6,Infinity,Infinity,Infinity\n";
        Files.writeString(landmarks, given);
        Path warp = folder.resolve("warp.csv");
        Path back = folder.resolve("back.csv");
        Object[] to = {"coregister", "landmarks", landmarks, "--em", "4x4x40nm", "--two-photon", "mm", "--as",
            "bigwarp",
            "--to-first", "two-photon", "--to-em", "nm", "--mirror-y", "1322", "--out", warp};
        assertThat(session.run(to)).as(session.err).isZero();
        assertThat(session.err).contains("3 landmarks, 1 of them active", "two_photon first, EM in nm");
        List<Landmark> read = LandmarkCsv.read(warp);
        assertThat(Files.readString(warp)).startsWith("\"a\",\"true\",\"0.804354\"").contains("\"Infinity\"");
        assertThat(read.getFirst().fixed()).contains(new Point3(1137444, 545512, 599080));
        assertThat(read.getFirst().moving().orElseThrow().y()).isCloseTo(1.322 - 0.934165, within(1e-12));
        assertThat(session.run(to)).isEqualTo(1);
        assertThat(session.err).contains("is there already");
        assertThat(session.run("coregister", "landmarks", warp, "--em", "nm", "--two-photon", "mm", "--first",
                "two-photon", "--to-first", "em", "--to-em", "4x4x40nm", "--mirror-y", "1322", "--out", back))
                .as(session.err).isZero();
        List<Landmark> again = LandmarkCsv.read(back);
        List<Landmark> before = LandmarkCsv.read(landmarks);
        for (int i = 0; i < before.size(); i++) {
            assertThat(again.get(i).name() + again.get(i).active())
                    .isEqualTo(before.get(i).name() + before.get(i).active());
            assertThat(again.get(i).moving()).isEqualTo(before.get(i).moving());
            assertThat(again.get(i).fixed().isPresent()).isEqualTo(before.get(i).fixed().isPresent());
        }
        assertThat(again.getFirst().fixed().orElseThrow().y()).isCloseTo(0.934165, within(1e-12));
        // Without another unit or mirror not a letter changes.
        assertThat(session.run("coregister", "landmarks", landmarks, "--em", "nm", "--two-photon", "um")).isZero();
        assertThat(session.out).isEqualTo(given);
    }

    @Test
    void landmarksThatCannotBeWrittenAreRefused() {
        assertThat(session.run("coregister", "landmarks", landmarks, "--em", "nm")).isEqualTo(2);
        assertThat(session.run("coregister", "landmarks", landmarks, "--em", "ell", "--two-photon", "um")).isEqualTo(2);
        assertThat(session.err).contains("'ell' is no unit of points");
        assertThat(session.run("coregister", "landmarks", landmarks, "--em", "nm", "--two-photon", "um", "--as", "xml"))
                .isEqualTo(2);
        assertThat(session.err).contains("'xml' is not one of csv, bigwarp");
        assertThat(session.run("coregister", "landmarks", landmarks, "--em", "nm", "--two-photon", "um", "--to-first",
                "mri")).isEqualTo(2);
        assertThat(session.run("coregister", "landmarks", folder.resolve("none.csv"), "--em", "nm", "--two-photon",
                "um")).isEqualTo(1);
        assertThat(session.err).contains("none.csv: does not exist");
    }

    @Test
    void whatIsThereIsKept() throws IOException {
        assertThat(fit("--order", "1", "--kernel", "r", "--smoothing", "0.01")).isZero();
        byte[] first = Files.readAllBytes(model);
        assertThat(fit("--order", "1")).isEqualTo(1);
        assertThat(session.err).contains("is there already").contains("--force");
        assertThat(fit("--order", "1", "--kernel", "r", "--smoothing", "0.01", "--force")).isZero();
        assertThat(Files.readAllBytes(model)).isEqualTo(first);
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThat(session.run("coregister", "fit", folder.resolve("none.csv"), "--em", "nm", "--two-photon", "um",
                "--out", model)).isEqualTo(1);
        assertThat(session.err).contains("none.csv: does not exist");
        Files.writeString(landmarks, "a,TRUE,1,2,3,4,5\n");
        assertThat(fit()).isEqualTo(1);
        assertThat(session.err).contains("landmarks.csv, line 1: 7 columns where there are 8");
        assertThat(session.run("coregister", "apply", model, landmarks, "--to", "em")).isEqualTo(1);
        assertThat(session.err).contains("model.json: does not exist").contains("coregister fit");
        assertThat(model).doesNotExist();
    }
}
