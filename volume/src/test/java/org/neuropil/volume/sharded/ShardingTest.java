package org.neuropil.volume.sharded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.volume.sharded.ShardingSpec.Compression;
import org.neuropil.volume.sharded.ShardingSpec.Hash;
import org.neuropil.volume.store.MemoryStore;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShardingTest {
    @ParameterizedTest
    @CsvSource({"0, 5148371408780832321", "1, 16770674756601302682", "123456789, 1325596490455455783",
        "9223372036854788153, 13587652832395893365"})
    void hashesAsMmh3Does(String key, String hash) {
        assertThat(Murmur.hash(Long.parseUnsignedLong(key))).isEqualTo(Long.parseUnsignedLong(hash));
    }

    @Test
    void takesBitsOfTheShiftedKeyFromTheLowestOn() {
        ShardingSpec spec = new ShardingSpec(2, Hash.IDENTITY, 3, 6, Compression.RAW, Compression.RAW);
        long key = 0b11_101101_110_01;
        assertThat(spec.minishard(key)).isEqualTo(0b110);
        assertThat(spec.shard(key)).isEqualTo(0b101101);
        assertThat(spec.fileName(spec.shard(key))).isEqualTo("2d.shard");
        assertThat(spec.fileName(1)).isEqualTo("01.shard");
        ShardingSpec one = new ShardingSpec(0, Hash.IDENTITY, 0, 0, Compression.RAW, Compression.RAW);
        assertThat(one.fileName(one.shard(-1))).isEqualTo("0.shard");
        ShardingSpec all = new ShardingSpec(0, Hash.IDENTITY, 0, 64, Compression.RAW, Compression.RAW);
        assertThat(all.fileName(all.shard(-1))).isEqualTo("ffffffffffffffff.shard");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShardingSpec(0, Hash.IDENTITY, 1, 64, Compression.RAW, Compression.RAW));
    }

    @Test
    void laysAShardOutAsTheSpecificationSays() {
        ShardBuilder builder = new ShardBuilder(
                new ShardingSpec(0, Hash.IDENTITY, 1, 1, Compression.RAW, Compression.RAW), 1);
        builder.add(6, bytes("six"));
        builder.add(3, bytes("before"), bytes("three"));
        builder.add(2, bytes("two"));
        ByteBuffer expected = ByteBuffer.allocate(32 + 17 + 48 + 24).order(ByteOrder.LITTLE_ENDIAN);
        // The shard's index: where the indices of minishards 0 and 1 lie.
        expected.putLong(17).putLong(17 + 48).putLong(17 + 48).putLong(17 + 48 + 24);
        expected.put(bytes("twosixbeforethree"));
        // Keys, gaps and lengths.
        expected.putLong(2).putLong(4).putLong(0).putLong(0).putLong(3).putLong(3);
        expected.putLong(3).putLong(6 + 6).putLong(5);
        assertThat(builder.build()).isEqualTo(expected.array());
    }

    @Property(tries = 200, seed = "1")
    void givesBackWhatWasPut(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ShardingSpec spec = spec(random);
        MemoryStore store = new MemoryStore();
        Map<Long, byte[]> values = fill(store, spec, random);
        ShardReader reader = travelled(new ShardReader(store, "a/b", spec));
        long[] keys = new long[values.size() + 20];
        int n = 0;
        for (long key : values.keySet()) {
            keys[n++] = key;
        }
        while (n < keys.length) {
            long key = random.nextLong() >>> random.nextInt(64);
            keys[n++] = values.containsKey(key) ? random.nextLong() : key;
        }
        Map<Long, byte[]> seen = new HashMap<>();
        reader.get(keys, 1000, (number, value) -> {
            synchronized (seen) {
                assertThat(seen.put(keys[number], value)).as("key %s once", keys[number]).isNull();
            }
        });
        assertThat(seen.keySet()).isEqualTo(values.keySet());
        for (long key : keys) {
            assertThat(reader.get(key, 1000).isPresent()).isEqualTo(values.containsKey(key));
        }
        for (Map.Entry<Long, byte[]> value : values.entrySet()) {
            assertThat(seen.get(value.getKey())).isEqualTo(value.getValue());
            assertThat(reader.get(value.getKey(), 1000)).hasValueSatisfying(
                    bytes -> assertThat(bytes).isEqualTo(value.getValue()));
        }
    }

    @Property(tries = 100, seed = "1")
    void readsShardsOfTwoFiles(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ShardingSpec spec = spec(random);
        MemoryStore whole = new MemoryStore();
        Map<Long, byte[]> values = fill(whole, spec, random);
        MemoryStore pairs = new MemoryStore();
        int index = 16 << spec.minishardBits();
        for (String key : whole.keys()) {
            byte[] file = whole.get(key).orElseThrow();
            String stem = key.substring(0, key.length() - "shard".length());
            pairs.put(stem + "index", Arrays.copyOf(file, index));
            pairs.put(stem + "data", Arrays.copyOfRange(file, index, file.length));
        }
        ShardReader reader = new ShardReader(pairs, "a/b", spec);
        for (Map.Entry<Long, byte[]> value : values.entrySet()) {
            assertThat(reader.get(value.getKey(), 1000)).hasValueSatisfying(
                    bytes -> assertThat(bytes).isEqualTo(value.getValue()));
        }
        Map<Integer, byte[]> seen = new HashMap<>();
        long[] keys = values.keySet().stream().mapToLong(key -> key).toArray();
        reader.get(keys, 1000, (number, value) -> {
            synchronized (seen) {
                seen.put(number, value);
            }
        });
        assertThat(seen).hasSize(keys.length);
        assertThat(reader.locate(keys[0]).orElseThrow().file()).endsWith(".data");
    }

    @Test
    void seesAShardThatComesLaterAndOneThatIsReplaced() throws IOException {
        ShardingSpec spec = new ShardingSpec(0, Hash.IDENTITY, 0, 0, Compression.GZIP, Compression.RAW);
        MemoryStore store = new MemoryStore();
        ShardReader reader = new ShardReader(store, "", spec);
        assertThat(reader.get(5, 10)).isEmpty();
        for (String text : List.of("a", "bc")) {
            ShardBuilder builder = new ShardBuilder(spec, 0);
            builder.add(5, bytes(text));
            store.put("0.shard", builder.build());
            reader.forget(0);
            assertThat(reader.get(5, 10)).hasValueSatisfying(value -> assertThat(value).isEqualTo(bytes(text)));
        }
        assertThatThrownBy(() -> reader.get(5, 1)).isInstanceOf(IOException.class).hasMessageContaining("0.shard")
                .hasMessageContaining("2 bytes");
        assertThat(reader.locate(5)).contains(new ShardReader.Location("0.shard", 16, 18));
    }

    @Test
    void refusesKeysThatDoNotBelong() {
        ShardBuilder builder = new ShardBuilder(
                new ShardingSpec(0, Hash.IDENTITY, 0, 1, Compression.RAW, Compression.RAW), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(2, new byte[0]));
        builder.add(3, new byte[0]);
        builder.add(3, new byte[0]);
        assertThatIllegalArgumentException().isThrownBy(builder::build);
    }

    @Property(tries = 2000, seed = "1")
    void aDamagedShardGivesValuesOrAnIoException(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ShardingSpec spec = spec(random);
        MemoryStore store = new MemoryStore();
        Map<Long, byte[]> values = fill(store, spec, random);
        for (String key : store.keys()) {
            byte[] file = store.get(key).orElseThrow();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            store.put(key, random.nextInt(10) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file);
        }
        ShardReader reader = new ShardReader(store, "a/b", spec);
        for (long key : values.keySet()) {
            try {
                reader.get(key, 1000).ifPresent(value -> assertThat(value.length).isLessThanOrEqualTo(1000));
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
        try {
            reader.get(values.keySet().stream().mapToLong(key -> key).toArray(), 1000, (number, value) -> {});
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static ShardingSpec spec(Random random) {
        return new ShardingSpec(random.nextInt(4), Hash.values()[random.nextInt(2)], random.nextInt(4),
                random.nextInt(4), Compression.values()[random.nextInt(2)], Compression.values()[random.nextInt(2)]);
    }

    private static Map<Long, byte[]> fill(MemoryStore store, ShardingSpec spec, Random random) throws IOException {
        Map<Long, byte[]> values = new HashMap<>();
        for (int i = random.nextInt(50); i >= 0; i--) {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            values.put(random.nextLong() >>> random.nextInt(64), value);
        }
        Map<Long, ShardBuilder> builders = new HashMap<>();
        List<Long> keys = new ArrayList<>(values.keySet());
        Collections.shuffle(keys, random);
        for (long key : keys) {
            byte[] before = new byte[random.nextInt(2) * random.nextInt(9)];
            builders.computeIfAbsent(spec.shard(key), shard -> new ShardBuilder(spec, shard)).add(key, before,
                    Objects.requireNonNull(values.get(key)));
        }
        for (Map.Entry<Long, ShardBuilder> builder : builders.entrySet()) {
            store.put("a/b/" + spec.fileName(builder.getKey()), builder.getValue().build());
        }
        return values;
    }

    private static ShardReader travelled(ShardReader reader) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(reader);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ShardReader) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
