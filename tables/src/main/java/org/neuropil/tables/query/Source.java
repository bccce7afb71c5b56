package org.neuropil.tables.query;

import java.util.List;

import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;

/// A table at a moment, as something that DuckDB can read.
public interface Source {
    /// What is said of the table.
    TableInfo info();

    /// Its columns, in order.
    List<Column> columns();

    /// Whether rows have an `id` of which each is another.
    default boolean hasKey() {
        return columns().stream().anyMatch(column -> column.name().equals("id"));
    }

    /// What to write behind `FROM`: a relation, in brackets where it needs them, with all columns. It holds all rows that
    /// meet the hint, each once, and perhaps others; which it is made of (a sorted copy, some of its files) may depend on
    /// the hint. What it refers to lasts as long as this source.
    ///
    /// @param hint what is known of the rows that will be looked at
    String relation(Hint hint);
}
