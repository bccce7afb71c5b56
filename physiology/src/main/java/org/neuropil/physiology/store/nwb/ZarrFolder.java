package org.neuropil.physiology.store.nwb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.volume.codec.Blosc;
import org.neuropil.volume.store.FileStore;

/// Writes groups and arrays of Zarr 2 with the attributes that hdmf-zarr gives them. Each file is written atomically. Paths are
/// those of NWB, without a slash at the beginning.
final class ZarrFolder {
    private static final String GROUP = ".zgroup";
    private static final String ARRAY = ".zarray";
    private static final String ATTRIBUTES = ".zattrs";
    private static final String ALL = ".zmetadata";
    private static final int LEVEL = 5;
    private static final int MASK_BYTES = 12;

    private final Path root;

    ZarrFolder(Path root) {
        this.root = root;
    }

    /// What elements are.
    ///
    /// @param zarr `dtype` of Zarr
    /// @param hdmf `zarr_dtype` of hdmf-zarr
    /// @param bytes of an element
    record Type(Object zarr, Object hdmf, Object fill, int bytes) {
        static final Type FLOAT = new Type("<f4", "float32", 0.0, 4);
        static final Type DOUBLE = new Type("<f8", "float64", 0.0, 8);
        static final Type LONG = new Type("<i8", "int64", 0, 8);
        static final Type UNSIGNED_LONG = new Type("<u8", "uint64", 0, 8);
        static final Type BOOLEAN = new Type("|b1", "bool", false, 1);
        static final Type BYTE = new Type("|i1", "int8", 0, 1);
        static final Type UNSIGNED_BYTE = new Type("|u1", "uint8", 0, 1);
        static final Type PIXEL = new Type(
                List.of(List.of("x", "<u4"), List.of("y", "<u4"), List.of("weight", "<f4")),
                List.of(Map.of("name", "x", "dtype", "uint32"), Map.of("name", "y", "dtype", "uint32"),
                        Map.of("name", "weight", "dtype", "float32")),
                Base64.getEncoder().encodeToString(new byte[MASK_BYTES]), MASK_BYTES);
    }

    void group(String path, Map<String, ?> attributes) throws IOException {
        Path folder = root.resolve(path);
        Files.createDirectories(folder);
        Json.write(folder.resolve(GROUP), Map.of("zarr_format", 2), false);
        if (!attributes.isEmpty()) {
            Json.write(folder.resolve(ATTRIBUTES), attributes, false);
        }
    }

    /// Begins an array, whose chunks follow.
    void array(String path, Type type, int[] shape, int[] chunk, Map<String, ?> attributes) throws IOException {
        begin(path, type.zarr(), type.fill(), type.bytes(), null, shape, chunk);
        attributes(path, type.hdmf(), attributes);
    }

    /// Writes an array as one chunk.
    void whole(String path, Type type, int[] shape, byte[] elements, Map<String, ?> attributes) throws IOException {
        array(path, type, shape, Arrays.stream(shape).map(n -> Math.max(1, n)).toArray(), attributes);
        if (elements.length > 0) {
            chunk(path, type, "0" + ".0".repeat(shape.length - 1), elements);
        }
    }

    void doubles(String path, double[] values, Map<String, ?> attributes) throws IOException {
        ByteBuffer bytes = buffer(8 * values.length);
        bytes.asDoubleBuffer().put(values);
        whole(path, Type.DOUBLE, new int[]{values.length}, bytes.array(), attributes);
    }

    void longs(String path, long[] values, Map<String, ?> attributes) throws IOException {
        longs(path, Type.LONG, values, attributes);
    }

    void longs(String path, Type type, long[] values, Map<String, ?> attributes) throws IOException {
        ByteBuffer bytes = buffer(8 * values.length);
        bytes.asLongBuffer().put(values);
        whole(path, type, new int[]{values.length}, bytes.array(), attributes);
    }

    void booleans(String path, boolean[] values, Map<String, ?> attributes) throws IOException {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        whole(path, Type.BOOLEAN, new int[]{values.length}, bytes, attributes);
    }

    void texts(String path, List<String> values, Map<String, ?> attributes) throws IOException {
        texts(path, values);
        attributes(path, "str", attributes);
    }

    /// A text that stands alone.
    void text(String path, String value) throws IOException {
        texts(path, List.of(value));
        attributes(path, "scalar", Map.of());
    }

    /// A number that stands alone.
    void number(String path, double value, Map<String, ?> attributes) throws IOException {
        doubles(path, new double[]{value}, Map.of());
        attributes(path, "scalar", attributes);
    }

    private void texts(String path, List<String> values) throws IOException {
        begin(path, "|O", 0, 1, "vlen-utf8", new int[]{values.size()}, new int[]{Math.max(1, values.size())});
        List<byte[]> encoded = values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
        ByteBuffer bytes = buffer(4 + encoded.stream().mapToInt(value -> 4 + value.length).sum());
        bytes.putInt(values.size());
        encoded.forEach(value -> bytes.putInt(value.length).put(value));
        if (!values.isEmpty()) {
            chunk(path, 1, "0", bytes.array());
        }
    }

    private void begin(String path, Object type, Object fill, int bytes, @Nullable String filter, int[] shape,
            int[] chunk) throws IOException {
        Map<String, @Nullable Object> array = new TreeMap<>();
        array.put("chunks", chunk);
        array.put("compressor", Map.of("id", "blosc", "cname", "lz4", "clevel", LEVEL, "shuffle", bytes > 1 ? 1 : 0,
                "blocksize", 0));
        array.put("dtype", type);
        array.put("fill_value", fill);
        array.put("filters", filter == null ? null : List.of(Map.of("id", filter)));
        array.put("order", "C");
        array.put("shape", shape);
        array.put("zarr_format", 2);
        Files.createDirectories(root.resolve(path));
        Json.write(root.resolve(path).resolve(ARRAY), array, false);
    }

    private void attributes(String path, Object type, Map<String, ?> attributes) throws IOException {
        Map<String, Object> all = new TreeMap<>(attributes);
        all.put("zarr_dtype", type);
        Json.write(root.resolve(path).resolve(ATTRIBUTES), all, false);
    }

    /// Writes a chunk.
    ///
    /// @param key its place, `0.0`
    /// @param elements of a whole chunk, be it that some lie outside of the array
    void chunk(String path, Type type, String key, byte[] elements) throws IOException {
        chunk(path, type.bytes(), key, elements);
    }

    private void chunk(String path, int bytes, String key, byte[] elements) throws IOException {
        Blosc blosc = new Blosc(Blosc.Inner.LZ4, LEVEL, bytes > 1 ? Blosc.Shuffle.BYTES : Blosc.Shuffle.NONE, bytes, 0);
        FileStore.replace(root.resolve(path).resolve(key), blosc.encode(elements), false);
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Puts all metadata into one file too, which saves readers from asking for each. All else must be there.
    void consolidate() throws IOException {
        Map<String, Object> all = new TreeMap<>();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(Files::isRegularFile)
                    .filter(file -> List.of(GROUP, ARRAY, ATTRIBUTES).contains(
                            Objects.requireNonNull(file.getFileName()).toString()))
                    .forEach(files::add);
        }
        for (Path file : files) {
            all.put(root.relativize(file).toString().replace('\\', '/'), Json.read(file, Object.class));
        }
        Json.write(root.resolve(ALL), Map.of("metadata", all, "zarr_consolidated_format", 1), false);
    }
}
