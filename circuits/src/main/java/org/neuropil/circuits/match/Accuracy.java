package org.neuropil.circuits.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How much of a matching is right, where the true pairs are known.
///
/// @param all of all left cells whose partner is known
/// @param chance the share that a random matching would get right
/// @param classes by class of the left cell; empty if there are no classes
/// @param chanceInClasses the share that a matching would get right that knows the class of every cell and nothing else; NaN
///     if there are no classes
/// @param byConfidence tenths of the matched pairs, the surest first
public record Accuracy(Count all, double chance, SortedMap<String, Count> classes, double chanceInClasses,
        List<Tenth> byConfidence) {
    private static final int TENTHS = 10;

    /// Some of the cells.
    ///
    /// @param known number of left cells whose partner is known
    /// @param right how many of them were matched with it
    public record Count(int known, int right) {
        /// Share that is right; NaN if none is known.
        public double share() {
            return known == 0 ? Double.NaN : (double) right / known;
        }

        private Count and(boolean isRight) {
            return new Count(known + 1, right + (isRight ? 1 : 0));
        }
    }

    /// A tenth of the matched pairs whose left cell has a known partner.
    ///
    /// @param least the smallest confidence in it
    /// @param mean the mean confidence
    /// @param count how many, and how many are right
    public record Tenth(double least, double mean, Count count) {}

    /// Compares with the truth.
    ///
    /// @param truth the right cell that each left one corresponds to, or -1 if that is not known
    /// @param classes of the left cells; empty if there are none
    /// @throws IllegalArgumentException if there is another number of cells
    public static Accuracy of(Matching matching, int[] truth, List<String> classes) {
        if (truth.length != matching.leftCells() || !classes.isEmpty() && classes.size() != truth.length) {
            throw new IllegalArgumentException(
                    truth.length + " truths, " + classes.size() + " classes, " + matching.leftCells() + " left cells");
        }
        int[] rightOf = matching.rightOf();
        Count all = new Count(0, 0);
        SortedMap<String, Count> byClass = new TreeMap<>();
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] >= 0) {
                boolean right = rightOf[i] == truth[i];
                all = all.and(right);
                if (!classes.isEmpty()) {
                    String name = classes.get(i);
                    byClass.put(name, byClass.getOrDefault(name, new Count(0, 0)).and(right));
                }
            }
        }
        // In a class of k cells a random matching has one right on average.
        double inClasses = classes.isEmpty() || all.known == 0 ? Double.NaN : (double) byClass.size() / all.known;
        int most = Math.max(matching.leftCells(), matching.rightCells());
        return new Accuracy(all, most == 0 ? Double.NaN : 1.0 / most, byClass, inClasses, tenths(matching, truth));
    }

    private static List<Tenth> tenths(Matching matching, int[] truth) {
        List<Matching.Pair> sorted = matching.pairs().stream().filter(pair -> truth[pair.left()] >= 0)
                .sorted(Comparator.comparingDouble(Matching.Pair::confidence).reversed()
                        .thenComparing(Comparator.comparingDouble(Matching.Pair::margin).reversed())
                        .thenComparingInt(Matching.Pair::left))
                .toList();
        List<Tenth> tenths = new ArrayList<>();
        for (int k = 0; k < TENTHS; k++) {
            List<Matching.Pair> some = sorted.subList(k * sorted.size() / TENTHS, (k + 1) * sorted.size() / TENTHS);
            if (!some.isEmpty()) {
                int right = (int) some.stream().filter(pair -> pair.right() == truth[pair.left()]).count();
                tenths.add(new Tenth(some.getLast().confidence(),
                        some.stream().mapToDouble(Matching.Pair::confidence).average().orElseThrow(),
                        new Count(some.size(), right)));
            }
        }
        return tenths;
    }
}
