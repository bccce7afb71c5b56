package org.neuropil.coregister;

import org.neuropil.tables.column.Rows;

/// Nuclei that cells are matched to, as they are given.
public sealed interface GivenNuclei {
    /// CSV.
    record OfFile(GivenFile file) implements GivenNuclei {}

    /// A table, or view, of a dataset at a moment.
    ///
    /// @param name of the table
    /// @param at the moment, in words
    /// @param nuclei its rows, see [NucleusTable#of(Rows, org.neuropil.space.VoxelSize, String)]
    record OfTable(String name, String at, NucleusTable nuclei) implements GivenNuclei {}
}
