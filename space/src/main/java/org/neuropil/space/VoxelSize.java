package org.neuropil.space;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Edge lengths of a voxel in nanometres, axis order x, y, z; all above zero and finite.
public record VoxelSize(double x, double y, double z) implements Serializable {
    private static final String NUMBER = "([0-9.eE+-]{1,40})";
    private static final Pattern TEXT = Pattern
            .compile(NUMBER + "[x,]" + NUMBER + "[x,]" + NUMBER + "\\s{0,9}(nm|um|µm)?");

    /// @throws IllegalArgumentException if a length is not a positive finite number
    public VoxelSize {
        if (!(x > 0 && y > 0 && z > 0 && x * y * z < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("voxel size " + x + "," + y + "," + z + " nm");
        }
    }

    /// Reads `10x10x40nm`, `4,4,40` (nanometres) or `0.01x0.01x0.04um`.
    ///
    /// @param field name of the option or field, for the error
    /// @throws InputException if it is not three positive numbers
    public static VoxelSize parse(String text, String field) {
        Matcher match = TEXT.matcher(text.strip());
        if (match.matches()) {
            try {
                double unit = match.group(4) == null || match.group(4).equals("nm") ? 1 : 1000;
                return new VoxelSize(Double.parseDouble(match.group(1)) * unit,
                        Double.parseDouble(match.group(2)) * unit, Double.parseDouble(match.group(3)) * unit);
            } catch (IllegalArgumentException e) {
                throw new InputException("voxel size '" + text + "' is not three lengths above zero", field,
                        "write for example 10x10x10nm", e);
            }
        }
        throw new InputException("voxel size '" + text + "' is not three lengths", field,
                "write for example 10x10x10nm");
    }

    /// The voxel of a lattice that is coarser by whole factors.
    public VoxelSize times(Int3 factor) {
        return new VoxelSize(x * factor.x(), y * factor.y(), z * factor.z());
    }

    /// The length along an axis: 0 is x, 1 is y, 2 is z.
    public double get(int axis) {
        return switch (axis) {
            case 0 -> x;
            case 1 -> y;
            case 2 -> z;
            default -> throw new IllegalArgumentException("axis " + axis);
        };
    }

    /// Volume of a voxel in cubic nanometres.
    public double volume() {
        return x * y * z;
    }

    /// A length in nanometres without a trailing `.0`.
    public static String text(double length) {
        return new BigDecimal(Double.toString(length)).stripTrailingZeros().toPlainString();
    }

    /// `10x10x40nm`.
    @Override
    public String toString() {
        return text(x) + "x" + text(y) + "x" + text(z) + "nm";
    }
}
