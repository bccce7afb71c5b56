package org.neuropil.volume.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;
import org.neuropil.volume.DataType;

/// The header of a file of numpy's format 1.0, 2.0 or 3.0, as numpy's `numpy.lib.format` describes it: a magic word, a
/// version, a length, and a Python dictionary of three entries.
///
/// @param type of an element; bool is read as UINT8, 0 and 1
/// @param bigEndian how the bytes of an element follow each other
/// @param sizes along the axes, the fastest first, whatever the order in the file is
/// @param fortran whether the fastest axis is the first of numpy's shape, and not the last
/// @param length of the header in bytes: where the elements begin
public record NpyHeader(DataType type, boolean bigEndian, List<Integer> sizes, boolean fortran, int length) {
    /// The longest header that is read; those of arrays of numbers have some hundred bytes.
    public static final int MOST_BYTES = 1 << 16;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int MOST_AXES = 32;
    private static final Pattern DESCR = Pattern.compile("([<>|=])([a-zA-Z])([0-9]{1,6})");
    /// One entry of the dictionary, with what follows it. A quoted text ends at its first quote; there are no escapes in a
    /// description of numbers.
    private static final Pattern ENTRY = Pattern.compile(
            "\\s*'(descr|fortran_order|shape)'\\s*:\\s*('([^']*)'|True|False|\\(([0-9L,\\s]*)\\))\\s*(,|$)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}L?");

    /// Copies the list.
    public NpyHeader {
        sizes = List.copyOf(sizes);
    }

    /// Reads a header.
    ///
    /// @param start the file's first bytes, up to the end of the header at least
    /// @param file its name, for errors
    /// @throws InputException if it is no such header, or describes something that is not supported; names file, field
    ///         and value
    public static NpyHeader parse(byte[] start, String file) {
        ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        for (byte magic : MAGIC) {
            if (!bytes.hasRemaining() || bytes.get() != magic) {
                throw new InputException("is no file of numpy's: it does not begin with \\x93NUMPY", file, "");
            }
        }
        int version = bytes.remaining() < 6 ? 0 : bytes.getShort();
        if (version < 1 || version > 3) {
            throw new InputException("has format " + (version & 0xff) + "." + (version >> 8 & 0xff)
                    + "; 1.0, 2.0 and 3.0 are read", file, "");
        }
        long length = version == 1 ? Short.toUnsignedInt(bytes.getShort()) : Integer.toUnsignedLong(bytes.getInt());
        if (length > bytes.remaining()) {
            throw new InputException("is cut short, or damaged: its header of " + length + " bytes does not end", file,
                    "");
        }
        String text = new String(start, bytes.position(), (int) length, StandardCharsets.ISO_8859_1).strip();
        return parse(text, bytes.position() + (int) length, file);
    }

    /// The bytes before the elements of a file of format 1.0, whose numbers are little-endian; a multiple of 64, so that the
    /// elements can be mapped.
    ///
    /// @param fortran whether the fastest axis is the first of the shape, and not the last
    /// @param shape as numpy gives it
    public static byte[] write(DataType type, boolean fortran, int... shape) {
        char letter = type.isFloat() ? 'f' : type.isSigned() ? 'i' : 'u';
        String sizes = String.join(", ", Arrays.stream(shape).mapToObj(String::valueOf).toList());
        String text = "{'descr': '" + (type.bytes() == 1 ? "|" : "<") + letter + type.bytes() + "', 'fortran_order': "
                + (fortran ? "True" : "False") + ", 'shape': (" + sizes + (shape.length == 1 ? "," : "") + "), }";
        int before = MAGIC.length + 4;
        int length = Math.ceilDiv(before + text.length() + 1, ALIGNMENT) * ALIGNMENT - before;
        return ByteBuffer.allocate(before + length).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).put((byte) 1)
                .put((byte) 0)
                .putShort((short) length)
                .put((text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static NpyHeader parse(String text, int length, String file) {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new InputException("its header is no dictionary: " + shown(text), file, "");
        }
        String entries = text.substring(1, text.length() - 1).strip();
        String descr = "";
        String order = "";
        String shape = "";
        Set<String> seen = new HashSet<>();
        Matcher entry = ENTRY.matcher(entries);
        int at = 0;
        while (at < entries.length()) {
            if (!entry.region(at, entries.length()).lookingAt() || !seen.add(entry.group(1))) {
                throw new InputException("its header cannot be understood: " + shown(entries.substring(at)), file,
                        "arrays of numbers are read, and no records");
            }
            String value = entry.group(2);
            switch (entry.group(1)) {
                case "descr" -> descr = entry.group(3) == null ? value : entry.group(3);
                case "fortran_order" -> order = value;
                default -> shape = value;
            }
            at = entry.end();
        }
        Matcher type = DESCR.matcher(descr);
        if (!type.matches()) {
            throw wrong("descr", descr, "is no number's type", file);
        }
        if (!order.equals("True") && !order.equals("False")) {
            throw wrong("fortran_order", order, "is neither True nor False", file);
        }
        List<Integer> sizes = sizes(shape, file);
        return new NpyHeader(type(type, descr, file), type.group(1).equals(">"),
                order.equals("True") ? sizes : sizes.reversed(), order.equals("True"), length);
    }

    private static DataType type(Matcher descr, String text, String file) {
        int bits = 8 * Integer.parseInt(descr.group(3));
        String name = switch (descr.group(2)) {
            case "u" -> "uint" + bits;
            case "i" -> "int" + bits;
            case "f" -> "float" + bits;
            // A byte each, 0 or 1.
            case "b" -> "uint" + bits;
            default -> "";
        };
        for (DataType type : DataType.values()) {
            if (type.text().equals(name) && (bits == 8 || !descr.group(2).equals("b"))) {
                return type;
            }
        }
        throw wrong("descr", text, "is no type of voxels", file);
    }

    private static List<Integer> sizes(String shape, String file) {
        if (!shape.startsWith("(")) {
            throw wrong("shape", shape, "is no tuple", file);
        }
        List<Integer> sizes = new ArrayList<>();
        for (String word : shape.substring(1, shape.length() - 1).split(",", MOST_AXES + 2)) {
            String number = word.strip();
            if (number.isEmpty()) {
                continue;
            }
            long size = NUMBER.matcher(number).matches() ? Long.parseLong(number.replace("L", "")) : -1;
            if (size < 1 || size > Integer.MAX_VALUE || sizes.size() == MOST_AXES) {
                throw wrong("shape", shape, "has axes that are empty, too long or too many", file);
            }
            sizes.add((int) size);
        }
        return sizes;
    }

    private static InputException wrong(String field, String value, String why, String file) {
        return new InputException("'" + shown(value) + "' " + why, file + ", field " + field, "");
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^ -~]", "?");
        return printable.length() > 80 ? printable.substring(0, 80) + "…" : printable;
    }
}
