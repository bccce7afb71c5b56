package org.neuropil.physiology.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which way bars move: each trigger starts a sweep, and sweeps of the directions follow each other in the same order in each
/// repeat.
///
/// @param directions how many there are
record BarSweep(int directions) {
    private static final Pattern TOLD = Pattern.compile(".*?\\b([1-9][0-9]?)x[0-9.]+deg.*");

    /// That of a film whose name tells the number of directions, such as `8x45deg`; 8 if it does not.
    static BarSweep of(String film) {
        Matcher told = TOLD.matcher(film);
        return new BarSweep(told.matches() ? Integer.parseInt(told.group(1)) : 8);
    }

    /// Degrees of a sweep.
    ///
    /// @param trigger number of the trigger in the film, from 0
    double direction(int trigger) {
        return trigger % directions * (360.0 / directions);
    }
}
