package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.pipeline.Json;

class StagesTest {
    private static final String VOXEL = "10x10x10nm";

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();
    private Path raw = folder;
    private Path dataset = folder;

    @BeforeEach
    void write() throws IOException {
        raw = Session.stack(folder.resolve("raw"), 32, 32, 32, Session::em);
        dataset = folder.resolve("set");
    }

    @Test
    void importTellsFiguresOnStdoutAndTheRestOnStderr() {
        assertThat(importRaw()).isZero();
        assertThat(session.out).startsWith("figure").doesNotContain("done");
        assertThat(session.err)
                .matches("(?s)\\d+ sections, from 0.png to \\d+.png\\Rimport em: done in \\d+\\.\\d s\\R");
        assertThat(importRaw()).isZero();
        assertThat(session.err).contains("import em: already done");
        assertThat(importRaw("--quiet")).isZero();
        assertThat(session.err).isEmpty();
    }

    @Test
    void infoComesInEveryFormat() {
        importRaw("--title", "Two cells");
        assertThat(session.run("info", dataset)).isZero();
        assertThat(session.out).startsWith("name").contains("Two cells", "32,32,32", VOXEL, "uint8");
        assertThat(session.run("info", dataset, "--format", "json")).isZero();
        Map<?, ?> json = Json.MAPPER.readValue(session.out, Map.class);
        assertThat(String.valueOf(json.get("about"))).contains("Two cells");
        assertThat(session.run("info", dataset, "--format", "CSV")).isZero();
        assertThat(session.out).startsWith("part,kind,voxels,").contains("em,image,\"32,32,32\"," + VOXEL);
    }

    @Test
    void aMissingSectionIsNamedAndNothingIsLeftBehind() throws IOException {
        Files.delete(raw.resolve("5.png"));
        assertThat(importRaw()).isEqualTo(1);
        assertThat(session.err).startsWith("neuropil: ").contains("5").doesNotContain("Exception");
        assertThat(session.err.lines()).hasSize(1);
        assertThat(dataset).doesNotExist();
    }

    @Test
    void aSectionOfAnotherSizeIsNamed() throws IOException {
        Session.section(raw.resolve("7.png"), 30, 32, 7, Session::em);
        assertThat(importRaw()).isEqualTo(1);
        assertThat(session.err).contains("7.png", "30x32", "32x32");
    }

    @Test
    void aCorruptSectionIsNamedAndEarlierResultsStayWhole() throws IOException {
        assertThat(importRaw()).isZero();
        Map<String, Long> before = files();
        byte[] bytes = Files.readAllBytes(raw.resolve("9.png"));
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(raw.resolve("9.png"), bytes);
        assertThat(importRaw("--force")).isEqualTo(1);
        assertThat(session.err).contains("9.png").doesNotContain("Exception");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void otherParametersNeedForce() {
        assertThat(importRaw()).isZero();
        assertThat(session.run("import", raw, "--voxel-size", "8x8x8nm", "--out", dataset)).isEqualTo(1);
        assertThat(session.err).contains("--force");
        assertThat(session.run("import", raw, "--voxel-size", "8x8x8nm", "--out", dataset, "--force")).isZero();
        session.run("info", dataset);
        assertThat(session.out).contains("8x8x8nm");
    }

    @Test
    void infoTellsWhatIsNotThereFromWhatIsNoData() throws IOException {
        assertThat(session.run("info", folder.resolve("none"))).isEqualTo(1);
        assertThat(session.err).contains("none", "does not exist");
        Path other = Files.createDirectories(folder.resolve("other"));
        assertThat(session.run("info", other)).isEqualTo(1);
        assertThat(session.err).contains("other", "neither a dataset nor a volume");
        Path text = Files.writeString(folder.resolve("notes.txt"), "no voxels");
        assertThat(session.run("info", text)).isEqualTo(1);
        assertThat(session.err).contains("notes.txt", "neither a dataset nor a volume");
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment", "mesh", "score", "serve"})
    void aFolderThatIsNoDatasetIsNamed(String verb) {
        assertThat(session.run(verb, folder.resolve("none"))).isEqualTo(1);
        assertThat(session.out).isEmpty();
        assertThat(session.err).contains("none", "is not a dataset");
        assertThat(session.err.lines()).hasSize(1);
    }

    @Test
    void verboseAddsTheStack() {
        assertThat(session.run("info", folder.resolve("none"), "-v")).isEqualTo(1);
        assertThat(session.err).contains("at org.neuropil.cli.InfoVerb");
    }

    @Test
    void aFileWhereTheFolderShouldBeIsTold() throws IOException {
        Files.writeString(dataset, "a file");
        assertThat(importRaw()).isEqualTo(1);
        assertThat(session.err).contains("set").doesNotContain("Exception");
    }

    @Test
    void anUnwritableFolderIsTold() throws IOException {
        Files.createDirectory(dataset);
        org.junit.jupiter.api.Assumptions.assumeTrue(dataset.toFile().setWritable(false) && !Files.isWritable(dataset),
                "root writes everywhere");
        assertThat(importRaw()).isEqualTo(1);
        assertThat(session.err).contains("permission denied");
    }

    @Test
    void aPortInUseIsTold() throws IOException {
        importRaw();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(session.run("serve", dataset, "--port", taken.getLocalPort())).isEqualTo(1);
            assertThat(session.err).contains("port " + taken.getLocalPort());
            System.setProperty(DemoVerb.HOME, home().toString());
            assertThat(session.run("demo", "--out", folder.resolve("d"), "--port", taken.getLocalPort()))
                    .isEqualTo(1);
            assertThat(session.err).contains("port " + taken.getLocalPort());
            assertThat(folder.resolve("d")).doesNotExist();
        } finally {
            System.clearProperty(DemoVerb.HOME);
        }
    }

    @Test
    void aPictureIsNotOverwrittenWithoutForce() {
        importRaw();
        Path picture = folder.resolve("section.png");
        assertThat(session.run("figure", "section", dataset, "--plain", "--out", picture)).isZero();
        assertThat(session.out.strip()).isEqualTo(picture.toString());
        assertThat(picture).isNotEmptyFile();
        assertThat(session.run("figure", "section", dataset, "--plain", "--out", picture)).isEqualTo(1);
        assertThat(session.err).contains("--force");
        assertThat(session.run("figure", "section", dataset, "--plain", "--z", 99, "--out", picture, "--force"))
                .isEqualTo(1);
        assertThat(session.err).contains("no section 99");
    }

    @Test
    void demoGoesAllTheWayAndKnowsWhenItIsDone() throws IOException {
        Path out = folder.resolve("demo");
        System.setProperty(DemoVerb.HOME, home().toString());
        try {
            assertThat(session.run("demo", "--no-serve", "--out", out)).as(session.err).isZero();
            assertThat(session.out).contains("import em", "segment", "mesh", "adapted Rand error", "bit");
            assertThat(session.err).contains("segment: done in");
            assertThat(session.run("demo", "--no-serve", "--out", out, "--format", "json")).isZero();
            assertThat(session.err.lines()).hasSize(6).allSatisfy(line -> assertThat(line).contains("already done"));
            Map<?, ?> json = Json.MAPPER.readValue(session.out, Map.class);
            assertThat(String.valueOf(json.get("stages"))).contains("import labels", "already done");
            assertThat(session.run("score", out)).isZero();
            assertThat(session.out).contains("variation of information");
            assertThat(session.run("score", out, "--format", "csv")).isZero();
            assertThat(session.out).startsWith("measure,value,unit\r\n");
            assertThat(session.run("segment", out, "--threshold", "0.25")).isEqualTo(1);
            assertThat(session.err).contains("--force");
            assertThat(session.run("mesh", out, "--mip", "7x7x7nm")).isEqualTo(1);
            assertThat(session.err).contains("there is no mip of 7x7x7nm", VOXEL);
        } finally {
            System.clearProperty(DemoVerb.HOME);
        }
    }

    @Test
    void theCurrentFolderIsTakenByItsWholeName() {
        assertThat(Verb.folder(Path.of("."))).isAbsolute();
        assertThat(Verb.folder(Path.of("a/.."))).isAbsolute();
        assertThat(Verb.folder(Path.of("a"))).isEqualTo(Path.of("a"));
    }

    @Test
    void demoWithoutItsSampleSaysSo() {
        assertThat(session.run("demo", "--no-serve", "--out", dataset)).isEqualTo(1);
        assertThat(session.err).contains("sample");
        assertThat(dataset).doesNotExist();
    }

    private int importRaw(String... more) {
        return session.run(Stream.concat(
                Stream.of("import", raw.toString(), "--voxel-size", VOXEL, "--out", dataset.toString()),
                Stream.of(more)).toArray());
    }

    private Path home() throws IOException {
        Path sample = folder.resolve("home/samples/fib25");
        if (!Files.exists(sample)) {
            Session.stack(sample.resolve("raw"), 32, 32, 32, Session::em);
            Session.stack(sample.resolve("labels"), 32, 32, 32, Session::labels);
        }
        return folder.resolve("home");
    }

    private Map<String, Long> files() throws IOException {
        Map<String, Long> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(dataset)) {
            for (Path file : all.filter(Files::isRegularFile).filter(f -> !f.toString().contains(".work")).toList()) {
                found.put(dataset.relativize(file).toString(), Files.getLastModifiedTime(file).toMillis());
            }
        }
        return found;
    }
}
