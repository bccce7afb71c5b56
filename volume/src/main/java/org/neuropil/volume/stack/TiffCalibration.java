package org.neuropil.volume.stack;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.space.VoxelSize;
import org.neuropil.volume.array.LengthUnit;

/// The voxel size that ImageJ, and whoever writes as it does, leaves in a TIFF file: resolution tags in pixels per unit,
/// and unit and distance of sections as lines of the description.
final class TiffCalibration {
    private static final Pattern IMAGES = Pattern.compile("^images=([0-9]{1,9})\\s*$", Pattern.MULTILINE);
    private static final Pattern LINE = Pattern.compile("(unit|spacing)=(.{1,40})");

    private static final double MOST_NANOMETRES = 1e12;

    private TiffCalibration() {}

    /// Finds the voxel size.
    ///
    /// @param description what the image description tag holds
    /// @param x pixels per unit along x, or whatever the tag holds
    /// @param y as for x
    /// @return empty if the description is not ImageJ's, or there is no unit of length or no distance of sections. Resolution
    ///         tags alone count for nothing: programs fill them with dots per inch of a page
    static Optional<VoxelSize> parse(String description, double x, double y) {
        if (!description.startsWith("ImageJ=")) {
            return Optional.empty();
        }
        Optional<Double> unit = Optional.empty();
        OptionalDouble spacing = OptionalDouble.empty();
        Matcher lines = LINE.matcher("");
        for (String line : description.lines().limit(1000).toList()) {
            if (lines.reset(line).matches()) {
                String value = lines.group(2).strip();
                if (lines.group(1).equals("unit")) {
                    unit = LengthUnit.quantity(value.replace("\\u00B5", "µ"));
                } else {
                    spacing = number(value);
                }
            }
        }
        if (unit.isEmpty() || spacing.isEmpty() || !(x > 0 && y > 0)) {
            return Optional.empty();
        }
        // Resolutions are quotients of whole numbers; what they lost is not worth more digits than this.
        double nanometres = unit.get();
        double[] size = {rounded(nanometres / x), rounded(nanometres / y),
            LengthUnit.times(Math.abs(spacing.getAsDouble()), nanometres)};
        return Arrays.stream(size).allMatch(length -> length > 0 && length < MOST_NANOMETRES)
                ? Optional.of(new VoxelSize(size[0], size[1], size[2]))
                : Optional.empty();
    }

    /// How many images the description says that there are; 0 if it does not say. Beyond 4 GB, ImageJ lists only the first of
    /// them as a page.
    static long images(String description) {
        Matcher images = IMAGES.matcher(description);
        return description.startsWith("ImageJ=") && images.find() ? Long.parseLong(images.group(1)) : 0;
    }

    private static double rounded(double nanometres) {
        double round = Math.rint(nanometres * 1e3) / 1e3;
        return Math.abs(round - nanometres) <= 1e-5 * nanometres ? round : nanometres;
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }
}
