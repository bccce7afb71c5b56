package org.neuropil.physiology.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.neuropil.physiology.session.Signal;
import org.neuropil.space.InputException;

/// Which trials and cells are decoded by themselves: all of them, those of a state of running, groups of cells.
///
/// @param parts the first is all cells in all trials
/// @param notes what was left out, and why, in sentences
public record DecodingPlan(List<Part> parts, List<String> notes) {
    private static final String ALL = "all";
    private static final int MOST_NAMED = 20;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    /// Layers from the pia down: by the number that a name begins with, if it does.
    private static final Comparator<String> BY_NUMBER = Comparator.comparingDouble(DecodingPlan::number)
            .thenComparing(Comparator.naturalOrder());

    /// Copies.
    public DecodingPlan {
        parts = List.copyOf(parts);
        notes = List.copyOf(notes);
    }

    /// What is asked for.
    ///
    /// @param source of the trials, for errors
    /// @param byRunning whether also trials in which the animal ran, and those in which it did not
    /// @param groupings groups of cells, by where they are from: the group of each cell
    /// @throws InputException if speeds are missing, or no cell is in a group
    public static DecodingPlan of(TrialMatrix whole, Settings settings, String source, boolean byRunning,
            Map<String, Map<String, String>> groupings) {
        return new Making(settings, source).plan(whole, byRunning, groupings);
    }

    private static double number(String name) {
        Matcher matcher = NUMBER.matcher(name);
        return matcher.lookingAt() ? Double.parseDouble(matcher.group()) : Double.POSITIVE_INFINITY;
    }

    /// All cells in all trials.
    public Part first() {
        return parts.getFirst();
    }

    private record Making(Settings settings, String source, List<String> notes) {
        Making(Settings settings, String source) {
            this(settings, source, new ArrayList<>());
        }

        DecodingPlan plan(TrialMatrix whole, boolean byRunning, Map<String, Map<String, String>> groupings) {
            tellDropped(whole);
            Part first = Part.all(ALL, enough(whole, ALL));
            List<Part> ofTrials = new ArrayList<>(List.of(first));
            if (byRunning) {
                ofTrials.addAll(states(first.matrix()));
            }
            List<Part> parts = new ArrayList<>(ofTrials);
            groupings.forEach((from, grouping) -> columns(from, grouping, first.matrix().cells())
                    .forEach((group, of) -> ofTrials
                            .forEach(part -> parts.add(new Part(group, part.state(), part.matrix(), of)))));
            return new DecodingPlan(parts, notes);
        }

        private void tellDropped(TrialMatrix matrix) {
            TrialMatrix.Dropped dropped = matrix.dropped();
            if (!dropped.trials().isEmpty()) {
                notes.add("left out " + dropped.trials().size() + " trials without all responses: "
                        + names(dropped.trials().stream().map(String::valueOf).toList()));
            }
            if (!dropped.cells().isEmpty()) {
                notes.add("left out " + dropped.cells().size() + " cells without all responses: "
                        + names(dropped.cells()));
            }
        }

        /// The trials of conditions that have one for each fold; with folds that are given, all.
        private TrialMatrix enough(TrialMatrix matrix, String state) {
            if (!settings.given().isEmpty()) {
                return matrix;
            }
            TrialMatrix kept = matrix.withTrials(settings.folds());
            List<String> gone = matrix.classes().stream().filter(condition -> !kept.classes().contains(condition))
                    .map(condition -> condition.label()).toList();
            if (!gone.isEmpty()) {
                notes.add("left out " + gone.size() + " conditions with fewer trials than folds (state " + state + "): "
                        + names(gone));
            }
            return kept;
        }

        private List<Part> states(TrialMatrix matrix) {
            long unknown = IntStream.range(0, matrix.trials()).filter(t -> Double.isNaN(matrix.speed(t))).count();
            if (matrix.trials() > 0 && unknown == matrix.trials()) {
                throw new InputException("speeds are missing", source,
                        "give a column speed in cm/s, or a session with " + Signal.RUNNING
                                + "; or leave out --by-running");
            }
            if (unknown > 0) {
                notes.add(unknown + " trials without a speed count neither as running nor as still");
            }
            List<Part> parts = new ArrayList<>();
            for (boolean running : new boolean[]{true, false}) {
                String state = running ? "running" : "still";
                TrialMatrix some = enough(matrix.where(t -> !Double.isNaN(matrix.speed(t))
                        && matrix.speed(t) > TrialMatrix.RUNNING == running), state);
                if (some.classes().size() < 2) {
                    notes.add("too few trials of state " + state + "; it is left out");
                } else {
                    parts.add(Part.all(state, some));
                }
            }
            return parts;
        }

        /// The columns of each group.
        ///
        /// @param from where they are from, for errors
        /// @param of the group of each cell
        private Map<String, int[]> columns(String from, Map<String, String> of, List<String> names) {
            Map<String, int[]> columns = new LinkedHashMap<>();
            of.values().stream().distinct().sorted(BY_NUMBER).forEach(group -> {
                int[] some = IntStream.range(0, names.size()).filter(j -> group.equals(of.get(names.get(j)))).toArray();
                if (some.length > 0) {
                    columns.put(group, some);
                }
            });
            if (columns.isEmpty()) {
                throw new InputException("holds none of the cells of " + source, from,
                        names.isEmpty() ? "" : "name cells as there, for example " + names.getFirst());
            }
            long without = names.stream().filter(cell -> !of.containsKey(cell)).count();
            if (without > 0) {
                notes.add(without + " cells are in no group of " + from);
            }
            return columns;
        }

        /// A list, its end cut off if it is long.
        private static String names(List<String> all) {
            return String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())))
                    + (all.size() > MOST_NAMED ? " and " + (all.size() - MOST_NAMED) + " more" : "");
        }
    }
}
