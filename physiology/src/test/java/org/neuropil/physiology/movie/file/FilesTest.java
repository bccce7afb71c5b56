package org.neuropil.physiology.movie.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.physiology.movie.Roi;
import org.neuropil.space.InputException;

class FilesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path text(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /// An array of numpy's as numpy itself writes it.
    private Path npy(String name, String descr, boolean fortran, String shape, byte[] data) throws IOException {
        String header = "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': "
                + shape + ", }";
        header += " ".repeat(118 - header.length() - 1) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(128 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0)
                .putShort((short) 118).put(header.getBytes(StandardCharsets.US_ASCII)).put(data);
        return Files.write(folder.resolve(name), bytes.array());
    }

    @ParameterizedTest
    @CsvSource({"t.npy", "t.csv"})
    void whatIsWrittenIsRead(String name) throws IOException {
        double[][] values = {{1, Double.NaN, 1.0 / 3}, {-2, 1e-300, 4}};
        Path file = folder.resolve("new").resolve(name);
        TraceFiles.write(file, new TraceTable(List.of("0", "1"), values, Optional.empty()));
        TraceTable read = TraceFiles.read(file);
        assertThat(read.names()).containsExactly("0", "1");
        assertThat(Arrays.deepEquals(read.values(), values)).isTrue();
        assertThat(read.times()).isEmpty();
        assertThat(read.rate("t")).isEmpty();
    }

    @Test
    void bothOrdersOfAnArrayAreFramesByRegions() throws IOException {
        byte[] six = {1, 2, 3, 4, 5, 6};
        assertThat(TraceFiles.read(npy("c.npy", "|u1", false, "(3, 2)", six)).values())
                .isDeepEqualTo(new double[][]{{1, 3, 5}, {2, 4, 6}});
        assertThat(TraceFiles.read(npy("f.npy", "|u1", true, "(3, 2)", six)).values())
                .isDeepEqualTo(new double[][]{{1, 2, 3}, {4, 5, 6}});
        assertThat(TraceFiles.read(npy("1.npy", "|i1", false, "(6,)", six)).values())
                .isDeepEqualTo(new double[][]{{1, 2, 3, 4, 5, 6}});
        Path cut = npy("cut.npy", "<f8", false, "(3, 2)", six);
        assertThatThrownBy(() -> TraceFiles.read(cut)).isInstanceOf(InputException.class)
                .hasMessageContaining("cut short");
        Path deep = npy("deep.npy", "|u1", false, "(1, 3, 2)", six);
        assertThatThrownBy(() -> TraceFiles.read(deep)).isInstanceOf(InputException.class);
    }

    @Test
    void timesGiveTheRate() throws IOException {
        TraceTable read = TraceFiles.read(text("t.csv", "frame,time,a\n0,0.5,1\n1,0.75,nan\n2,1.0,\n"));
        assertThat(read.names()).containsExactly("a");
        assertThat(read.values()[0]).containsExactly(1, Double.NaN, Double.NaN);
        assertThat(read.rate("t")).contains(4.0);
        TraceTable back = TraceFiles.read(text("b.csv", "time,a\n1,1\n1,2\n"));
        assertThatThrownBy(() -> back.rate("b.csv")).isInstanceOf(InputException.class)
                .hasMessageContaining("not later");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"a,b\\n1|has 1 cells under 2 names",
        "a\\nx|'x' is no number",
        "a,a\\n1,2|'a' is there twice", "a\\ninfinity|is no number", "a\\n1e999|is infinite"})
    void whatIsWrongWithTracesIsTold(String content, String words) throws IOException {
        Path file = text("t.csv", content.replace("\\n", "\n"));
        assertThatThrownBy(() -> TraceFiles.read(file)).isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(((InputException) e).sentence()).contains(words, "t.csv"));
    }

    @Test
    void masksComeFromRowsOrFromALabelImage() throws IOException {
        Path csv = text("m.csv", "roi,x,y,weight\nb,1,0,0.5\na,0,0,1\nb,2,1,2\nb,0,1,0\n");
        List<Roi> rois = MaskFiles.read(csv.toString(), "--masks");
        assertThat(Roi.names(rois)).containsExactly("b", "a");
        assertThat(rois.getFirst().x()).containsExactly(1, 2);
        assertThat(rois.getFirst().weight()).containsExactly(0.5, 2);
        Path image = npy("m.npy", "|u1", false, "(2, 3)", new byte[]{7, 0, 7, 3, 3, 0});
        List<Roi> labels = MaskFiles.read(image.toString(), "--masks");
        assertThat(Roi.names(labels)).containsExactly("3", "7");
        assertThat(labels.getLast().x()).containsExactly(0, 2);
        assertThat(labels.getLast().y()).containsExactly(0, 0);
        Path none = npy("z.npy", "|u1", false, "(2, 3)", new byte[6]);
        assertThatThrownBy(() -> MaskFiles.read(none.toString(), "--masks")).isInstanceOf(InputException.class)
                .hasMessageContaining("no region");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"roi,x\\n|column 'y' is missing",
        "roi,x,y\\na,1|has 2 cells",
        "roi,x,y\\na,1.5,0|'1.5' is no pixel", "roi,x,y,weight\\na,1,0,much|'much' is no number",
        "roi,x,y\\n|holds no region"})
    void whatIsWrongWithMasksIsTold(String content, String words) throws IOException {
        Path file = text("m.csv", content.replace("\\n", "\n"));
        assertThatThrownBy(() -> MaskFiles.read(file.toString(), "--masks")).isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(((InputException) e).sentence()).contains(words, "m.csv"));
    }

    @Test
    void framesOfAMovieLieAlongZ() throws IOException {
        Path file = npy("movie.npy", "<u2", false, "(2, 1, 3)",
                new byte[]{1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0, 1});
        VolumeMovie movie = VolumeMovie.open(file.toString(), "MOVIE");
        assertThat(new int[]{movie.width(), movie.height(), movie.frames()}).containsExactly(3, 1, 2);
        assertThat(movie.read(1, 2).at(0, 2)).isEqualTo(256);
        assertThat(movie.read(0, 2).at(0, 2)).isEqualTo(3);
        assertThatThrownBy(() -> VolumeMovie.open(folder.resolve("none.npy").toString(), "MOVIE"))
                .isInstanceOf(InputException.class);
    }
}
