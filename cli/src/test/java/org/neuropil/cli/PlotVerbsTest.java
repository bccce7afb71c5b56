package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.made.MadePlan;
import org.neuropil.physiology.made.MadeSession;
import org.neuropil.physiology.made.Protocol;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.store.SessionWriter;

class PlotVerbsTest {
    @TempDir
    private static Path made = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();

    @BeforeAll
    static void write() throws IOException {
        for (int volume : List.of(3, 4)) {
            SessionWriter.write(new MadeSession(new MadePlan(1, volume, List.of(3, 2), Protocol.TINY, 5)),
                    place("v" + volume), EnumSet.allOf(TraceKind.class));
        }
    }

    private static Path place(String name) {
        return made.resolve("physiology").resolve(name);
    }

    @Test
    void theEndingSaysWhatIsWritten() throws IOException {
        Path svg = folder.resolve("tuning.svg");
        assertThat(session.run("plot", "tuning", place("v3"), "--roi", "c1v3p0r1", "--out", svg, "--data")).isZero();
        assertThat(session.err).contains("tuning.svg", "tuning.csv");
        assertThat(svg).content().startsWith("<svg xmlns=").contains("Tuning of c1v3p0r1");
        assertThat(folder.resolve("tuning.csv")).content().startsWith("panel,series,kind,x,y,x2,y2,value,text\n")
                .contains(",line,");
        Path png = folder.resolve("raster.png");
        assertThat(session.run("plot", "raster", place("v3"), "--cells", 2, "--out", png, "-q")).isZero();
        BufferedImage image = Optional.ofNullable(ImageIO.read(png.toFile())).orElseThrow();
        assertThat(image.getWidth()).isEqualTo(1960);
        assertThat(session.err).isEmpty();
    }

    @Test
    void severalCellsGoToAFolder() {
        Path pictures = folder.resolve("pictures");
        assertThat(session.run("plot", "rf", place("v3"), "--roi", "c1v3p0r0,c1v3p1r1", "--out", pictures)).isZero();
        assertThat(pictures).isDirectoryContaining("glob:**-rf-c1v3p0r0.svg")
                .isDirectoryContaining("glob:**-rf-c1v3p1r1.svg");
        assertThat(session.run("plot", "rf", place("v3"), "--roi", "c1v3p0r0,c1v3p1r1", "--out", "one.svg"))
                .isEqualTo(2);
        assertThat(session.err).contains("--roi names 2 cells; give a folder as --out");
    }

    @Test
    void withoutAFileSvgGoesToStdout() {
        assertThat(session.run("plot", "trials", place("v3"), "--roi", "c1v3p0r0")).isZero();
        assertThat(session.out).startsWith("<svg ").endsWith("</svg>\n");
        assertThat(session.run("plot", "correlations", place("v4"), "--clustered", "--stimulus", "spontaneous"))
                .isZero();
        assertThat(session.out).contains("what is alike side by side");
        assertThat(session.run("plot", "depth", place("v3"), "--metric", "gdsi", "-q")).isZero();
        assertThat(session.out).contains("depth below the pia (µm)", "gdsi");
    }

    @Test
    void aReportIsOneFile() {
        Path out = folder.resolve("report.html");
        assertThat(session.run("plot", "report", place("v3"), "--metrics", "gosi,dsi_cv", "--top", 1, "--out", out))
                .isZero();
        assertThat(out).content().startsWith("<!doctype html>").contains("c1v3p0r0", "dsi_cv", "Neuropil ");
        assertThat(session.run("plot", "report", place("v3"), "--out", out)).isEqualTo(1);
        assertThat(session.err).contains("is there already");
        assertThat(session.run("plot", "report", place("v3"), "--out", folder.resolve("report.pdf"))).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(session.run("plot", "tuning", place("v3"), "--roi", "c1v3p9r9")).isEqualTo(1);
        assertThat(session.err).contains("there is no ROI 'c1v3p9r9'", "keys are written as c1v3p0r0");
        assertThat(session.run("plot", "tuning", place("v3"), "--roi", "c1v3p0r0", "--out", "tuning.pdf"))
                .isEqualTo(2);
        assertThat(session.err).contains("ends neither with .svg nor with .png");
        assertThat(session.run("plot", "depth", place("v3"), "--metric", "goso")).isEqualTo(2);
        assertThat(session.err).contains("'goso' is no metric; did you mean gosi?");
        assertThat(session.run("plot", "raster", place("v3"), "--trace", "dfff")).isEqualTo(2);
        assertThat(session.err).contains("did you mean dff?");
        assertThat(session.run("plot", "raster", folder.resolve("nothing"))).isEqualTo(1);
        assertThat(session.err).contains("nothing", "is not there");
        assertThat(session.run("plot", "raster", made)).isEqualTo(1);
        assertThat(session.err).contains("holds 2 sessions", "name one of");
        assertThat(session.run("plot", "tuning", place("v3"))).isEqualTo(2);
        assertThat(session.run("plot")).isEqualTo(2);
        assertThat(session.err).contains("tuning, rf, trials, raster, depth, correlations, report");
        assertThat(session.run("plot", "raster", place("v3"), "--data")).isEqualTo(2);
        assertThat(session.err).contains("--data needs --out");
        assertThat(Files.exists(Path.of("tuning.pdf"))).isFalse();
    }
}
