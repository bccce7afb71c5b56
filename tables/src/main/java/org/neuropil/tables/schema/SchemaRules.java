package org.neuropil.tables.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// What makes fields fit to become a table.
final class SchemaRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final int LONGEST = 63; // of a column's name in PostgreSQL

    private SchemaRules() {}

    /// @param file where it comes from, for errors
    /// @throws InputException if it is not
    static void check(TableSchema schema, String file) {
        try {
            TableInfo.checkName(schema.name(), file + ", name");
        } catch (InputException e) {
            throw new InputException(Words.shorten(e.what(), LONGEST + 20), e.where(), e.hint());
        }
        if (schema.fields().isEmpty()) {
            throw new InputException("has no fields", file, "give at least one");
        }
        // Databases do not tell upper from lower case in names of columns.
        Map<String, String> taken = new HashMap<>();
        for (Column column : List.of(TableSchema.ID, TableSchema.CREATED, TableSchema.DELETED,
                TableSchema.SUPERCEDED)) {
            taken.put(column.name(), "every row");
        }
        taken.put(SchemaDocument.VALID, "every row");
        for (int i = 0; i < schema.fields().size(); i++) {
            Field field = schema.fields().get(i);
            String where = file + ", fields[" + i + "]";
            checkName(field, where + ".name");
            for (String column : columns(field)) {
                String owner = taken.putIfAbsent(column.toLowerCase(Locale.ROOT), "field '" + field.name() + "'");
                if (owner != null) {
                    throw new InputException("field '" + field.name() + "' needs the name '" + column + "', which "
                            + owner + " has", where + ".name", "choose another name");
                }
                if (column.length() > LONGEST) {
                    throw new InputException("'" + Words.shorten(column, LONGEST) + "' is a name of " + column.length()
                            + " characters", where + ".name", "a column's name has at most " + LONGEST);
                }
            }
            if (field instanceof Field.Value value) {
                checkValue(value, where);
            }
        }
    }

    private static void checkName(Field field, String where) {
        String name = field.name();
        boolean bare = name.isEmpty() && field instanceof Field.Point;
        if (!bare && (!NAME.matcher(name).matches() || name.contains("__") || name.endsWith("_"))) {
            throw new InputException("'" + Words.shorten(name, LONGEST) + "' is no name of a field", where,
                    "use letters, digits and single '_' between them, a letter first");
        }
        boolean reference = field instanceof Field.Reference;
        if (reference != name.equals(SchemaDocument.TARGET)) {
            throw new InputException(reference
                    ? "a reference is called '" + Words.shorten(name, LONGEST) + "'"
                    : "'" + SchemaDocument.TARGET + "' is no reference", where,
                    "a reference has the name " + SchemaDocument.TARGET + ", and nothing else has it");
        }
    }

    /// All names by which a field, or a part of it, can be meant.
    private static List<String> columns(Field field) {
        if (!(field instanceof Field.Point point)) {
            return List.of(field.name());
        }
        List<String> unbound = List.of(point.name(), point.column("position"), point.position("x"),
                point.position("y"), point.position("z"));
        return point.bound()
                ? List.of(unbound.get(0), unbound.get(1), unbound.get(2), unbound.get(3), unbound.get(4),
                        point.supervoxel(), point.root())
                : unbound;
    }

    private static void checkValue(Field.Value value, String where) {
        for (String text : value.oneOf()) {
            checkConstant(value.type(), text, where + ".one_of");
        }
        value.otherwise().ifPresent(text -> checkConstant(value.type(), text, where + ".default"));
        Set<String> distinct = new HashSet<>();
        for (String one : value.oneOf()) {
            if (!distinct.add(one)) {
                throw new InputException("'" + Words.shorten(one, LONGEST) + "' is given twice", where + ".one_of",
                        "give each value once");
            }
        }
        boolean choosable = value.type() != ColumnType.BOOLEAN && value.type() != ColumnType.FLOAT32
                && value.type() != ColumnType.FLOAT64 && value.type() != ColumnType.TIMESTAMP;
        if (!value.oneOf().isEmpty() && !choosable) {
            throw new InputException("values of type " + value.type() + " cannot be listed", where + ".one_of",
                    "list texts or whole numbers, or leave it out");
        }
        value.otherwise().filter(text -> !distinct.isEmpty() && !distinct.contains(text)).ifPresent(text -> {
            throw new InputException("'" + Words.shorten(text, LONGEST) + "' is none of one_of", where + ".default",
                    "give one of " + String.join(", ", value.oneOf()));
        });
    }

    private static void checkConstant(ColumnType type, String text, String where) {
        try {
            SchemaDocument.constant(type, text);
        } catch (NumberFormatException e) {
            throw new InputException("'" + Words.shorten(text, LONGEST) + "' is no " + type, where,
                    "give a value of the field's type", e);
        }
    }
}
