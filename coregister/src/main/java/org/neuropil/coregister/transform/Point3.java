package org.neuropil.coregister.transform;

/// A point in three dimensions. Its frame and unit are those of whatever holds it.
public record Point3(double x, double y, double z) {
    /// The coordinate along an axis: 0 is x, 1 is y, 2 is z.
    public double get(int axis) {
        return switch (axis) {
            case 0 -> x;
            case 1 -> y;
            case 2 -> z;
            default -> throw new IllegalArgumentException("axis " + axis);
        };
    }

    /// True if no coordinate is infinite or NaN.
    public boolean allFinite() {
        return Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z);
    }

    /// Distance to another point of the same frame.
    public double distance(Point3 other) {
        double dx = x - other.x;
        double dy = y - other.y;
        double dz = z - other.z;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
