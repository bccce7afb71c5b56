package org.neuropil.physiology;

import java.util.SplittableRandom;

/// The responses of one cell to the same gratings in a window and on the full field.
///
/// @param windowed those in a window
/// @param full those on the full field
public record SurroundPair(Responses windowed, Responses full) implements Resampled<SurroundPair> {
    @Override
    public SurroundPair resample(SplittableRandom random) {
        return new SurroundPair(windowed.resample(random), full.resample(random));
    }
}
