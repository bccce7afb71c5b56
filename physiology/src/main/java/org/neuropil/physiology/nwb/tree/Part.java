package org.neuropil.physiology.nwb.tree;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A number in an element of an array.
///
/// @param name in its record; empty if the element is the number
/// @param kind what the bytes are
/// @param bytes how many it has: 1, 2, 4 or 8
/// @param offset of the first byte in the element
/// @param bigEndian how its bytes follow each other
public record Part(String name, Kind kind, int bytes, int offset, boolean bigEndian) {
    /// What bytes are.
    public enum Kind {
        /// A whole number, not negative.
        UNSIGNED,
        /// A whole number.
        SIGNED,
        /// A fraction of IEEE 754.
        FLOAT
    }

    /// The order to set in a buffer for [#number] and [#bits].
    ByteOrder order() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /// The number in a buffer that has this part's order.
    ///
    /// @param at first byte of the number
    double number(ByteBuffer from, int at) {
        if (kind == Kind.FLOAT) {
            return switch (bytes) {
                case 2 -> Float.float16ToFloat(from.getShort(at));
                case 4 -> from.getFloat(at);
                default -> from.getDouble(at);
            };
        }
        long bits = bits(from, at);
        if (kind == Kind.UNSIGNED && bits < 0) {
            // Half of it, with the last bit kept so that it is rounded once.
            return (bits >>> 1 | bits & 1) * 2.0;
        }
        return bits;
    }

    /// The whole number in a buffer that has this part's order; a fraction is cut.
    long bits(ByteBuffer from, int at) {
        if (kind == Kind.FLOAT) {
            return (long) number(from, at);
        }
        boolean signed = kind == Kind.SIGNED;
        return switch (bytes) {
            case 1 -> signed ? from.get(at) : from.get(at) & 0xffL;
            case 2 -> signed ? from.getShort(at) : from.getShort(at) & 0xffffL;
            case 4 -> signed ? from.getInt(at) : from.getInt(at) & 0xffffffffL;
            default -> from.getLong(at);
        };
    }

    /// Writes a number as an element has it.
    void put(Number number, byte[] element) {
        ByteBuffer to = ByteBuffer.wrap(element).order(order());
        long bits = kind != Kind.FLOAT
                ? number.longValue()
                : switch (bytes) {
                    case 2 -> Float.floatToFloat16(number.floatValue());
                    case 4 -> Float.floatToRawIntBits(number.floatValue());
                    default -> Double.doubleToRawLongBits(number.doubleValue());
                };
        switch (bytes) {
            case 1 -> to.put(offset, (byte) bits);
            case 2 -> to.putShort(offset, (short) bits);
            case 4 -> to.putInt(offset, (int) bits);
            default -> to.putLong(offset, bits);
        }
    }
}
