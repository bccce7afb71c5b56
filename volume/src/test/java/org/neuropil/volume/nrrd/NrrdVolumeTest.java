package org.neuropil.volume.nrrd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.RandomVolumes;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.array.Reading;

/// On files that `make_nrrd.py` beside them has made with pynrrd, and on texts.
class NrrdVolumeTest {
    private static final Reading FOUR = Reading.PLAIN.withVoxelSize(new VoxelSize(4, 4, 4));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"uint8", "int16", "uint32", "uint64", "float32", "float64"})
    void readsFilesOfPynrrd(String type) throws IOException {
        for (String encoding : new String[]{"raw", "gzip"}) {
            NrrdVolume volume = NrrdVolume.open(file(type + "_" + encoding + ".nrrd"), Reading.PLAIN);
            assertThat(volume.info().type().text()).isEqualTo(type);
            assertThat(volume.info().kind())
                    .isEqualTo(type.startsWith("uint") && !type.equals("uint8") ? Kind.SEGMENTATION : Kind.IMAGE);
            assertThat(volume.info().scale(0).voxelSize()).isEqualTo(new VoxelSize(4, 4, 40));
            Box bounds = Box.of(new Int3(2, 0, 3), new Int3(6, 5, 4));
            assertThat(volume.info().scale(0).bounds()).isEqualTo(bounds);
            Block all = volume.read(0, bounds);
            for (int i = 0; i < all.box().voxels(); i++) {
                long expected = i * 7L + 3;
                assertThat(all.value(i)).isEqualTo(type.equals("uint8") ? expected & 0xFF : expected);
            }
            Box part = new Box(new Int3(3, -1, 4), new Int3(9, 4, 6));
            assertThat(volume.read(0, part).array()).isEqualTo(RandomVolumes.window(all, part).array());
        }
    }

    @Test
    void readsDetachedDataOfTheOtherByteOrder() throws IOException {
        NrrdVolume volume = NrrdVolume.open(file("detached.nhdr"), Reading.PLAIN);
        assertThat(volume.info().scale(0).voxelSize()).isEqualTo(new VoxelSize(4, 4, 40));
        assertThat(volume.read(0, Box.of(new Int3(5, 4, 3), Int3.all(1))).id(0)).isEqualTo(119 * 7 + 3);
    }

    @Test
    void skipsLinesAndBytes() throws IOException {
        String header = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 2 1 1\nencoding: raw\n";
        assertThat(bytes(header + "line skip: 2\nbyte skip: 1\n\n", "one\ntwo\n!ab")).containsExactly('a', 'b');
        assertThat(bytes(header + "byteskip: -1\n\n", "whatever is before ab")).containsExactly('a', 'b');
        assertThat(bytes(header + "# a comment: x\nkey:=value: of mine\n\r\n", "ab")).containsExactly('a', 'b');
    }

    @Test
    void aColourIsChosen() throws IOException {
        String header = "NRRD0004\ntype: uchar\ndimension: 4\nsizes: 3 2 1 1\nspacings: NaN 4 4 4\nencoding: raw\n\n";
        Path path = folder.resolve("c.nrrd");
        Files.writeString(path, header + "rgbRGB", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> NrrdVolume.open(path, FOUR)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("channel"));
        Block green = NrrdVolume.open(path, FOUR.withChannel(1)).read(0, Box.ofSize(2, 1, 1));
        assertThat(((Block.Bytes) green).data()).containsExactly('g', 'G');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1 1 1 2|space directions: (4,0,0) (0,4,0) (0,0,0.04) none|space units: \"nm\" \"nm\" \"um\"",
        "2 1 1 1|space directions: none (4,0,0) (0,4,0) (0,0,0.04)|space units: \"nm\" \"nm\" \"um\"",
        "1 1 1 2|spacings: 4 4 0.04 NaN|units: \"nm\" \"nm\" \"um\" \"\"",
        "2 1 1 1|spacings: NaN 4 4 0.04|units: \"\" \"nm\" \"nm\" \"um\"",
        "1 2 1 1|space directions: (4,0,0) none (0,4,0) (0,0,0.04)|space units: \"nm\" \"nm\" \"um\"",
        "1 1 1|space directions: (4,0,0) (0,4,0) (0,0,0.04)|space units: \"nm\" \"nm\" \"um\"",
        "1 1 1 2|spacings: 4 4 0.04 NaN|space units: \"nm\" \"nm\" \"um\""})
    void eachAxisHasItsOwnUnit(String sizes, String lengths, String units) throws IOException {
        Path path = folder.resolve("u.nrrd");
        Files.writeString(path, "NRRD0004\ntype: uchar\ndimension: " + sizes.split(" ").length + "\nsizes: " + sizes
                + "\nencoding: raw\n" + lengths + "\n" + units + "\n\nab", StandardCharsets.ISO_8859_1);
        Reading reading = sizes.contains("2") ? Reading.PLAIN.withChannel(1) : Reading.PLAIN;
        assertThat(NrrdVolume.open(path, reading).info().scale(0).voxelSize()).isEqualTo(new VoxelSize(4, 4, 40));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"type: uchar|type: block|type|block",
        "dimension: 3|dimension: 17|dimension|17", "sizes: 2 1 1|sizes: 2 1|sizes|2 numbers for 3",
        "sizes: 2 1 1|sizes: 2 -1 1|sizes|-1", "encoding: raw|encoding: bzip2|encoding|bzip2",
        "type: uchar|type: short|endian|neither", "encoding: raw|encoding: gzip|data|damaged",
        "sizes: 2 1 1|sizes: 2 1 9|x.nrrd|2 bytes",
        "sizes: 2 1 1|sizes: 2000000000 2000000000 2000000000|sizes|any file",
        "encoding: raw|`encoding: raw\nspace directions: (0,1,0) (1,0,0) (0,0,1)`|space directions|turned",
        "encoding: raw|`encoding: raw\nbyte skip: 9223372036854775807`|byte skip|9223372036854775807",
        "encoding: raw|`encoding: raw\nbyte skip: 1000000000000000000`|x.nrrd|0 bytes",
        "encoding: raw|`encoding: raw\ndata file: a\0b`|data file|no name",
        "encoding: raw|`encoding: raw\ndata file: LIST`|data file|several",
        "encoding: raw|`encoding: raw\ndata file: gone.raw`|data file|gone.raw"})
    void whatIsWrongIsNamed(String right, String wrong, String field, String words) throws IOException {
        String header = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 2 1 1\nencoding: raw\n\nab";
        Path path = folder.resolve("x.nrrd");
        Files.writeString(path, header.replace(right, wrong), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> NrrdVolume.open(path, FOUR)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("x.nrrd", field, words));
    }

    @Test
    void otherFilesAndMissingVoxelSizesAreTold() throws IOException {
        Path path = folder.resolve("x.nrrd");
        Files.writeString(path, "something else");
        assertThatThrownBy(() -> NrrdVolume.open(path, FOUR)).isInstanceOf(InputException.class)
                .hasMessageContaining("no NRRD");
        Files.writeString(path, "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 2 1 1\nencoding: raw\n\nab");
        assertThatThrownBy(() -> NrrdVolume.open(path, Reading.PLAIN)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("--voxel-size"));
    }

    @Test
    void damagedHeadersGiveDeclaredErrorsOrVolumes() throws IOException {
        byte[] bytes = Files.readAllBytes(file("uint64_raw.nrrd"));
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            try {
                NrrdHeader header = NrrdHeader.parse(RandomVolumes.damage(bytes, random), "damaged");
                assertThat(header.sizes()).isNotEmpty();
            } catch (InputException e) {
                assertThat(e.sentence()).contains("damaged");
            }
        }
    }

    private byte[] bytes(String header, String data) throws IOException {
        Path path = Files.createTempFile(folder, "x", ".nrrd");
        Files.writeString(path, header + data, StandardCharsets.ISO_8859_1);
        return ((Block.Bytes) NrrdVolume.open(path, FOUR).read(0, Box.ofSize(2, 1, 1))).data();
    }

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(NrrdVolumeTest.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
