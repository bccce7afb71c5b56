package org.neuropil.coregister.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Colours;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;
import org.neuropil.coregister.KnownMatches;
import org.neuropil.coregister.match.Agreement;
import org.neuropil.coregister.match.Matches;
import org.neuropil.coregister.match.Reliability;

/// Pictures of matches: where they are and how sure, how far off, and how they agree with what is known.
public final class MatchPictures {
    private static final int MOST = 12_000;
    private static final int BARS = 40;
    /// Width of two panels, in pixels.
    private static final double PAIR = 720;

    private MatchPictures() {}

    /// All pictures.
    ///
    /// @param places x, y, z of each cell in micrometres of EM
    /// @return by a name for the file
    public static Map<String, Figure> of(double[] places, Matches matches, Optional<KnownMatches> known) {
        Map<String, Figure> all = new LinkedHashMap<>();
        int[] given = IntStream.range(0, matches.size()).filter(i -> matches.nucleus()[i] != Matches.NONE).toArray();
        if (given.length > 0) {
            all.put("matches", places(places, matches, given));
            all.put("histograms", histograms(matches, given));
        }
        known.ifPresent(found -> {
            int[] cells = IntStream.range(0, matches.size()).filter(i -> found.nucleus().get(i).isPresent()).toArray();
            if (cells.length > 0) {
                agreement(matches, found, cells, all);
            }
        });
        return all;
    }

    private static Figure places(double[] places, Matches matches, int[] given) {
        // Each k-th, so that which are drawn does not depend on anything else.
        int stride = (given.length + MOST - 1) / MOST;
        int[] drawn = IntStream.range(0, given.length).filter(i -> i % stride == 0).map(i -> given[i]).toArray();
        double[] points = new double[3 * drawn.length];
        double[] values = new double[drawn.length];
        for (int k = 0; k < drawn.length; k++) {
            System.arraycopy(places, 3 * drawn[k], points, 3 * k, 3);
            values[k] = matches.probability()[drawn[k]];
        }
        Layer.Scale scale = new Layer.Scale("probability", "", new Range(0, 1), Colours.VIRIDIS);
        return new Figure("Matches by place", String.format(Locale.ROOT,
                "%d of %d matched cells, coloured by the probability of their match.", drawn.length, given.length), "",
                Projections.WIDTH, List.of(Projections.of(points, values, scale,
                        axis -> Axis.of("EM " + "xyz".charAt(axis), "µm"), drawn.length > 3000 ? 1 : 1.8)));
    }

    private static Figure histograms(Matches matches, int[] given) {
        return new Figure("Residuals, separations and probabilities", String.format(Locale.ROOT,
                "Histograms of %d matched cells. The separation is the distance to the nearest other nucleus less the "
                        + "residual. Bars end at the 0.2nd and the 99.8th percentile.",
                given.length), "", Projections.WIDTH,
                List.of(Figure.Row.of(280,
                        histogram(Axis.of("residual", "µm"), values(given, matches.residual()), false),
                        histogram(Axis.of("separation", "µm"), values(given, matches.separation()), false),
                        histogram(Axis.of("probability", ""), values(given, matches.probability()), true))));
    }

    private static double[] values(int[] given, double[] of) {
        return Arrays.stream(given).mapToDouble(i -> of[i]).filter(Double::isFinite).toArray();
    }

    private static Panel histogram(Axis label, double[] values, boolean share) {
        Range range = new Range(0, 1);
        if (!share && values.length > 0) {
            double low = Math.min(0, Projections.quantile(values, 0.002));
            range = new Range(low, Math.max(Projections.quantile(values, 0.998), low + 1));
        }
        double[] left = new double[BARS];
        double[] right = new double[BARS];
        for (int i = 0; i < BARS; i++) {
            left[i] = range.low() + range.width() * i / BARS;
            right[i] = range.low() + range.width() * (i + 1) / BARS;
        }
        double[] counts = new double[BARS];
        for (double value : values) {
            double place = range.share(value) * BARS;
            if (place >= 0 && place <= BARS) {
                counts[Math.min((int) place, BARS - 1)]++;
            }
        }
        double most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        return Panel.Plot.of("", label.within(range), Axis.of("cells", "").within(0, 1.05 * most),
                List.of(new Layer.Bars("", left, right, counts, Ink.category(0))));
    }

    private static void agreement(Matches matches, KnownMatches known, int[] cells, Map<String, Figure> all) {
        boolean[] agrees = new boolean[cells.length];
        for (int k = 0; k < cells.length; k++) {
            int nucleus = matches.nucleus()[cells[k]];
            agrees[k] = nucleus != Matches.NONE && known.nucleus().get(cells[k]).orElseThrow() == nucleus;
        }
        double[] probability = Arrays.stream(cells).mapToDouble(i -> matches.probability()[i]).toArray();
        double[] separation = Arrays.stream(cells).mapToDouble(i -> matches.separation()[i]).toArray();
        Reliability reliability = Reliability.of(probability, agrees, Reliability.BINS);
        double[] said = reliability.bins().stream().mapToDouble(Reliability.Bin::said).toArray();
        double[] so = reliability.bins().stream().mapToDouble(Reliability.Bin::so).toArray();
        Axis share = Axis.of("share that agrees", "").within(0, 1);
        all.put("reliability", new Figure("Reliability of the probabilities", String.format(Locale.ROOT,
                "Share of %d cells with a known match whose match agrees, by the probability that was given, in %d bins of "
                        + "equal numbers. Expected calibration error %.4f.",
                cells.length, said.length, reliability.expectedError()), "", PAIR / 2,
                List.of(Figure.Row.of(Projections.HEIGHT, Panel.Plot.of("", Axis.of("probability", "").within(0, 1),
                        share, List.of(
                                new Layer.Line("as said", new double[]{0, 1}, new double[]{0, 1},
                                        Layer.Pen.dashed(Ink.MUTED)),
                                new Layer.Line("found", said, so, Layer.Pen.category(0)),
                                new Layer.Points("", said, so, Ink.category(0), 3, 1)))))));
        all.put("agreement", new Figure("Agreement with known matches, and what remains",
                "By the least probability, and by the least separation score, of matches that are kept: the share that "
                        + "agrees with the known match, and the share of cells with a known match that remains.",
                "", PAIR, List.of(Figure.Row.of(Projections.HEIGHT,
                        curves(Axis.of("least probability", "").within(0, 1), Agreement.of(probability, agrees)),
                        curves(Axis.of("least separation", "µm"), Agreement.of(separation, agrees))))));
    }

    private static Panel curves(Axis axis, Agreement agreement) {
        double[] thresholds = agreement.points().stream().mapToDouble(Agreement.Point::threshold).toArray();
        return Panel.Plot.of("", axis, Axis.of("share", "").within(0, 1.02), List.of(
                new Layer.Line("agree", thresholds,
                        agreement.points().stream().mapToDouble(Agreement.Point::agree).toArray(),
                        Layer.Pen.category(0)),
                new Layer.Line("remain", thresholds,
                        agreement.points().stream().mapToDouble(Agreement.Point::remaining).toArray(),
                        Layer.Pen.category(1))));
    }
}
