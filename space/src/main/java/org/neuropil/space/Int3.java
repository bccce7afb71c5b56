package org.neuropil.space;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A point, offset or size on the voxel lattice, in voxels, axis order x, y, z.
public record Int3(int x, int y, int z) implements Serializable {
    /// The origin.
    public static final Int3 ZERO = new Int3(0, 0, 0);

    private static final Pattern TEXT = Pattern.compile("(-?\\d{1,10})[,x](-?\\d{1,10})[,x](-?\\d{1,10})");

    /// The same number on every axis.
    public static Int3 all(int n) {
        return new Int3(n, n, n);
    }

    /// Reads `x,y,z` or `XxYxZ`.
    ///
    /// @param field name of the option or field, for the error
    /// @throws InputException if the text is anything else, or a number does not fit 32 bits
    public static Int3 parse(String text, String field) {
        Matcher match = TEXT.matcher(text.strip());
        if (match.matches()) {
            try {
                return new Int3(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)),
                        Integer.parseInt(match.group(3)));
            } catch (NumberFormatException e) {
                throw new InputException("a number in '" + text + "' is too large", field, "", e);
            }
        }
        throw new InputException("'" + text + "' is not three whole numbers", field, "write x,y,z");
    }

    /// Component-wise sum.
    public Int3 plus(Int3 o) {
        return new Int3(x + o.x, y + o.y, z + o.z);
    }

    /// Component-wise difference.
    public Int3 minus(Int3 o) {
        return new Int3(x - o.x, y - o.y, z - o.z);
    }

    /// Component-wise product.
    public Int3 times(Int3 o) {
        return new Int3(x * o.x, y * o.y, z * o.z);
    }

    /// Component-wise minimum.
    public Int3 min(Int3 o) {
        return new Int3(Math.min(x, o.x), Math.min(y, o.y), Math.min(z, o.z));
    }

    /// Component-wise maximum.
    public Int3 max(Int3 o) {
        return new Int3(Math.max(x, o.x), Math.max(y, o.y), Math.max(z, o.z));
    }

    /// Component-wise quotient rounded down, also for negative numbers.
    public Int3 floorDiv(Int3 o) {
        return new Int3(Math.floorDiv(x, o.x), Math.floorDiv(y, o.y), Math.floorDiv(z, o.z));
    }

    /// Component-wise quotient rounded up, also for negative numbers.
    public Int3 ceilDiv(Int3 o) {
        return new Int3(Math.ceilDiv(x, o.x), Math.ceilDiv(y, o.y), Math.ceilDiv(z, o.z));
    }

    /// x * y * z, as a count of voxels.
    public long volume() {
        return Math.multiplyExact(Math.multiplyExact((long) x, y), z);
    }

    /// The component of an axis: 0 is x, 1 is y, 2 is z.
    public int get(int axis) {
        return switch (axis) {
            case 0 -> x;
            case 1 -> y;
            case 2 -> z;
            default -> throw new IllegalArgumentException("axis " + axis);
        };
    }

    /// This with one component replaced.
    public Int3 with(int axis, int value) {
        return switch (axis) {
            case 0 -> new Int3(value, y, z);
            case 1 -> new Int3(x, value, z);
            case 2 -> new Int3(x, y, value);
            default -> throw new IllegalArgumentException("axis " + axis);
        };
    }

    /// `x,y,z`.
    @Override
    public String toString() {
        return x + "," + y + "," + z;
    }
}
