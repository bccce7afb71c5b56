package org.neuropil.coregister.transform;

/// Coordinates without a unit: (point - centre) / scale, along each axis. Systems are solved and kernels measured in
/// these; unequal scales make a kernel reach further along one axis than along another.
///
/// @param centre in the unit of the points
/// @param scale likewise, all above zero
public record Scaling(Point3 centre, Point3 scale) {
    /// @throws IllegalArgumentException if something is not finite, or a scale not above zero
    public Scaling {
        if (!centre.allFinite() || !scale.allFinite() || !(Math.min(scale.x(), Math.min(scale.y(), scale.z())) > 0)) {
            throw new IllegalArgumentException("centre " + centre + ", scale " + scale);
        }
    }

    /// That of points: their mean, and their root mean square distance from it along an axis, the same for all axes.
    ///
    /// @param points x, y, z of each, at least one
    /// @param stretch factors for each axis: a kernel reaches that much further along it
    public static Scaling of(double[] points, Point3 stretch) {
        int n = points.length / 3;
        double[] mean = new double[3];
        for (int i = 0; i < points.length; i++) {
            mean[i % 3] += points[i] / n;
        }
        double squares = 0;
        for (int i = 0; i < points.length; i++) {
            double off = points[i] - mean[i % 3];
            squares += off * off;
        }
        double scale = squares > 0 ? Math.sqrt(squares / points.length) : 1;
        return new Scaling(new Point3(mean[0], mean[1], mean[2]),
                new Point3(scale * stretch.x(), scale * stretch.y(), scale * stretch.z()));
    }

    /// A point in these coordinates.
    public Point3 apply(double x, double y, double z) {
        return new Point3((x - centre.x()) / scale.x(), (y - centre.y()) / scale.y(), (z - centre.z()) / scale.z());
    }
}
