package org.neuropil.coregister.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.neuropil.coregister.KnownMatches;
import org.neuropil.coregister.match.Agreement;
import org.neuropil.coregister.match.Matches;
import org.neuropil.coregister.match.Reliability;
import org.neuropil.coregister.report.svg.Axis;
import org.neuropil.coregister.report.svg.Colours;
import org.neuropil.coregister.report.svg.Panel;
import org.neuropil.coregister.report.svg.Picture;

/// Pictures of matches: where they are and how sure, how far off, and how they agree with what is known.
public final class MatchPictures {
    private static final int MOST = 12_000;
    private static final int BARS = 40;
    private static final int SIDE = 290;

    private MatchPictures() {}

    /// All pictures.
    ///
    /// @param places x, y, z of each cell in micrometres of EM
    /// @return by a name for the file
    public static Map<String, Picture> of(double[] places, Matches matches, Optional<KnownMatches> known) {
        Map<String, Picture> all = new LinkedHashMap<>();
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

    private static Picture places(double[] places, Matches matches, int[] given) {
        // Each k-th, so that which are drawn does not depend on anything else.
        int stride = (given.length + MOST - 1) / MOST;
        int[] drawn = IntStream.range(0, given.length).filter(i -> i % stride == 0).map(i -> given[i]).toArray();
        double[] points = new double[3 * drawn.length];
        double[] values = new double[drawn.length];
        for (int k = 0; k < drawn.length; k++) {
            System.arraycopy(places, 3 * drawn[k], points, 3 * k, 3);
            values[k] = matches.probability()[drawn[k]];
        }
        Picture picture = new Picture("Matches by place", String.format(Locale.ROOT,
                "%d of %d matched cells, coloured by the probability of their match.", drawn.length, given.length));
        Projections.draw(picture, points, values, new Axis("probability", 0, 1),
                axis -> "EM " + "xyz".charAt(axis) + " (µm)", drawn.length > 3000 ? 2 : 3.5);
        return picture;
    }

    private static Picture histograms(Matches matches, int[] given) {
        Picture picture = new Picture("Residuals, separations and probabilities", String.format(Locale.ROOT,
                "Histograms of %d matched cells. The separation is the distance to the nearest other nucleus less the "
                        + "residual.",
                given.length));
        histogram(picture, "residual", "residual (µm)", Arrays.stream(given).mapToDouble(i -> matches.residual()[i]),
                false);
        histogram(picture, "separation", "separation (µm)",
                Arrays.stream(given).mapToDouble(i -> matches.separation()[i]), false);
        histogram(picture, "probability", "probability",
                Arrays.stream(given).mapToDouble(i -> matches.probability()[i]), true);
        return picture;
    }

    private static void histogram(Picture picture, String name, String label, DoubleStream all,
            boolean share) {
        double[] values = all.filter(Double::isFinite).toArray();
        Axis x = new Axis(label, 0, 1);
        if (!share && values.length > 0) {
            double low = Math.min(0, Projections.quantile(values, 0.002));
            x = new Axis(label, low, Math.max(Projections.quantile(values, 0.998), low + 1));
        }
        double[] edges = new double[BARS + 1];
        for (int i = 0; i <= BARS; i++) {
            edges[i] = x.low() + (x.high() - x.low()) * i / BARS;
        }
        double[] counts = new double[BARS];
        for (double value : values) {
            double place = x.place(value) * BARS;
            if (place >= 0 && place <= BARS) {
                counts[Math.min((int) place, BARS - 1)]++;
            }
        }
        double most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        picture.panel(name, x, new Axis("cells", 0, 1.05 * most), SIDE, 220).bars(edges, counts,
                Colours.KINDS.getFirst());
    }

    private static void agreement(Matches matches, KnownMatches known, int[] cells, Map<String, Picture> all) {
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
        Picture diagram = new Picture("Reliability of the probabilities", String.format(Locale.ROOT,
                "Share of %d cells with a known match whose match agrees, by the probability that was given, in %d bins of "
                        + "equal numbers. Expected calibration error %.4f.",
                cells.length, said.length, reliability.expectedError()));
        diagram.panel("reliability", new Axis("probability", 0, 1), new Axis("share that agrees", 0, 1), SIDE, SIDE)
                .line(new double[]{0, 1}, new double[]{0, 1}, "currentColor", true)
                .line(said, so, Colours.KINDS.getFirst(), false).points(said, so, Colours.KINDS.getFirst(), 6);
        all.put("reliability", diagram);
        Picture curves = new Picture("Agreement with known matches, and what remains",
                "By the least probability, and by the least separation score, of matches that are kept: the share that "
                        + "agrees with the known match, and the share of cells with a known match that remains.");
        curve(curves.panel("by probability", new Axis("least probability", 0, 1), new Axis("share", 0, 1.02), SIDE,
                SIDE), Agreement.of(probability, agrees));
        curve(curves.panel("by separation", Axis.around("least separation (µm)", separation),
                new Axis("share", 0, 1.02), SIDE, SIDE), Agreement.of(separation, agrees));
        all.put("agreement", curves);
    }

    private static void curve(Panel panel, Agreement agreement) {
        double[] thresholds = agreement.points().stream().mapToDouble(Agreement.Point::threshold).toArray();
        panel.line(thresholds, agreement.points().stream().mapToDouble(Agreement.Point::agree).toArray(),
                Colours.KINDS.get(0), false)
                .line(thresholds, agreement.points().stream().mapToDouble(Agreement.Point::remaining).toArray(),
                        Colours.KINDS.get(1), false)
                .legend("agree", Colours.KINDS.get(0)).legend("remain", Colours.KINDS.get(1));
    }
}
