package org.neuropil.bench.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.ResponsePair;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.TracePair;
import org.neuropil.physiology.metric.About;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.CrossValidated;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.metric.Surround;

/// Writes the table of biases: `BiasTable FILE SAMPLES`. The truth of a metric is its value for the same cell with very many
/// trials.
public final class BiasTable {
    private static final int MANY = 20_000;
    private static final int SOME = 1_000;
    private static final int IMAGES = 118;

    private final BiasRows rows;
    private final SplittableRandom truths = new SplittableRandom(77);

    private BiasTable(int samples) {
        this.rows = new BiasRows(samples, 1);
    }

    /// Runs it.
    public static void main(String[] words) throws IOException {
        BiasTable table = new BiasTable(Integer.parseInt(words[1]));
        TunedCell.ALL.forEach(table::gratings);
        TunedCell.ALL.forEach(table::crossed);
        table.crossed(TunedCell.SPARSE);
        table.temporalFrequencies();
        table.surround();
        table.images();
        table.pairs();
        table.films();
        table.traces();
        table.populations();
        ChanceRows.add(table.rows);
        FieldRates.bias(table.rows);
        Files.write(Path.of(words[0]), table.rows.rows());
    }

    /// Tests have no truth that few trials miss: [ChanceRows] tells how they do by chance.
    private static boolean isFigure(Metric metric) {
        return !metric.about().id().matches("run_mod_p_.*|direction_p|direction_vector_ratio");
    }

    private static <M extends Metric> List<M> of(Class<M> kind) {
        return Catalogue.ALL.stream().filter(kind::isInstance).map(kind::cast).filter(BiasTable::isFigure).toList();
    }

    private static String id(Metric metric) {
        return metric.about().id();
    }

    private void gratings(TunedCell cell) {
        List<Condition> conditions = TunedCell.conditions();
        String trials = "24 x 8";
        Responses many = cell.responses(conditions, MANY, new double[0], 1, truths);
        List<Responses> drawn = rows.draw(random -> cell.responses(conditions, 8, new double[0], 1, random));
        for (Metric.OfTrials metric : of(Metric.OfTrials.class)) {
            if (!(metric instanceof CrossValidated) && metric.about().shown() != About.Shown.PICTURES
                    && !id(metric).equals("tf_index")) {
                truth(cell, id(metric), metric.of(many)).ifPresent(
                        value -> rows.add(id(metric), cell.name(), trials, value, drawn, metric::of));
            }
        }
        SpontaneousNull chance = chance(cell);
        // A z score grows with the number of trials: its truth is that of 8 trials at the mean of very many.
        List<Condition> eight = new ArrayList<>();
        double[] means = new double[8 * conditions.size()];
        for (int t = 0; t < means.length; t++) {
            eight.add(many.conditions().get(t % conditions.size()));
            means[t] = many.mean(t % conditions.size());
        }
        Responses expected = Responses.of(eight, means);
        for (Metric.OfTrialsAndNull metric : of(Metric.OfTrialsAndNull.class)) {
            if (metric.about().shown() != About.Shown.PICTURES && !id(metric).startsWith("reliability_")) {
                rows.add(id(metric), cell.name(), trials,
                        metric.of(id(metric).startsWith("z_") ? expected : many, chance), drawn,
                        responses -> metric.of(responses, chance));
            }
        }
        var frames = rows.draw(random -> cell.traces(conditions, 8, random));
        var manyFrames = cell.traces(conditions, SOME, truths);
        for (Metric.OfTrialTraces metric : of(Metric.OfTrialTraces.class)) {
            rows.add(id(metric), cell.name(), trials, metric.of(manyFrames), frames, metric::of);
        }
    }

    /// Cross-validated metrics, against the truth where the halves of each cell chose.
    private void crossed(TunedCell cell) {
        List<Condition> conditions = TunedCell.conditions();
        SurroundPair truth = new SurroundPair(cell.expected(conditions, 1), cell.expected(conditions, 0.5));
        List<SurroundPair> drawn = rows.drawMany(random -> new SurroundPair(
                cell.responses(conditions, 8, new double[0], 1, random),
                cell.responses(conditions, 8, new double[0], 0.5, random)));
        List<Responses> windowed = drawn.stream().map(SurroundPair::windowed).toList();
        for (Metric metric : Catalogue.ALL) {
            if (metric instanceof CrossValidated of) {
                add(of, cell.name(), "24 x 8", truth.windowed(), windowed);
            } else if (metric instanceof Surround.Crossed of) {
                rows.add(id(of), cell.name() + "; gain 0.5", "2 x 24 x 8", pair -> of.expected(pair, truth),
                        of.of(truth), drawn, of::of);
            }
        }
    }

    private void add(CrossValidated metric, String cell, String trials, Responses truth, List<Responses> drawn) {
        rows.add(id(metric), cell, trials, responses -> metric.expected(responses, truth), metric.of(truth), drawn,
                metric::of);
    }

    /// The truth of a cell without tuning is that of equal rates; directions and the variance of a tuning that is none have
    /// no truth.
    private static OptionalDouble truth(TunedCell cell, String id, double many) {
        if (!cell.name().equals("untuned")) {
            return OptionalDouble.of(many);
        }
        if (id.contains("preferred_direction") || id.contains("preferred_orientation") || id.equals("von_mises_r2")
                || id.equals("preferred_spatial_frequency")) {
            return OptionalDouble.empty();
        }
        return OptionalDouble
                .of(id.matches("(cv_os|g?[od]si|lifetime_sparseness$).*") && !id.endsWith("_trials") ? 0 : many);
    }

    private void temporalFrequencies() {
        List<Condition> conditions = TunedCell.temporalFrequencies();
        TunedCell cell = TunedCell.ALL.get(1);
        String name = "broad; one rate at all frequencies";
        List<Responses> drawn = rows.draw(random -> cell.responses(conditions, 15, new double[0], 1, random));
        Catalogue.find("tf_index").filter(Metric.OfTrials.class::isInstance).map(Metric.OfTrials.class::cast)
                .ifPresent(metric -> rows.add("tf_index", name, "40 x 15", 0, drawn, metric::of));
        SpontaneousNull chance = chance(cell);
        // A number of trials over 15: of very many trials the share.
        double share = 15.0 / SOME;
        Responses many = cell.responses(conditions, SOME, new double[0], 1, truths);
        Catalogue.find("reliability_allensdk_significant").filter(Metric.OfTrialsAndNull.class::isInstance)
                .map(Metric.OfTrialsAndNull.class::cast)
                .ifPresent(metric -> rows.add(id(metric), name, "40 x 15", metric.of(many, chance) * share, drawn,
                        responses -> metric.of(responses, chance)));
    }

    private SpontaneousNull chance(TunedCell cell) {
        return new SpontaneousNull(IntStream.range(0, 1_700)
                .mapToDouble(_ -> TunedCell.events(cell.floor(), truths) / TunedCell.FRAMES).toArray(),
                SpontaneousNull.GRATINGS, 1);
    }

    /// A gain of 0.5 on the full field: SSI = 1/3.
    private void surround() {
        List<Condition> conditions = TunedCell.conditions();
        for (TunedCell cell : TunedCell.ALL) {
            SurroundPair many = new SurroundPair(cell.responses(conditions, MANY, new double[0], 1, truths),
                    cell.responses(conditions, MANY, new double[0], 0.5, truths));
            List<SurroundPair> drawn = rows.draw(random -> new SurroundPair(
                    cell.responses(conditions, 8, new double[0], 1, random),
                    cell.responses(conditions, 8, new double[0], 0.5, random)));
            String name = cell.name() + "; gain 0.5";
            for (Metric.OfSurround metric : of(Metric.OfSurround.class)) {
                if (!(metric instanceof Surround.Crossed)) {
                    rows.add(id(metric), name, "2 x 24 x 8",
                            cell.name().equals("untuned") ? 1 / 3.0 : metric.of(many), drawn, metric::of);
                }
            }
        }
    }

    private static <T> List<T> twice(List<T> once) {
        return Stream.concat(once.stream(), once.stream()).toList();
    }

    private static Responses images(double[] rates, int repeats, SplittableRandom random) {
        List<Condition> shown = new ArrayList<>();
        double[] values = new double[rates.length * repeats];
        double[] speeds = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            shown.add(new Condition.Picture(t % rates.length));
            values[t] = TunedCell.events(rates[t % rates.length], random) / 2;
            speeds[t] = TunedCell.runs(random) ? 5 : 0;
        }
        return Responses.of(shown, values, speeds);
    }

    private void images() {
        double[] rates = IntStream.range(0, IMAGES).mapToDouble(_ -> 0.4 * Math.exp(1.2 * truths.nextGaussian()))
                .toArray();
        SpontaneousNull chance = new SpontaneousNull(
                IntStream.range(0, 1_700).mapToDouble(_ -> TunedCell.events(0.2, truths) / 2).toArray(),
                SpontaneousNull.OTHERS, 1);
        Responses many = images(rates, 4_000, truths);
        List<Responses> drawn = rows.draw(random -> images(rates, 8, random));
        Responses truth = Responses.of(twice(IntStream.range(0, IMAGES).mapToObj(Condition.Picture::new).toList()),
                DoubleStream.concat(Arrays.stream(rates), Arrays.stream(rates)).map(rate -> rate / 2).toArray());
        List<Responses> more = rows.drawMany(random -> images(rates, 8, random));
        for (Metric.OfTrials metric : of(Metric.OfTrials.class)) {
            if (metric.about().shown() == About.Shown.GRATINGS || id(metric).startsWith("run_")) {
                continue;
            }
            if (metric instanceof CrossValidated crossed) {
                add(crossed, "images", "118 x 8", truth, more);
            } else {
                rows.add(id(metric), "images", "118 x 8", metric.of(many), drawn, metric::of);
            }
        }
        for (Metric.OfTrialsAndNull metric : of(Metric.OfTrialsAndNull.class)) {
            if (id(metric).equals("is_responsive_images") || id(metric).equals("frac_responsive_trials")) {
                rows.add(id(metric), "images", "118 x 8", metric.of(many, chance), drawn,
                        responses -> metric.of(responses, chance));
            }
        }
    }

    /// Two cells whose rates follow one gain from trial to trial, with a coefficient of variation of 0.5.
    private static ResponsePair pair(TunedCell one, TunedCell other, int repeats, SplittableRandom random) {
        List<Condition> conditions = TunedCell.conditions();
        double[] gains = new double[conditions.size() * repeats];
        for (int t = 0; t < gains.length; t++) {
            double gain = 0;
            for (int k = 0; k < 4; k++) {
                gain -= Math.log(1 - random.nextDouble()) / 4;
            }
            gains[t] = gain;
        }
        return new ResponsePair(one.responses(conditions, repeats, gains, 1, random),
                other.responses(conditions, repeats, gains, 1, random));
    }

    private void pairs() {
        for (int i = 1; i < 3; i++) {
            TunedCell one = TunedCell.ALL.get(i);
            TunedCell other = TunedCell.ALL.get(1);
            ResponsePair many = pair(one, other, MANY, truths);
            List<ResponsePair> drawn = rows.draw(random -> pair(one, other, 8, random));
            for (Metric.OfPair metric : of(Metric.OfPair.class)) {
                rows.add(id(metric), one.name() + " and " + other.name() + "; shared gain", "24 x 8", metric.of(many),
                        drawn, metric::of);
            }
        }
    }

    private static Repeats film(double[] rates, int repeats, SplittableRandom random) {
        double[][] frames = new double[repeats][rates.length];
        for (double[] repeat : frames) {
            for (int f = 0; f < repeat.length; f++) {
                repeat[f] = TunedCell.events(rates[f], random);
            }
        }
        return new Repeats(frames);
    }

    private void films() {
        double[] rates = new double[360];
        double[] model = new double[rates.length];
        double drive = 0;
        for (int f = 0; f < rates.length; f++) {
            drive = 0.8 * drive + 0.6 * truths.nextGaussian();
            rates[f] = 0.3 * Math.exp(drive);
            model[f] = 0.3 * Math.exp(0.8 * drive + 0.4 * truths.nextGaussian());
        }
        Repeats many = film(rates, 400, truths);
        List<Repeats> drawn = rows.draw(random -> film(rates, 10, random));
        for (Metric.OfRepeats metric : of(Metric.OfRepeats.class)) {
            rows.add(id(metric), "film", "10 repeats x 360 frames", metric.of(many), drawn, metric::of);
        }
        for (Metric.OfModel metric : of(Metric.OfModel.class)) {
            rows.add(id(metric), "film", "10 repeats x 360 frames", metric.of(model, many), drawn,
                    repeats -> metric.of(model, repeats));
        }
    }

    /// Traces and speed that change slowly (0.5 a frame), with a third of their variance in common.
    private static TracePair slow(int frames, SplittableRandom random) {
        double[][] slow = new double[4][frames];
        for (double[] one : slow) {
            for (int f = 0; f < frames; f++) {
                one[f] = (f > 0 ? 0.5 * one[f - 1] : 0) + random.nextGaussian();
            }
        }
        double[] first = new double[frames];
        double[] second = new double[frames];
        double[] speed = new double[frames];
        for (int f = 0; f < frames; f++) {
            first[f] = slow[0][f] + Math.sqrt(2) * slow[1][f];
            second[f] = slow[0][f] + Math.sqrt(2) * slow[2][f];
            speed[f] = 1 + slow[0][f] + Math.sqrt(2) * slow[3][f];
        }
        return new TracePair(first, second, speed);
    }

    private void traces() {
        TracePair many = slow(400_000, truths);
        List<TracePair> drawn = rows.draw(random -> slow(1_800, random));
        String frames = "1800 frames";
        for (Metric.OfTraces metric : of(Metric.OfTraces.class)) {
            rows.add(id(metric), "slow traces", frames, metric.of(many), drawn, metric::of);
        }
        for (Metric.OfTraceAndBehaviour metric : of(Metric.OfTraceAndBehaviour.class)) {
            rows.add(id(metric), "slow traces", frames, metric.of(many.first(), many.speed()), drawn,
                    pair -> metric.of(pair.first(), pair.speed()));
        }
        for (Metric.OfTrace metric : of(Metric.OfTrace.class)) {
            rows.add(id(metric), "slow traces", frames, metric.of(many.first()), drawn,
                    pair -> metric.of(pair.first()));
        }
        for (Metric.OfSpeed metric : of(Metric.OfSpeed.class)) {
            rows.add(id(metric), "slow speed", frames, metric.of(many.speed()), drawn,
                    pair -> metric.of(pair.speed()));
        }
    }

    private void populations() {
        double[] rates = IntStream.range(0, 200).mapToDouble(_ -> 0.4 * Math.exp(1.2 * truths.nextGaussian()))
                .toArray();
        List<double[]> drawn = rows.draw(random -> images(rates, 8, random).means());
        for (Metric.OfPopulation metric : of(Metric.OfPopulation.class)) {
            rows.add(id(metric), "200 cells", "8 trials", metric.of(rates), drawn, metric::of);
        }
    }
}
