package org.neuropil.physiology.movie;

import java.io.IOException;
import java.util.List;

import org.neuropil.volume.kernel.Parallel;

/// Masks to fluorescence. Traces are arrays `[roi][frame]`.
public final class Extraction {
    /// Values of a movie in memory at a time.
    private static final long SLAB = 1L << 23;

    private Extraction() {}

    /// F(t) of each region: the sum of weight · pixel over its mask, divided by the number of its pixels.
    ///
    /// @param threads at work; the result does not depend on it
    /// @param step called for each slab of frames, of which there are [#slabs]
    /// @throws org.neuropil.space.InputException if a mask reaches out of the movie
    public static double[][] traces(Movie movie, List<Roi> rois, int threads, Runnable step) throws IOException {
        int[][] places = places(movie, rois);
        double[][] traces = new double[rois.size()][movie.frames()];
        forSlabs(movie, step, (from, to, slab) -> Parallel.run(threads, rois.size(),
                roi -> means(slab, places[roi], rois.get(roi).weight(), traces[roi], from, to)));
        return traces;
    }

    private static void means(Movie.Slab slab, int[] places, double[] weights, double[] trace, int from, int to) {
        for (int frame = from; frame < to; frame++) {
            double sum = 0;
            for (int i = 0; i < places.length; i++) {
                sum += weights[i] * slab.at(frame - from, places[i]);
            }
            trace[frame] = places.length == 0 ? Double.NaN : sum / places.length;
        }
    }

    /// F_N(t) of each region: the mean of the pixels of a ring around it. A pixel belongs to the ring if its distance to the
    /// nearest pixel of the region is above `inner` and at most `outer`, and no region has it. Distances are those of a king
    /// on a chess board, so that 0 and 13 give 13 dilations by 3 x 3 pixels without the regions, AllenSDK's ring.
    ///
    /// @param inner pixels, not negative
    /// @param outer pixels, above `inner`
    /// @param threads at work; the result does not depend on it
    /// @param step called for each slab of frames
    /// @return NaN throughout for a region whose ring is empty
    /// @throws org.neuropil.space.InputException if a mask reaches out of the movie
    public static double[][] neuropil(Movie movie, List<Roi> rois, int inner, int outer, int threads, Runnable step)
            throws IOException {
        int[][] rings = rings(movie.width(), movie.height(), rois, inner, outer);
        double[][] traces = new double[rois.size()][movie.frames()];
        forSlabs(movie, step, (from, to, slab) -> Parallel.run(threads, rois.size(), roi -> {
            double[] ones = new double[rings[roi].length];
            java.util.Arrays.fill(ones, 1);
            means(slab, rings[roi], ones, traces[roi], from, to);
        }));
        return traces;
    }

    /// The pixels of each region's ring, as y · width + x, ascending.
    ///
    /// @throws IllegalArgumentException if a distance is negative or `outer` is not above `inner`
    public static int[][] rings(int width, int height, List<Roi> rois, int inner, int outer) {
        if (inner < 0 || outer <= inner) {
            throw new IllegalArgumentException("a ring from " + inner + " to " + outer);
        }
        boolean[] taken = new boolean[width * height];
        for (Roi roi : rois) {
            for (int place : roi.places(width, height)) {
                taken[place] = true;
            }
        }
        int[][] rings = new int[rois.size()][];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new Ring(rois.get(i), width, height, outer).pixels(taken, inner);
        }
        return rings;
    }

    /// How many slabs of frames a movie is read in.
    public static int slabs(Movie movie) {
        return Math.ceilDiv(movie.frames(), depth(movie));
    }

    private static int depth(Movie movie) {
        return Math.clamp(SLAB / ((long) movie.width() * movie.height()), 1, Math.max(1, movie.frames()));
    }

    static int[][] places(Movie movie, List<Roi> rois) {
        return rois.stream().map(roi -> roi.places(movie.width(), movie.height())).toArray(int[][]::new);
    }

    /// Work on some frames.
    @FunctionalInterface
    interface OfSlab {
        void accept(int from, int to, Movie.Slab slab);
    }

    static void forSlabs(Movie movie, Runnable step, OfSlab work) throws IOException {
        int depth = depth(movie);
        for (int from = 0; from < movie.frames(); from += depth) {
            int to = Math.min(movie.frames(), from + depth);
            work.accept(from, to, movie.read(from, to));
            step.run();
        }
    }
}
