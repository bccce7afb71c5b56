package org.neuropil.physiology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.stat.Values;
import org.neuropil.space.InputException;

/// The responses of one cell: for each trial, in the order of time, its condition, the response, and how fast the animal
/// ran. A response that is missing is NaN; such a trial counts nowhere.
public final class Responses implements Resampled<Responses> {
    private final List<Condition> conditions;
    private final int[] trials;
    private final double[] values;
    private final double[] speeds;
    private final int[][] present;
    /// Of trials that were drawn: the place of each before; null if none was drawn.
    private final int @Nullable [] places;
    private final double[] means;
    private final Map<Class<?>, Object> made = new HashMap<>(2);

    private Responses(List<Condition> conditions, int[] trials, double[] values, double[] speeds) {
        this(conditions, trials, values, speeds, present(conditions.size(), trials, values), null);
    }

    private Responses(List<Condition> conditions, int[] trials, double[] values, double[] speeds, int[][] present,
            int @Nullable [] places) {
        this.conditions = conditions;
        this.trials = trials;
        this.values = values;
        this.speeds = speeds;
        this.present = present;
        this.places = places;
        means = new double[present.length];
        for (int c = 0; c < means.length; c++) {
            double sum = 0;
            for (int t : present[c]) {
                sum += values[t];
            }
            means[c] = present[c].length == 0 ? Double.NaN : sum / present[c].length;
        }
    }

    /// The trials of each condition that have a response.
    private static int[][] present(int conditions, int[] trials, double[] values) {
        int[] counts = new int[conditions];
        for (int t = 0; t < trials.length; t++) {
            counts[trials[t]] += Double.isNaN(values[t]) ? 0 : 1;
        }
        int[][] present = new int[conditions][];
        for (int c = 0; c < conditions; c++) {
            present[c] = new int[counts[c]];
        }
        int[] next = new int[conditions];
        for (int t = 0; t < trials.length; t++) {
            if (!Double.isNaN(values[t])) {
                present[trials[t]][next[trials[t]]++] = t;
            }
        }
        return present;
    }

    /// Trials in the order of time.
    ///
    /// @param shown the condition of each
    /// @param values the response of each; NaN if it is missing
    /// @param speeds the animal's mean speed in each, cm/s; NaN if it is not known
    /// @throws InputException if their numbers differ, or a response is infinite
    public static Responses of(List<? extends Condition> shown, double[] values, double[] speeds) {
        if (shown.size() != values.length || values.length != speeds.length) {
            throw new InputException(shown.size() + " conditions, " + values.length + " responses and " + speeds.length
                    + " speeds", "trials", "give one of each for a trial");
        }
        for (int t = 0; t < values.length; t++) {
            if (Double.isInfinite(values[t])) {
                throw new InputException("response " + values[t] + " of trial " + t + " is infinite", "response",
                        "write nan for a response that is missing");
            }
        }
        TreeSet<Condition> sorted = new TreeSet<>(Condition.ORDER);
        sorted.addAll(shown);
        List<Condition> conditions = new ArrayList<>(sorted);
        int[] trials = new int[values.length];
        for (int t = 0; t < trials.length; t++) {
            Condition condition = shown.get(t);
            trials[t] = Collections.binarySearch(conditions, condition, Condition.ORDER);
        }
        return new Responses(List.copyOf(conditions), trials, values.clone(), speeds.clone());
    }

    /// As the other one, without speeds.
    public static Responses of(List<? extends Condition> shown, double[] values) {
        double[] speeds = new double[values.length];
        Arrays.fill(speeds, Double.NaN);
        return of(shown, values, speeds);
    }

    /// Other responses in the same trials: those of another cell.
    ///
    /// @param other the response of each trial; NaN if it is missing
    /// @throws IllegalArgumentException if there are not as many
    public Responses with(double[] other) {
        if (other.length != values.length) {
            throw new IllegalArgumentException(other.length + " responses in " + values.length + " trials");
        }
        boolean alike = true;
        for (int t = 0; t < other.length && alike; t++) {
            alike = Double.isNaN(other[t]) == Double.isNaN(values[t]);
        }
        return alike
                ? new Responses(conditions, trials, other.clone(), speeds, present, places)
                : new Responses(conditions, trials, other.clone(), speeds);
    }

    /// Something that several figures are made of, computed once.
    ///
    /// @param kind of which there is one
    /// @param how it is computed
    public <T> T once(Class<T> kind, Function<? super Responses, T> how) {
        synchronized (made) {
            return kind.cast(made.computeIfAbsent(kind, _ -> how.apply(this)));
        }
    }

    /// What was shown, each once, in [Condition#ORDER].
    public List<Condition> conditions() {
        return conditions;
    }

    /// How many trials there are, those without a response among them.
    public int trials() {
        return trials.length;
    }

    /// The number of a trial's condition.
    public int condition(int trial) {
        return trials[trial];
    }

    /// A trial's response; NaN if it is missing.
    public double value(int trial) {
        return values[trial];
    }

    /// The responses of all trials, a copy.
    public double[] values() {
        return values.clone();
    }

    /// The animal's speed in a trial, cm/s; NaN if it is not known.
    public double speed(int trial) {
        return speeds[trial];
    }

    /// The mean response to a condition; NaN if there is no trial with a response.
    public double mean(int condition) {
        return means[condition];
    }

    /// The mean responses, by condition, a copy.
    public double[] means() {
        return means.clone();
    }

    /// The responses to a condition, without those that are missing, in the order of time.
    public double[] valuesOf(int condition) {
        int[] found = present[condition];
        double[] kept = new double[found.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = values[found[i]];
        }
        return kept;
    }

    /// The number of the condition with the largest mean response: of equal ones the first in [Condition#ORDER]; -1 if no
    /// trial has a response.
    public int preferred() {
        return Values.argmax(means);
    }

    /// Some of the trials; the conditions stay.
    public Responses where(IntPredicate trial) {
        int count = 0;
        int[] kept = new int[trials.length];
        for (int t = 0; t < trials.length; t++) {
            if (trial.test(t)) {
                kept[count++] = t;
            }
        }
        return select(Arrays.copyOf(kept, count));
    }

    /// Half of the trials: of those of each condition that have a response, every second in the order of time. The two halves
    /// share no trial; nor do those of trials that were drawn anew, where all copies of a trial are in the half that it was in.
    ///
    /// @param which 0 for the first, third and so on, 1 for the others
    public Responses half(int which) {
        int[] kept = new int[trials.length];
        int count = 0;
        for (int[] of : present) {
            for (int i = 0; i < of.length; i++) {
                if ((places == null ? i : places[of[i]]) % 2 == which) {
                    kept[count++] = of[i];
                }
            }
        }
        int[] sorted = Arrays.copyOf(kept, count);
        Arrays.sort(sorted);
        return select(sorted);
    }

    @Override
    public Responses resample(SplittableRandom random) {
        return draw(resampledTrials(random));
    }

    /// Trials that were drawn among these, by their numbers; which trial each is stays known ([#places()]).
    Responses draw(int[] drawn) {
        int[] before = places();
        int[] kept = new int[drawn.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = before[drawn[i]];
        }
        Responses selected = select(drawn);
        return new Responses(conditions, selected.trials, selected.values, selected.speeds, selected.present, kept);
    }

    /// The place of each trial among those of its condition that have a response, in the order of time: of trials that were
    /// drawn anew the place before that, so that copies of one trial have the same. 0 of trials without a response.
    int[] places() {
        if (places != null) {
            return places.clone();
        }
        int[] found = new int[trials.length];
        for (int[] of : present) {
            for (int i = 0; i < of.length; i++) {
                found[of[i]] = i;
            }
        }
        return found;
    }

    /// The trials that [#resample(SplittableRandom)] takes.
    int[] resampledTrials(SplittableRandom random) {
        int[] kept = new int[trials.length];
        int count = 0;
        for (int[] of : present) {
            for (int trial : Resampled.draw(of, random)) {
                kept[count++] = trial;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /// Trials by their numbers, which may come several times; the conditions stay.
    Responses select(int[] chosen) {
        int[] conditionsOf = new int[chosen.length];
        double[] valuesOf = new double[chosen.length];
        double[] speedsOf = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            conditionsOf[i] = trials[chosen[i]];
            valuesOf[i] = values[chosen[i]];
            speedsOf[i] = speeds[chosen[i]];
        }
        return new Responses(conditions, conditionsOf, valuesOf, speedsOf);
    }

    /// Whether the other one is of the same trials.
    boolean hasTrialsOf(Responses other) {
        return conditions.equals(other.conditions) && Arrays.equals(trials, other.trials);
    }
}
