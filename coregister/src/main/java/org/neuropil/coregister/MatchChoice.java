package org.neuropil.coregister;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.neuropil.space.InputException;

/// Which matches become rows, and what their score is.
///
/// @param least probability of a row, 0 to 1
/// @param duplicates what is done with several cells of one nucleus
/// @param likely true for the probability as score, false for the separation
public record MatchChoice(double least, MatchRow.Duplicates duplicates, boolean likely) {
    /// Policy if nothing else is said.
    public static final String KEEP = MatchRow.Duplicates.KEEP.word();
    /// Score if nothing else is said.
    public static final String SEPARATION = "separation";
    private static final String PROBABILITY = "probability";

    /// Out of the words of command line and HTTP.
    ///
    /// @param duplicates `keep`, `best-probability`, `best-separation` or `drop`
    /// @param score `separation` or `probability`
    /// @throws InputException if a word means nothing; its place is the option, `--score` and so on
    public static MatchChoice of(double least, String duplicates, String score) {
        if (!(least >= 0 && least <= 1)) {
            throw new InputException(least + " is not within 0 and 1", "--min-probability", "");
        }
        if (!score.equals(SEPARATION) && !score.equals(PROBABILITY)) {
            throw new InputException("'" + CsvText.shown(score) + "' is not one of separation, probability", "--score",
                    "");
        }
        MatchRow.Duplicates policy = Arrays.stream(MatchRow.Duplicates.values())
                .filter(one -> one.word().equals(duplicates)).findFirst()
                .orElseThrow(() -> new InputException("'" + CsvText.shown(duplicates) + "' is not one of "
                        + Arrays.stream(MatchRow.Duplicates.values()).map(MatchRow.Duplicates::word)
                                .collect(Collectors.joining(", ")),
                        "--duplicates", ""));
        return new MatchChoice(least, policy, score.equals(PROBABILITY));
    }

    /// The rows that are chosen, in the order of the cells.
    public List<MatchRow> rows(Matching matching) {
        return MatchRow.of(matching.matches(), least, duplicates);
    }
}
