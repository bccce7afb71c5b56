package org.neuropil.physiology.session;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/// The pixels of an ROI.
///
/// @param x column of each pixel, from the left
/// @param y row of each pixel, from the top
/// @param weights of each pixel
@SuppressWarnings("ArrayRecordComponent")
public record Mask(int[] x, int[] y, float[] weights) {
    /// @throws IllegalArgumentException if the arrays differ in length
    public Mask {
        if (x.length != y.length || y.length != weights.length) {
            throw new IllegalArgumentException(
                    x.length + " columns, " + y.length + " rows, " + weights.length + " weights");
        }
    }

    /// How many pixels it has.
    public int pixels() {
        return x.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mask mask && Arrays.equals(x, mask.x) && Arrays.equals(y, mask.y)
                && Arrays.equals(weights, mask.weights);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(x), Arrays.hashCode(y), Arrays.hashCode(weights));
    }
}
