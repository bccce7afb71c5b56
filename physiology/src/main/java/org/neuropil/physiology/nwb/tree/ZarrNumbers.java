package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.volume.DataType;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.codec.ByteCodec;
import org.neuropil.volume.zarr.V2Compressor;

import tools.jackson.databind.JsonNode;

/// An array of Zarr version 2: numbers, records of numbers, or texts.
final class ZarrNumbers implements Array {
    private static final Pattern NUMBER = Pattern.compile("([<>|=])([iufb])([1248])");
    private static final Pattern TEXT = Pattern.compile("([<>|=])([SU])([0-9]{1,9})");
    private static final int MOST_DIMENSIONS = 8;
    private static final long MOST_CHUNK = 1L << 30;
    private static final long MOST_TEXTS = 1L << 22;
    private static final long MOST_COUNTED = 1L << 22;

    private final ZarrTree tree;
    private final Path folder;
    private final String path;
    private final Fields attributes;
    private final int[] shape;
    private final int[] chunk;
    private final boolean fortran;
    private final String separator;
    private final Type type;
    private final byte[] fill;
    private final @Nullable ByteCodec compressor;

    /// @param width bytes of an element; 0 for objects, which have lengths of their own
    /// @param text how texts of a fixed length are written: `S` bytes, `U` four bytes a letter; empty for others
    /// @param objects the filter that made bytes of objects; empty for others
    private record Type(List<Part> parts, int width, String text, boolean bigEndian, String objects) {}

    private ZarrNumbers(ZarrTree tree, Path folder, String path, Fields array, Fields attributes) {
        this.tree = tree;
        this.folder = folder;
        this.path = path;
        this.attributes = attributes;
        array.integer("zarr_format", 2, 2);
        shape = array.integers("shape", 0, Integer.MAX_VALUE);
        chunk = array.integers("chunks", 1, Integer.MAX_VALUE);
        if (shape.length > MOST_DIMENSIONS || chunk.length != shape.length) {
            throw array.wrong("chunks", "the array has " + shape.length + " dimensions", "up to "
                    + MOST_DIMENSIONS + " are read");
        }
        type = type(array);
        double bytes = Math.max(1, type.width());
        for (int n : chunk) {
            bytes *= n;
        }
        if (bytes > MOST_CHUNK) {
            throw array.wrong("chunks", "a chunk of more than 1 GiB cannot be read", "");
        }
        fortran = array.has("order") && array.choice("order", "C", "F").equals("F");
        separator = array.has("dimension_separator") ? array.choice("dimension_separator", ".", "/") : ".";
        compressor = array.has("compressor")
                ? V2Compressor.of(array.object("compressor"), DataType.UINT8)
                : null;
        fill = fill(array);
    }

    static ZarrNumbers of(ZarrTree tree, Path folder, String path) throws IOException {
        return new ZarrNumbers(tree, folder, path, tree.metadata(folder, ".zarray"), tree.attributes(folder));
    }

    private static Type type(Fields array) {
        JsonNode dtype = array.required("dtype");
        List<Fields> filters = array.has("filters") ? array.objects("filters") : List.of();
        if (dtype.isArray()) {
            refuseFilters(array, filters);
            return record(array);
        }
        String word = array.string("dtype");
        if (word.equals("|O")) {
            if (filters.size() != 1) {
                throw array.wrong("filters", "one that says how objects are written is expected", "");
            }
            String codec = filters.getFirst().string("id");
            if (!ZarrObjects.CODECS.contains(codec)) {
                throw filters.getFirst().wrong("id", "this codec of objects is not supported",
                        String.join(", ", ZarrObjects.CODECS) + " are");
            }
            return new Type(List.of(), 0, "", false, codec);
        }
        refuseFilters(array, filters);
        Matcher text = TEXT.matcher(word);
        if (text.matches()) {
            int letters = Integer.parseInt(text.group(3));
            int width = letters * (text.group(2).equals("U") ? 4 : 1);
            if (letters > 1 << 20) {
                throw array.wrong("dtype", "texts of so many letters are not read", "");
            }
            return new Type(List.of(), width, text.group(2), text.group(1).equals(">"), "");
        }
        Part part = part(array, word, "", 0);
        return new Type(List.of(part), part.bytes(), "", false, "");
    }

    private static void refuseFilters(Fields array, List<Fields> filters) {
        if (!filters.isEmpty()) {
            throw array.wrong("filters", "filters of numbers are not supported", "write the array without");
        }
    }

    private static Type record(Fields array) {
        List<Part> parts = new ArrayList<>();
        int width = 0;
        for (JsonNode member : array.list("dtype")) {
            JsonNode name = member.isArray() && member.size() == 2 ? member.get(0) : null;
            JsonNode word = name == null ? null : member.get(1);
            if (name == null || word == null || !name.isString() || !word.isString()) {
                throw array.wrong("dtype", "records of plain numbers are read", "");
            }
            Part part = part(array, word.stringValue(), name.stringValue(), width);
            parts.add(part);
            width += part.bytes();
        }
        return new Type(List.copyOf(parts), width, "", false, "");
    }

    private static Part part(Fields array, String word, String name, int offset) {
        Matcher number = NUMBER.matcher(word);
        int bytes = number.matches() ? Integer.parseInt(number.group(3)) : 0;
        Part.Kind kind = bytes == 0
                ? null
                : switch (number.group(2)) {
                    case "i" -> Part.Kind.SIGNED;
                    case "f" -> bytes == 1 ? null : Part.Kind.FLOAT;
                    case "b" -> bytes == 1 ? Part.Kind.UNSIGNED : null;
                    default -> Part.Kind.UNSIGNED;
                };
        if (kind == null) {
            throw array.wrong("dtype", "this type is not supported", "numbers, records of numbers and texts are");
        }
        return new Part(name, kind, bytes, offset, number.group(1).equals(">"));
    }

    private byte[] fill(Fields array) {
        byte[] element = new byte[Math.max(1, type.width())];
        JsonNode value = array.has("fill_value") ? array.required("fill_value") : null;
        if (value == null || type.parts().isEmpty()) {
            return element;
        }
        if (value.isString() && plain().isEmpty()) {
            try {
                byte[] given = Base64.getDecoder().decode(value.stringValue());
                return given.length == element.length ? given : element;
            } catch (IllegalArgumentException e) {
                throw array.wrong("fill_value", "expected a record in base 64", "");
            }
        }
        if (plain().isPresent()) {
            plain().get().put(number(array, value), element);
        }
        return element;
    }

    private static Number number(Fields array, JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? 1 : 0;
        }
        if (value.isString()) {
            return switch (value.stringValue()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw array.wrong("fill_value", "expected a number", "");
            };
        }
        if (!value.isNumber()) {
            throw array.wrong("fill_value", "expected a number", "");
        }
        return value.isBigInteger()
                ? value.bigIntegerValue()
                : value.isIntegralNumber() ? (Number) value.longValue() : (Number) value.doubleValue();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String where() {
        return tree.source() + ":" + path;
    }

    @Override
    public Optional<Value> attribute(String name) {
        return ZarrTree.value(attributes, name);
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public List<Part> parts() {
        return type.parts();
    }

    @Override
    public int width() {
        return type.parts().isEmpty() ? 0 : type.width();
    }

    @Override
    public int[] chunk() {
        return chunk.clone();
    }

    @Override
    public boolean isFirstFastest() {
        return fortran;
    }

    @Override
    public byte[] fill() {
        return fill.clone();
    }

    @Override
    public Optional<byte[]> read(int[] corner) throws IOException {
        int length = type.width();
        for (int n : chunk) {
            length *= n;
        }
        Optional<byte[]> bytes = bytes(corner, length);
        if (bytes.isPresent() && bytes.get().length != length) {
            throw new IOException("chunk " + Arrays.toString(corner) + " of " + where() + " has " + bytes.get().length
                    + " bytes in place of " + length);
        }
        return bytes;
    }

    private Path file(int[] corner) {
        StringBuilder key = new StringBuilder();
        for (int d = 0; d < corner.length; d++) {
            key.append(d == 0 ? "" : separator).append(corner[d] / chunk[d]);
        }
        return folder.resolve(key.isEmpty() ? "0" : key.toString());
    }

    @Override
    public long missingChunks() {
        double chunks = 1;
        for (int d = 0; d < shape.length; d++) {
            chunks *= (shape[d] + (long) chunk[d] - 1) / chunk[d];
        }
        if (chunks > MOST_COUNTED) {
            throw new InputException("has more than " + MOST_COUNTED + " chunks, too many to look for", where(), "");
        }
        long missing = 0;
        int[] corner = new int[shape.length];
        for (long left = (long) chunks; left > 0; left--) {
            missing += Files.isRegularFile(file(corner)) ? 0 : 1;
            int d = corner.length - 1;
            while (d >= 0 && (long) corner[d] + chunk[d] >= shape[d]) {
                corner[d--] = 0;
            }
            if (d >= 0) {
                corner[d] += chunk[d];
            }
        }
        return missing;
    }

    private Optional<byte[]> bytes(int[] corner, int most) throws IOException {
        Path file = file(corner);
        if (!Files.isRegularFile(file)) {
            tree.lacks(path);
            return Optional.empty();
        }
        try {
            if (Files.size(file) > ByteCodec.mostEncoded(most)) {
                throw new IOException("has " + Files.size(file) + " bytes, more than it may");
            }
            byte[] stored = Files.readAllBytes(file);
            return Optional.of(compressor == null ? stored : compressor.decode(stored, most));
        } catch (IOException e) {
            throw new IOException("chunk " + Arrays.toString(corner) + " of " + where() + " " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> texts() throws IOException {
        if (!type.parts().isEmpty()) {
            throw new InputException("has numbers for elements, and no texts", where(), "");
        }
        if (size() > MOST_TEXTS) {
            throw new InputException("has " + size() + " texts, and at most " + MOST_TEXTS + " are read", where(), "");
        }
        if (shape.length > 1) {
            throw new InputException("has texts along " + shape.length + " dimensions, and lists are read", where(),
                    "");
        }
        String[] all = new String[(int) size()];
        Arrays.fill(all, "");
        int step = shape.length == 0 ? 1 : chunk[0];
        for (int first = 0; first < all.length; first += step) {
            int[] corner = shape.length == 0 ? new int[0] : new int[]{first};
            int count = Math.min(step, all.length - first);
            List<String> texts = texts(corner, step);
            if (texts.isEmpty()) {
                continue; // never written
            }
            if (texts.size() < count) {
                throw new IOException("chunk " + first + " of " + where() + " has " + texts.size()
                        + " texts in place of " + count);
            }
            for (int i = 0; i < count; i++) {
                all[first + i] = texts.get(i);
            }
            if (first > all.length - step) {
                break;
            }
        }
        return List.of(all);
    }

    private List<String> texts(int[] corner, int count) throws IOException {
        if (type.objects().isEmpty()) {
            byte[] bytes = read(corner).orElse(new byte[0]);
            return type.width() == 0
                    ? List.of()
                    : ZarrObjects.fixed(bytes, type.width(), type.text().equals("U"), type.bigEndian());
        }
        Optional<byte[]> bytes = bytes(corner, ZarrObjects.MOST_BYTES);
        return bytes.isEmpty() ? List.of() : ZarrObjects.texts(bytes.get(), type.objects(), count, where());
    }
}
