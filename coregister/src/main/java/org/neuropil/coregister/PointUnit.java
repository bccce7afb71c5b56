package org.neuropil.coregister;

import java.util.Locale;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;

/// What the coordinates of points count: lengths, or voxels of a size.
///
/// @param step what 1 along each axis is, in nm
public record PointUnit(VoxelSize step) {
    private static final double NM_PER_UM = 1000;
    /// Micrometres, in which everything is computed.
    public static final PointUnit MICROMETRE = new PointUnit(new VoxelSize(1e3, 1e3, 1e3));

    /// Reads `nm`, `um`, `mm`, or the size of a voxel, `4x4x40nm`.
    ///
    /// @param field name of the option or field, for the error
    /// @throws InputException if it is none of these
    public static PointUnit parse(String text, String field) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "nm" -> cube(1);
            case "um", "µm" -> MICROMETRE;
            case "mm" -> cube(1e6);
            default -> {
                if (!text.strip().matches("[0-9].{0,200}")) {
                    throw new InputException("'" + CsvText.shown(text) + "' is no unit of points", field,
                            "write nm, um, mm, or the size of a voxel, for example 4x4x40nm");
                }
                yield new PointUnit(VoxelSize.parse(text, field));
            }
        };
    }

    private static PointUnit cube(double nm) {
        return new PointUnit(new VoxelSize(nm, nm, nm));
    }

    /// A point of this unit in micrometres.
    public Point3 toMicrometres(Point3 point) {
        return new Point3(point.x() * step.x() / NM_PER_UM, point.y() * step.y() / NM_PER_UM,
                point.z() * step.z() / NM_PER_UM);
    }

    /// A point in micrometres in this unit.
    public Point3 fromMicrometres(Point3 point) {
        return new Point3(point.x() * NM_PER_UM / step.x(), point.y() * NM_PER_UM / step.y(),
                point.z() * NM_PER_UM / step.z());
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        if (step.x() == step.y() && step.y() == step.z()) {
            if (step.x() == 1) {
                return "nm";
            } else if (step.x() == 1e3) {
                return "um";
            } else if (step.x() == 1e6) {
                return "mm";
            }
        }
        return step.toString();
    }
}
