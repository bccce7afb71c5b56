package org.neuropil.volume.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.volume.DataType;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.array.BloscFields;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.codec.ByteCodec;
import org.neuropil.volume.codec.Crc32c;
import org.neuropil.volume.codec.Gzipped;
import org.neuropil.volume.codec.Lz4;
import org.neuropil.volume.codec.Zlib;
import org.neuropil.volume.codec.Zstd;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks the `zarr.json` of a version 3 array.
final class V3Array {
    /// The key of the metadata of an array or group in its folder.
    static final String KEY = "zarr.json";

    private static final Set<String> KNOWN = Set.of("zarr_format", "node_type", "shape", "data_type", "chunk_grid",
            "chunk_key_encoding", "fill_value", "codecs", "attributes", "dimension_names", "storage_transformers",
            "consolidated_metadata");
    private static final int MOST_INDEX_BYTES = 1 << 30;

    private V3Array() {}

    /// A codec or another extension point: its name, and its settings.
    private record Named(String name, Fields settings) {}

    /// Codecs of one level: of an array, or of a shard's chunks.
    ///
    /// @param order the dimensions after all transposes
    /// @param sharding null if there is none
    private record Chain(int[] order, boolean bigEndian, @Nullable Fields sharding, List<ByteCodec> steps) {}

    static ZarrArray parse(Fields array, String folder) {
        checkNode(array, "array");
        int[] shape = array.integers("shape", 1, Integer.MAX_VALUE);
        if (shape.length == 0 || shape.length > Axes.MOST_DIMENSIONS) {
            throw array.wrong("shape", "expected 2 to " + Axes.MOST_DIMENSIONS + " dimensions", "");
        }
        if (array.has("storage_transformers") && !array.list("storage_transformers").isEmpty()) {
            throw array.wrong("storage_transformers", "storage transformers are not supported", "");
        }
        boolean truth = array.required("data_type").isString() && array.string("data_type").equals("bool");
        DataType type = truth ? DataType.UINT8 : DataType.parse(array.string("data_type"), array.where("data_type"));
        Named grid = named(array, "chunk_grid", array.required("chunk_grid"));
        if (!grid.name().equals("regular")) {
            throw array.wrong("chunk_grid", "only regular grids are supported", "");
        }
        int[] unit = grid.settings().integers("chunk_shape", 1, Integer.MAX_VALUE);
        if (unit.length != shape.length) {
            throw grid.settings().wrong("chunk_shape", "the array has " + shape.length + " dimensions", "");
        }
        int[] straight = IntStream.range(0, shape.length).toArray();
        Chain outer = chain(array, straight, type);
        long fill = FillValue.parse(array, type);
        int[] chunk = unit;
        ChunkCodec codec = new ChunkCodec(outer.order(), outer.bigEndian(), outer.steps());
        Shards shards = null;
        if (outer.sharding() != null) {
            chunk = innerChunk(outer.sharding(), outer.order(), unit);
            Chain inner = chain(outer.sharding(), outer.order(), type);
            if (inner.sharding() != null) {
                throw outer.sharding().wrong("codecs", "shards within shards are not supported", "");
            }
            codec = new ChunkCodec(inner.order(), inner.bigEndian(), inner.steps());
            shards = shards(outer.sharding(), outer, unit, chunk);
            ChunkLimits.check(outer.sharding(), "chunk_shape", chunk, type);
        } else {
            ChunkLimits.check(grid.settings(), "chunk_shape", chunk, type);
        }
        Fields attributes = array.optionalObject("attributes");
        return new ZarrArray(array.file(), folder, 3, type, truth ? "an array of truth values can only be read" : "",
                shape, chunk, unit, fill, keys(array), codec, shards, names(array, shape.length), attributes.node());
    }

    /// Checks what arrays and groups have in common.
    static void checkNode(Fields node, String type) {
        node.integer("zarr_format", 3, 3);
        node.choice("node_type", type);
        for (String name : node.node().propertyNames()) {
            JsonNode value = node.node().get(name);
            JsonNode must = value instanceof ObjectNode ? value.get("must_understand") : null;
            if (!KNOWN.contains(name) && (must == null || !must.isBoolean() || must.booleanValue())) {
                throw node.wrong(name, "this extension is not known", "");
            }
        }
    }

    private static int[] innerChunk(Fields sharding, int[] order, int[] unit) {
        int[] stored = sharding.integers("chunk_shape", 1, Integer.MAX_VALUE);
        if (stored.length != unit.length) {
            throw sharding.wrong("chunk_shape", "the array has " + unit.length + " dimensions", "");
        }
        int[] chunk = new int[unit.length];
        for (int i = 0; i < stored.length; i++) {
            chunk[order[i]] = stored[i];
            if (unit[order[i]] % stored[i] != 0) {
                throw sharding.wrong("chunk_shape", "shards are not made of whole chunks", "");
            }
        }
        return chunk;
    }

    private static Shards shards(Fields sharding, Chain outer, int[] unit, int[] chunk) {
        int[] counts = new int[unit.length];
        for (int d = 0; d < counts.length; d++) {
            counts[d] = unit[d] / chunk[d];
        }
        double chunks = ChunkLimits.product(counts);
        if (chunks * Shards.ENTRY > MOST_INDEX_BYTES) {
            throw sharding.wrong("chunk_shape", "a shard of " + (long) chunks + " chunks has too large an index", "");
        }
        Chain index = chain(sharding, "index_codecs", new int[]{0, 1}, DataType.UINT64);
        if (index.sharding() != null || index.order()[0] != 0
                || !index.steps().stream().allMatch(Crc32c.class::isInstance)) {
            throw sharding.wrong("index_codecs", "only bytes and crc32c are supported", "");
        }
        boolean atEnd = !sharding.has("index_location")
                || sharding.choice("index_location", "start", "end").equals("end");
        return new Shards(outer.order(), (int) chunks, index.bigEndian(), index.steps().size(), atEnd, outer.steps());
    }

    private static Chain chain(Fields owner, int[] order, DataType type) {
        return chain(owner, "codecs", order, type);
    }

    private static Chain chain(Fields owner, String field, int[] straight, DataType type) {
        int[] order = straight;
        boolean serialized = false;
        boolean bigEndian = false;
        Fields sharding = null;
        List<ByteCodec> steps = new ArrayList<>();
        for (JsonNode one : owner.list(field)) {
            Named codec = named(owner, field, one);
            Fields settings = codec.settings();
            switch (codec.name()) {
                case "transpose" -> {
                    if (serialized) {
                        throw owner.wrong(field, "transpose must come before bytes", "");
                    }
                    order = transpose(settings, order);
                }
                case "bytes", "endian", "sharding_indexed" -> {
                    if (serialized) {
                        throw owner.wrong(field, "there are two codecs from elements to bytes", "");
                    }
                    serialized = true;
                    if (codec.name().equals("sharding_indexed")) {
                        sharding = settings;
                    } else if (type.bytes() > 1 || settings.has("endian")) {
                        bigEndian = settings.choice("endian", "little", "big").equals("big");
                    }
                }
                default -> {
                    if (!serialized) {
                        throw owner.wrong(field, codec.name() + " must come after bytes", "");
                    }
                    steps.add(step(owner, field, codec));
                }
            }
        }
        if (!serialized) {
            throw owner.wrong(field, "there is no codec from elements to bytes", "");
        }
        return new Chain(order, bigEndian, sharding, List.copyOf(steps));
    }

    private static ByteCodec step(Fields owner, String field, Named codec) {
        Fields settings = codec.settings();
        return switch (codec.name()) {
            case "gzip" -> new Gzipped(settings.integer("level", -1, 9, 1));
            case "zstd" -> new Zstd(settings.integer("level", -131072, 22, 1), settings.flag("checksum"));
            case "blosc" -> BloscFields.named(settings);
            case "crc32c" -> new Crc32c();
            // Compressors of version 2 under the names that zarr-python gives them in version 3.
            case "numcodecs.zlib" -> new Zlib(settings.integer("level", -1, 9, 1));
            case "numcodecs.lz4" -> new Lz4();
            default -> throw owner.wrong(field, "codec " + codec.name() + " is not supported",
                    "bytes, transpose, sharding_indexed, blosc, zstd, gzip and crc32c are");
        };
    }

    private static int[] transpose(Fields settings, int[] before) {
        int[] order = settings.integers("order", 0, before.length - 1);
        if (IntStream.of(order).distinct().count() != before.length || order.length != before.length) {
            throw settings.wrong("order", "expected each of the " + before.length + " dimensions once", "");
        }
        return IntStream.of(order).map(i -> before[i]).toArray();
    }

    private static ChunkKeys keys(Fields array) {
        Named encoding = named(array, "chunk_key_encoding", array.required("chunk_key_encoding"));
        if (!encoding.name().equals("default") && !encoding.name().equals("v2")) {
            throw array.wrong("chunk_key_encoding", "expected default or v2", "");
        }
        boolean own = encoding.name().equals("default");
        String separator = encoding.settings().has("separator")
                ? encoding.settings().choice("separator", "/", ".")
                : own ? "/" : ".";
        return new ChunkKeys(own ? "c" : "", separator);
    }

    private static List<String> names(Fields array, int rank) {
        if (!array.has("dimension_names")) {
            return List.of();
        }
        List<String> names = array.strings("dimension_names");
        if (names.size() != rank) {
            throw array.wrong("dimension_names", "the array has " + rank + " dimensions", "");
        }
        return names;
    }

    /// An extension's object, or its name alone.
    private static Named named(Fields owner, String field, JsonNode node) {
        if (node.isString()) {
            return new Named(node.stringValue(), new Fields(owner.file(), owner.at() + field + ".",
                    Fields.MAPPER.createObjectNode()));
        }
        if (!(node instanceof ObjectNode object)) {
            throw owner.wrong(field, "expected an object with a name", "");
        }
        Fields fields = new Fields(owner.file(), owner.at() + field + ".", object);
        return new Named(fields.string("name"), fields.optionalObject("configuration"));
    }
}
