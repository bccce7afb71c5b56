package org.neuropil.volume.array;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;

/// Units of length, as OME-Zarr, N5, NRRD and ImageJ name them.
public final class LengthUnit {
    private static final Map<String, Double> NANOMETRES = Map.ofEntries(Map.entry("nanometer", 1.0),
            Map.entry("nanometre", 1.0), Map.entry("nm", 1.0), Map.entry("micrometer", 1e3),
            Map.entry("micrometre", 1e3), Map.entry("micron", 1e3), Map.entry("um", 1e3), Map.entry("µm", 1e3),
            Map.entry("μm", 1e3), Map.entry("millimeter", 1e6), Map.entry("millimetre", 1e6), Map.entry("mm", 1e6),
            Map.entry("centimeter", 1e7), Map.entry("cm", 1e7), Map.entry("decimeter", 1e8), Map.entry("meter", 1e9),
            Map.entry("metre", 1e9), Map.entry("m", 1e9), Map.entry("kilometer", 1e12), Map.entry("picometer", 1e-3),
            Map.entry("pm", 1e-3), Map.entry("femtometer", 1e-6), Map.entry("angstrom", 0.1), Map.entry("Å", 0.1),
            Map.entry("inch", 2.54e7), Map.entry("foot", 3.048e8), Map.entry("yard", 9.144e8));
    private static final Pattern QUANTITY = Pattern.compile("\\s*([0-9.eE+-]{0,40})\\s*(\\D*)");

    private LengthUnit() {}

    /// Nanometres in one of a unit.
    ///
    /// @param where file and field, for the error
    /// @throws InputException if it is no known unit of length
    public static double nanometres(String unit, String where) {
        return find(unit).orElseThrow(() -> new InputException("unit '" + unit + "' is not a known unit of length",
                where, "use nanometer or micrometer"));
    }

    /// Nanometres of a length such as `40 nm`, `nm` (one of it) or `0.04um`; empty if it is none.
    public static Optional<Double> quantity(String text) {
        Matcher match = QUANTITY.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            double number = match.group(1).isEmpty() ? 1 : Double.parseDouble(match.group(1));
            return find(match.group(2).strip()).map(unit -> number * unit).filter(LengthUnit::isLength);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// A length times a unit, without the last digit's noise that a fraction of a unit would give: 0.004 micrometres are 4
    /// nanometres.
    public static double times(double length, double unit) {
        if (unit == 1) {
            return length;
        }
        double product = length * unit;
        double round = Math.rint(product * 1e6) / 1e6;
        return Math.abs(round - product) <= 1e-12 * Math.abs(product) ? round : product;
    }

    private static Optional<Double> find(String unit) {
        // NRRD and ImageJ have microns; ms are none of several m.
        boolean plural = unit.length() > 3 && unit.endsWith("s");
        return Optional.ofNullable(NANOMETRES.get(plural ? unit.substring(0, unit.length() - 1) : unit));
    }

    private static boolean isLength(double length) {
        return length > 0 && length < Double.POSITIVE_INFINITY;
    }
}
