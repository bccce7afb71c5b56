package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.neuropil.graph.Operation;

/// What an [Editor] had said when it was killed.
///
/// @param asked all requests by their numbers
/// @param made words about the operations that came of them
/// @param pending requests without an answer
/// @param copied names of copies
/// @param words how many lines of each kind there were
record Said(Map<Long, Ask> asked, Map<Long, String> made, List<Ask> pending, List<String> copied,
        Map<String, Long> words) {
    static Said parse(List<String> lines) {
        Said said = new Said(new HashMap<>(), new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>());
        Map<Long, Ask> open = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", 3);
            said.words.merge(words[0], 1L, Long::sum);
            switch (words[0]) {
                case "ask" -> {
                    said.asked.put(Long.parseLong(words[1]), Ask.parse(words[2]));
                    open.put(Long.parseLong(words[1]), Ask.parse(words[2]));
                }
                case "made" -> {
                    said.made.put(Long.parseLong(words[1]), words[2]);
                    open.remove(Long.parseLong(words[1]));
                }
                case "none", "refused" -> open.remove(Long.parseLong(words[1]));
                case "copied" -> said.copied.add(words[1]);
                case "begun", "open" -> {
                    // Nothing to remember.
                }
                default -> throw new AssertionError("the process said: " + line);
            }
        }
        said.pending.addAll(open.values());
        return said;
    }

    void count(Map<String, Long> figures) {
        words.forEach((word, count) -> figures.merge(word, count, Long::sum));
    }

    /// What was acknowledged is in the log, as it was told.
    ///
    /// @return numbers of the operations
    Set<Long> check(Timeline timeline) {
        Set<Long> there = new HashSet<>();
        made.forEach((number, line) -> {
            String[] words = line.split(" ", -1);
            long id = Long.parseLong(words[0]);
            assertThat(id).as("an acknowledged operation is in the log").isBetween(1L, (long) timeline.size());
            Operation operation = timeline.replay.log.get((int) id - 1);
            Ask ask = Objects.requireNonNull(asked.get(number));
            assertThat(ask.isOf(operation)).as("%s is %s", Timeline.text(operation), ask).isTrue();
            assertThat(operation.before()).isEqualTo(Editor.ids(words[1]));
            assertThat(operation.after()).isEqualTo(Editor.ids(words[2]));
            there.add(id);
        });
        return there;
    }

    /// Holds what several had said against what the log has got since.
    ///
    /// @param before number of operations that they found
    /// @param threads most requests that each may have left open
    static void check(List<Said> all, Timeline timeline, int before, int threads) {
        Set<Long> there = new HashSet<>();
        List<Ask> pending = new ArrayList<>();
        for (Said said : all) {
            assertThat(said.pending().size()).isLessThanOrEqualTo(threads);
            there.addAll(said.check(timeline));
            pending.addAll(said.pending());
        }
        for (Operation operation : timeline.replay.log.subList(before, timeline.size())) {
            assertThat(there.contains(operation.id()) || pending.stream().anyMatch(ask -> ask.isOf(operation)))
                    .as("somebody asked for %s", Timeline.text(operation)).isTrue();
        }
    }
}
