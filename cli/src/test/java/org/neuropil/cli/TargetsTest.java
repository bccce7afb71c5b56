package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What careless targets must not do.
class TargetsTest {
    @TempDir
    private Path folder = Path.of("");
    private final Session session = new Session();

    @BeforeEach
    void dataset() throws IOException {
        Path raw = Session.stack(folder.resolve("raw"), 32, 24, 8, Session::em);
        assertThat(session.run("import", raw, "--voxel-size", "8x8x30nm", "--out", at("set"))).isZero();
        assertThat(session.run("import", raw, "--voxel-size", "8x8x30nm", "--out", at("set"), "--part", "other"))
                .isZero();
        Files.createDirectories(folder.resolve("home"));
        Files.writeString(folder.resolve("home/thesis.txt"), "all that I have");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("set"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"set/em|is where the volume lies that is read",
        "link/em|is where the volume lies that is read", "set/em/copy|lies inside of",
        "set/../set/em/copy|lies inside of",
        "set|holds", "link|holds", ".|holds", "set/other|part 'other' of a dataset", "home|is no volume",
        "home/thesis.txt|is no volume", "raw|is no volume"})
    void nothingButAVolumeIsReplaced(String target, String words) throws IOException {
        Map<String, String> before = files();
        for (String verb : new String[]{"convert", "reshard", "components"}) {
            assertThat(session.run(verb, at("set/em"), folder + "/" + target, "--force")).isEqualTo(1);
            assertThat(session.err).contains(words).contains(target).doesNotContain(".neuropil");
            assertThat(session.err.lines()).hasSize(1);
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void aVolumeAndAnEmptyFolderAreReplacedIfAsked() throws IOException {
        assertThat(session.run("convert", at("set/em"), at("copy"), "--mips", "none")).isZero();
        assertThat(session.run("convert", at("set/em"), at("copy"), "--chunk", "16,16,8")).isEqualTo(1);
        assertThat(session.err).contains("--force");
        assertThat(session.run("convert", at("set/em"), "zarr3://" + at("copy"), "--force")).isZero();
        assertThat(Files.exists(folder.resolve("copy/info"))).isFalse();
        Files.createDirectories(folder.resolve("empty"));
        assertThat(session.run("convert", at("set/em"), at("empty"))).isEqualTo(1);
        assertThat(session.run("convert", at("set/em"), at("empty"), "--force")).isZero();
        assertThat(Files.exists(folder.resolve("empty/info"))).isTrue();
    }

    @Test
    void whatIsSaidOfTheSourceMakesAnotherVolume() {
        assertThat(session.run("convert", at("set/em"), at("copy"))).isZero();
        assertThat(session.run("convert", at("set/em"), at("copy"))).isZero();
        assertThat(session.err).contains("already done");
        assertThat(session.run("convert", at("set/em"), at("copy"), "--voxel-size", "9x9x9nm")).isEqualTo(1);
        assertThat(session.err).contains("exists already");
    }

    @Test
    void aFileThatWasWrittenAnewIsReadAnew() throws IOException {
        assertThat(session.run("cutout", at("set/em"), at("em.npy"))).isZero();
        assertThat(session.run("convert", at("em.npy"), at("copy"), "--voxel-size", "8x8x30nm")).isZero();
        assertThat(session.run("cutout", at("set/em"), at("em.npy"), "--box", "0,0,0:32,24,7", "--force")).isZero();
        assertThat(session.run("cutout", at("set/em"), at("em.npy"), "--force")).isZero();
        Files.setLastModifiedTime(folder.resolve("em.npy"), java.nio.file.attribute.FileTime.fromMillis(1));
        assertThat(session.run("convert", at("em.npy"), at("copy"), "--voxel-size", "8x8x30nm")).isEqualTo(1);
        assertThat(session.err).contains("exists already");
    }

    @Test
    void aCutoutIsKeptOrReplaced() throws IOException {
        assertThat(session.run("cutout", at("set/em"), at("em.tif"))).isZero();
        assertThat(session.run("cutout", at("set/em"), at("em.tif"))).isZero();
        assertThat(session.err).contains("already done");
        byte[] whole = Files.readAllBytes(folder.resolve("em.tif"));
        assertThat(session.run("cutout", at("set/em"), at("em.tif"), "--box", "0,0,0:8,8,8")).isEqualTo(1);
        assertThat(session.err).contains("exists already", "--force");
        assertThat(folder.resolve("em.tif")).hasBinaryContent(whole);
        assertThat(session.run("cutout", at("set/em"), at("em.tif"), "--box", "0,0,0:8,8,8", "--force")).isZero();
        assertThat(Files.size(folder.resolve("em.tif"))).isLessThan(whole.length);
        assertThat(Files.readString(folder.resolve("em.tif.provenance.json"))).contains("0,0,0:8,8,8");
        assertThat(session.run("cutout", at("set/em"), at("home"), "--force")).isEqualTo(1);
        assertThat(session.err).contains("is a folder");
        assertThat(folder.resolve("home/thesis.txt")).hasContent("all that I have");
    }

    @Test
    void anEncodingThatCannotBeIsToldOfThePlaceThatWasGiven() throws IOException {
        assertThat(session.run("convert", at("set/em"), at("x"), "--encoding", "compressed_segmentation")).isEqualTo(1);
        assertThat(session.err).contains(at("x"), "compressed_segmentation", "uint8").doesNotContain(".neuropil");
        assertThat(Files.exists(folder.resolve(".neuropil"))).isFalse();
    }

    @Test
    void aFullDiskIsToldOfTheTarget() throws IOException {
        String sentence = Complaints.sentence(new IOException("No space left on device"), VolumeOptions.local(at("x")));
        assertThat(sentence).startsWith(at("x") + ": the disk is full (").doesNotContain("--out");
        assertThat(VolumeOptions.local("precomputed://" + at("x"))).isEqualTo(folder.resolve("x"));
        assertThat(VolumeOptions.local("zarr3://s3://bucket/x")).isEqualTo(Path.of("."));
        assertThat(VolumeOptions.local("")).isEqualTo(Path.of("."));
    }

    @Test
    void sourcesThatAreNoneAreNamed() {
        for (String verb : new String[]{"convert", "reshard", "components", "cutout"}) {
            assertThat(session.run(verb, at("none"), at("x"))).isEqualTo(1);
            assertThat(session.err).contains(at("none") + ": does not exist");
            assertThat(session.run(verb, at("set"), at("x"))).isEqualTo(1);
            assertThat(session.err).contains(at("set") + ": is a dataset", at("set/em") + ", " + at("set/other"));
        }
        assertThat(session.run("downsample", at("set"))).isEqualTo(1);
        assertThat(session.err).contains("is a dataset");
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                all.put(path.toString(), Files.isRegularFile(path) ? Files.getLastModifiedTime(path).toString() : "");
            }
        }
        return all;
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
