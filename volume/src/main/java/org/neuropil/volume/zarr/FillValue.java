package org.neuropil.volume.zarr;

import java.math.BigInteger;
import java.util.regex.Pattern;

import org.neuropil.volume.DataType;
import org.neuropil.volume.array.Fields;

import tools.jackson.databind.JsonNode;

/// The element that stands where no chunk was written.
final class FillValue {
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,16}");

    private FillValue() {}

    /// An element's bits, in the low bits.
    ///
    /// @throws org.neuropil.space.InputException if the field is no such element
    static long parse(Fields array, DataType type) {
        JsonNode value = array.required("fill_value");
        if (value.isBoolean() && type == DataType.UINT8) {
            return value.booleanValue() ? 1 : 0;
        }
        if (value.isString()) {
            return text(array, value.stringValue(), type);
        }
        if (!value.isNumber()) {
            throw wrong(array, type);
        }
        if (type.isFloat()) {
            // JSON may hold a number that no double can.
            double number = value.isBigInteger() ? value.bigIntegerValue().doubleValue() : value.doubleValue();
            return bits(number, type);
        }
        if (!value.canConvertToExactIntegral()) {
            throw wrong(array, type);
        }
        BigInteger number = value.bigIntegerValue();
        int bits = 8 * type.bytes();
        boolean signed = type.text().startsWith("int");
        BigInteger least = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        if (number.compareTo(least) < 0 || number.compareTo(least.add(BigInteger.ONE.shiftLeft(bits))) >= 0) {
            throw wrong(array, type);
        }
        return number.longValue() & -1L >>> 64 - bits;
    }

    private static long text(Fields array, String text, DataType type) {
        if (!type.isFloat()) {
            throw wrong(array, type);
        }
        return switch (text) {
            case "NaN" -> bits(Double.NaN, type);
            case "Infinity" -> bits(Double.POSITIVE_INFINITY, type);
            case "-Infinity" -> bits(Double.NEGATIVE_INFINITY, type);
            default -> {
                if (!HEX.matcher(text).matches() || text.length() != 2 + 2 * type.bytes()) {
                    throw wrong(array, type);
                }
                yield Long.parseUnsignedLong(text, 2, text.length(), 16);
            }
        };
    }

    private static long bits(double number, DataType type) {
        return type == DataType.FLOAT32
                ? Integer.toUnsignedLong(Float.floatToIntBits((float) number))
                : Double.doubleToLongBits(number);
    }

    private static RuntimeException wrong(Fields array, DataType type) {
        return array.wrong("fill_value", "expected a number of type " + type.text(), "");
    }
}
