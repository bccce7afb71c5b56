package org.neuropil.volume.sharded;

import java.io.Serializable;
import java.util.Locale;

import org.neuropil.space.InputException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a key's value lies: which file (shard), which index in it (minishard), and how both are compressed.
///
/// A key is shifted right by `preshiftBits` and hashed; the lowest `minishardBits` of that are the number of the
/// minishard, the next `shardBits` that of the shard.
///
/// @param preshiftBits keys that differ in these lowest bits only lie together; 0 to 63
/// @param hash what spreads the shifted keys
/// @param minishardBits 0 to 60
/// @param shardBits 0 to 64; with `minishardBits` at most 64
/// @param indexEncoding how the index of a minishard is written
/// @param dataEncoding how a value is written
public record ShardingSpec(int preshiftBits, Hash hash, int minishardBits, int shardBits, Compression indexEncoding,
        Compression dataEncoding) implements Serializable {
    /// The `@type` of the JSON object.
    public static final String TYPE = "neuroglancer_uint64_sharded_v1";

    /// How many bytes the start and the end of a minishard's index take in the shard's.
    static final int RANGE_BYTES = 16;
    private static final int MOST_MINISHARD_BITS = 60;

    /// What spreads keys over shards.
    public enum Hash {
        /// None: near keys lie together.
        IDENTITY("identity"),
        /// The low 64 bits of MurmurHash3_x86_128 of the key's 8 little-endian bytes, seed 0: an even spread.
        MURMURHASH3_X86_128("murmurhash3_x86_128");

        private final String text;

        Hash(String text) {
            this.text = text;
        }

        /// The name in JSON.
        public String text() {
            return text;
        }
    }

    /// How bytes are written.
    public enum Compression {
        /// As they are.
        RAW,
        /// Gzip.
        GZIP;

        /// The name in JSON.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @throws IllegalArgumentException if a number of bits is out of its range
    public ShardingSpec {
        check(preshiftBits, 63, "preshift_bits");
        check(minishardBits, MOST_MINISHARD_BITS, "minishard_bits");
        check(shardBits, 64 - minishardBits, "shard_bits");
    }

    private static void check(int bits, int most, String field) {
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException(field + " of " + bits + " is not from 0 to " + most);
        }
    }

    /// Reads the JSON object, as it stands in the info file of a volume, of meshes, skeletons or annotations.
    ///
    /// @param file that it stands in, for errors
    /// @param field that it stands in, for errors: `scales[0].sharding`
    /// @throws InputException if it is not such an object; names file, field and value
    public static ShardingSpec parse(JsonNode node, String file, String field) {
        if (!(node instanceof ObjectNode object)) {
            throw wrong(file, field, node, "expected an object");
        }
        Fields fields = new Fields(object, file, field + ".");
        fields.choice("@type", TYPE);
        int preshift = fields.bits("preshift_bits", 63);
        Hash hash = fields.choice("hash", Hash.IDENTITY.text(), Hash.MURMURHASH3_X86_128.text()) == 0
                ? Hash.IDENTITY
                : Hash.MURMURHASH3_X86_128;
        int minishard = fields.bits("minishard_bits", MOST_MINISHARD_BITS);
        int shard = fields.bits("shard_bits", 64 - minishard);
        return new ShardingSpec(preshift, hash, minishard, shard, fields.compression("minishard_index_encoding"),
                fields.compression("data_encoding"));
    }

    private record Fields(ObjectNode node, String file, String at) {
        int bits(String name, int most) {
            JsonNode value = required(name);
            if (!value.isNumber() || !value.canConvertToInt() || !value.canConvertToExactIntegral()
                    || value.intValue() < 0 || value.intValue() > most) {
                throw wrong(file, at + name, value, "expected a whole number from 0 to " + most);
            }
            return value.intValue();
        }

        int choice(String name, String... choices) {
            JsonNode value = required(name);
            for (int i = 0; i < choices.length; i++) {
                if (value.isString() && value.stringValue().equals(choices[i])) {
                    return i;
                }
            }
            throw wrong(file, at + name, value, "expected " + String.join(" or ", choices));
        }

        /// Raw if the field is not there, as the format says.
        Compression compression(String name) {
            JsonNode value = node.get(name);
            return value == null || value.isNull() ? Compression.RAW : Compression.values()[choice(name, "raw", "gzip")];
        }

        private JsonNode required(String name) {
            JsonNode value = node.get(name);
            if (value == null || value.isNull()) {
                throw new InputException("the field is missing", file + ", field " + at + name, "");
            }
            return value;
        }
    }

    private static InputException wrong(String file, String field, JsonNode value, String why) {
        String text = value.toString();
        return new InputException(
                field + " is " + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + ", but " + why,
                file + ", field " + field, "");
    }

    /// Writes the JSON object's fields.
    public void write(ObjectNode node) {
        node.put("@type", TYPE);
        node.put("preshift_bits", preshiftBits);
        node.put("hash", hash.text());
        node.put("minishard_bits", minishardBits);
        node.put("shard_bits", shardBits);
        node.put("minishard_index_encoding", indexEncoding.text());
        node.put("data_encoding", dataEncoding.text());
    }

    /// The number of the shard that holds a key, unsigned.
    public long shard(long key) {
        long hashed = hashed(key) >>> minishardBits;
        return shardBits == 64 ? hashed : hashed & (1L << shardBits) - 1;
    }

    /// The number of the minishard, in its shard, that holds a key.
    public long minishard(long key) {
        return hashed(key) & (1L << minishardBits) - 1;
    }

    /// The name of a shard's file: its number in hexadecimal digits, as many as the largest number has.
    public String fileName(long shard) {
        String digits = Long.toHexString(shard);
        return "0".repeat(Math.max(0, Math.ceilDiv(shardBits, 4) - digits.length())) + digits + ".shard";
    }

    private long hashed(long key) {
        long shifted = key >>> preshiftBits;
        return hash == Hash.IDENTITY ? shifted : Murmur.hash(shifted);
    }
}
