package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.nwb.tree.Group;
import org.neuropil.physiology.nwb.tree.Tree;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Presentations;

/// What was shown: tables below `intervals`.
final class NwbStimuli {
    private static final String EPOCHS = "epochs";
    private static final List<String> NO_STIMULI = List.of(EPOCHS, "invalid_times");

    private final Tree tree;
    private final NwbFacts facts;
    private final List<String> notes;

    NwbStimuli(Tree tree, NwbFacts facts, List<String> notes) {
        this.tree = tree;
        this.facts = facts;
        this.notes = notes;
    }

    /// All rows of all tables, in the order of time.
    List<Presentation> presentations() throws IOException {
        List<Presentation> all = new ArrayList<>();
        Optional<Group> intervals = tree.group("intervals");
        for (String name : intervals.isPresent() ? intervals.get().names() : List.<String>of()) {
            Optional<Group> group = tree.group("intervals/" + name);
            if (group.isPresent() && !NO_STIMULI.contains(name)) {
                all.addAll(rows(NwbTable.of(tree, group.get()), name));
            }
        }
        return Presentations.inOrder(all);
    }

    private List<Presentation> rows(NwbTable table, String name) throws IOException {
        if (table.plain("start_time").isEmpty() || table.plain("stop_time").isEmpty()) {
            notes.add("intervals/" + name + " was left out: it has no start_time and stop_time");
            return List.of();
        }
        List<String> stimuli = table.plain("stim_name").isPresent()
                ? table.words("stim_name")
                : table.plain("stimulus_name").isPresent() ? table.words("stimulus_name") : List.of();
        double[] start = table.numbers("start_time");
        double[] stop = table.numbers("stop_time");
        double[] direction = table.numbers(table.plain("direction").isPresent() ? "direction" : "orientation");
        double[] spatial = table.numbers("spatial_frequency");
        double[] temporal = table.numbers("temporal_frequency");
        double[] frame = table.numbers("frame");
        double[] order = table.numbers("image_order");
        double[] index = table.numbers("image_index");
        double[] azimuth = table.numbers("center_azimuth");
        double[] elevation = table.numbers("center_elevation");
        boolean hashed = table.plain("condition_hash").isPresent();
        List<String> labels = table.words(hashed ? "condition_hash" : "stimulus_condition_id");
        boolean told = facts.isThere() && table.plain("blank").isPresent() && table.plain("picture").isPresent();
        double[] blank = told ? table.numbers("blank") : new double[0];
        double[] picture = told ? table.numbers("picture") : new double[0];
        List<Presentation> rows = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            Presentation one = Presentations.of(new Presentations.Row(stimuli.isEmpty() ? name : stimuli.get(i),
                    start[i], stop[i], direction[i], spatial[i], temporal[i], frame[i], order[i], index[i], azimuth[i],
                    elevation[i], labels.get(i)));
            rows.add(told
                    ? new Presentation(one.stimulus(), one.start(), one.stop(),
                            condition(picture[i], direction[i], spatial[i], temporal[i]), blank[i] != 0, one.frame(),
                            one.order(), one.azimuth(), one.elevation(), one.label())
                    : one);
        }
        return hashed ? numbered(rows, name) : rows;
    }

    /// What was shown, where the table tells it whatever the stimulus is called.
    private static Optional<Condition> condition(double picture, double direction, double spatial, double temporal) {
        return Double.isFinite(picture)
                ? Optional.of(new Condition.Picture((int) picture))
                : Double.isFinite(direction)
                        ? Optional.of(new Condition.Grating(direction, spatial, temporal))
                        : Optional.empty();
    }

    /// Films that are told apart by hashes alone get numbers, in the order of these.
    private List<Presentation> numbered(List<Presentation> rows, String name) {
        Map<String, Integer> numbers = new HashMap<>();
        new TreeSet<>(rows.stream().map(Presentation::label).toList())
                .forEach(label -> numbers.put(label, numbers.size()));
        notes.add("films of intervals/" + name + " are numbered in the order of their hashes; these are their labels, "
                + "and tell films of several sessions apart");
        return rows.stream().map(row -> new Presentation(row.stimulus(), row.start(), row.stop(),
                Optional.of(new Condition.Picture(numbers.getOrDefault(row.label(), 0))), false, row.frame(),
                row.order(), row.azimuth(), row.elevation(), row.label())).toList();
    }

    /// The parts that the file tells, or those that presentations make.
    List<Epoch> epochs(List<Presentation> presentations) throws IOException {
        Optional<Group> group = tree.group("intervals/" + EPOCHS);
        if (group.isEmpty()) {
            return facts.isThere() ? List.of() : Presentations.epochs(presentations);
        }
        NwbTable table = NwbTable.of(tree, group.get());
        List<String> names = table.words(table.plain("stim_name").isPresent() ? "stim_name" : "name");
        double[] start = table.numbers("start_time");
        double[] stop = table.numbers("stop_time");
        List<Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            epochs.add(new Epoch(names.get(i), start[i], stop[i]));
        }
        return epochs.stream().sorted(Comparator.comparingDouble(Epoch::start)).toList();
    }
}
