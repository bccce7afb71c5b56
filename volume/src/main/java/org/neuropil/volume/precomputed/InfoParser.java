package org.neuropil.volume.precomputed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.codec.CompressedSegmentation;
import org.neuropil.volume.codec.JpegImage;
import org.neuropil.volume.sharded.ShardingSpec;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks an `info` file once, at the edge, so that nothing behind it need check again.
final class InfoParser {
    private static final long MOST_CHUNK_BYTES = Integer.MAX_VALUE - 8;

    private static final int MOST_CHANNELS = 1 << 16;

    private final String file;

    InfoParser(String file) {
        this.file = file;
    }

    PrecomputedInfo parse(byte[] text) {
        JsonNode root;
        try {
            root = PrecomputedInfo.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new InputException("is not JSON: " + e.getOriginalMessage(), file, "", e);
        }
        if (root instanceof ObjectNode object) {
            return parse(object);
        }
        throw new InputException("is not a JSON object", file, "");
    }

    PrecomputedInfo parse(ObjectNode root) {
        if (has(root, "@type")) {
            choice(root, "@type", "@type", List.of("neuroglancer_multiscale_volume"));
        }
        Kind kind = choice(root, "type", "type", List.of("image", "segmentation")).equals("image")
                ? Kind.IMAGE
                : Kind.SEGMENTATION;
        String typeName = string(root, "data_type", "data_type").toLowerCase(Locale.ROOT);
        // CloudVolume writes masks as bool, a byte each.
        DataType type = typeName.equals("bool") ? DataType.UINT8 : DataType.parse(typeName, where("data_type"));
        if (kind == Kind.SEGMENTATION && type.isFloat()) {
            throw wrong("data_type", root.get("data_type"), "ids are whole numbers", "");
        }
        JsonNode channels = required(root, "num_channels", "num_channels");
        if (!isInt(channels) || channels.intValue() < 1 || channels.intValue() > MOST_CHANNELS) {
            throw wrong("num_channels", channels, "expected a number from 1 to " + MOST_CHANNELS, "");
        }
        for (String field : List.of("mesh", "skeletons", "segment_properties")) {
            if (has(root, field)) {
                string(root, field, field);
            }
        }
        JsonNode scales = required(root, "scales", "scales");
        if (!scales.isArray() || scales.isEmpty()) {
            throw wrong("scales", scales, "expected a list of at least one scale", "");
        }
        List<Scale> parsed = new ArrayList<>();
        List<Layout> layouts = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < scales.size(); i++) {
            String at = "scales[" + i + "]";
            if (!(scales.get(i) instanceof ObjectNode scale)) {
                throw wrong(at, scales.get(i), "expected an object", "");
            }
            if (has(scale, "hidden") && !scale.get("hidden").isBoolean()) {
                throw wrong(at + ".hidden", scale.get("hidden"), "expected true or false", "");
            }
            Scale chunked = scale(scale, at + ".", type, channels.intValue());
            Layout layout = layout(scale, at + ".", type, channels.intValue(), chunked);
            parsed.add(units(chunked, layout, scale, at + "."));
            layouts.add(layout);
            if (!keys.add(layout.key())) {
                throw wrong(at + ".key", scale.get("key"), "another scale has this key too", "");
            }
        }
        return new PrecomputedInfo(root, new VolumeInfo(kind, type, parsed), layouts, channels.intValue());
    }

    private Scale scale(ObjectNode scale, String at, DataType type, int channels) {
        Int3 size = int3(required(scale, "size", at + "size"), at + "size", 1);
        Int3 offset = has(scale, "voxel_offset")
                ? int3(scale.get("voxel_offset"), at + "voxel_offset", Integer.MIN_VALUE)
                : Int3.ZERO;
        JsonNode chunks = required(scale, "chunk_sizes", at + "chunk_sizes");
        if (!chunks.isArray() || chunks.isEmpty()) {
            throw wrong(at + "chunk_sizes", chunks, "expected a list of sizes such as [[64,64,64]]", "");
        }
        Int3 chunk = int3(chunks.get(0), at + "chunk_sizes[0]", 1);
        for (int i = 1; i < chunks.size(); i++) {
            int3(chunks.get(i), at + "chunk_sizes[" + i + "]", 1);
        }
        for (int axis = 0; axis < 3; axis++) {
            long end = (long) offset.get(axis) + size.get(axis);
            if (end + chunk.get(axis) > Integer.MAX_VALUE) {
                throw wrong(at + "size", scale.get("size"), "the volume reaches too far along axis " + axis
                        + ": voxel " + end + ", beyond what 32 bits and a chunk allow", "");
            }
        }
        Int3 whole = chunk.min(size);
        if ((double) whole.x() * whole.y() * whole.z() * type.bytes() * channels > MOST_CHUNK_BYTES) {
            throw wrong(at + "chunk_sizes[0]", chunks.get(0), "a chunk of more than 2 GiB cannot be read", "");
        }
        return new Scale(voxelSize(scale, at), Box.of(offset, size), chunk);
    }

    /// The mip with the size of a shard as its unit, where shards are boxes.
    private Scale units(Scale scale, Layout layout, ObjectNode json, String at) {
        if (layout.sharding() == null) {
            return scale;
        }
        Int3 chunks = layout.sharding().box().orElse(Int3.all(1));
        for (int axis = 0; axis < 3; axis++) {
            long unit = (long) chunks.get(axis) * scale.chunk().get(axis);
            if (scale.bounds().max().get(axis) + unit > Integer.MAX_VALUE) {
                throw wrong(at + "sharding", json.get("sharding"), "a shard reaches too far along axis " + axis
                        + ", beyond what 32 bits allow", "");
            }
        }
        return new Scale(scale.voxelSize(), scale.bounds(), scale.chunk(), chunks.times(scale.chunk()));
    }

    private Encoding encoding(ObjectNode scale, String at, DataType type, int channels) {
        String name = string(scale, "encoding", at + "encoding");
        for (Encoding encoding : Encoding.values()) {
            if (!encoding.text().equals(name)) {
                continue;
            }
            if (!encoding.holds(type)) {
                throw wrong(at + "encoding", scale.get("encoding"), "data_type is " + type.text()
                        + ", which it cannot hold", "");
            }
            boolean possible = switch (encoding) {
                case RAW, COMPRESSED_SEGMENTATION -> true;
                case JPEG -> channels == 1 || channels == 3;
                case PNG -> channels <= 4;
                case COMPRESSO, CRACKLE -> channels == 1;
            };
            if (!possible) {
                throw wrong(at + "encoding", scale.get("encoding"), "num_channels is " + channels
                        + ", which it cannot hold", "");
            }
            return encoding;
        }
        throw wrong(at + "encoding", scale.get("encoding"),
                List.of("jxl", "fpzip", "kempressed", "zfpc").contains(name)
                        ? "this encoding cannot be read"
                        : "there is no such encoding",
                "raw, compressed_segmentation, jpeg, png, compresso and crackle can be read");
    }

    private Layout layout(ObjectNode scale, String at, DataType type, int channels, Scale chunked) {
        String key = string(scale, "key", at + "key");
        for (String name : key.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")
                    || name.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':')) {
                throw wrong(at + "key", scale.get("key"), "expected the name of a folder in the volume's folder", "");
            }
        }
        Int3 block = CompressedSegmentation.BLOCK;
        Encoding encoding = encoding(scale, at, type, channels);
        if (encoding == Encoding.COMPRESSED_SEGMENTATION) {
            String field = at + "compressed_segmentation_block_size";
            JsonNode node = required(scale, "compressed_segmentation_block_size", field);
            block = int3(node, field, 1);
            if ((double) block.x() * block.y() * block.z() > CompressedSegmentation.MOST_BLOCK_VOXELS) {
                throw wrong(field, node, "blocks of more than " + CompressedSegmentation.MOST_BLOCK_VOXELS
                        + " voxels are not supported", "");
            }
        }
        int quality = JpegImage.QUALITY;
        if (encoding == Encoding.JPEG && has(scale, "jpeg_quality")) {
            JsonNode node = scale.get("jpeg_quality");
            if (!isInt(node) || node.intValue() < 1 || node.intValue() > 100) {
                throw wrong(at + "jpeg_quality", node, "expected a number from 1 to 100", "");
            }
            quality = node.intValue();
        }
        Sharding sharding = has(scale, "sharding") ? sharding(scale, at, chunked) : null;
        return new Layout(key, encoding, block, quality, sharding, scale.get("chunk_sizes").size());
    }

    private Sharding sharding(ObjectNode scale, String at, Scale chunked) {
        ShardingSpec spec = ShardingSpec.parse(scale.get("sharding"), file, at + "sharding");
        Morton morton = new Morton(chunked.grid().shape());
        if (morton.bits() > Long.SIZE) {
            throw wrong(at + "sharding", scale.get("sharding"), "the volume has more chunks than 64-bit keys can tell",
                    "");
        }
        if (scale.get("chunk_sizes").size() > 1) {
            throw wrong(at + "chunk_sizes", scale.get("chunk_sizes"), "a sharded scale has one size", "");
        }
        return new Sharding(spec, morton);
    }

    private VoxelSize voxelSize(ObjectNode scale, String at) {
        JsonNode node = required(scale, "resolution", at + "resolution");
        List<JsonNode> lengths = three(node, at + "resolution", JsonNode::isNumber);
        try {
            return new VoxelSize(lengths.get(0).asDouble(), lengths.get(1).asDouble(), lengths.get(2).asDouble());
        } catch (IllegalArgumentException | JacksonException e) {
            throw new InputException("resolution " + text(node) + " is not three lengths above zero",
                    where(at + "resolution"), "give nanometres along x, y and z", e);
        }
    }

    private Int3 int3(JsonNode node, String field, int least) {
        List<JsonNode> numbers = three(node, field, n -> isInt(n) && n.intValue() >= least);
        return new Int3(numbers.get(0).intValue(), numbers.get(1).intValue(), numbers.get(2).intValue());
    }

    private List<JsonNode> three(JsonNode node, String field, Predicate<JsonNode> fits) {
        List<JsonNode> numbers = new ArrayList<>();
        if (node.isArray() && node.size() == 3) {
            for (JsonNode number : node) {
                if (fits.test(number)) {
                    numbers.add(number);
                }
            }
        }
        if (numbers.size() < 3) {
            throw wrong(field, node, "expected three numbers, for x, y and z", "");
        }
        return numbers;
    }

    /// True for `64` and `64.0`.
    private static boolean isInt(JsonNode node) {
        return node.isNumber() && node.canConvertToInt() && node.canConvertToExactIntegral();
    }

    private String choice(ObjectNode node, String name, String field, List<String> choices) {
        String value = string(node, name, field);
        if (!choices.contains(value)) {
            throw wrong(field, node.get(name), "expected " + String.join(" or ", choices), "");
        }
        return value;
    }

    private String string(ObjectNode node, String name, String field) {
        JsonNode value = required(node, name, field);
        if (!value.isString()) {
            throw wrong(field, value, "expected a text", "");
        }
        return value.stringValue();
    }

    private static boolean has(ObjectNode node, String name) {
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    private JsonNode required(ObjectNode node, String name, String field) {
        if (!has(node, name)) {
            throw new InputException("the field is missing", where(field), "");
        }
        return node.get(name);
    }

    private InputException wrong(String field, JsonNode value, String why, String hint) {
        return new InputException(field + " is " + text(value) + ", but " + why, where(field), hint);
    }

    private static String text(JsonNode value) {
        String text = value.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private String where(String field) {
        return file + ", field " + field;
    }
}
