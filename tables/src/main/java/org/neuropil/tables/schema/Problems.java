package org.neuropil.tables.schema;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.space.InputException;

import tools.jackson.core.JacksonException;

/// What is wrong with rows: the first few in words, the others counted.
final class Problems {
    private static final int TOLD = 10;

    private record Problem(String where, String what, String hint) {
        String words() {
            return where + ": " + what + (hint.isEmpty() ? "" : " (" + hint + ")");
        }
    }

    private final List<Problem> told = new ArrayList<>();
    private long all;

    /// @param field as it was given; empty for the row as a whole
    void add(int row, String field, Cell.Refusal refusal) {
        if (++all <= TOLD) {
            told.add(new Problem("row " + row + (field.isEmpty() ? "" : ", " + Words.shorten(field, 80)),
                    refusal.what(), refusal.hint()));
        }
    }

    /// All of them as one, after what ends the reading at once.
    ///
    /// @param row at which it ended
    InputException fatal(int row, JacksonException e) {
        String words = e.getOriginalMessage().replaceAll("(?s)\\s*(at )?\\[Source:.*", "");
        String place = e.getLocation() == null
                ? ""
                : "at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
        told.add(new Problem("row " + row, "is no JSON: " + Words.shorten(words, 200), place));
        all++;
        return exception();
    }

    boolean isEmpty() {
        return all == 0;
    }

    /// @throws InputException if there are any
    void check() {
        if (all > 0) {
            throw exception();
        }
    }

    private InputException exception() {
        if (all == 1) {
            Problem only = told.getFirst();
            return new InputException(only.what, only.where, only.hint);
        }
        String words = String.join("; ", told.stream().map(Problem::words).toList());
        long others = all - told.size();
        return new InputException(all + " things are wrong: " + words + (others > 0 ? "; and " + others + " more" : ""),
                "annotations", "mend them and send all rows again");
    }
}
