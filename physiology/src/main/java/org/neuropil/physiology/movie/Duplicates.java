package org.neuropil.physiology.movie;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.physiology.stat.Correlation;
import org.neuropil.space.InputException;
import org.neuropil.volume.kernel.Parallel;

/// Cells that neighbouring planes both show.
///
/// Two regions of planes that follow each other are one cell if their centres are at most 30 pixels apart, the Jaccard index
/// of their masks is at least 0.4, and their traces, smoothed with a Gaussian of 3 frames, correlate with at least 0.45.
/// Regions that hang together by such pairs, over any number of planes, are one group; of a group that with the most pixels
/// is kept, since the plane that cuts a body in its middle shows most of it: of equal ones that of the first plane, then
/// the first of its plane.
///
/// @param pairs that meet all three, by plane and number
/// @param groups of two or more regions, each with the one that is kept in front
public record Duplicates(List<Pair> pairs, List<List<Member>> groups) {
    private static final double SMOOTH = 3;

    /// What makes two regions one cell.
    ///
    /// @param distance between centres, pixels, at most
    /// @param jaccard of masks, at least
    /// @param correlation of smoothed traces, at least
    public record Limits(double distance, double jaccard, double correlation) {
        /// As published.
        public static final Limits USUAL = new Limits(30, 0.4, 0.45);
    }

    /// The regions of a plane.
    ///
    /// @param traces `[roi][frame]`, dF/F
    @SuppressWarnings("ArrayRecordComponent")
    public record Plane(List<Roi> rois, double[][] traces) {
        /// @throws InputException if there is not a trace for each region
        public Plane {
            rois = List.copyOf(rois);
            if (rois.size() != traces.length) {
                throw new InputException(traces.length + " traces for " + rois.size() + " regions", "plane",
                        "give a trace for each region");
            }
        }
    }

    /// A region of a plane.
    ///
    /// @param plane from 0 on
    /// @param roi its number in the plane, from 0 on
    public record Member(int plane, int roi) implements Comparable<Member> {
        private static final Comparator<Member> ORDER = Comparator.comparingInt(Member::plane)
                .thenComparingInt(Member::roi);

        @Override
        public int compareTo(Member other) {
            return ORDER.compare(this, other);
        }
    }

    /// Two regions that are one cell.
    ///
    /// @param distance between their centres, pixels
    /// @param jaccard of their masks
    /// @param correlation of their smoothed traces
    public record Pair(Member first, Member second, double distance, double jaccard, double correlation) {}

    /// Finds them.
    ///
    /// @param planes in the order of depth, in pixels of one frame
    /// @param threads at work; the result does not depend on it
    /// @throws InputException if two planes that follow each other differ in their number of frames
    public static Duplicates of(List<Plane> planes, Limits limits, int threads) {
        List<Pair> pairs = new ArrayList<>();
        List<double[][]> smooth = planes.stream().map(plane -> smooth(plane, threads)).toList();
        for (int i = 0; i + 1 < planes.size(); i++) {
            pairs.addAll(between(planes, smooth, i, limits, threads));
        }
        return new Duplicates(pairs, groups(planes, pairs));
    }

    private static double[][] smooth(Plane plane, int threads) {
        double[][] smooth = new double[plane.traces().length][];
        Parallel.run(threads, smooth.length, i -> smooth[i] = Smoothing.gaussian(plane.traces()[i], SMOOTH));
        return smooth;
    }

    private static List<Pair> between(List<Plane> planes, List<double[][]> smooth, int plane, Limits limits,
            int threads) {
        List<Roi> above = planes.get(plane).rois();
        List<Roi> below = planes.get(plane + 1).rois();
        double[][] centres = below.stream().map(roi -> new double[]{roi.centreX(), roi.centreY()})
                .toArray(double[][]::new);
        List<List<Pair>> found = new ArrayList<>();
        above.forEach(_ -> found.add(new ArrayList<>()));
        Parallel.run(threads, above.size(), i -> {
            double x = above.get(i).centreX();
            double y = above.get(i).centreY();
            for (int j = 0; j < below.size(); j++) {
                double distance = StrictMath.hypot(centres[j][0] - x, centres[j][1] - y);
                double jaccard = distance <= limits.distance() ? above.get(i).jaccard(below.get(j)) : 0;
                if (distance > limits.distance() || jaccard < limits.jaccard()) {
                    continue;
                }
                double[] a = smooth.get(plane)[i];
                double[] b = smooth.get(plane + 1)[j];
                if (a.length != b.length) {
                    throw new InputException("planes " + plane + " and " + (plane + 1) + " have " + a.length + " and "
                            + b.length + " frames", "planes", "give planes of one session, on one clock");
                }
                double correlation = Correlation.pearson(a, b, 2);
                if (correlation >= limits.correlation()) {
                    found.get(i).add(new Pair(new Member(plane, i), new Member(plane + 1, j), distance, jaccard,
                            correlation));
                }
            }
        });
        return found.stream().flatMap(List::stream).toList();
    }

    private static List<List<Member>> groups(List<Plane> planes, List<Pair> pairs) {
        Map<Member, Member> roots = new TreeMap<>();
        for (Pair pair : pairs) {
            roots.putIfAbsent(pair.first(), pair.first());
            roots.putIfAbsent(pair.second(), pair.second());
            Member a = root(roots, pair.first());
            Member b = root(roots, pair.second());
            roots.put(a.compareTo(b) < 0 ? b : a, a.compareTo(b) < 0 ? a : b);
        }
        Map<Member, List<Member>> groups = new TreeMap<>();
        roots.keySet()
                .forEach(member -> groups.computeIfAbsent(root(roots, member), _ -> new ArrayList<>()).add(member));
        Comparator<Member> largest = Comparator
                .comparingInt((Member member) -> -planes.get(member.plane()).rois().get(member.roi()).pixels())
                .thenComparing(Comparator.naturalOrder());
        groups.values().forEach(group -> {
            Member kept = group.stream().min(largest).orElseThrow();
            group.remove(kept);
            group.addFirst(kept);
        });
        return groups.values().stream().map(List::copyOf).toList();
    }

    private static Member root(Map<Member, Member> roots, Member of) {
        Member at = of;
        for (Member above = roots.get(at); above != null && !above.equals(at); above = roots.get(at)) {
            at = above;
        }
        return at;
    }
}
