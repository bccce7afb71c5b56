package org.neuropil.physiology.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.neuropil.physiology.field.Field;
import org.neuropil.physiology.field.Field.Polarity;
import org.neuropil.physiology.field.Fields;
import org.neuropil.physiology.field.Fields.Rule;
import org.neuropil.physiology.stat.Values;

/// Receptive fields from locally sparse noise, by the rules of [Rule], each under an id of its own.
public final class ReceptiveFields {
    /// Radius in degrees of the disc that windowed gratings are in.
    public static final double RADIUS = 15;

    /// All of them.
    static final List<Metric> ALL = all();

    private static final String LEAST = "1 sweep that shows a square; others are not tested";
    private static final String NONE = "missing sweeps are skipped; NaN if no square passes";

    private ReceptiveFields() {}

    private static List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            all.add(new Has(rule));
        }
        all.add(new Largest(Polarity.ON));
        all.add(new Largest(Polarity.OFF));
        all.add(new Smallest());
        for (Rule rule : List.of(Rule.FRACTION, Rule.STA)) {
            for (Polarity polarity : Polarity.values()) {
                all.add(new Azimuth(rule, polarity));
                all.add(new Elevation(rule, polarity));
                all.add(new Area(rule, polarity));
            }
            all.add(new Components(rule));
            all.add(new Distance(rule));
            all.add(new Overlap(rule));
        }
        return List.copyOf(all);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String how(Rule rule) {
        String mean = "mean response to the sweeps that show it is significant at ";
        String published = "p = share of 5,000 random sets of as many sweeps whose mean reaches it, 0 if none does";
        String valid = "p = (random sets of as many sweeps whose mean reaches it + 1) / (sets + 1), of 5,000 sets, and of 50,000 "
                + "where at most 15 of these reach it";
        String together = " over all squares, white and black, by Holm and Sidak; ";
        return switch (rule) {
            case FRACTION ->
                "the share of sweeps that show it whose response is above the 95th percentile of the spontaneous "
                        + "null (10,000 windows) is >= 0.25";
            case STA -> mean + "0.05" + together + valid;
            case STA_STRICT -> mean + "0.01" + together + valid;
            case STA_COUNTED -> mean + "0.05" + together + published;
            case STA_COUNTED_STRICT -> mean + "0.01" + together + published;
        };
    }

    private static String differs(Rule rule) {
        return switch (rule) {
            case FRACTION -> "of shares of significant sweeps; nothing corrects for the number of squares";
            case STA -> "of mean responses, at 0.05 over all squares";
            case STA_STRICT -> "of mean responses, at 0.01 over all squares";
            case STA_COUNTED -> "as rf_sta, with p as published, which can be 0";
            case STA_COUNTED_STRICT -> "as rf_sta_strict, with p as published, which can be 0";
        };
    }

    private static String source(Rule rule) {
        return switch (rule) {
            case FRACTION -> "V1DD, older method";
            case STA, STA_STRICT -> "V1DD's current method, with p of Phipson and Smyth 2010";
            case STA_COUNTED, STA_COUNTED_STRICT -> "V1DD, current method";
        };
    }

    private static String bias(Rule rule) {
        return switch (rule) {
            case FRACTION -> "more fields by chance the fewer sweeps show a square";
            case STA -> "fields by chance in at most 5 % of cells";
            case STA_STRICT -> "fields by chance in at most 1 % of cells";
            case STA_COUNTED ->
                "fields by chance in 8.6 % of cells: the smallest p above 0 is 1 / 5,000, below the level of a "
                        + "square";
            case STA_COUNTED_STRICT -> "fields by chance in 4.4 % of cells instead of 1 %: a p of 0 passes any level";
        };
    }

    private static About.Entry entry(Rule rule, String what, String name) {
        return About
                .of("rf_" + word(rule) + what, name + (rule == Rule.FRACTION ? " (fraction map)" : " (mean response)"))
                .shown(About.Shown.NOISE).window("2 frames of a sweep").least(LEAST).missing(NONE)
                .trace("events, or dF/F: that of the null");
    }

    /// `rf_fraction`, `rf_sta` and so on.
    ///
    /// @param rule which squares are in the field
    public record Has(Rule rule) implements Metric.OfField {
        @Override
        public About about() {
            return entry(rule, "", "has a receptive field, " + word(rule)).word("has a receptive field", differs(rule))
                    .formula("1 if any square passes, else 0; a square passes if " + how(rule))
                    .missing("missing sweeps are skipped; NaN if no square was shown").bias(bias(rule))
                    .source(source(rule));
        }

        @Override
        public double of(Fields fields) {
            return Values.present(fields.means()).length == 0 ? Double.NaN : fields.field(rule).isThere() ? 1 : 0;
        }
    }

    /// `rf_on_fraction` and `rf_off_fraction`.
    ///
    /// @param polarity ON or OFF
    public record Largest(Polarity polarity) implements Metric.OfField {
        @Override
        public About about() {
            return About
                    .of("rf_" + word(polarity) + "_fraction", "largest share of the fraction map, " + word(polarity))
                    .shown(About.Shown.NOISE).trace("events, or dF/F: that of the null").window("2 frames of a sweep")
                    .formula("max over " + (polarity == Polarity.ON ? "white" : "black")
                            + " squares of the share of sweeps that "
                            + "show it whose response is above the 95th percentile of the spontaneous null")
                    .least(LEAST).missing("missing sweeps are skipped; NaN if there is no spontaneous activity")
                    .bias("upwards: the largest of noisy shares").source("V1DD, older method");
        }

        @Override
        public double of(Fields fields) {
            double[] fractions = fields.fractions();
            double largest = Double.NaN;
            int squares = fields.grid().squares();
            for (int i = 0; i < squares; i++) {
                double fraction = fractions[polarity == Polarity.ON ? i : squares + i];
                largest = Double.isNaN(largest) || fraction > largest ? fraction : largest;
            }
            return largest;
        }
    }

    /// `rf_sta_p`.
    public record Smallest() implements Metric.OfField {
        @Override
        public About about() {
            return About.of("rf_sta_p", "smallest p of a square").shown(About.Shown.NOISE)
                    .trace("events, or dF/F: that of the null").window("2 frames of a sweep")
                    .formula(
                            "min over squares, white and black, of p = (random sets of as many sweeps whose mean reaches the "
                                    + "square's + 1) / (sets + 1); not corrected for the number of squares")
                    .least(LEAST).missing("missing sweeps are skipped; NaN if no square was shown")
                    .bias("small by chance: the least of 224; 1 / 50,001 is the least of all").source(source(Rule.STA));
        }

        @Override
        public double of(Fields fields) {
            double smallest = Double.NaN;
            for (double p : fields.probabilities()) {
                smallest = Double.isNaN(smallest) || p < smallest ? p : smallest;
            }
            return smallest;
        }
    }

    private static String which(Polarity polarity) {
        return switch (polarity) {
            case ON -> "white squares that pass";
            case OFF -> "black squares that pass";
            case ANY -> "squares that pass as white or as black";
        };
    }

    private static final String NOISY = "towards the middle of the screen by squares that pass by chance";

    /// `rf_sta_on_azimuth` and so on.
    ///
    /// @param polarity of which squares
    public record Azimuth(Rule rule, Polarity polarity) implements Metric.OfField {
        @Override
        public About about() {
            return entry(rule, "_" + word(polarity) + "_azimuth", "azimuth of the receptive field, " + word(polarity))
                    .formula("mean azimuth in degrees, right positive, of the " + which(polarity)
                            + ", all counting alike; as of rf_"
                            + word(rule))
                    .bias(NOISY).source(source(rule));
        }

        @Override
        public double of(Fields fields) {
            return fields.field(rule).centre(polarity)[0];
        }
    }

    /// `rf_sta_on_elevation` and so on.
    ///
    /// @param polarity of which squares
    public record Elevation(Rule rule, Polarity polarity) implements Metric.OfField {
        @Override
        public About about() {
            return entry(rule, "_" + word(polarity) + "_elevation",
                    "elevation of the receptive field, " + word(polarity))
                    .formula("mean elevation in degrees, up positive, of the " + which(polarity)
                            + ", all counting alike; as of rf_"
                            + word(rule))
                    .bias(NOISY).source(source(rule));
        }

        @Override
        public double of(Fields fields) {
            return fields.field(rule).centre(polarity)[1];
        }
    }

    /// `rf_sta_on_area` and so on.
    ///
    /// @param polarity of which squares
    public record Area(Rule rule, Polarity polarity) implements Metric.OfField {
        @Override
        public About about() {
            return entry(rule, "_" + word(polarity) + "_area", "area of the receptive field, " + word(polarity))
                    .formula("number of " + which(polarity)
                            + " x width of a square^2 (9.3 degrees in V1DD), square degrees; as of "
                            + "rf_" + word(rule))
                    .missing("missing sweeps are skipped; 0 if no square passes")
                    .bias("grows with the number of sweeps: weak edges of the field become significant")
                    .source(source(rule));
        }

        @Override
        public double of(Fields fields) {
            return fields.field(rule).area(polarity);
        }
    }

    /// `rf_sta_components` and `rf_fraction_components`.
    public record Components(Rule rule) implements Metric.OfField {
        @Override
        public About about() {
            return entry(rule, "_components", "parts of the receptive field")
                    .formula("number of parts, connected by sides, of the " + which(Polarity.ANY) + "; as of rf_"
                            + word(rule))
                    .missing("missing sweeps are skipped; 0 if no square passes")
                    .bias("upwards by squares that pass by chance")
                    .source(source(rule));
        }

        @Override
        public double of(Fields fields) {
            return fields.field(rule).components();
        }
    }

    /// `rf_sta_dgw_distance` and `rf_fraction_dgw_distance`.
    public record Distance(Rule rule) implements Metric.OfFieldAndWindow {
        @Override
        public About about() {
            return entry(rule, "_dgw_distance", "distance from receptive field to the window of gratings")
                    .word("window and receptive field", "a distance of centres, by rf_" + word(rule))
                    .formula("degrees from the mean position of the " + which(Polarity.ANY)
                            + " to the centre of the windowed "
                            + "gratings; as of rf_" + word(rule))
                    .missing(NONE + ", or the window's centre is not known")
                    .bias("upwards: a distance is never negative")
                    .source(source(rule));
        }

        @Override
        public double of(Fields fields, double azimuth, double elevation) {
            return fields.field(rule).distance(azimuth, elevation);
        }
    }

    /// `rf_sta_dgw_overlap` and `rf_fraction_dgw_overlap`.
    public record Overlap(Rule rule) implements Metric.OfFieldAndWindow {
        @Override
        public About about() {
            return entry(rule, "_dgw_overlap", "share of the receptive field in the window of gratings")
                    .word("window and receptive field", "a share of the area, by rf_" + word(rule))
                    .formula("share of 20 x 20 points in each of the " + which(Polarity.ANY)
                            + " that lie in the disc of 15 degrees "
                            + "around the centre of the windowed gratings; as of rf_" + word(rule))
                    .missing(NONE + ", or the window's centre is not known")
                    .bias("none of the number of points that matters")
                    .source(source(rule));
        }

        @Override
        public double of(Fields fields, double azimuth, double elevation) {
            Field field = fields.field(rule);
            return field.overlap(azimuth, elevation, RADIUS);
        }
    }
}
