package org.neuropil.volume.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.DataType;
import org.neuropil.volume.RandomVolumes;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.store.MemoryStore;
import org.neuropil.volume.store.Store;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// What metadata say, field by field, as the specifications have it.
class MetadataTest {
    private static final String ARRAY2 = """
            {"zarr_format": 2, "shape": [9, 10, 11], "chunks": [4, 4, 4], "dtype": "<u2", "compressor": null,
             "fill_value": null, "order": "C", "filters": null}
            """;
    private static final String ARRAY3 = """
            {"zarr_format": 3, "node_type": "array", "shape": [9, 10, 11], "data_type": "uint16",
             "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [4, 4, 4]}},
             "chunk_key_encoding": {"name": "default"}, "fill_value": 0,
             "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}], "attributes": {}}
            """;
    private static final String IMAGE = """
            {"zarr_format": 3, "node_type": "group", "attributes": {"ome": {"version": "0.5", "multiscales": [{
              "axes": [{"name": "z", "type": "space", "unit": "micrometer"},
                       {"name": "y", "type": "space", "unit": "nanometer"},
                       {"name": "x", "type": "space", "unit": "angstrom"}],
              "datasets": [{"path": "s0", "coordinateTransformations": [
                              {"type": "scale", "scale": [0.02, 4, 40]},
                              {"type": "translation", "translation": [0.2, 8, -120]}]},
                           {"path": "deep/s1", "coordinateTransformations": [
                              {"type": "scale", "scale": [0.02, 8, 80]},
                              {"type": "translation", "translation": [0.2, 10, -100]}]}],
              "coordinateTransformations": [{"type": "scale", "scale": [2, 1, 1]}]}]}}}
            """;

    static byte[] array3(String type, String fill) {
        return bytes(ARRAY3.replace("\"uint16\"", "\"" + type + "\"").replace("\"fill_value\": 0",
                "\"fill_value\": " + fill));
    }

    @Test
    void readsScalesUnitsAndTranslations() throws IOException {
        Store store = store("zarr.json", IMAGE, "s0/zarr.json", ARRAY3, "deep/s1/zarr.json", ARRAY3);
        VolumeInfo info = ZarrVolume.open(store).info();
        Int3 size = new Int3(11, 10, 9);
        assertThat(info).isEqualTo(new VolumeInfo(Kind.IMAGE, DataType.UINT16, List.of(
                new Scale(new VoxelSize(4, 4, 40), Box.of(new Int3(-3, 2, 10), size), Int3.all(4)),
                new Scale(new VoxelSize(8, 8, 40), Box.of(new Int3(-2, 1, 10), size), Int3.all(4)))));
        VolumeInfo told = ZarrVolume
                .open(store, Reading.PLAIN.withVoxelSize(new VoxelSize(5, 6, 7)).withKind(Kind.SEGMENTATION)).info();
        assertThat(told.kind()).isEqualTo(Kind.SEGMENTATION);
        assertThat(told.scale(1).voxelSize()).isEqualTo(new VoxelSize(10, 12, 7));
        assertThat(told.scale(1).bounds()).isEqualTo(info.scale(1).bounds());
    }

    @Test
    void takesLengthsWithoutAUnitForNanometres() throws IOException {
        String image = IMAGE.replaceAll(", \"unit\": \"[a-z]+\"", "");
        Store store = store("zarr.json", image, "s0/zarr.json", ARRAY3, "deep/s1/zarr.json", ARRAY3);
        assertThat(ZarrVolume.open(store).info().scale(0).voxelSize()).isEqualTo(new VoxelSize(40, 4, 0.04));
    }

    @Test
    void readsLabels() throws IOException {
        String image = IMAGE.replace("\"version\": \"0.5\"", "\"version\": \"0.5\", \"image-label\": {}");
        Store store = store("zarr.json", image, "s0/zarr.json", ARRAY3, "deep/s1/zarr.json", ARRAY3);
        assertThat(ZarrVolume.open(store).info().kind()).isEqualTo(Kind.SEGMENTATION);
        assertThat(ZarrVolume.open(store, Reading.PLAIN.withKind(Kind.IMAGE)).info().kind()).isEqualTo(Kind.IMAGE);
    }

    @Test
    void readsArraysWithoutOmeMetadata() throws IOException {
        Scale three = ZarrVolume.open(store("zarr.json", ARRAY3)).info().scale(0);
        Scale two = ZarrVolume.open(store(".zarray", ARRAY2)).info().scale(0);
        assertThat(three).isEqualTo(two)
                .isEqualTo(new Scale(new VoxelSize(1, 1, 1), Box.ofSize(11, 10, 9), Int3.all(4)));
        String named = ARRAY3.replace("\"attributes\": {}", """
                "dimension_names": ["x", "y", "z"], "attributes": {"dimension_units": ["4 nm", "nm", "0.04um"]}""");
        assertThat(ZarrVolume.open(store("zarr.json", named)).info().scale(0))
                .isEqualTo(new Scale(new VoxelSize(4, 1, 40), Box.ofSize(9, 10, 11), Int3.all(4)));
        assertThat(ZarrVolume
                .open(store("zarr.json", named), Reading.PLAIN.withVoxelSize(new VoxelSize(3, 2, 1))).info().scale(0)
                .voxelSize()).isEqualTo(new VoxelSize(3, 2, 1));
        assertThat(ZarrVolume.open(store(".zarray", ARRAY2, ".zattrs", "{\"_ARRAY_DIMENSIONS\": [\"x\",\"z\",\"y\"]}"))
                .info().scale(0).bounds()).isEqualTo(Box.ofSize(9, 11, 10));
        assertThat(ZarrVolume.open(store("zarr.json", ARRAY3.replace("uint16", "int64"))).info().kind())
                .isEqualTo(Kind.SEGMENTATION);
    }

    @Test
    void asksWhichChannelIfThereAreSeveral() throws IOException {
        String four = ARRAY2.replace("[9, 10, 11]", "[3, 9, 10, 11]").replace("[4, 4, 4]", "[1, 4, 4, 4]");
        Store store = store(".zarray", four);
        assertThatThrownBy(() -> ZarrVolume.open(store)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("3 elements along axis c", "say which channel, 0 to 2"));
        assertThat(ZarrVolume.open(store, Reading.PLAIN.withChannel(2)).info().scale(0).bounds())
                .isEqualTo(Box.ofSize(11, 10, 9));
        assertThatThrownBy(() -> ZarrVolume.open(store, Reading.PLAIN.withChannel(3)))
                .hasMessageContaining("channel 3 does not exist");
        assertThat(ZarrVolume.open(store(".zarray", four.replace("[3, 9", "[1, 9"))).info().scale(0).bounds())
                .isEqualTo(Box.ofSize(11, 10, 9));
    }

    @Test
    void readsFillValues() {
        assertThat(fill("uint8", "255")).isEqualTo(255);
        assertThat(fill("int8", "-1")).isEqualTo(255);
        assertThat(fill("uint64", "18446744073709551615")).isEqualTo(-1);
        assertThat(fill("bool", "true")).isEqualTo(1);
        assertThat(fill("float32", "1")).isEqualTo(Float.floatToIntBits(1));
        assertThat(fill("float32", "\"NaN\"")).isEqualTo(0x7fc00000);
        assertThat(fill("float64", "\"-Infinity\"")).isEqualTo(0xfff0000000000000L);
        assertThat(fill("float64", "\"0x7ff8000000000001\"")).isEqualTo(0x7ff8000000000001L);
        assertThat(fill("float64", "NaN")).isEqualTo(0x7ff8000000000000L);
        for (String wrong : List.of("-1", "256", "1.5", "\"NaN\"", "\"0x00\"", "[]", "{}", "null", "1e300")) {
            assertThatThrownBy(() -> fill("uint8", wrong)).as(wrong).isInstanceOf(InputException.class)
                    .hasMessageContaining("fill_value");
        }
        for (String wrong : List.of("\"0x7fc0\"", "\"nan\"", "\"0xzz\"", "true")) {
            assertThatThrownBy(() -> fill("float32", wrong)).as(wrong).isInstanceOf(InputException.class);
        }
    }

    private static long fill(String type, String value) {
        return V3Array.parse(org.neuropil.volume.array.Fields.parse(array3(type, value), "zarr.json"), "").fill();
    }

    @Test
    void namesTheFieldThatIsNotSupported() {
        String codecs = "[{\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}]";
        wrong3("[4, 4, 4]", "[4, 4]", "chunk_grid.configuration.chunk_shape");
        wrong3("[4, 4, 4]", "[4, 4, 0]", "chunk_grid.configuration.chunk_shape");
        wrong3("[4, 4, 4]", "[2000, 2000, 2000]", "chunk_grid.configuration.chunk_shape");
        wrong3("[9, 10, 11]", "[9, 10, -1]", "shape");
        wrong3("[9, 10, 11]", "[9, 10, 2147483647]", "shape");
        wrong3("\"regular\"", "\"rectangular\"", "chunk_grid");
        wrong3("\"uint16\"", "\"complex64\"", "data_type");
        wrong3("\"default\"", "\"other\"", "chunk_key_encoding");
        wrong3(codecs, "[]", "codecs");
        wrong3(codecs, "[\"bytes\"]", "codecs.configuration.endian".replace("configuration.", ""));
        wrong3(codecs, codecs.replace("]", ", \"unheard\"]"), "codecs");
        wrong3(codecs, codecs.replace("]", ", \"bytes\"]"), "codecs");
        wrong3(codecs, codecs.replace("[", "[\"gzip\", "), "codecs");
        wrong3(codecs, codecs.replace("]", ", {\"name\": \"zstd\", \"configuration\": {\"level\": 99}}]"),
                "codecs.configuration.level");
        wrong3(codecs, codecs.replace("[",
                "[{\"name\": \"transpose\", \"configuration\": {\"order\": [0, 0, 1]}}, "),
                "codecs.configuration.order");
        wrong3("\"attributes\": {}", "\"storage_transformers\": [{\"name\": \"x\"}]", "storage_transformers");
        wrong3("\"attributes\": {}", "\"extra\": {\"name\": \"x\"}", "extra");
        wrong3("\"attributes\": {}", "\"dimension_names\": [\"x\", \"x\", \"y\"]", "shape");
        wrong2("\"filters\": null", "\"filters\": [{\"id\": \"delta\"}]", "filters");
        wrong2("\"compressor\": null", "\"compressor\": {\"id\": \"bz2\"}", "compressor.id");
        wrong2("\"compressor\": null", "\"compressor\": {\"id\": \"blosc\", \"cname\": \"snappy\", \"clevel\": 1}",
                "compressor.cname");
        wrong2("\"<u2\"", "\"<c8\"", "dtype");
        wrong2("\"<u2\"", "[[\"a\", \"<u2\"]]", "dtype");
        wrong2("\"C\"", "\"K\"", "order");
        wrong2("\"zarr_format\": 2", "\"zarr_format\": 1", "zarr_format");
    }

    @Test
    void readsExtensionsThatNeedNotBeUnderstood() throws IOException {
        String extended = ARRAY3.replace("\"attributes\": {}", "\"extra\": {\"must_understand\": false}");
        assertThat(ZarrVolume.open(store("zarr.json", extended)).info().type()).isEqualTo(DataType.UINT16);
    }

    @Test
    void saysWhatIsThereInPlaceOfAnImage() {
        assertThatThrownBy(() -> ZarrVolume.open(new MemoryStore())).isInstanceOf(InputException.class)
                .hasMessageContaining("no Zarr volume");
        hint("{\"labels\": [\"cells\"]}", "one of the label images");
        hint("{\"bioformats2raw.layout\": 3}", "one of the images");
        hint("{}", "folder of an image");
    }

    private static void hint(String attributes, String hint) {
        assertThatThrownBy(() -> ZarrVolume.open(store(".zgroup", "{}", ".zattrs", attributes)))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.hint()).contains(hint));
    }

    @Property(tries = 3000, seed = "1")
    void damagedMetadataGiveAnInputExceptionOrAVolume(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String sharded = ARRAY3.replace("[{\"name\": \"bytes\"", """
                [{"name": "sharding_indexed", "configuration": {"chunk_shape": [2, 2, 2], "index_location": "start",
                  "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}],
                  "codecs": [{"name": "transpose", "configuration": {"order": [2, 1, 0]}}, {"name": "bytes\"""")
                .replace("}], \"attributes\"", "}]}}], \"attributes\"");
        List<Store> stores = List.of(store("zarr.json", IMAGE, "s0/zarr.json", ARRAY3, "deep/s1/zarr.json", ARRAY3),
                store("zarr.json", sharded), store(".zarray", ARRAY2));
        MemoryStore store = (MemoryStore) stores.get(random.nextInt(3));
        assertThat(ZarrVolume.open(store).info().type()).isEqualTo(DataType.UINT16);
        List<String> keys = List.copyOf(store.keys());
        String key = keys.get(random.nextInt(keys.size()));
        store.put(key, RandomVolumes.damage(store.get(key).orElseThrow(), random));
        try {
            assertThat(ZarrVolume.open(store).info().scales()).isNotEmpty();
        } catch (InputException e) {
            assertThat(e.where()).isNotEmpty();
        }
    }

    private static void wrong3(String from, String to, String field) {
        wrong("zarr.json", ARRAY3, from, to, field);
    }

    private static void wrong2(String from, String to, String field) {
        wrong(".zarray", ARRAY2, from, to, field);
    }

    private static void wrong(String file, String text, String from, String to, String field) {
        assertThat(text).contains(from);
        assertThatThrownBy(() -> ZarrVolume.open(store(file, text.replace(from, to)))).as(to)
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains(file).contains("field " + field));
    }

    private static Store store(String... keysAndTexts) {
        MemoryStore store = new MemoryStore();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            store.put(keysAndTexts[i], bytes(keysAndTexts[i + 1]));
        }
        return store;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
