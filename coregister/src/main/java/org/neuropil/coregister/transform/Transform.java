package org.neuropil.coregister.transform;

import java.util.List;

/// A map from space to space; a pure function, safe for use by several threads.
public sealed interface Transform {
    /// Where a point comes to lie.
    Point3 apply(Point3 point);

    /// Each coordinate is a field of its own: affine maps, polynomials, splines.
    ///
    /// @param x first coordinate of the result
    /// @param y second
    /// @param z third
    record Warp(ScalarField x, ScalarField y, ScalarField z) implements Transform {
        @Override
        public Point3 apply(Point3 point) {
            return new Point3(x.at(point.x(), point.y(), point.z()), y.at(point.x(), point.y(), point.z()),
                    z.at(point.x(), point.y(), point.z()));
        }
    }

    /// One coordinate counted from the other end: `top - value`. Its own inverse.
    ///
    /// @param axis 0, 1 or 2
    /// @param top what becomes 0
    record Mirror(int axis, double top) implements Transform {
        /// @throws IllegalArgumentException if there is no such axis, or the top is not finite
        public Mirror {
            if (axis < 0 || axis > 2 || !Double.isFinite(top)) {
                throw new IllegalArgumentException("axis " + axis + ", top " + top);
            }
        }

        @Override
        public Point3 apply(Point3 point) {
            return new Point3(axis == 0 ? top - point.x() : point.x(), axis == 1 ? top - point.y() : point.y(),
                    axis == 2 ? top - point.z() : point.z());
        }
    }

    /// One after the other, the first one first. Without any it leaves points where they are.
    record Chain(List<Transform> steps) implements Transform {
        public Chain {
            steps = List.copyOf(steps);
        }

        @Override
        public Point3 apply(Point3 point) {
            Point3 at = point;
            for (Transform step : steps) {
                at = step.apply(at);
            }
            return at;
        }
    }
}
