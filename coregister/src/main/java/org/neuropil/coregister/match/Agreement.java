package org.neuropil.coregister.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How far matches agree with those that somebody made by hand, or that are known, when only the surer ones are kept.
///
/// @param points by rising threshold
public record Agreement(List<Point> points) {
    private static final int MOST = 200;

    public Agreement {
        points = List.copyOf(points);
    }

    /// A threshold.
    ///
    /// @param threshold of the value; matches with at least that are kept
    /// @param kept how many are
    /// @param remaining the share of all cells with a manual match
    /// @param agree the share of those kept that name the same nucleus
    public record Point(double threshold, int kept, double remaining, double agree) {}

    /// Follows a value from its least to its greatest.
    ///
    /// @param value by which matches are kept, as the probability or the separation; NaN is never kept
    /// @param agrees whether a match names the same nucleus
    public static Agreement of(double[] value, boolean[] agrees) {
        int[] order = IntStream.range(0, value.length).filter(i -> !Double.isNaN(value[i])).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> value[i]).reversed()).mapToInt(Integer::intValue)
                .toArray();
        List<Point> all = new ArrayList<>();
        int right = 0;
        for (int i = 0; i < order.length; i++) {
            right += agrees[order[i]] ? 1 : 0;
            // Equal values are kept or left together.
            if (i + 1 == order.length || value[order[i]] != value[order[i + 1]]) {
                all.add(new Point(value[order[i]], i + 1, (i + 1) / (double) value.length, right / (i + 1.0)));
            }
        }
        return new Agreement(thinned(all.reversed()));
    }

    private static List<Point> thinned(List<Point> all) {
        if (all.size() <= MOST) {
            return all;
        }
        return IntStream.range(0, MOST).mapToObj(i -> all.get((int) ((long) i * (all.size() - 1) / (MOST - 1))))
                .toList();
    }

    /// Precision of the matches that are kept where as many of the right ones are kept as a recall asks for.
    ///
    /// @param value by which matches are kept
    /// @param right whether a match is
    /// @param matched how many cells have a nucleus
    /// @param recall share of these whose match is kept and right
    /// @return NaN if there are not as many
    public static double precision(double[] value, boolean[] right, int matched, double recall) {
        int wanted = (int) Math.ceil(recall * matched);
        int[] order = IntStream.range(0, value.length).filter(i -> !Double.isNaN(value[i])).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> value[i]).reversed()).mapToInt(Integer::intValue)
                .toArray();
        int found = 0;
        for (int i = 0; i < order.length; i++) {
            found += right[order[i]] ? 1 : 0;
            if (found >= wanted && (i + 1 == order.length || value[order[i]] != value[order[i + 1]])) {
                return found / (i + 1.0);
            }
        }
        return Double.NaN;
    }
}
