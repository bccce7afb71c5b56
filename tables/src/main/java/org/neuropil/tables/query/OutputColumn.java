package org.neuropil.tables.query;

import java.util.Optional;

import org.neuropil.tables.column.ColumnType;

/// A column of an answer.
///
/// @param name in it
/// @param type of its values, or of the three numbers of a place
/// @param nullable whether a value may be absent
/// @param place true if each value is a list of three numbers
/// @param origin the column, or the place (`NAME_position`), of which table; empty for an aggregate
public record OutputColumn(String name, ColumnType type, boolean nullable, boolean place,
        Optional<ColumnRef> origin) {}
