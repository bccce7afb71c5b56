package org.neuropil.volume.precomputed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PrecomputedInfoTest {
    private static final String GOOD = """
            {
              "@type" : "neuroglancer_multiscale_volume",
              "type" : "segmentation",
              "data_type" : "uint64",
              "num_channels" : 1,
              "scales" : [ {
                "key" : "8_8_40.5",
                "size" : [ 100, 90, 80 ],
                "resolution" : [ 8, 8, 40.5 ],
                "voxel_offset" : [ -3, 0, 17 ],
                "chunk_sizes" : [ [ 64, 64, 16 ] ],
                "encoding" : "compressed_segmentation",
                "compressed_segmentation_block_size" : [ 8, 8, 8 ]
              } ]
            }
            """;

    private static final VolumeInfo VOLUME = new VolumeInfo(Kind.SEGMENTATION, DataType.UINT64,
            List.of(new Scale(new VoxelSize(8, 8, 40.5), Box.of(new Int3(-3, 0, 17), new Int3(100, 90, 80)),
                    new Int3(64, 64, 16))));

    @Test
    void writesWhatNeuroglancerReads() {
        assertThat(new String(PrecomputedInfo.of(VOLUME, PrecomputedOptions.LABELS).bytes(),
                StandardCharsets.UTF_8)).isEqualTo(GOOD);
    }

    @Test
    void readsWhatItWrites() {
        PrecomputedInfo info = parse(GOOD);
        assertThat(info.volume()).isEqualTo(VOLUME);
        assertThat(info.key(0)).isEqualTo("8_8_40.5");
        assertThat(info.mesh()).isEmpty();
    }

    @Test
    void namesTheFoldersOfMeshesAndProperties() {
        PrecomputedInfo info = parse(GOOD).withMesh("mesh").withSegmentProperties("properties");
        PrecomputedInfo again = parse(new String(info.bytes(), StandardCharsets.UTF_8));
        assertThat(again.mesh()).contains("mesh");
        assertThat(again.segmentProperties()).contains("properties");
        assertThat(again.volume()).isEqualTo(VOLUME);
    }

    @Test
    void keepsFieldsThatItDoesNotKnow() {
        String text = GOOD
                .replace("\"num_channels\" : 1,", "\"num_channels\" : 1,\n  \"mip_note\" : { \"a\" : [ 1 ] },")
                .replace("\"key\" :", "\"hidden\" : true,\n    \"key\" :");
        String again = new String(parse(text).withMesh("m").bytes(), StandardCharsets.UTF_8);
        assertThat(again).contains("\"mip_note\"").contains("\"hidden\" : true").contains("\"mesh\" : \"m\"");
    }

    @Test
    void takesAnOffsetOfZeroAndWholeNumbersWithADot() {
        String text = GOOD.replace("\"voxel_offset\" : [ -3, 0, 17 ],", "").replace("[ 100, 90, 80 ]",
                "[ 100.0, 90, 80 ]");
        assertThat(parse(text).volume().scale(0).bounds()).isEqualTo(Box.ofSize(100, 90, 80));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "neuroglancer_multiscale_volume"  | "neuroglancer_skeletons" | @type
            "segmentation"                    | "labels"                 | type
            "segmentation"                    | 7                        | type
            "uint64"                          | "int128"                 | data_type
            "uint64"                          | "float32"                | data_type
            "uint64"                          | "uint8"                  | scales[0].encoding
            "num_channels" : 1                | "num_channels" : 0       | num_channels
            "num_channels" : 1                | "num_channels" : "1"     | num_channels
            "num_channels" : 1                | "channels" : 1           | num_channels
            "scales"                          | "scale"                  | scales
            "8_8_40.5"                        | "../other"               | scales[0].key
            "8_8_40.5"                        | "/etc"                   | scales[0].key
            "8_8_40.5"                        | ""                       | scales[0].key
            [ 100, 90, 80 ]                   | [ 100, 90 ]              | scales[0].size
            [ 100, 90, 80 ]                   | [ 100, 0, 80 ]           | scales[0].size
            [ 100, 90, 80 ]                   | [ 100, 9.5, 80 ]         | scales[0].size
            [ 100, 90, 80 ]                   | [ 100, 99999999999, 80 ] | scales[0].size
            [ 100, 90, 80 ]                   | [ 2147483640, 1, 1 ]     | scales[0].size
            [ 100, 90, 80 ]                   | "100 90 80"              | scales[0].size
            [ 8, 8, 40.5 ]                    | [ 8, 0, 40.5 ]           | scales[0].resolution
            [ 8, 8, 40.5 ]                    | [ 8, 1e999, 40.5 ]       | scales[0].resolution
            [ 8, 8, 40.5 ]                    | [ 8, "8", 40.5 ]         | scales[0].resolution
            [ -3, 0, 17 ]                     | [ -3, 0 ]                | scales[0].voxel_offset
            [ [ 64, 64, 16 ] ]                | [ 64, 64, 16 ]           | scales[0].chunk_sizes[0]
            [ [ 64, 64, 16 ] ]                | [ ]                      | scales[0].chunk_sizes
            [ [ 64, 64, 16 ] ]                | [ [ 64, -64, 16 ] ]      | scales[0].chunk_sizes[0]
            [ [ 64, 64, 16 ] ]                | [ [ 64, 64, 16 ], [ 9 ] ] | scales[0].chunk_sizes[1]
            "compressed_segmentation",        | "jpeg",                  | scales[0].encoding
            "compressed_segmentation",        | "jxl",                   | scales[0].encoding
            "compressed_segmentation",        | "zip",                   | scales[0].encoding
            "encoding"                        | "hidden": 1, "encoding"  | scales[0].hidden
            "compressed_segmentation",        | "png",                   | scales[0].encoding
            [ 8, 8, 8 ]                       | [ 8, 8, 0 ]              | scales[0].compressed_segmentation_block_size
            [ 8, 8, 8 ]                       | [ 8, 8, 99999999 ]       | scales[0].compressed_segmentation_block_size
            "encoding"                        | "mesh": 3, "encoding"    |
            """)
    void namesFileFieldAndValueOfWhatIsWrong(String good, String bad, @Nullable String field) {
        assertThat(GOOD).contains(good);
        String text = GOOD.replace(good, bad);
        if (field == null) {
            assertThat(parse(text).volume()).isEqualTo(VOLUME);
            return;
        }
        assertThatThrownBy(() -> parse(text)).asInstanceOf(InstanceOfAssertFactories.type(InputException.class))
                .satisfies(e -> assertThat(e.where()).isEqualTo("dir/info, field " + field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                       | {}                       |
            uint64_sharded           | int64_sharded            | @type
            "preshift_bits" : 2      | "preshift_bits" : 64     | preshift_bits
            "preshift_bits" : 2      | "preshift_bits" : -1     | preshift_bits
            "preshift_bits" : 2      | "pre" : 2                | preshift_bits
            "identity"               | "sha1"                   | hash
            "minishard_bits" : 1     | "minishard_bits" : 61    | minishard_bits
            "minishard_bits" : 1     | "minishard_bits" : "1"   | minishard_bits
            "shard_bits" : 0         | "shard_bits" : 64        | shard_bits
            "shard_bits" : 0         | "shard_bits" : 0.5       | shard_bits
            "data_encoding" : "gzip" | "data_encoding" : "zstd" | data_encoding
            "data_encoding" : "gzip" | "data_encoding" : "raw"  |
            , "data_encoding" : "gzip" |                        |
            """)
    void namesFileFieldAndValueOfWhatIsWrongWithShards(String good, @Nullable String bad, @Nullable String field) {
        String sharding = """
                "sharding" : { "@type" : "neuroglancer_uint64_sharded_v1", "preshift_bits" : 2, "hash" : "identity",
                  "minishard_bits" : 1, "shard_bits" : 0, "data_encoding" : "gzip" }, "key" :""";
        String text = GOOD.replace("\"key\" :", sharding.replace(good, bad == null ? "" : bad));
        if (field == null) {
            assertThat(parse(text).volume().scale(0).unit()).isEqualTo(new Int3(128, 128, 80));
            return;
        }
        assertThatThrownBy(() -> parse(text)).asInstanceOf(InstanceOfAssertFactories.type(InputException.class))
                .satisfies(e -> assertThat(e.where()).isEqualTo("dir/info, field scales[0].sharding." + field));
    }

    @Test
    void refusesAChunkThatNoArrayCanHold() {
        String text = GOOD.replace("[ 100, 90, 80 ]", "[ 100000, 100000, 80 ]").replace("[ 64, 64, 16 ]",
                "[ 100000, 10000, 16 ]");
        assertThatThrownBy(() -> parse(text)).isInstanceOf(InputException.class).hasMessageContaining("2 GiB");
    }

    @Test
    void saysThatTextIsNotJson() {
        assertThatThrownBy(() -> parse("{")).isInstanceOf(InputException.class).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> parse("")).isInstanceOf(InputException.class).hasMessageContaining("JSON");
        assertThatThrownBy(() -> parse("[1]")).isInstanceOf(InputException.class).hasMessageContaining("JSON object");
        assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(InputException.class);
    }

    @Test
    void refusesScalesThatWouldShareAFolder() {
        Scale scale = VOLUME.scale(0);
        assertThatIllegalArgumentException().isThrownBy(
                () -> PrecomputedInfo.of(new VolumeInfo(Kind.SEGMENTATION, DataType.UINT64, List.of(scale, scale)),
                        PrecomputedOptions.RAW));
        assertThatIllegalArgumentException().isThrownBy(
                () -> PrecomputedInfo.of(new VolumeInfo(Kind.SEGMENTATION, DataType.UINT8, List.of(scale)),
                        PrecomputedOptions.LABELS));
    }

    @Property(tries = 1000, seed = "1")
    void arbitraryBytesAreAnInputException(@ForAll byte[] noise) {
        assertThatThrownBy(() -> PrecomputedInfo.parse(noise, "info")).isInstanceOf(InputException.class);
    }

    @Property(tries = 3000, seed = "1")
    void damagedTextGivesAVolumeOrAnInputException(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] text = GOOD.getBytes(StandardCharsets.UTF_8);
        byte[] parts = "0123456789-.e\"[]{},:".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            text[random.nextInt(text.length)] = parts[random.nextInt(parts.length)];
        }
        try {
            PrecomputedInfo info = PrecomputedInfo.parse(text, "info");
            assertThat(PrecomputedInfo.parse(info.bytes(), "info").volume()).isEqualTo(info.volume());
        } catch (InputException e) {
            assertThat(e.where()).startsWith("info");
        }
    }

    private static PrecomputedInfo parse(String text) {
        return PrecomputedInfo.parse(text.getBytes(StandardCharsets.UTF_8), "dir/info");
    }
}
