package org.neuropil.physiology.movie.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.decode.DecodeFiles;
import org.neuropil.physiology.table.MetricFiles;
import org.neuropil.space.InputException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to what reads traces, masks, trials, folds and groups: whatever they are, nothing but a declared error may come
/// out, in bounded memory.
class MovieFilesFuzzTest {
    private static final String TRIALS = "cell,direction,spatial_frequency,image,trial,repeat,time,value,response,speed,model\n"
            + "a,0,0.04,,0,0,0.5,1,1.5,2,3\na,90,0.04,,1,1,1.5,,nan,0,4\nb,,,7,2,0,0,1e3,-2,,\n";
    private static final List<String> TEXTS = List.of("time,a,b\n0,1,2\n1,3,nan\n",
            "roi,x,y,weight\na,1,2,0.5\nb,0,3,1\n",
            "trial,fold\n0,1\n1,0\n2,1\n", "cell,group\na,deep\nb,shallow\n", TRIALS, TRIALS, TRIALS, TRIALS);

    @TempDir
    static Path folder = Path.of("");

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) throws IOException {
        if (input.length > 0) {
            read(Math.floorMod(input[0], TEXTS.size() + 1), Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static void read(int way, byte[] bytes) throws IOException {
        try {
            switch (way) {
                case 0 -> TraceFiles.read(file("a.csv", bytes));
                case 1 -> MaskFiles.read(file("a.csv", bytes).toString(), "masks");
                case 2 -> DecodeFiles.folds(file("a.csv", bytes));
                case 3 -> DecodeFiles.groups(file("a.csv", bytes));
                case 4 -> MetricFiles.trials(file("a.csv", bytes));
                case 5 -> MetricFiles.frames(file("a.csv", bytes));
                case 6 -> MetricFiles.films(file("a.csv", bytes));
                case 7 -> MetricFiles.traces(file("a.csv", bytes));
                default -> TraceFiles.read(file("a.npy", bytes));
            }
        } catch (InputException e) {
            if (e.sentence().length() > 2_000 || e.sentence().lines().count() > 1) {
                throw new IllegalStateException(
                        "an error of " + e.sentence().length() + " characters, or several lines", e);
            }
        } catch (IOException e) {
            // Declared: it names what is wrong.
        }
    }

    private static Path file(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        return Files.write(file, bytes);
    }

    private static byte[] npy(String shape, int values) {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
        header += " ".repeat(118 - header.length() - 1) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[]{(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[4 * values]);
        return out.toByteArray();
    }

    /// Files as they should be, with some bytes changed, cut or said twice: seeded, in every build.
    @Test
    void damagedFilesGiveDeclaredErrors() throws IOException {
        SplittableRandom random = new SplittableRandom(20);
        for (int way = 0; way <= TEXTS.size(); way++) {
            byte[] whole = way == TEXTS.size() ? npy("(3, 2)", 6) : TEXTS.get(way).getBytes(StandardCharsets.UTF_8);
            read(way, whole);
            for (int i = 0; i < 300; i++) {
                byte[] bytes = whole.clone();
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                            ? (byte) ",\n-.0123456789eEnaif\"".charAt(random.nextInt(20))
                            : (byte) random.nextInt();
                }
                read(way, random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            }
        }
    }

    /// A header that tells of more than the file holds takes no memory, and one of nothing is no error of arithmetic.
    @Test
    void headersThatLieAreTold() throws IOException {
        for (String shape : List.of("(1000000000, 2)", "(2, 1000000000)", "(60000, 60000)")) {
            Path file = file("a.npy", npy(shape, 3));
            assertThatThrownBy(() -> TraceFiles.read(file)).isInstanceOf(InputException.class);
        }
        for (String shape : List.of("(0, 2)", "(2, 0)", "(0,)", "()")) {
            read(TEXTS.size(), npy(shape, 0));
        }
    }
}
