package org.neuropil.volume.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.RandomVolumes;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.kernel.Mips;
import org.neuropil.volume.n5.N5Options;
import org.neuropil.volume.n5.N5Volume;
import org.neuropil.volume.store.MemoryStore;
import org.neuropil.volume.store.Store;
import org.neuropil.volume.zarr.ZarrOptions;
import org.neuropil.volume.zarr.ZarrVolume;

import tools.jackson.databind.JsonNode;

class AdditionTest {
    /// Corners are odd, so that cells of coarser mips begin before them.
    private static final Box BOUNDS = Box.of(new Int3(-5, 3, 11), new Int3(61, 43, 19));
    private static final String V2_ARRAY = """
            {"zarr_format": 2, "shape": [1, 8, 16, 16], "chunks": [1, 4, 4, 4], "dtype": ">u2", "order": "F",
             "compressor": null, "filters": null, "fill_value": 9, "dimension_separator": "."}""";

    @ParameterizedTest
    @ValueSource(strings = {"zarr2", "zarr3", "sharded", "n5"})
    void ownFilesBecomeThoseOfAVolumeThatHadAllMipsFromTheStart(String format) throws IOException {
        VolumeInfo all = all(format);
        for (int there = 1; there < all.scales().size(); there++) {
            MemoryStore wanted = new MemoryStore();
            create(format, wanted, all);
            MemoryStore store = new MemoryStore();
            create(format, store, new VolumeInfo(all.kind(), all.type(), all.scales().subList(0, there)));
            Set<String> before = store.keys();
            Addition<? extends Volume> addition = withMips(open(format, store),
                    all.scales().subList(there, all.scales().size()));
            assertThat(store.keys()).isEqualTo(before);
            addition.publish();
            assertThat(open(format, store).info()).isEqualTo(all);
            assertThat(store.keys()).isEqualTo(wanted.keys());
            for (String key : wanted.keys()) {
                assertThat(json(store, key)).as(key).isEqualTo(json(wanted, key));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zarr2", "zarr3", "sharded", "n5"})
    void othersSeeNothingUntilTheMipsArePublished(String format) throws Exception {
        VolumeInfo all = all(format);
        MemoryStore store = new MemoryStore();
        VolumeInfo first = new VolumeInfo(all.kind(), all.type(), all.scales().subList(0, 1));
        create(format, store, first);
        Addition<? extends Volume> addition = withMips(open(format, store), all.scales().subList(1, 3));
        Box box = all.scale(2).bounds();
        Block voxels = RandomVolumes.fill(Block.zeros(all.type(), box), new Random(4));
        addition.volume().write(2, voxels);
        assertThat(addition.volume().read(2, box).array()).isEqualTo(voxels.array());
        assertThat(open(format, store).info()).isEqualTo(first);
        addition.publish();
        assertThat(open(format, store).read(2, box).array()).isEqualTo(voxels.array());
        assertThat(travelled(addition.volume()).info()).isEqualTo(addition.volume().info());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zarr2", "zarr3", "n5"})
    void whatOthersPutThereMeanwhileStays(String format) throws IOException {
        VolumeInfo all = all(format);
        MemoryStore store = new MemoryStore();
        create(format, store, new VolumeInfo(all.kind(), all.type(), all.scales().subList(0, 1)));
        List<Scale> more = all.scales().subList(1, 3);
        Addition<? extends Volume> addition = withMips(open(format, store), more);
        String group = format.equals("zarr2") ? ".zattrs" : format.equals("zarr3") ? "zarr.json" : "attributes.json";
        byte[] there = store.get(group).orElseThrow();
        store.put(group, new String(there, StandardCharsets.UTF_8).replace("image", "segmentation")
                .getBytes(StandardCharsets.UTF_8));
        Set<String> keys = store.keys();
        assertRefused(addition::publish, group, "changed");
        assertThat(store.keys()).isEqualTo(keys);

        store.put(group, there);
        addition.publish();
        store.put(group, there);
        // Interrupted before the last file: the same mips may be made again, but not others in their place.
        withMips(open(format, store), more).publish();
        assertThat(open(format, store).info()).isEqualTo(new VolumeInfo(all.kind(), all.type(),
                all.scales().subList(0, 3)));
        store.put(group, there);
        Scale last = all.scale(0);
        Scale other = new Scale(last.voxelSize().times(new Int3(1, 2, 2)), last.bounds().coarser(new Int3(1, 2, 2)),
                last.chunk(), last.unit());
        assertRefused(() -> withMips(open(format, store), List.of(other)), "another array");
    }

    @Test
    void anImageOfOthersKeepsWhatItSaysOfItself() throws IOException {
        String attributes = """
                {"multiscales": [{"version": "0.4", "name": "theirs", "type": "gaussian",
                  "axes": [{"name": "c", "type": "channel"}, {"name": "z", "type": "space", "unit": "micrometer"},
                           {"name": "y", "type": "space", "unit": "micrometer"},
                           {"name": "x", "type": "space", "unit": "micrometer"}],
                  "coordinateTransformations": [{"type": "scale", "scale": [1, 2, 1, 1]}],
                  "datasets": [{"path": "scale4", "coordinateTransformations": [
                     {"type": "scale", "scale": [1, 0.02, 0.008, 0.008]},
                     {"type": "translation", "translation": [0, 0.1, 0.08, 0]}]}]}],
                 "omero": {"channels": [{"label": "EM"}]}}""";
        MemoryStore store = image(attributes, "scale4");
        put(store, "scale4/.zattrs", "{\"_ARRAY_DIMENSIONS\": [\"c\", \"z\", \"y\", \"x\"], \"maximum\": 200}");
        put(store, ".zmetadata", "{\"zarr_consolidated_format\": 1, \"metadata\": {\".zattrs\": " + attributes
                + ", \"scale4/.zarray\": " + V2_ARRAY + "}}");
        ZarrVolume volume = ZarrVolume.open(store);
        Scale finest = volume.info().scale(0);
        assertThat(finest.voxelSize()).isEqualTo(new VoxelSize(8, 8, 40));
        volume.withMips(List.of(new Scale(new VoxelSize(16, 16, 40),
                finest.bounds().coarser(new Int3(2, 2, 1)), finest.chunk()))).publish();

        JsonNode said = json(store, ".zattrs");
        assertThat(said.at("/omero/channels/0/label").stringValue()).isEqualTo("EM");
        assertThat(said.at("/multiscales/0/name").stringValue()).isEqualTo("theirs");
        assertThat(said.at("/multiscales/0/datasets")).hasSize(2);
        assertThat(said.at("/multiscales/0/datasets/1")).isEqualTo(Fields.MAPPER.readTree("""
                {"path": "scale5", "coordinateTransformations": [
                  {"type": "scale", "scale": [1.0, 0.02, 0.016, 0.016]},
                  {"type": "translation", "translation": [0.0, 0.1, 0.084, 0.004]}]}"""));
        assertThat(json(store, "scale5/.zarray")).isEqualTo(Fields.MAPPER.readTree(
                V2_ARRAY.replace("16, 16]", "8, 8]")));
        assertThat(json(store, "scale5/.zattrs").toString())
                .isEqualTo("{\"_ARRAY_DIMENSIONS\":[\"c\",\"z\",\"y\",\"x\"]}");
        JsonNode copies = json(store, ".zmetadata").get("metadata");
        assertThat(copies.get(".zattrs")).isEqualTo(said);
        assertThat(copies.get("scale5/.zarray")).isEqualTo(json(store, "scale5/.zarray"));
        assertThat(copies.get("scale4/.zarray")).isEqualTo(json(store, "scale4/.zarray"));
        assertThat(ZarrVolume.open(store).read(1, Box.of(finest.bounds().coarser(new Int3(2, 2, 1)).min(), Int3.all(1)))
                .value(0)).isEqualTo(9);
    }

    @Test
    void consolidatedMetadataOfVersion3TellOfTheMips() throws IOException {
        VolumeInfo all = all("zarr3");
        MemoryStore store = new MemoryStore();
        create("zarr3", store, new VolumeInfo(all.kind(), all.type(), all.scales().subList(0, 1)));
        String group = new String(store.get("zarr.json").orElseThrow(), StandardCharsets.UTF_8);
        put(store, "zarr.json", group.replaceFirst("\\{", "{\"consolidated_metadata\": {\"kind\": \"inline\", "
                + "\"must_understand\": false, \"metadata\": {\"0\": " + text(store, "0/zarr.json") + "}},"));
        ZarrVolume.open(store).withMips(all.scales().subList(1, 3)).publish();
        JsonNode copies = json(store, "zarr.json").at("/consolidated_metadata/metadata");
        assertThat(copies).hasSize(3);
        for (String name : List.of("0", "1", "2")) {
            assertThat(copies.get(name)).isEqualTo(json(store, name + "/zarr.json"));
        }
    }

    @Test
    void mipsOfThoseWhoCountFromCornersDoSoToo() throws IOException {
        MemoryStore corners = image("{\"multiscales\": [{\"version\": \"0.4\", \"axes\": [{\"name\": \"c\"}, "
                + "{\"name\": \"z\"}, {\"name\": \"y\"}, {\"name\": \"x\"}], \"datasets\": ["
                + dataset("a", "[1, 1, 1, 1]") + ", " + dataset("b", "[1, 1, 2, 2]") + "]}]}", "a", "b");
        ZarrVolume volume = ZarrVolume.open(corners);
        volume.withMips(List.of(new Scale(new VoxelSize(4, 4, 1), Box.ofSize(4, 4, 8), Int3.all(4)))).publish();
        assertThat(json(corners, ".zattrs").at("/multiscales/0/datasets/2").toString())
                .isEqualTo("{\"path\":\"2\",\"coordinateTransformations\":[{\"type\":\"scale\","
                        + "\"scale\":[1.0,1.0,4.0,4.0]}]}");
    }

    @Test
    void datasetsOfOthersKeepTheirWayOfSayingHowLargeVoxelsAre() throws IOException {
        for (boolean listed : new boolean[]{true, false}) {
            MemoryStore store = new MemoryStore();
            String s0 = "{\"dimensions\": [16, 16, 8], \"blockSize\": [4, 4, 4], \"dataType\": \"uint8\", "
                    + "\"compression\": {\"type\": \"raw\"}, \"pixelResolution\": {\"unit\": \"um\", "
                    + "\"dimensions\": [0.004, 0.004, 0.04]}, \"downsamplingFactors\": ";
            put(store, "s0/attributes.json", s0 + "[1, 1, 1]}");
            put(store, "s1/attributes.json", s0.replace("16, 16, 8", "8, 8, 8") + "[2, 2, 1]}");
            if (listed) {
                put(store, "attributes.json", "{\"downsamplingFactors\": [[1, 1, 1], [2, 2, 1]], \"theirs\": 3}");
            }
            N5Volume volume = N5Volume.open(store);
            assertThat(volume.info().scale(1).voxelSize()).isEqualTo(new VoxelSize(8, 8, 40));
            volume.withMips(List.of(new Scale(new VoxelSize(16, 16, 40), Box.ofSize(4, 4, 8), Int3.all(4)))).publish();
            assertThat(json(store, "s2/attributes.json")).isEqualTo(Fields.MAPPER.readTree(
                    s0.replace("16, 16, 8", "4, 4, 8") + "[4, 4, 1]}"));
            assertThat(store.get("attributes.json").isPresent()).isEqualTo(listed);
            if (listed) {
                assertThat(json(store, "attributes.json").toString())
                        .isEqualTo("{\"downsamplingFactors\":[[1,1,1],[2,2,1],[4,4,1]],\"theirs\":3}");
            }
        }
    }

    @Test
    void whatHasNoPlaceForMipsIsNamed() throws IOException {
        MemoryStore array = new MemoryStore();
        put(array, ".zarray", V2_ARRAY);
        List<Scale> more = List.of(new Scale(new VoxelSize(2, 2, 2), Box.ofSize(8, 8, 4), Int3.all(4)));
        assertRefused(() -> ZarrVolume.open(array).withMips(more), "on its own", "neuropil convert");
        MemoryStore old = image("{\"multiscales\": [{\"version\": \"0.3\", \"axes\": [\"c\", \"z\", \"y\", \"x\"], "
                + "\"datasets\": [{\"path\": \"0\"}]}]}", "0");
        assertRefused(() -> ZarrVolume.open(old).withMips(more), "before OME-Zarr 0.4");
        MemoryStore dataset = new MemoryStore();
        String text = "{\"dimensions\": [16, 16, 8], \"blockSize\": [4, 4, 4], \"dataType\": \"uint8\", "
                + "\"compression\": {\"type\": \"raw\"}}";
        put(dataset, "attributes.json", text);
        assertRefused(() -> N5Volume.open(dataset).withMips(more), "on its own");
        MemoryStore organelle = new MemoryStore();
        put(organelle, "s0/attributes.json", text);
        put(organelle, "attributes.json", "{\"multiscales\": []}");
        assertRefused(() -> N5Volume.open(organelle).withMips(more), "multiscales");
        MemoryStore own = new MemoryStore();
        create("zarr3", own, all("zarr3"));
        Scale last = all("zarr3").scales().getLast();
        assertRefused(() -> ZarrVolume.open(own, Reading.PLAIN.withKind(Kind.SEGMENTATION))
                .withMips(List.of(new Scale(last.voxelSize().times(new Int3(1, 2, 1)),
                        last.bounds().coarser(new Int3(1, 2, 1)), last.chunk()))),
                "cannot tell");
    }

    private static void assertRefused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains(words));
    }

    private static VolumeInfo all(String format) {
        Int3 chunk = new Int3(8, 8, 4);
        Int3 unit = format.equals("sharded") ? chunk.times(new Int3(2, 2, 2)) : chunk;
        List<Scale> scales = new ArrayList<>();
        for (Mips.Level level : Mips.plan(new VoxelSize(8, 8, 40), BOUNDS, chunk)) {
            scales.add(new Scale(level.voxelSize(), level.bounds(), chunk, unit));
        }
        assertThat(scales).hasSizeGreaterThan(3);
        return new VolumeInfo(Kind.IMAGE, DataType.UINT16, scales);
    }

    private static void create(String format, Store store, VolumeInfo info) throws IOException {
        switch (format) {
            case "zarr2" -> ZarrVolume.create(store, info, ZarrOptions.V2);
            case "zarr3", "sharded" -> ZarrVolume.create(store, info, ZarrOptions.V3);
            default -> N5Volume.create(store, info, N5Options.USUAL);
        }
    }

    private static Volume open(String format, Store store) throws IOException {
        return format.equals("n5") ? N5Volume.open(store) : ZarrVolume.open(store);
    }

    private static Addition<? extends Volume> withMips(Volume volume, List<Scale> more) throws IOException {
        return volume instanceof N5Volume n5 ? n5.withMips(more) : ((ZarrVolume) volume).withMips(more);
    }

    private static Volume travelled(Volume volume) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(volume);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Volume) in.readObject();
        }
    }

    /// An image of arrays, each with half the rows and columns of the one before.
    private static MemoryStore image(String attributes, String... arrays) {
        MemoryStore store = new MemoryStore();
        put(store, ".zgroup", "{\"zarr_format\": 2}");
        put(store, ".zattrs", attributes);
        for (int i = 0; i < arrays.length; i++) {
            put(store, arrays[i] + "/.zarray", V2_ARRAY.replace("16, 16]", (16 >> i) + ", " + (16 >> i) + "]"));
        }
        return store;
    }

    private static String dataset(String path, String scale) {
        return "{\"path\": \"" + path + "\", \"coordinateTransformations\": [{\"type\": \"scale\", \"scale\": " + scale
                + "}]}";
    }

    private static void put(Store store, String key, String text) {
        try {
            store.put(key, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Store store, String key) throws IOException {
        return new String(store.get(key).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(Store store, String key) throws IOException {
        return Fields.MAPPER.readTree(text(store, key));
    }
}
