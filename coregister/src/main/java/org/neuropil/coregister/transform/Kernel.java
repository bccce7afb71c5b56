package org.neuropil.coregister.transform;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;

/// A radial function of the distance between two points. Its sign is that which makes the matrix of all pairs positive
/// definite on weights that every polynomial of order [#order] cancels; so weights are found by Cholesky, and smoothing
/// adds to the diagonal.
public sealed interface Kernel {
    /// Reads what [#name] writes.
    ///
    /// @param field name of the option or field, for the error
    /// @throws InputException if it is no kernel
    static Kernel parse(String text, String field) {
        String word = text.strip();
        if (word.equals("r2logr")) {
            return new ThinPlate();
        }
        Matcher power = Power.TEXT.matcher(word);
        Matcher matern = Matern.TEXT.matcher(word);
        try {
            if (power.matches()) {
                return new Power(power.group(1) == null ? 1 : Double.parseDouble(power.group(1)));
            }
            if (matern.matches()) {
                return new Matern(Integer.parseInt(matern.group(1)), Double.parseDouble(matern.group(2)));
            }
        } catch (IllegalArgumentException e) {
            throw new InputException("kernel '" + word + "' is out of range: " + e.getMessage(), field, "", e);
        }
        throw new InputException("'" + (word.length() > 40 ? word.substring(0, 40) + "…" : word) + "' is no kernel",
                field, "write r, r3, r^0.5, r2logr, or matern1:0.5 (also matern3, matern5; then the length)");
    }

    /// Its value, sign included.
    ///
    /// @param r a distance in scaled coordinates, at least 0
    double at(double r);

    /// The least order of the polynomial that has to stand beside it; -1 if it needs none.
    int order();

    /// As it is written on the command line and in files.
    String name();

    /// `r^exponent`: with exponent 1 the spline of least bending energy of its kind in three dimensions (|r| is the
    /// fundamental solution of the biharmonic equation there), with 3 the next smoother one; fractions of an odd
    /// number lie between.
    ///
    /// @param exponent above 0 and below 4, not 2
    record Power(double exponent) implements Kernel {
        private static final Pattern TEXT = Pattern
                .compile("r(?:\\^?([0-9]{1,3}(?:\\.[0-9]{1,20})?(?:E-?[0-9]{1,3})?))?");

        /// @throws IllegalArgumentException if the exponent is none
        public Power {
            if (!(exponent > 0 && exponent < 4 && exponent != 2)) {
                throw new IllegalArgumentException("exponent " + exponent + " is not above 0 and below 4, or is 2");
            }
        }

        @Override
        public double at(double r) {
            if (exponent == 1) {
                return -r;
            } else if (exponent == 3) {
                return r * r * r;
            } else if (exponent == 0.5) {
                return -Math.sqrt(r);
            } else if (exponent == 1.5) {
                return -r * Math.sqrt(r);
            }
            double power = StrictMath.pow(r, exponent);
            return exponent < 2 ? -power : power;
        }

        @Override
        public int order() {
            return exponent < 2 ? 0 : 1;
        }

        @Override
        public String name() {
            if (exponent == 1) {
                return "r";
            }
            return exponent == Math.rint(exponent) ? "r" + (int) exponent : "r^" + exponent;
        }
    }

    /// `r² log r`: the thin plate of two dimensions, which many tools use in three; for comparison.
    record ThinPlate() implements Kernel {
        @Override
        public double at(double r) {
            return r == 0 ? 0 : r * r * StrictMath.log(r);
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public String name() {
            return "r2logr";
        }
    }

    /// The covariance of a Gaussian process of Matérn's family, 1 at distance 0: displacements that are alike within a
    /// length and forget each other beyond it.
    ///
    /// @param twiceSmoothness 1 (exponential), 3 or 5: two times the usual parameter ν
    /// @param length in scaled coordinates, above 0
    record Matern(int twiceSmoothness, double length) implements Kernel {
        private static final Pattern TEXT = Pattern
                .compile("matern([135]):([0-9]{1,20}(?:\\.[0-9]{1,20})?(?:E-?[0-9]{1,3})?)");
        private static final double ROOT3 = Math.sqrt(3);
        private static final double ROOT5 = Math.sqrt(5);

        /// @throws IllegalArgumentException if a value is out of range
        public Matern {
            if (!(twiceSmoothness == 1 || twiceSmoothness == 3 || twiceSmoothness == 5)) {
                throw new IllegalArgumentException("twice the smoothness is " + twiceSmoothness + ", not 1, 3 or 5");
            }
            if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("length " + length + " is not above zero");
            }
        }

        @Override
        public double at(double r) {
            double s = r / length;
            return switch (twiceSmoothness) {
                case 1 -> StrictMath.exp(-s);
                case 3 -> (1 + ROOT3 * s) * StrictMath.exp(-ROOT3 * s);
                default -> (1 + ROOT5 * s + 5 * s * s / 3) * StrictMath.exp(-ROOT5 * s);
            };
        }

        @Override
        public int order() {
            return -1;
        }

        @Override
        public String name() {
            return "matern" + twiceSmoothness + ":" + length;
        }
    }
}
