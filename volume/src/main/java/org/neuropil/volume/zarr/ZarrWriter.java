package org.neuropil.volume.zarr;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Beginning;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.codec.Blosc;
import org.neuropil.volume.codec.ByteCodec;
import org.neuropil.volume.codec.Gzipped;
import org.neuropil.volume.codec.Zstd;
import org.neuropil.volume.store.Store;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the metadata of a new volume.
final class ZarrWriter {
    private static final List<String> NAMES = List.of("z", "y", "x");
    private static final Map<String, Character> LETTERS = Map.of("uint", 'u', "int", 'i', "float", 'f');

    private final VolumeInfo info;
    private final ZarrOptions options;
    private final List<ByteCodec> steps;

    ZarrWriter(VolumeInfo info, ZarrOptions options) {
        this.info = info;
        this.options = options;
        steps = options.compression().codecs(options.level(), info.type(), info.kind());
        for (Scale scale : info.scales()) {
            if (scale.bounds().isEmpty()) {
                throw new IllegalArgumentException("empty bounds " + scale.bounds());
            }
            if (options.version() == 2 && !scale.unit().equals(scale.chunk())) {
                throw new IllegalArgumentException("Zarr version 2 has no shards, and the unit " + scale.unit()
                        + " is not the chunk " + scale.chunk());
            }
        }
    }

    ZarrVolume create(Store store) throws IOException {
        return Beginning.create(store, files(), info, ZarrVolume::exists, ZarrVolume::open);
    }

    /// All metadata by key, in order of writing.
    private Map<String, ObjectNode> files() {
        Map<String, ObjectNode> files = new LinkedHashMap<>();
        for (int mip = 0; mip < info.scales().size(); mip++) {
            Scale scale = info.scale(mip);
            if (options.version() == 3) {
                files.put(mip + "/" + V3Array.KEY, array3(scale));
            } else {
                ObjectNode attributes = Fields.MAPPER.createObjectNode();
                NAMES.forEach(attributes.putArray("_ARRAY_DIMENSIONS")::add);
                files.put(mip + "/" + V2Array.KEY, array2(scale));
                files.put(mip + "/" + V2Array.ATTRIBUTES, attributes);
            }
        }
        if (options.version() == 3) {
            ObjectNode group = node("group");
            ObjectNode attributes = group.putObject("attributes");
            image(attributes.putObject("ome").put("version", "0.5"), Optional.empty());
            attributes.putObject(ZarrReader.OWN).put("kind", kind());
            files.put(V3Array.KEY, group);
        } else {
            ObjectNode attributes = Fields.MAPPER.createObjectNode();
            image(attributes, Optional.of("0.4"));
            attributes.putObject(ZarrReader.OWN).put("kind", kind());
            files.put(V2Array.GROUP, Fields.MAPPER.createObjectNode().put("zarr_format", 2));
            files.put(V2Array.ATTRIBUTES, attributes);
        }
        return files;
    }

    private String kind() {
        return info.kind() == Kind.IMAGE ? "image" : "segmentation";
    }

    private void image(ObjectNode ome, Optional<String> version) {
        ObjectNode image = ome.putArray("multiscales").addObject();
        version.ifPresent(number -> image.put("version", number));
        ArrayNode axes = image.putArray("axes");
        for (String name : NAMES) {
            axes.addObject().put("name", name).put("type", "space").put("unit", "nanometer");
        }
        ArrayNode datasets = image.putArray("datasets");
        VoxelSize finest = info.scale(0).voxelSize();
        for (int mip = 0; mip < info.scales().size(); mip++) {
            Scale scale = info.scale(mip);
            ObjectNode dataset = datasets.addObject().put("path", Integer.toString(mip));
            ArrayNode both = dataset.putArray("coordinateTransformations");
            ArrayNode lengths = both.addObject().put("type", "scale").putArray("scale");
            ArrayNode translation = both.addObject().put("type", "translation").putArray("translation");
            for (int axis = 2; axis >= 0; axis--) {
                double length = scale.voxelSize().get(axis);
                lengths.add(length);
                // Where the centre of the first voxel lies, if that of voxel 0 of the finest mip lies at 0. Voxels of
                // all mips begin at the same corner, so larger ones have their centre further away from it.
                double centre = scale.bounds().min().get(axis) * length + (length - finest.get(axis)) / 2;
                translation.add(length < finest.get(axis)
                        ? scale.bounds().min().get(axis) * length
                        : centre);
            }
        }
        if (info.kind() == Kind.SEGMENTATION) {
            ObjectNode label = ome.putObject("image-label");
            version.ifPresent(number -> label.put("version", number));
        }
    }

    private static ObjectNode node(String type) {
        return Fields.MAPPER.createObjectNode().put("zarr_format", 3).put("node_type", type);
    }

    private ObjectNode array3(Scale scale) {
        ObjectNode array = node("array");
        put(array.putArray("shape"), scale.bounds().size());
        array.put("data_type", info.type().text());
        put(array.putObject("chunk_grid").put("name", "regular").putObject("configuration").putArray("chunk_shape"),
                scale.unit());
        array.putObject("chunk_key_encoding").put("name", "default").putObject("configuration").put("separator", "/");
        fill(array);
        if (scale.unit().equals(scale.chunk())) {
            codecs(array.putArray("codecs"));
        } else {
            ObjectNode sharding = array.putArray("codecs").addObject().put("name", "sharding_indexed")
                    .putObject("configuration");
            put(sharding.putArray("chunk_shape"), scale.chunk());
            codecs(sharding.putArray("codecs"));
            ArrayNode index = sharding.putArray("index_codecs");
            index.addObject().put("name", "bytes").putObject("configuration").put("endian", "little");
            index.addObject().put("name", "crc32c");
            sharding.put("index_location", "end");
        }
        array.putObject("attributes");
        NAMES.forEach(array.putArray("dimension_names")::add);
        return array;
    }

    private void codecs(ArrayNode codecs) {
        ObjectNode bytes = codecs.addObject().put("name", "bytes");
        if (info.type().bytes() > 1) {
            bytes.putObject("configuration").put("endian", "little");
        }
        for (ByteCodec step : steps) {
            ObjectNode codec = codecs.addObject();
            switch (step) {
                case Gzipped gzip -> codec.put("name", "gzip").putObject("configuration").put("level", gzip.level());
                case Zstd zstd -> codec.put("name", "zstd").putObject("configuration").put("level", zstd.level())
                        .put("checksum", zstd.checksum());
                case Blosc blosc -> codec.put("name", "blosc").putObject("configuration")
                        .put("cname", blosc.inner().text()).put("clevel", blosc.level())
                        .put("shuffle", blosc.shuffle().text()).put("typesize", blosc.typeSize())
                        .put("blocksize", blosc.blockSize());
                default -> throw new IllegalStateException("new arrays are not written with " + step.text());
            }
        }
    }

    private ObjectNode array2(Scale scale) {
        ObjectNode array = Fields.MAPPER.createObjectNode().put("zarr_format", 2);
        put(array.putArray("shape"), scale.bounds().size());
        put(array.putArray("chunks"), scale.chunk());
        String type = info.type().text();
        array.put("dtype", (info.type().bytes() == 1 ? "|" : "<") + LETTERS.get(type.replaceFirst("\\d+$", ""))
                + info.type().bytes());
        array.putNull("compressor");
        for (ByteCodec step : steps) {
            ObjectNode codec = array.putObject("compressor");
            switch (step) {
                case Gzipped gzip -> codec.put("id", "gzip").put("level", gzip.level());
                case Zstd zstd -> codec.put("id", "zstd").put("level", zstd.level());
                case Blosc blosc -> codec.put("id", "blosc").put("cname", blosc.inner().text())
                        .put("clevel", blosc.level()).put("shuffle", blosc.shuffle().ordinal())
                        .put("blocksize", blosc.blockSize());
                default -> throw new IllegalStateException("new arrays are not written with " + step.text());
            }
        }
        fill(array);
        array.put("order", "C");
        array.putNull("filters");
        array.put("dimension_separator", "/");
        return array;
    }

    private void fill(ObjectNode array) {
        if (info.type().isFloat()) {
            array.put("fill_value", 0.0);
        } else {
            array.put("fill_value", 0);
        }
    }

    private static void put(ArrayNode array, Int3 value) {
        array.add(value.z()).add(value.y()).add(value.x());
    }
}
