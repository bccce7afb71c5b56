package org.neuropil.physiology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/// The responses of many cells. Trials are drawn for all cells together: what one trial did to all of them stays together. Cells
/// whose trials are others have draws of their own.
public final class Population implements Resampled<Population> {
    private final List<Condition> conditions;
    private final List<Responses> cells;
    private final List<Layout> layouts;
    private final int[] layoutOf;
    /// By layout, then by its condition; null if none was drawn.
    private final int @Nullable [][][] drawn;

    /// Trials that several cells have.
    ///
    /// @param first a cell that has them
    /// @param places by condition of the population: its number here, or -1
    /// @param trials by condition here
    @SuppressWarnings("ArrayRecordComponent")
    private record Layout(Responses first, int[] places, int[][] trials) {}

    /// @param cells their responses, in order
    public Population(Collection<Responses> cells) {
        this.cells = List.copyOf(cells);
        TreeSet<Condition> all = new TreeSet<>(Condition.ORDER);
        this.cells.forEach(responses -> all.addAll(responses.conditions()));
        this.conditions = List.copyOf(all);
        this.layouts = new ArrayList<>();
        this.layoutOf = new int[this.cells.size()];
        for (int i = 0; i < layoutOf.length; i++) {
            layoutOf[i] = layout(this.cells.get(i));
        }
        this.drawn = null;
    }

    private Population(Population of, int[][][] drawn) {
        this.conditions = of.conditions;
        this.cells = of.cells;
        this.layouts = of.layouts;
        this.layoutOf = of.layoutOf;
        this.drawn = drawn;
    }

    private int layout(Responses cell) {
        for (int l = 0; l < layouts.size(); l++) {
            if (layouts.get(l).first.hasTrialsOf(cell)) {
                return l;
            }
        }
        int[] places = conditions.stream()
                .mapToInt(condition -> Collections.binarySearch(cell.conditions(), condition, Condition.ORDER))
                .map(place -> Math.max(-1, place)).toArray();
        List<List<Integer>> trials = new ArrayList<>();
        cell.conditions().forEach(_ -> trials.add(new ArrayList<>()));
        for (int t = 0; t < cell.trials(); t++) {
            trials.get(cell.condition(t)).add(t);
        }
        layouts.add(new Layout(cell, places, trials.stream()
                .map(of -> of.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new)));
        return layouts.size() - 1;
    }

    /// What was shown to any of them, each once, in [Condition#ORDER].
    public List<Condition> conditions() {
        return conditions;
    }

    /// The mean response of each cell to a condition; NaN if it has no trial with a response.
    public double[] means(int condition) {
        double[] means = new double[cells.size()];
        for (int i = 0; i < means.length; i++) {
            Responses cell = cells.get(i);
            int place = layouts.get(layoutOf[i]).places[condition];
            means[i] = place < 0
                    ? Double.NaN
                    : drawn == null ? cell.mean(place) : mean(cell, drawn[layoutOf[i]][place]);
        }
        return means;
    }

    private static double mean(Responses cell, int[] trials) {
        double sum = 0;
        int count = 0;
        for (int t : trials) {
            double value = cell.value(t);
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /// As many trials of each condition, drawn with replacement among all of it; a cell that has no response in a trial lacks it
    /// as often as the trial is drawn.
    @Override
    public Population resample(SplittableRandom random) {
        int[][][] chosen = new int[layouts.size()][][];
        for (int l = 0; l < chosen.length; l++) {
            int[][] trials = layouts.get(l).trials;
            chosen[l] = new int[trials.length][];
            for (int c = 0; c < trials.length; c++) {
                chosen[l][c] = Resampled.draw(trials[c], random);
            }
        }
        return new Population(this, chosen);
    }
}
