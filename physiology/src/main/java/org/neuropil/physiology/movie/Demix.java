package org.neuropil.physiology.movie;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.linsol.lu.LinearSolverLu_DDRM;
import org.neuropil.physiology.stat.Values;
import org.neuropil.volume.kernel.Parallel;

/// The light of overlapping regions, told apart (AllenSDK's `demixer`, of the Visual Coding and V1DD pipelines).
///
/// In each frame by itself: with s the pixels, M the masks (a pixel is in it or not; weights do not count), n_i the pixels of
/// region i and F_i = Σ_{p∈i} s_p / n_i its mean, a region is thought to shine with the pattern s_p / F_i over its mask. The
/// demixed x solve Σ_j O_ij x_j = n_i F_i with O_ij = Σ_{p∈i∩j} s_p / F_j. So O_ii = n_i, and a region that overlaps no other
/// keeps its F. The system is solved for each group of regions that hang together by overlaps.
///
/// What fails:
/// - a frame in which an F of the group is 0 or missing, or whose system is singular (of the pivots of its LU decomposition,
///   rows divided by n_i, one is below 1e-10 of the largest): the frame is missing in all regions of the group, or keeps F;
/// - a region whose demixed trace is negative throughout, mean + standard deviation < 0: its whole trace is missing, or
///   keeps F.
///
/// @param traces `[roi][frame]`
/// @param failedFrames of each region, how many frames could not be solved
/// @param negative of each region, whether its demixed trace was negative
@SuppressWarnings("ArrayRecordComponent")
public record Demix(double[][] traces, int[] failedFrames, boolean[] negative) {
    private static final double SINGULAR = 1e-10;

    /// What stands in place of what cannot be demixed.
    public enum Failed {
        /// NaN.
        MISSING,
        /// The trace as it was.
        RAW
    }

    /// Demixes the regions of a plane.
    ///
    /// @param threads at work; the result does not depend on it
    /// @param step called for each slab of frames, of which there are [Extraction#slabs]
    /// @throws org.neuropil.space.InputException if a mask reaches out of the movie
    public static Demix of(Movie movie, List<Roi> rois, Failed failed, int threads, Runnable step) throws IOException {
        int[][] places = Extraction.places(movie, rois);
        List<Group> groups = Group.all(places, movie.width() * movie.height());
        int count = rois.size();
        double[][] raw = new double[count][movie.frames()];
        double[][] traces = new double[count][movie.frames()];
        int[] bad = new int[count];
        Extraction.forSlabs(movie, step, (from, to, slab) -> Parallel.run(threads, groups.size(),
                group -> groups.get(group).solve(slab, from, to, raw, traces, bad)));
        boolean[] negative = new boolean[count];
        for (int roi = 0; roi < count; roi++) {
            negative[roi] = Values.mean(traces[roi]) + Values.deviation(traces[roi], 0) < 0;
            for (int i = 0; i < traces[roi].length; i++) {
                if (negative[roi] || Double.isNaN(traces[roi][i])) {
                    traces[roi][i] = failed == Failed.RAW ? raw[roi][i] : Double.NaN;
                }
            }
        }
        return new Demix(traces, bad, negative);
    }

    /// Regions that hang together.
    ///
    /// @param rois their numbers, ascending
    /// @param places their pixels
    /// @param shared of each pair i < j, at i · size + j, the pixels that both have; null if there are none
    private record Group(int[] rois, int[][] places, int[][] shared) {
        static List<Group> all(int[][] places, int pixels) {
            int[] root = new int[places.length];
            int[] owner = new int[pixels];
            Arrays.fill(owner, -1);
            for (int i = 0; i < places.length; i++) {
                root[i] = i;
                for (int place : places[i]) {
                    if (owner[place] >= 0) {
                        int a = top(root, owner[place]);
                        int b = top(root, i);
                        root[Math.max(a, b)] = Math.min(a, b);
                    }
                    owner[place] = i;
                }
            }
            List<Group> groups = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                if (root[i] == i) {
                    int first = i;
                    groups.add(of(java.util.stream.IntStream.range(i, places.length)
                            .filter(other -> top(root, other) == first).toArray(), places));
                }
            }
            return groups;
        }

        private static int top(int[] root, int of) {
            int at = of;
            while (root[at] != at) {
                at = root[at];
            }
            return at;
        }

        private static Group of(int[] rois, int[][] all) {
            int[][] places = Arrays.stream(rois).mapToObj(roi -> all[roi]).toArray(int[][]::new);
            int[][] shared = new int[rois.length * rois.length][];
            for (int i = 0; i < rois.length; i++) {
                int[] mine = places[i].clone();
                Arrays.sort(mine);
                for (int j = i + 1; j < rois.length; j++) {
                    shared[i * rois.length + j] = Arrays.stream(places[j])
                            .filter(place -> Arrays.binarySearch(mine, place) >= 0).toArray();
                }
            }
            return new Group(rois, places, shared);
        }

        void solve(Movie.Slab slab, int from, int to, double[][] raw, double[][] traces, int[] bad) {
            int size = rois.length;
            DMatrixRMaj matrix = new DMatrixRMaj(size, size);
            DMatrixRMaj means = new DMatrixRMaj(size, 1);
            DMatrixRMaj result = new DMatrixRMaj(size, 1);
            LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
            LinearSolverLu_DDRM solver = new LinearSolverLu_DDRM(lu);
            for (int frame = from; frame < to; frame++) {
                boolean solved = true;
                for (int i = 0; i < size; i++) {
                    double mean = sum(slab, frame - from, places[i]) / places[i].length;
                    raw[rois[i]][frame] = mean;
                    means.set(i, 0, mean);
                    solved &= mean != 0 && !Double.isNaN(mean);
                }
                if (size == 1 && solved) {
                    result.setTo(means);
                } else if (solved) {
                    fill(matrix, means, slab, frame - from);
                    solved = solver.setA(matrix) && isRegular(lu.getLU());
                    if (solved) {
                        solver.solve(means, result);
                    }
                }
                for (int i = 0; i < size; i++) {
                    bad[rois[i]] += solved ? 0 : 1;
                    traces[rois[i]][frame] = solved ? result.get(i, 0) : Double.NaN;
                }
            }
        }

        /// The rows are divided by n_i.
        private void fill(DMatrixRMaj matrix, DMatrixRMaj means, Movie.Slab slab, int frame) {
            int size = rois.length;
            for (int i = 0; i < size; i++) {
                matrix.set(i, i, 1);
                for (int j = i + 1; j < size; j++) {
                    double both = sum(slab, frame, shared[i * size + j]);
                    matrix.set(i, j, both / (means.get(j, 0) * places[i].length));
                    matrix.set(j, i, both / (means.get(i, 0) * places[j].length));
                }
            }
        }

        private static boolean isRegular(DMatrixRMaj lu) {
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            for (int i = 0; i < lu.getNumRows(); i++) {
                double pivot = Math.abs(lu.get(i, i));
                least = Math.min(least, pivot);
                most = Math.max(most, pivot);
            }
            return least > SINGULAR * most;
        }

        private static double sum(Movie.Slab slab, int frame, int[] places) {
            double sum = 0;
            for (int place : places) {
                sum += slab.at(frame, place);
            }
            return sum;
        }
    }
}
