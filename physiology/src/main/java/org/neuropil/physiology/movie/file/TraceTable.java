package org.neuropil.physiology.movie.file;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.InputException;

/// The traces of a plane's regions.
///
/// @param names of the regions
/// @param values `[roi][frame]`; NaN for a frame that is missing
/// @param times of the frames in seconds, if the file has them
@SuppressWarnings("ArrayRecordComponent")
public record TraceTable(List<String> names, double[][] values, Optional<double[]> times) {
    /// Copies the list.
    public TraceTable {
        names = List.copyOf(names);
        if (names.size() != values.length) {
            throw new IllegalArgumentException(names.size() + " names for " + values.length + " traces");
        }
    }

    /// How many frames there are.
    public int frames() {
        return values.length == 0 ? 0 : values[0].length;
    }

    /// Other values of the same regions and frames.
    public TraceTable with(double[][] others) {
        return new TraceTable(names, others, times);
    }

    /// Frames a second, from the median of the times between frames; empty if there are no times.
    ///
    /// @param file for errors
    /// @throws InputException if a time is missing, or is not later than the one before
    public Optional<Double> rate(String file) {
        return times.filter(all -> all.length > 1).map(all -> {
            double[] steps = new double[all.length - 1];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = all[i + 1] - all[i];
                if (!(steps[i] > 0)) {
                    throw new InputException("time " + all[i + 1] + " of frame " + (i + 1)
                            + " is not later than the one before", file, "give times in seconds that rise");
                }
            }
            Arrays.sort(steps);
            return 1 / steps[steps.length / 2];
        });
    }
}
