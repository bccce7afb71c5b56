package org.neuropil.bench.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.field.Field;
import org.neuropil.physiology.field.Fields;
import org.neuropil.physiology.field.Fields.Rule;
import org.neuropil.physiology.field.Grid;
import org.neuropil.physiology.field.NoiseResponses;
import org.neuropil.physiology.field.SweepSets;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.stat.Values;

/// Receptive fields of made cells: `FieldRates CELLS`. How often one is found in cells that answer to shuffled stimuli, and
/// how often and how exactly in cells that have one. Prints figures.
public final class FieldRates {
    private static final Grid GRID = new Grid(8, 14, 9.3);
    private static final int SWEEPS = 1_800;
    private static final double SHOWN = 0.05;
    /// Events of a frame without, and with a square of the field.
    private static final double BASE = 0.1;
    private static final double DRIVEN = 0.4;
    private static final double RADIUS = 11;
    private static final String TRIALS = "1800 sweeps";
    private static final double AZIMUTH = 4;
    private static final double ELEVATION = -3;
    private static final double WINDOW_AZIMUTH = -8.9;
    private static final double WINDOW_ELEVATION = -12.4;

    private final int[][] shown;
    private final SweepSets sets = new SweepSets(3);

    private FieldRates(SplittableRandom random) {
        byte[][] squares = new byte[SWEEPS][GRID.squares()];
        for (byte[] sweep : squares) {
            for (int i = 0; i < sweep.length; i++) {
                double drawn = random.nextDouble();
                sweep[i] = (byte) (drawn < SHOWN ? 1 : drawn < 2 * SHOWN ? -1 : 0);
            }
        }
        shown = new int[2 * GRID.squares()][];
        for (int i = 0; i < shown.length; i++) {
            int square = i % GRID.squares();
            int value = i < GRID.squares() ? 1 : -1;
            shown[i] = IntStream.range(0, SWEEPS).filter(s -> squares[s][square] == value).toArray();
        }
    }

    /// Runs it.
    public static void main(String[] words) {
        int cells = Integer.parseInt(words[0]);
        SplittableRandom random = new SplittableRandom(9);
        FieldRates rates = new FieldRates(random);
        int[] chance = new int[Rule.values().length];
        int[] found = new int[chance.length];
        double[] error = new double[chance.length];
        double[] worst = new double[chance.length];
        double response = 0;
        for (int cell = 0; cell < cells; cell++) {
            double azimuth = random.nextDouble(-45, 45);
            double elevation = random.nextDouble(-18, 18);
            double[] values = rates.responses(azimuth, elevation, 0, random);
            response += values[values.length - 1];
            double[] own = Arrays.copyOf(values, SWEEPS);
            Fields fields = rates.fields(own, random);
            Fields shuffled = rates.fields(shuffle(own, random), random);
            for (Rule rule : Rule.values()) {
                chance[rule.ordinal()] += shuffled.field(rule).isThere() ? 1 : 0;
                Field field = fields.field(rule);
                if (field.isThere()) {
                    found[rule.ordinal()]++;
                    double apart = field.distance(azimuth, elevation);
                    error[rule.ordinal()] += apart;
                    worst[rule.ordinal()] += apart > GRID.degrees() / 2 ? 1 : 0;
                }
            }
        }
        print("field.snr", response / cells, "1");
        for (Rule rule : Rule.values()) {
            String name = "field." + rule.name().toLowerCase(Locale.ROOT);
            int i = rule.ordinal();
            print(name + ".by_chance", chance[i] / (double) cells, "1");
            print(name + ".found", found[i] / (double) cells, "1");
            print(name + ".centre_error_squares", error[i] / Math.max(1, found[i]) / GRID.degrees(), "squares");
            print(name + ".beyond_half_a_square", worst[i] / Math.max(1, found[i]), "1");
        }
    }

    @SuppressWarnings("SystemOut") // stdout is the protocol
    private static void print(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "figure %s %.4f %s%n", name, value, unit);
    }

    private static double frame(double rate, SplittableRandom random) {
        return TunedCell.events(rate, random);
    }

    private static SpontaneousNull spontaneous(SplittableRandom random) {
        return new SpontaneousNull(IntStream.range(0, 1_800)
                .mapToDouble(_ -> (frame(BASE, random) + frame(BASE, random)) / 2).toArray(), SpontaneousNull.OTHERS,
                1);
    }

    /// Responses by sweep; behind them how far driven sweeps lie from others, in standard deviations of these.
    ///
    /// @param first 0 if white squares drive, the number of squares if black ones do
    private double[] responses(double azimuth, double elevation, int first, SplittableRandom random) {
        double[] rates = new double[SWEEPS];
        Arrays.fill(rates, BASE);
        for (int square = 0; square < GRID.squares(); square++) {
            if (Math.hypot(GRID.azimuth(square) - azimuth, GRID.elevation(square) - elevation) <= RADIUS) {
                for (int s : shown[first + square]) {
                    rates[s] = DRIVEN;
                }
            }
        }
        double[] values = new double[SWEEPS + 1];
        for (int s = 0; s < SWEEPS; s++) {
            values[s] = (frame(rates[s], random) + frame(rates[s], random)) / 2;
        }
        // Of a sum of n events of mean size 1, the variance is 2 n; of the mean of 2 frames, rate.
        values[SWEEPS] = (DRIVEN - BASE) / Math.sqrt(BASE);
        return values;
    }

    private static double[] shuffle(double[] values, SplittableRandom random) {
        double[] mixed = values.clone();
        for (int i = mixed.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double swapped = mixed[i];
            mixed[i] = mixed[other];
            mixed[other] = swapped;
        }
        return mixed;
    }

    private Fields fields(double[] values, SplittableRandom random) {
        return Fields.of(NoiseResponses.of(GRID, shown, values), spontaneous(random), sets);
    }

    /// Adds rows of cells whose field is a disc of 11 degrees around azimuth 4 and elevation -3, ON or OFF, and of the same with
    /// shuffled responses.
    static void bias(BiasRows rows) {
        FieldRates rates = new FieldRates(new SplittableRandom(9));
        rates.bias(rows, false);
        rates.bias(rows, true);
        List<Fields> chance = rows.draw(random -> rates.fields(shuffle(Arrays.copyOf(
                rates.responses(AZIMUTH, ELEVATION, 0, random), SWEEPS), random), random));
        String cell = "shuffled responses";
        for (Rule rule : List.of(Rule.STA, Rule.STA_STRICT, Rule.STA_COUNTED, Rule.STA_COUNTED_STRICT)) {
            boolean strict = rule == Rule.STA_STRICT || rule == Rule.STA_COUNTED_STRICT;
            rows.add("rf_" + rule.name().toLowerCase(Locale.ROOT), cell, TRIALS, strict ? 0.01 : 0.05, chance,
                    fields -> fields.field(rule).isThere() ? 1 : 0);
        }
        for (Metric metric : Catalogue.ALL) {
            if (metric instanceof Metric.OfField of && of.about().id().equals("rf_sta_p")) {
                rows.add(of.about().id(), cell + "; share below 0.05 / 224", TRIALS, 0.05, chance,
                        ChanceRows.below(0.05 / 224, of::of));
            }
        }
    }

    private void bias(BiasRows rows, boolean black) {
        int first = black ? GRID.squares() : 0;
        boolean[] disc = new boolean[2 * GRID.squares()];
        for (int square = 0; square < GRID.squares(); square++) {
            disc[first + square] = Math.hypot(GRID.azimuth(square) - AZIMUTH,
                    GRID.elevation(square) - ELEVATION) <= RADIUS;
        }
        Field truth = new Field(GRID, disc);
        List<Fields> drawn = rows.draw(random -> fields(
                Arrays.copyOf(responses(AZIMUTH, ELEVATION, first, random), SWEEPS), random));
        String cell = "disc of 11 degrees; " + (black ? "black" : "white");
        for (Metric metric : Catalogue.ALL) {
            String id = metric.about().id();
            if (id.contains("_off") != black || id.equals("rf_sta_p")) {
                continue;
            }
            if (metric instanceof Metric.OfField of) {
                rows.add(id, cell, TRIALS, id.matches("rf_(on|off)_fraction") ? driven() : truth(id, truth), drawn,
                        of::of);
            } else if (metric instanceof Metric.OfFieldAndWindow of) {
                rows.add(id, cell, TRIALS, id.endsWith("distance")
                        ? truth.distance(WINDOW_AZIMUTH, WINDOW_ELEVATION)
                        : truth.overlap(WINDOW_AZIMUTH, WINDOW_ELEVATION, 15), drawn,
                        fields -> of.of(fields, WINDOW_AZIMUTH, WINDOW_ELEVATION));
            }
        }
    }

    /// The share of driven sweeps above the 95th percentile of spontaneous windows, by very many of both.
    private static double driven() {
        SplittableRandom random = new SplittableRandom(10);
        int many = 400_000;
        double[] chance = new double[many];
        for (int i = 0; i < many; i++) {
            chance[i] = (frame(BASE, random) + frame(BASE, random)) / 2;
        }
        Arrays.sort(chance);
        double limit = Values.quantile(chance, 0.95);
        int above = 0;
        for (int i = 0; i < many; i++) {
            above += (frame(DRIVEN, random) + frame(DRIVEN, random)) / 2 > limit ? 1 : 0;
        }
        return above / (double) many;
    }

    private static double truth(String id, Field truth) {
        String figure = id.substring(id.lastIndexOf('_') + 1);
        return switch (figure) {
            case "azimuth" -> truth.centre(Field.Polarity.ANY)[0];
            case "elevation" -> truth.centre(Field.Polarity.ANY)[1];
            case "area" -> truth.area(Field.Polarity.ANY);
            case "components" -> truth.components();
            default -> 1;
        };
    }
}
