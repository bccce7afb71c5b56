package org.neuropil.physiology.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Responses;
import org.neuropil.space.InputException;

/// The responses of many cells in the same trials, none missing: trials x cells, with what was shown in each trial.
public final class TrialMatrix {
    /// Faster than this, cm/s, the animal runs; up to it, it is still.
    public static final double RUNNING = 1;

    private final List<String> cells;
    private final List<Condition> classes;
    private final int[] labels;
    private final double[][] values;
    private final double[] speeds;
    private final int[] numbers;
    private final Dropped dropped;

    /// What was left out to have a full matrix.
    ///
    /// @param cells names
    /// @param trials numbers, from 0 in the order of time
    public record Dropped(List<String> cells, List<Integer> trials) {
        /// Copies.
        public Dropped {
            cells = List.copyOf(cells);
            trials = List.copyOf(trials);
        }
    }

    private TrialMatrix(List<String> cells, List<Condition> shown, double[][] values, double[] speeds, int[] numbers,
            Dropped dropped) {
        this.cells = cells;
        TreeSet<Condition> sorted = new TreeSet<>(Condition.ORDER);
        sorted.addAll(shown);
        classes = List.copyOf(sorted);
        labels = shown.stream().mapToInt(classes::indexOf).toArray();
        this.values = values;
        this.speeds = speeds;
        this.numbers = numbers;
        this.dropped = dropped;
    }

    /// A matrix of all cells.
    ///
    /// @param responses by cell; all of the same trials
    /// @throws InputException if cells differ in their trials, or nothing is left
    public static TrialMatrix of(Map<String, Responses> responses, Labelling labelling, Missing missing) {
        if (responses.isEmpty()) {
            throw new InputException("there are no cells", "trials", "give responses of at least one");
        }
        List<String> names = List.copyOf(responses.keySet());
        Responses first = responses.values().iterator().next();
        responses.forEach((name, of) -> mustMatch(names.getFirst(), first, name, of));
        List<Responses> all = List.copyOf(responses.values());
        int trials = first.trials();
        boolean[] cellKept = new boolean[all.size()];
        boolean[] trialKept = new boolean[trials];
        int most = missing == Missing.TRIALS ? 0 : all.size() / 2;
        for (int t = 0; t < trials; t++) {
            int lacking = 0;
            for (Responses of : all) {
                lacking += Double.isNaN(of.value(t)) ? 1 : 0;
            }
            trialKept[t] = lacking <= most;
        }
        for (int c = 0; c < cellKept.length; c++) {
            cellKept[c] = true;
            for (int t = 0; t < trials; t++) {
                cellKept[c] &= !trialKept[t] || !Double.isNaN(all.get(c).value(t));
            }
        }
        int[] keptCells = where(cellKept, true);
        int[] keptTrials = where(trialKept, true);
        if (keptCells.length == 0 || keptTrials.length == 0) {
            throw new InputException("no " + (keptTrials.length == 0 ? "trial" : "cell") + " has all responses",
                    "trials", missing == Missing.TRIALS
                            ? "leave out cells that rather than trials"
                            : "leave out trials rather than cells");
        }
        double[][] values = new double[keptTrials.length][keptCells.length];
        double[] speeds = new double[keptTrials.length];
        List<Condition> shown = new ArrayList<>();
        for (int i = 0; i < keptTrials.length; i++) {
            int t = keptTrials[i];
            for (int j = 0; j < keptCells.length; j++) {
                values[i][j] = all.get(keptCells[j]).value(t);
            }
            // Planes are seen one after the other, so that cells can have speeds that differ a little.
            speeds[i] = all.stream().mapToDouble(of -> of.speed(t)).filter(speed -> !Double.isNaN(speed)).average()
                    .orElse(Double.NaN);
            shown.add(labelling.of(shown(first, t)));
        }
        return new TrialMatrix(IntStream.of(keptCells).mapToObj(names::get).toList(), shown, values, speeds,
                keptTrials, new Dropped(IntStream.of(where(cellKept, false)).mapToObj(names::get).toList(),
                        IntStream.of(where(trialKept, false)).boxed().toList()));
    }

    private static Condition shown(Responses responses, int trial) {
        return responses.conditions().get(responses.condition(trial));
    }

    private static void mustMatch(String firstName, Responses first, String name, Responses other) {
        String hint = "give all cells the same trials, with an empty response where one is missing";
        if (first.trials() != other.trials()) {
            throw new InputException("has " + other.trials() + " trials, and " + firstName + " " + first.trials(),
                    "cell " + name, hint);
        }
        for (int t = 0; t < first.trials(); t++) {
            if (Condition.ORDER.compare(shown(first, t), shown(other, t)) != 0) {
                throw new InputException("trial " + t + " is of '" + shown(other, t).label() + "', and of '"
                        + shown(first, t).label() + "' in " + firstName, "cell " + name, hint);
            }
        }
    }

    private static int[] where(boolean[] flags, boolean value) {
        return IntStream.range(0, flags.length).filter(i -> flags[i] == value).toArray();
    }

    /// Names of the cells, in the order of columns.
    public List<String> cells() {
        return cells;
    }

    /// What was shown, each once, in [Condition#ORDER].
    public List<Condition> classes() {
        return classes;
    }

    /// How many trials there are.
    public int trials() {
        return labels.length;
    }

    /// The class of each trial, a copy.
    public int[] labels() {
        return labels.clone();
    }

    /// The responses of some cells in all trials: trials x those cells.
    ///
    /// @param columns numbers of cells, in the order that is wanted
    public double[][] values(int... columns) {
        double[][] some = new double[values.length][columns.length];
        for (int t = 0; t < some.length; t++) {
            for (int j = 0; j < columns.length; j++) {
                some[t][j] = values[t][columns[j]];
            }
        }
        return some;
    }

    /// The animal's speed in a trial, cm/s: the mean of what cells say; NaN if it is not known.
    public double speed(int trial) {
        return speeds[trial];
    }

    /// A trial's number among all trials with a stimulus, from 0, before any was left out.
    public int number(int trial) {
        return numbers[trial];
    }

    /// What was left out when it was made.
    public Dropped dropped() {
        return dropped;
    }

    /// Some of the trials; classes without a trial vanish.
    public TrialMatrix where(IntPredicate trial) {
        int[] kept = IntStream.range(0, labels.length).filter(trial).toArray();
        double[][] some = new double[kept.length][];
        double[] someSpeeds = new double[kept.length];
        int[] someNumbers = new int[kept.length];
        List<Condition> shown = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            some[i] = values[kept[i]];
            someSpeeds[i] = speeds[kept[i]];
            someNumbers[i] = numbers[kept[i]];
            shown.add(classes.get(labels[kept[i]]));
        }
        return new TrialMatrix(cells, shown, some, someSpeeds, someNumbers, dropped);
    }

    /// The trials of classes that have at least so many.
    public TrialMatrix withTrials(int least) {
        int[] counts = new int[classes.size()];
        for (int label : labels) {
            counts[label]++;
        }
        return where(trial -> counts[labels[trial]] >= least);
    }
}
