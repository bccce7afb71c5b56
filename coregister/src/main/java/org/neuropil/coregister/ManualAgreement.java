package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.neuropil.coregister.match.Agreement;
import org.neuropil.coregister.match.Matches;
import org.neuropil.coregister.match.Reliability;

/// How matches agree with known ones.
///
/// @param cells how many have a known match
/// @param strangers known matches that are of no cell
/// @param reliability of the probabilities; empty if there are no such cells
/// @param curve agreement by least probability, then by least separation
/// @param lines some of the curve in words, by what they are of
public record ManualAgreement(int cells, int strangers, Optional<Reliability> reliability, List<Point> curve,
        Map<String, String> lines) {
    private static final List<Double> PROBABILITIES = List.of(0.0, 0.5, 0.8, 0.9, 0.95, 0.99);
    private static final List<Double> SEPARATIONS = List.of(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);

    /// A point of a curve.
    ///
    /// @param by `probability` or `separation`
    /// @param threshold least value of what is kept
    /// @param kept matches
    /// @param remaining their share
    /// @param agree share of them that agree
    public record Point(String by, double threshold, int kept, double remaining, double agree) {}

    /// Copies.
    public ManualAgreement {
        curve = List.copyOf(curve);
        lines = new LinkedHashMap<>(lines);
    }

    /// Of all cells with a known match.
    public static ManualAgreement of(Matches matches, KnownMatches known) {
        int[] cells = IntStream.range(0, matches.size()).filter(i -> known.nucleus().get(i).isPresent()).toArray();
        if (cells.length == 0) {
            return new ManualAgreement(0, known.strangers(), Optional.empty(), List.of(), Map.of());
        }
        boolean[] agrees = new boolean[cells.length];
        double[] probability = new double[cells.length];
        double[] separation = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            int nucleus = matches.nucleus()[cells[i]];
            agrees[i] = nucleus != Matches.NONE && known.nucleus().get(cells[i]).orElseThrow() == nucleus;
            probability[i] = matches.probability()[cells[i]];
            separation[i] = matches.separation()[cells[i]];
        }
        List<Point> curve = new ArrayList<>();
        Map<String, String> lines = new LinkedHashMap<>();
        add("probability", "", Agreement.of(probability, agrees), PROBABILITIES, curve, lines);
        add("separation", " um", Agreement.of(separation, agrees), SEPARATIONS, curve, lines);
        return new ManualAgreement(cells.length, known.strangers(),
                Optional.of(Reliability.of(probability, agrees, Reliability.BINS)), curve, lines);
    }

    private static void add(String by, String unit, Agreement all, List<Double> thresholds, List<Point> curve,
            Map<String, String> lines) {
        all.points().forEach(point -> curve
                .add(new Point(by, point.threshold(), point.kept(), point.remaining(), point.agree())));
        for (double threshold : thresholds) {
            all.points().stream().filter(point -> point.threshold() >= threshold).findFirst().ifPresent(
                    point -> lines.put(
                            String.format(Locale.ROOT, "agree, of %s at least %s%s", by,
                                    threshold == Math.rint(threshold) ? Long.toString((long) threshold) : threshold,
                                    unit),
                            String.format(Locale.ROOT, "%.4f of the %.4f that remain", point.agree(),
                                    point.remaining())));
        }
    }
}
