package org.neuropil.coregister.transform;

/// The terms of polynomials in x, y, z up to an order: by their degree, within it by falling power of x, then of y:
/// 1, x, y, z, x², xy, xz, y², yz, z², ...
public final class Terms {
    /// The highest order.
    public static final int MOST = 3;

    private Terms() {}

    /// How many there are: 1, 4, 10, 20.
    ///
    /// @param order 0 to [#MOST]; -1 has none
    public static int count(int order) {
        return (order + 1) * (order + 2) * (order + 3) / 6;
    }

    /// Values of all terms.
    ///
    /// @param order 0 to [#MOST]
    /// @param into gets them, from 0
    public static void values(Point3 point, int order, double[] into) {
        int at = 0;
        for (int degree = 0; degree <= order; degree++) {
            for (int a = degree; a >= 0; a--) {
                for (int b = degree - a; b >= 0; b--) {
                    into[at++] = power(point.x(), a) * power(point.y(), b) * power(point.z(), degree - a - b);
                }
            }
        }
    }

    private static double power(double base, int exponent) {
        return switch (exponent) {
            case 0 -> 1;
            case 1 -> base;
            case 2 -> base * base;
            default -> base * base * base;
        };
    }
}
