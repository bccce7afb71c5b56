package org.neuropil.volume.zarr;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.neuropil.volume.DataType;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.codec.ByteCodec;

/// Checks the `.zarray` of a version 2 array.
final class V2Array {
    /// The key of an array's metadata in its folder.
    static final String KEY = ".zarray";
    /// The key of a group's or array's attributes.
    static final String ATTRIBUTES = ".zattrs";
    /// The key that makes a folder a group.
    static final String GROUP = ".zgroup";

    private static final Pattern TYPE = Pattern.compile("([<>|])([uifb])([1248])");
    private static final Map<String, DataType> TYPES = Map.of("u1", DataType.UINT8, "i1", DataType.INT8, "u2",
            DataType.UINT16, "i2", DataType.INT16, "u4", DataType.UINT32, "i4", DataType.INT32, "u8", DataType.UINT64,
            "i8", DataType.INT64, "f4", DataType.FLOAT32, "f8", DataType.FLOAT64);

    private V2Array() {}

    /// @param attributes those of `.zattrs`; empty if there is none
    static ZarrArray parse(Fields array, Fields attributes, String folder) {
        array.integer("zarr_format", 2, 2);
        int[] shape = array.integers("shape", 1, Integer.MAX_VALUE);
        int[] chunk = array.integers("chunks", 1, Integer.MAX_VALUE);
        if (shape.length == 0 || shape.length > Axes.MOST_DIMENSIONS) {
            throw array.wrong("shape", "expected 2 to " + Axes.MOST_DIMENSIONS + " dimensions", "");
        }
        if (chunk.length != shape.length) {
            throw array.wrong("chunks", "the array has " + shape.length + " dimensions", "");
        }
        Matcher name = TYPE.matcher(array.required("dtype").isString() ? array.string("dtype") : "");
        boolean truth = name.matches() && name.group(2).equals("b");
        DataType type = !name.matches() ? null : truth ? DataType.UINT8 : TYPES.get(name.group(2) + name.group(3));
        if (type == null || truth && !name.group(3).equals("1") || name.group(1).equals("|") && type.bytes() > 1) {
            throw array.wrong("dtype", "this type is not supported",
                    "whole numbers of 8 to 64 bits, fractions of 32 and 64 bits and truth values are");
        }
        ChunkLimits.check(array, "chunks", chunk, type);
        if (array.has("filters") && !array.list("filters").isEmpty()) {
            throw array.wrong("filters", "filters are not supported", "");
        }
        boolean fortran = array.choice("order", "C", "F").equals("F");
        int[] order = IntStream.range(0, shape.length).map(i -> fortran ? shape.length - 1 - i : i).toArray();
        String separator = array.has("dimension_separator") ? array.choice("dimension_separator", ".", "/") : ".";
        long fill = array.has("fill_value") ? FillValue.parse(array, type) : 0;
        List<ByteCodec> steps = array.has("compressor")
                ? List.of(V2Compressor.of(array.object("compressor"), type))
                : List.of();
        return new ZarrArray(array.file(), folder, 2, type, truth ? "an array of truth values can only be read" : "",
                shape, chunk, chunk, fill, new ChunkKeys("", separator),
                new ChunkCodec(order, name.group(1).equals(">"), steps), null, names(attributes, shape.length),
                attributes.node());
    }

    /// As xarray writes them.
    private static List<String> names(Fields attributes, int rank) {
        String field = "_ARRAY_DIMENSIONS";
        if (!attributes.has(field)) {
            return List.of();
        }
        List<String> names = attributes.strings(field);
        if (names.size() != rank) {
            throw attributes.wrong(field, "the array has " + rank + " dimensions", "");
        }
        return names;
    }
}
