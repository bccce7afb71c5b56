package org.neuropil.physiology.movie;

import java.io.IOException;

/// Frames of one size, one after the other in time.
public interface Movie {
    /// Pixels along x.
    int width();

    /// Pixels along y.
    int height();

    /// How many frames there are.
    int frames();

    /// Some frames; only those are in memory.
    ///
    /// @param from the first
    /// @param to one behind the last
    Slab read(int from, int to) throws IOException;

    /// Frames of a movie.
    @FunctionalInterface
    interface Slab {
        /// A pixel.
        ///
        /// @param frame from 0 on for the first of the slab
        /// @param place y · width + x
        double at(int frame, int place);
    }
}
