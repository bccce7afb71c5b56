package org.neuropil.physiology.movie.step;

import java.util.List;

import org.neuropil.tables.column.Column;

/// What there is to say of regions: a row each, or one for each of what was found.
///
/// @param columns names and types
/// @param rows cells by column: String, Integer, Double or Boolean; NaN for what is not defined
public record StepFigures(List<Column> columns, List<List<Object>> rows) {
    /// Copies.
    public StepFigures {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
