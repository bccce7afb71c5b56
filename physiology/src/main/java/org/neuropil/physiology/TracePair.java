package org.neuropil.physiology;

import org.neuropil.space.InputException;

/// The traces of two cells over the frames of an epoch, on one clock, and how fast the animal ran.
///
/// @param first values of the one
/// @param second values of the other
/// @param speed cm/s in each frame; NaN if it is not known
public record TracePair(double[] first, double[] second, double[] speed) {
    /// @throws InputException if their lengths differ
    public TracePair {
        if (first.length != second.length || first.length != speed.length) {
            throw new InputException("traces of " + first.length + ", " + second.length + " and " + speed.length
                    + " frames", "traces", "bring them to one clock");
        }
    }
}
