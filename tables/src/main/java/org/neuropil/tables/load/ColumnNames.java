package org.neuropil.tables.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

/// Finds a table's columns in a file.
final class ColumnNames {
    private static final double[] VOXELS = {};
    private static final List<String> AXES = List.of("x", "y", "z");

    private final Path file;
    private final RowFile read;
    private final TableInfo info;
    private final TableImport.Options options;

    ColumnNames(Path file, RowFile read, TableInfo info, TableImport.Options options) {
        this.file = file;
        this.read = read;
        this.info = info;
        this.options = options;
    }

    /// How each column that the file has is read.
    ///
    /// @throws InputException if one is missing that has to be there, or an option names one that is not
    List<CellRule> rules(TableSchema schema) {
        Map<String, Field.Point> points = new HashMap<>();
        Map<String, Integer> axes = new HashMap<>();
        Map<String, List<String>> oneOf = new HashMap<>();
        Set<String> known = new LinkedHashSet<>();
        for (Field field : schema.fields()) {
            if (field instanceof Field.Point point) {
                known.add(whole(point));
                for (int axis = 0; axis < 3; axis++) {
                    points.put(point.position(AXES.get(axis)), point);
                    axes.put(point.position(AXES.get(axis)), axis);
                }
            } else if (field instanceof Field.Value value) {
                oneOf.put(value.name(), value.oneOf());
            }
        }
        TableImport.taken(schema).forEach(column -> known.add(column.name()));
        checkOptions(known);
        List<CellRule> rules = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Column column : TableImport.taken(schema)) {
            Field.Point point = points.get(column.name());
            Optional<String> own = find(column.name());
            if (point != null) {
                int axis = axes.getOrDefault(column.name(), 0);
                double[] scale = options.unit() == 0
                        ? VOXELS
                        : new double[]{options.unit(), info.resolution().get(axis)};
                Optional<String> three = find(whole(point));
                if (own.isPresent()) {
                    checkNoList(own.get());
                    rules.add(CellRule.coordinate(column, own.get(), scale));
                } else if (three.isPresent()) {
                    rules.add(CellRule.ofThree(column, three.get(), read.columns().getOrDefault(three.get(), ""), axis,
                            scale));
                } else if (!column.nullable()) {
                    missing.add(column.name());
                }
            } else if (own.isPresent()) {
                checkNoList(own.get());
                rules.add(CellRule.of(column, own.get(), oneOf.getOrDefault(column.name(), List.of())));
            } else if (!column.nullable() && !column.equals(TableSchema.ID)) {
                missing.add(column.name());
            }
        }
        if (!missing.isEmpty()) {
            throw new InputException("has no column " + String.join(", ", missing), file.toString(), "it has "
                    + String.join(", ", read.columns().keySet()) + "; --column FIELD=COLUMN says which is meant");
        }
        return rules;
    }

    /// The name of a column that holds all of a position.
    private static String whole(Field.Point point) {
        String x = point.position("x");
        return x.substring(0, x.length() - 2);
    }

    /// A list would be taken for a text, where one is looked for.
    private void checkNoList(String column) {
        String row = read.extra().lists().get(column);
        if (row != null) {
            throw new InputException(row + ", " + column + ": is a list, where one value is due", file.toString(),
                    "mend the file; nothing was written");
        }
    }

    /// The names that are looked for in a file, and those of points.
    static Set<String> sought(TableSchema schema, TableImport.Options options) {
        Set<String> names = new HashSet<>(options.names().values());
        TableImport.taken(schema).forEach(column -> names.add(column.name()));
        for (Field field : schema.fields()) {
            names.add(field.name());
            if (field instanceof Field.Point point) {
                names.add(whole(point));
            }
        }
        return names;
    }

    private Optional<String> find(String column) {
        String name = options.names().getOrDefault(column, column);
        return read.columns().containsKey(name) ? Optional.of(name) : Optional.empty();
    }

    private void checkOptions(Set<String> known) {
        options.names().forEach((field, column) -> {
            if (!known.contains(field)) {
                throw new InputException("the table has no field '" + field + "'", "--column",
                        "there are " + String.join(", ", known));
            }
            if (!read.columns().containsKey(column)) {
                throw new InputException("has no column '" + column + "'", file.toString(),
                        "it has " + String.join(", ", read.columns().keySet()));
            }
        });
    }
}
