package org.neuropil.coregister.fit;

import java.util.Optional;

import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.Terms;
import org.neuropil.space.VoxelSize;

/// How a field is fitted to values at points.
///
/// @param kernel around each point; empty for a polynomial alone
/// @param order of the polynomial, 0 to [Terms#MOST]
/// @param smoothing what is added to the diagonal of the kernels' matrix, in scaled coordinates: 0 goes through all
///        points, more trusts each the less; without meaning if there is no kernel
/// @param ridge weight of the squared coefficients of second and higher degree, 0 for none
/// @param stretch how much further kernels reach along x, y and z; 1,1,1 for the same
public record Recipe(Optional<Kernel> kernel, int order, double smoothing, double ridge, Point3 stretch) {
    /// Kernels that reach as far along each axis.
    public static final Point3 EVEN = new Point3(1, 1, 1);

    /// @throws IllegalArgumentException if a value is out of its range, or the order too low for the kernel
    public Recipe {
        if (order < 0 || order > Terms.MOST) {
            throw new IllegalArgumentException("order " + order + " is not one of 0 to " + Terms.MOST);
        }
        if (!(smoothing >= 0 && smoothing < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("smoothing " + smoothing + " is not at least 0");
        }
        if (!(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("ridge " + ridge + " is not at least 0");
        }
        if (!stretch.allFinite() || !(Math.min(stretch.x(), Math.min(stretch.y(), stretch.z())) > 0)) {
            throw new IllegalArgumentException("stretch " + stretch + " is not above zero");
        }
        int free = ridge > 0 ? Math.min(order, 1) : order;
        if (kernel.isPresent() && kernel.get().order() > free) {
            throw new IllegalArgumentException(
                    "kernel " + kernel.get().name() + " needs a polynomial of at least order "
                            + kernel.get().order());
        }
    }

    /// A polynomial alone; of order 1 an affine map.
    public static Recipe polynomial(int order) {
        return new Recipe(Optional.empty(), order, 0, 0, EVEN);
    }

    /// A spline that reaches as far along each axis.
    public static Recipe spline(Kernel kernel, int order, double smoothing) {
        return new Recipe(Optional.of(kernel), order, smoothing, 0, EVEN);
    }

    /// The same with another stretch.
    ///
    /// @throws IllegalArgumentException if it is not above zero
    public Recipe with(Point3 other) {
        return new Recipe(kernel, order, smoothing, ridge, other);
    }

    /// The highest order of terms that cost nothing.
    int freeOrder() {
        return ridge > 0 ? Math.min(order, 1) : order;
    }

    /// In words, for tables: `affine`, `polynomial 3`, `r on polynomial 3, smoothing 0.01`.
    public String name() {
        String trend = order == 1 && ridge == 0 ? "affine" : "polynomial " + order;
        StringBuilder name = new StringBuilder(kernel.map(found -> found.name() + " on " + trend).orElse(trend));
        if (kernel.isPresent()) {
            name.append(", smoothing ").append(VoxelSize.text(smoothing));
        }
        if (ridge > 0) {
            name.append(", ridge ").append(VoxelSize.text(ridge));
        }
        if (!stretch.equals(EVEN)) {
            name.append(", stretch ").append(VoxelSize.text(stretch.x())).append(',')
                    .append(VoxelSize.text(stretch.y())).append(',').append(VoxelSize.text(stretch.z()));
        }
        return name.toString();
    }
}
