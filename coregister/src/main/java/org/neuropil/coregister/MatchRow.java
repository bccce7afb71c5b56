package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.neuropil.coregister.match.Matches;

/// A cell with its nucleus.
///
/// @param cell place in the table of cells
/// @param nucleus place in the table of nuclei
/// @param residual distance between the two in micrometres
/// @param separation distance to the nearest other nucleus, less the residual
/// @param probability that the nucleus is the cell's
/// @param none probability that no nucleus of the table is
/// @param cells how many cells were matched to this nucleus
public record MatchRow(int cell, int nucleus, double residual, double separation, double probability, double none,
        int cells) {
    /// What is done with several cells of one nucleus. One cell that was seen in several fields is no error.
    public enum Duplicates {
        /// All stay.
        KEEP("keep"),
        /// The likeliest one stays.
        BEST_PROBABILITY("best-probability"),
        /// The one of the largest separation stays.
        BEST_SEPARATION("best-separation"),
        /// None stays.
        DROP("drop");

        private final String word;

        Duplicates(String word) {
            this.word = word;
        }

        /// As it is written on the command line.
        public String word() {
            return word;
        }
    }

    /// Rows of matches, in the order of the cells.
    ///
    /// @param least probability of a row
    public static List<MatchRow> of(Matches matches, double least, Duplicates duplicates) {
        Map<Integer, List<MatchRow>> byNucleus = new HashMap<>();
        List<MatchRow> all = new ArrayList<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < matches.size(); i++) {
            if (matches.nucleus()[i] != Matches.NONE && matches.probability()[i] >= least) {
                counts.merge(matches.nucleus()[i], 1, Integer::sum);
            }
        }
        for (int i = 0; i < matches.size(); i++) {
            int nucleus = matches.nucleus()[i];
            if (nucleus != Matches.NONE && matches.probability()[i] >= least) {
                MatchRow row = new MatchRow(i, nucleus, matches.residual()[i], matches.separation()[i],
                        matches.probability()[i], matches.none()[i], counts.getOrDefault(nucleus, 1));
                all.add(row);
                byNucleus.computeIfAbsent(nucleus, _ -> new ArrayList<>()).add(row);
            }
        }
        if (duplicates == Duplicates.KEEP) {
            return all;
        }
        Comparator<MatchRow> order = duplicates == Duplicates.BEST_SEPARATION
                ? Comparator.comparingDouble(MatchRow::separation)
                : Comparator.comparingDouble(MatchRow::probability);
        Set<MatchRow> kept = new HashSet<>();
        byNucleus.values().forEach(rows -> {
            if (duplicates != Duplicates.DROP || rows.size() == 1) {
                // Of equal ones the first cell.
                kept.add(rows.stream().max(order.thenComparing(Comparator.comparingInt(MatchRow::cell).reversed()))
                        .orElseThrow());
            }
        });
        return all.stream().filter(kept::contains).toList();
    }
}
