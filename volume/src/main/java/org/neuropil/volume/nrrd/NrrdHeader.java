package org.neuropil.volume.nrrd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;
import org.neuropil.volume.DataType;

/// The header of a NRRD file, as the format's description (teem.sourceforge.net/nrrd/format.html) has it.
///
/// @param type of a voxel
/// @param sizes along the axes, the fastest first
/// @param gzip true if the data are compressed
/// @param bigEndian how the bytes of a voxel follow each other
/// @param spacings lengths along the axes in the file's units; NaN where there are none
/// @param units of the lengths by axis, empty where there are none
/// @param origin of the first voxel's centre in the same units; empty if it is not said
/// @param dataFile where the data are; empty if they follow the header
/// @param lineSkip lines before the data
/// @param byteSkip bytes before the data, after the lines; -1 if the data are the last bytes of the file
/// @param length of the header in bytes, with the empty line that ends it
@SuppressWarnings("ArrayRecordComponent")
public record NrrdHeader(DataType type, int[] sizes, boolean gzip, boolean bigEndian, double[] spacings,
        List<String> units, double[] origin, Optional<String> dataFile, int lineSkip, long byteSkip, int length) {
    private static final int MOST_AXES = 16;
    private static final long MOST_SKIPPED = 1L << 60;
    private static final Pattern VECTOR = Pattern.compile("\\(([^()]*)\\)|none");
    private static final Map<String, DataType> TYPES = types();

    /// Reads a header.
    ///
    /// @param start the file's first bytes, at least up to the end of the header
    /// @param file its name, for errors
    /// @throws InputException if it is no such header, or describes something that is not supported; names file, field
    ///         and value
    public static NrrdHeader parse(byte[] start, String file) {
        return new Parser(start, file).parse();
    }

    private static Map<String, DataType> types() {
        Map<String, DataType> types = new TreeMap<>();
        put(types, DataType.INT8, "signed char", "int8", "int8_t");
        put(types, DataType.UINT8, "uchar", "unsigned char", "uint8", "uint8_t");
        put(types, DataType.INT16, "short", "short int", "signed short", "signed short int", "int16", "int16_t");
        put(types, DataType.UINT16, "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t");
        put(types, DataType.INT32, "int", "signed int", "int32", "int32_t");
        put(types, DataType.UINT32, "uint", "unsigned int", "uint32", "uint32_t");
        put(types, DataType.INT64, "longlong", "long long", "long long int", "signed long long", "signed long long int",
                "int64", "int64_t");
        put(types, DataType.UINT64, "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t");
        put(types, DataType.FLOAT32, "float");
        put(types, DataType.FLOAT64, "double");
        return types;
    }

    private static void put(Map<String, DataType> types, DataType type, String... names) {
        for (String name : names) {
            types.put(name, type);
        }
    }

    /// Reads one header.
    private static final class Parser {
        private final byte[] bytes;
        private final String file;
        private final Map<String, String> fields = new TreeMap<>();
        private int at;

        Parser(byte[] bytes, String file) {
            this.bytes = bytes;
            this.file = file;
        }

        NrrdHeader parse() {
            String magic = line();
            if (!magic.matches("NRRD000[1-5]")) {
                throw new InputException("is no NRRD file: it does not begin with NRRD0001 to NRRD0005", file, "");
            }
            boolean ended = false;
            while (at < bytes.length && !ended) {
                String line = line();
                ended = line.isEmpty();
                int colon = line.indexOf(": ");
                // A line with := is a key of the user's, and one with # a comment.
                if (!line.startsWith("#") && colon > 0 && !line.substring(0, colon + 1).contains(":=")) {
                    fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT).replace(" ", ""),
                            line.substring(colon + 2).strip());
                }
            }
            Optional<String> dataFile = text("datafile");
            if (!ended && dataFile.isEmpty()) {
                throw new InputException("the header does not end", file, "it ends with an empty line");
            }
            return header(dataFile);
        }

        private NrrdHeader header(Optional<String> dataFile) {
            int axes = whole("dimension", 1, MOST_AXES, -1);
            if (axes < 0) {
                throw wrong("dimension", "is missing");
            }
            String[] words = text("sizes").orElse("").split("\\s+");
            if (words.length != axes) {
                throw wrong("sizes", "has " + words.length + " numbers for " + axes + " axes");
            }
            int[] sizes = new int[axes];
            for (int i = 0; i < axes; i++) {
                sizes[i] = (int) number("sizes", words[i], 1, Integer.MAX_VALUE);
            }
            String typeName = text("type").orElse("").toLowerCase(Locale.ROOT);
            DataType type = TYPES.get(typeName);
            if (type == null) {
                throw wrong("type", "'" + typeName + "' is no type of voxels");
            }
            String encoding = text("encoding").orElse("").toLowerCase(Locale.ROOT);
            boolean gzip = encoding.equals("gzip") || encoding.equals("gz");
            if (!gzip && !encoding.equals("raw")) {
                throw wrong("encoding", "'" + encoding + "' is not supported; raw and gzip are");
            }
            String endian = text("endian").orElse("").toLowerCase(Locale.ROOT);
            if (type.bytes() > 1 && !endian.equals("little") && !endian.equals("big")) {
                throw wrong("endian", "'" + endian + "' is neither little nor big");
            }
            if (dataFile.isPresent() && (dataFile.get().startsWith("LIST") || dataFile.get().contains("%"))) {
                throw wrong("data file", "data in several files are not supported");
            }
            int lineSkip = whole("lineskip", 0, 1 << 20, 0);
            long byteSkip = text("byteskip").map(skip -> number("byte skip", skip, -1, MOST_SKIPPED)).orElse(0L);
            if (gzip && byteSkip != 0) {
                throw wrong("byte skip", "skipping bytes of compressed data is not supported");
            }
            double[][] directions = directions(axes);
            double[] spacings = spacings(axes, directions);
            return new NrrdHeader(type, sizes, gzip, endian.equals("big"), spacings, units(spacings),
                    origin(directions), dataFile, lineSkip, byteSkip, at);
        }

        /// The axes' directions in space; an empty one for an axis that has none; nothing if the field is missing.
        private double[][] directions(int axes) {
            Optional<String> text = text("spacedirections");
            if (text.isEmpty()) {
                return new double[0][];
            }
            List<double[]> all = new ArrayList<>();
            Matcher vector = VECTOR.matcher(text.get());
            while (vector.find() && all.size() <= MOST_AXES) {
                all.add(vector.group(1) == null ? new double[0] : vector("space directions", vector.group(1)));
            }
            if (all.size() != axes) {
                throw wrong("space directions", "has " + all.size() + " vectors for " + axes + " axes");
            }
            return all.toArray(double[][]::new);
        }

        private double[] vector(String field, String text) {
            String[] words = text.split(",");
            double[] vector = new double[words.length];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = fraction(field, words[i].strip());
            }
            return vector;
        }

        private double[] spacings(int axes, double[][] directions) {
            double[] spacings = new double[axes];
            Arrays.fill(spacings, Double.NaN);
            int next = 0;
            for (int i = 0; i < directions.length; i++) {
                if (directions[i].length > 0) {
                    spacings[i] = spacing(directions[i], next++);
                }
            }
            if (directions.length > 0) {
                return spacings;
            }
            String[] words = text("spacings").orElse("").split("\\s+");
            if (words.length == axes && !words[0].isEmpty()) {
                for (int i = 0; i < axes; i++) {
                    spacings[i] = words[i].equalsIgnoreCase("nan") ? Double.NaN : fraction("spacings", words[i]);
                }
            }
            return spacings;
        }

        /// The length of a direction, which must lie on its own axis of space.
        private double spacing(double[] direction, int axis) {
            for (int i = 0; i < direction.length; i++) {
                if (i != axis && direction[i] != 0) {
                    throw wrong("space directions",
                            "the axes of the volume are turned or swapped in space, which is not "
                                    + "supported");
                }
            }
            if (axis >= direction.length || !(Math.abs(direction[axis]) > 0)) {
                throw wrong("space directions", "an axis has no direction");
            }
            if (direction[axis] < 0) {
                throw wrong("space directions", "an axis is mirrored, which is not supported");
            }
            return direction[axis];
        }

        /// Units by axis. Those of space are in the order of its dimensions, which the axes that lie in it must have too.
        private List<String> units(double[] spacings) {
            boolean space = text("spaceunits").isPresent();
            Matcher quoted = Pattern.compile("\"([^\"]*)\"").matcher(text(space ? "spaceunits" : "units").orElse(""));
            List<String> units = new ArrayList<>();
            for (double spacing : spacings) {
                boolean has = !(space && Double.isNaN(spacing)) && quoted.find();
                units.add(has ? quoted.group(1).strip() : "");
            }
            return units;
        }

        private double[] origin(double[][] directions) {
            Optional<String> text = text("spaceorigin");
            if (text.isEmpty() || directions.length == 0) {
                return new double[0];
            }
            Matcher vector = VECTOR.matcher(text.get());
            if (!vector.matches() || vector.group(1) == null) {
                throw wrong("space origin", "'" + text.get() + "' is no vector");
            }
            return vector("space origin", vector.group(1));
        }

        private Optional<String> text(String field) {
            return Optional.ofNullable(fields.get(field));
        }

        private int whole(String field, int least, int most, int otherwise) {
            return text(field).map(value -> (int) number(field, value, least, most)).orElse(otherwise);
        }

        private long number(String field, String text, long least, long most) {
            try {
                long number = Long.parseLong(text.strip());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw wrong(field, "'" + text + "' is no whole number");
            }
            throw wrong(field, "'" + text + "' is not from " + least + " to " + most);
        }

        private double fraction(String field, String text) {
            try {
                double number = Double.parseDouble(text);
                if (Math.abs(number) < 1e15) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw wrong(field, "'" + text + "' is no number");
            }
            throw wrong(field, "'" + text + "' is no length");
        }

        private InputException wrong(String field, String what) {
            return new InputException(what, file + ", field " + field, "");
        }

        private String line() {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            int text = end > at && bytes[end - 1] == '\r' ? end - 1 : end;
            String line = new String(bytes, at, text - at, StandardCharsets.ISO_8859_1);
            at = Math.min(end + 1, bytes.length);
            return line;
        }
    }
}
