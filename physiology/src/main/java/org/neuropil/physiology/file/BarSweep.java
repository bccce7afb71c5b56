package org.neuropil.physiology.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which way bars move. Each trigger starts a sweep; sweeps come in rounds of all directions, in the same order in each. Each
/// second sweep goes back the way of the one before, then the next pair is one step further around: of eight 0, 180, 45, 225,
/// 90, 270, 135, 315 degrees.
///
/// That is how it is in the films of a mouse's retina, whose files do not say: there the mean responses of the cells that
/// are tuned (those whose eight means differ most) correlate by -0.83 to -0.91 between sweeps 0 and 1, 2 and 3, 4 and 5, 6
/// and 7, and by 0.4 to 0.8 between 0 and 2, 2 and 4, 4 and 6, 6 and 1, as between neighbours around the circle. Where on
/// the screen 0 degrees are, and whether degrees run with the clock, cannot be told from that.
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
        int at = trigger % directions;
        double step = 360.0 / directions;
        if (directions % 2 != 0) {
            return at * step;
        }
        return at / 2 * step + at % 2 * 180;
    }
}
