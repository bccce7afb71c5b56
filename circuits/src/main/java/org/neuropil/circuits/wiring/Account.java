package org.neuropil.circuits.wiring;

import java.util.ArrayList;
import java.util.List;

/// What was done to rows on the way to an answer: counts before and after each filter, the lists that decided, and what else
/// a reader has to know.
///
/// @param steps in order
/// @param lists that decided
/// @param notes sentences
public record Account(List<Step> steps, List<CellList> lists, List<String> notes) {
    /// A filter.
    ///
    /// @param what is kept
    /// @param before how many there were
    /// @param after how many are left
    /// @param of what is counted
    public record Step(String what, String of, long before, long after) {}

    /// Copies the lists.
    public Account {
        steps = List.copyOf(steps);
        lists = List.copyOf(lists);
        notes = List.copyOf(notes);
    }

    /// With one more step.
    public Account with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Account(more, lists, notes);
    }

    /// Writes one.
    static final class Writer {
        private final List<Step> steps = new ArrayList<>();
        private final List<CellList> lists = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        void step(String what, String of, long before, long after) {
            steps.add(new Step(what, of, before, after));
        }

        void list(CellList list) {
            lists.add(list);
        }

        void note(String sentence) {
            notes.add(sentence);
        }

        Account account() {
            return new Account(steps, lists, notes);
        }
    }
}
