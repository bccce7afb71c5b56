package org.neuropil.volume.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.store.MemoryStore;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Arrays that are written here element by element, as the specifications of versions 2 and 3 have it, in all ways that they
/// allow and we do not write.
class SpecificationTest {
    /// Along z, y and x.
    private final int[] shape = new int[3];
    private final int[] chunk = new int[3];
    /// Chunks of a shard along each dimension.
    private final int[] counts = {1, 1, 1};
    /// Dimensions in the order of storage.
    private int[] order = {0, 1, 2};
    private DataType type = DataType.UINT8;
    private boolean bigEndian;
    private boolean sharded;
    private boolean indexAtStart;
    private boolean checksum;
    private long fill;
    /// Bits of all elements in C order.
    private long[] elements = {};

    @Property(tries = 500, seed = "1")
    void readsVersion3(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        begin(random);
        List<Integer> shuffled = Arrays.asList(0, 1, 2);
        Collections.shuffle(shuffled, random);
        order = shuffled.stream().mapToInt(i -> i).toArray();
        sharded = random.nextBoolean();
        indexAtStart = random.nextBoolean();
        checksum = random.nextBoolean();
        for (int d = 0; d < 3 && sharded; d++) {
            counts[d] = 1 + random.nextInt(3);
        }
        int[] unit = IntStream.range(0, 3).map(d -> chunk[d] * counts[d]).toArray();
        boolean named = random.nextBoolean();
        String separator = random.nextBoolean() ? "/" : ".";
        String codecs = "[{'name': 'transpose', 'configuration': {'order': " + Arrays.toString(order)
                + "}}, {'name': 'bytes', 'configuration': {'endian': '" + (bigEndian ? "big" : "little") + "'}}]";
        String index = "[{'name': 'bytes', 'configuration': {'endian': 'little'}}"
                + (checksum ? ", {'name': 'crc32c'}]" : "]");
        String outer = "[{'name': 'sharding_indexed', 'configuration': {'chunk_shape': " + Arrays.toString(chunk)
                + ", 'codecs': " + codecs + ", 'index_codecs': " + index + ", 'index_location': '"
                + (indexAtStart ? "start" : "end") + "'}}]";
        String fillValue = type.isFloat()
                ? "'0x" + "%016x".formatted(fill).substring(16 - 2 * type.bytes()) + "'"
                : Long.toString(fill);
        String text = "{'zarr_format': 3, 'node_type': 'array', 'shape': " + Arrays.toString(shape)
                + ", 'data_type': '" + type.text() + "', 'fill_value': " + fillValue
                + ", 'chunk_grid': {'name': 'regular', 'configuration': {'chunk_shape': " + Arrays.toString(unit)
                + "}}, 'chunk_key_encoding': {'name': '" + (named ? "default" : "v2")
                + "', 'configuration': {'separator': '" + separator + "'}}, 'codecs': " + (sharded ? outer : codecs)
                + "}";
        MemoryStore store = new MemoryStore();
        store.put("zarr.json", text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        write(store, named ? "c" + separator : "", separator, random);
        check(store, random);
    }

    @Property(tries = 300, seed = "1")
    void readsVersion2(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        begin(random);
        boolean fortran = random.nextBoolean();
        order = fortran ? new int[]{2, 1, 0} : new int[]{0, 1, 2};
        String separator = random.nextBoolean() ? "/" : ".";
        String fillValue = type.isFloat()
                ? Double.toString(
                        type == DataType.FLOAT32 ? Float.intBitsToFloat((int) fill) : Double.longBitsToDouble(fill))
                : Long.toString(fill);
        String text = "{'zarr_format': 2, 'shape': " + Arrays.toString(shape) + ", 'chunks': " + Arrays.toString(chunk)
                + ", 'dtype': '" + (type.bytes() == 1 ? "|" : bigEndian ? ">" : "<")
                + type.text().replaceAll("(.).*?(\\d+)", "$1") + type.bytes() + "', 'fill_value': " + fillValue
                + ", 'order': '" + (fortran ? "F" : "C") + "', 'compressor': null, 'filters': null"
                + (separator.equals(".") && random.nextBoolean() ? "" : ", 'dimension_separator': '" + separator + "'")
                + "}";
        MemoryStore store = new MemoryStore();
        store.put(".zarray", text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        write(store, "", separator, random);
        check(store, random);
    }

    private void begin(Random random) {
        // One object serves all tries.
        Arrays.fill(counts, 1);
        sharded = false;
        type = DataType.values()[random.nextInt(DataType.values().length)];
        bigEndian = random.nextBoolean();
        for (int d = 0; d < 3; d++) {
            shape[d] = 1 + random.nextInt(9);
            chunk[d] = 1 + random.nextInt(4);
        }
        fill = switch (type) {
            case FLOAT32 -> Float.floatToIntBits(random.nextInt(9) / 4f);
            case FLOAT64 -> Double.doubleToLongBits(random.nextInt(9) / 4.0);
            default -> random.nextInt(128);
        };
        elements = random.longs((long) shape[0] * shape[1] * shape[2]).toArray();
    }

    private void write(MemoryStore store, String prefix, String separator, Random random) {
        for (int[] unit : positions(
                IntStream.range(0, 3).map(d -> Math.ceilDiv(shape[d], chunk[d] * counts[d])).toArray())) {
            ByteArrayOutputStream parts = new ByteArrayOutputStream();
            ByteBuffer index = ByteBuffer.allocate(16 * counts[0] * counts[1] * counts[2])
                    .order(ByteOrder.LITTLE_ENDIAN);
            int before = sharded && indexAtStart ? index.capacity() + (checksum ? 4 : 0) : 0;
            boolean any = false;
            for (int[] within : positions(counts)) {
                int[] corner = IntStream.range(0, 3).map(d -> (unit[d] * counts[d] + within[d]) * chunk[d]).toArray();
                if (random.nextInt(4) == 0) {
                    leaveOut(corner);
                    index.putLong(-1).putLong(-1);
                } else {
                    byte[] bytes = chunk(corner);
                    index.putLong(before + parts.size()).putLong(bytes.length);
                    parts.writeBytes(bytes);
                    any = true;
                }
            }
            if (!any) {
                continue;
            }
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(sharded && indexAtStart ? indexBytes(index) : new byte[0]);
            file.writeBytes(parts.toByteArray());
            file.writeBytes(sharded && !indexAtStart ? indexBytes(index) : new byte[0]);
            store.put(prefix + Arrays.stream(unit).mapToObj(Integer::toString).collect(Collectors.joining(separator)),
                    file.toByteArray());
        }
    }

    private byte[] indexBytes(ByteBuffer index) {
        CRC32C crc = new CRC32C();
        crc.update(index.array());
        ByteBuffer bytes = ByteBuffer.allocate(index.capacity() + (checksum ? 4 : 0)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(index.array());
        return checksum ? bytes.putInt((int) crc.getValue()).array() : bytes.array();
    }

    private byte[] chunk(int[] corner) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int[] stored : positions(IntStream.of(order).map(d -> chunk[d]).toArray())) {
            int[] element = corner.clone();
            for (int i = 0; i < 3; i++) {
                element[order[i]] += stored[i];
            }
            int number = number(element);
            // Whatever is beyond the end must not be seen.
            long bits = number < 0 ? 99 : elements[number];
            for (int b = 0; b < type.bytes(); b++) {
                bytes.write((int) (bits >>> 8 * (bigEndian ? type.bytes() - 1 - b : b)));
            }
        }
        return bytes.toByteArray();
    }

    private void leaveOut(int[] corner) {
        for (int[] within : positions(chunk)) {
            int number = number(IntStream.range(0, 3).map(d -> corner[d] + within[d]).toArray());
            if (number >= 0) {
                elements[number] = fill;
            }
        }
    }

    private int number(int[] element) {
        boolean there = IntStream.range(0, 3).allMatch(d -> element[d] < shape[d]);
        return there ? (element[0] * shape[1] + element[1]) * shape[2] + element[2] : -1;
    }

    private static List<int[]> positions(int[] size) {
        return IntStream.range(0, size[0] * size[1] * size[2])
                .mapToObj(i -> new int[]{i / (size[1] * size[2]), i / size[2] % size[1], i % size[2]}).toList();
    }

    private void check(MemoryStore store, Random random) throws IOException {
        ZarrVolume volume = ZarrVolume.open(store);
        Box bounds = Box.ofSize(shape[2], shape[1], shape[0]);
        assertThat(volume.info().scale(0).bounds()).isEqualTo(bounds);
        assertThat(volume.info().type()).isEqualTo(type);
        Int3 from = new Int3(random.nextInt(shape[2]), random.nextInt(shape[1]), random.nextInt(shape[0]));
        for (Box box : List.of(bounds, new Box(from, bounds.max()))) {
            Block block = volume.read(0, box);
            for (int z = box.min().z(); z < box.max().z(); z++) {
                for (int y = box.min().y(); y < box.max().y(); y++) {
                    for (int x = box.min().x(); x < box.max().x(); x++) {
                        long expected = elements[number(new int[]{z, y, x})] << 64 - 8 * type.bytes();
                        assertThat(bits(block, box.index(x, y, z)) << 64 - 8 * type.bytes()).isEqualTo(expected);
                    }
                }
            }
        }
    }

    private static long bits(Block block, int i) {
        return switch (block) {
            case Block.Floats b -> Float.floatToRawIntBits(b.data()[i]);
            case Block.Doubles b -> Double.doubleToRawLongBits(b.data()[i]);
            default -> block.id(i);
        };
    }
}
