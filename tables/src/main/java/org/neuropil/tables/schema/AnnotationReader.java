package org.neuropil.tables.schema;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads rows from JSON as they come, into growing columns; what is wrong is collected on the way.
final class AnnotationReader {
    private static final String LIST = "annotations";
    private static final int NAMED = 30;

    private final TableSchema schema;
    private final boolean partial;
    private final Target.Row target;
    private final Cell ids;
    private final Problems problems = new Problems();
    private int rows;

    /// @param partial whether fields may be left out, as rows are there already
    AnnotationReader(TableSchema schema, boolean partial) {
        this.schema = schema;
        this.partial = partial;
        this.target = Target.Row.of(schema, partial);
        this.ids = cell(TableSchema.ID.name());
    }

    private Cell cell(String column) {
        return Objects.requireNonNull(target.cells().get(column));
    }

    /// Reads all rows: a list of them, or an object with that list as `annotations`.
    ///
    /// @throws InputException if one is none of the kind
    void read(JsonParser json) {
        JsonToken first = json.nextToken();
        boolean wrapped = first == JsonToken.START_OBJECT;
        boolean found = first == JsonToken.START_ARRAY;
        if (found) {
            list(json);
        }
        while (wrapped && json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            if (found || !key.equals(LIST) || json.nextToken() != JsonToken.START_ARRAY) {
                throw noList("'" + Words.shorten(key, NAMED) + "' is given where one list 'annotations' is due");
            }
            found = true;
            list(json);
        }
        if (!found) {
            throw noList("there is no list of rows");
        }
        if (json.nextToken() != null) {
            throw noList("there is more after the end of the list");
        }
        checkIds();
        problems.check();
    }

    /// What is wrong, where bytes have turned out to be no JSON.
    InputException fatal(JacksonException e) {
        return problems.fatal(rows, e);
    }

    private static InputException noList(String what) {
        return new InputException(what, LIST, "send {\"annotations\": [{...}, {...}]}");
    }

    private void list(JsonParser json) {
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                object(json, "", target.keys());
                end();
            } else {
                problems.add(rows, "", new Cell.Refusal(Cell.shown(json) + " is no row",
                        "give an object with the fields " + fields()));
                json.skipChildren();
                ids.leave(rows);
            }
            rows++;
        }
    }

    private String fields() {
        List<String> names = schema.fields().stream().map(Field::name).limit(NAMED).toList();
        return String.join(", ", names) + (schema.fields().size() > NAMED ? ", …" : "");
    }

    private void object(JsonParser json, String prefix, Map<String, Target> keys) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            switch (keys.get(key)) {
                case Target.Single single -> {
                    Cell.Refusal refusal = single.cell().read(json, rows);
                    if (refusal != null) {
                        problems.add(rows, prefix + key, refusal);
                    }
                    json.skipChildren();
                }
                case Target.Position position -> position.point().read(json, rows, prefix + key, problems);
                case Target.Nested nested -> nested(json, token, key, nested);
                case Target.Ignored _ -> json.skipChildren();
                case Target.Ended _ -> {
                    if (token != JsonToken.VALUE_NULL && !(token == JsonToken.VALUE_STRING
                            && json.getString().matches("|None"))) {
                        problems.add(rows, key, new Cell.Refusal(Cell.shown(json)
                                + " is given, but only rows that stand can be written", "leave it out"));
                    }
                    json.skipChildren();
                }
                case null -> {
                    problems.add(rows, prefix + key, new Cell.Refusal("there is no such field",
                            "fields are " + fields()));
                    json.skipChildren();
                }
            }
        }
    }

    private void nested(JsonParser json, JsonToken token, String key, Target.Nested nested) {
        if (token == JsonToken.START_OBJECT) {
            nested.point().open(rows);
            object(json, key + ".", nested.parts());
        } else if (token == JsonToken.VALUE_NULL) {
            Cell.Refusal refusal = nested.point().giveNull(rows);
            if (refusal != null) {
                problems.add(rows, key, refusal);
            }
        } else {
            problems.add(rows, key, new Cell.Refusal(Cell.shown(json) + " is no point",
                    "give it as {\"position\": [x, y, z]}"));
            nested.point().giveNull(rows); // so that it does not count as missing too
            json.skipChildren();
        }
    }

    /// Completes a row.
    private void end() {
        target.points().values().forEach(point -> point.end(rows, partial, problems));
        for (Field field : schema.fields()) {
            if (field instanceof Field.Point) {
                continue;
            }
            Cell cell = cell(field.name());
            if (cell.isGiven(rows)) {
                continue;
            }
            if (partial) {
                cell.leave(rows);
            } else if (field.required()) {
                problems.add(rows, field.name(), new Cell.Refusal("is missing", "every row has to have it"));
            } else {
                cell.leaveOtherwise(rows);
            }
        }
        if (!ids.isGiven(rows)) {
            ids.leave(rows);
        }
    }

    private void checkIds() {
        Long2IntOpenHashMap seen = new Long2IntOpenHashMap();
        seen.defaultReturnValue(-1);
        if (!partial && ids.isEmpty(rows)) {
            return;
        }
        long[] values = ((ColumnData.Longs) ids.data(rows)).values();
        for (int row = 0; row < rows; row++) {
            if (!ids.isAbsent(row)) {
                int before = seen.putIfAbsent(values[row], row);
                if (before >= 0) {
                    problems.add(row, TableSchema.ID.name(), new Cell.Refusal(Long.toUnsignedString(values[row])
                            + " is the id of row " + before + " too", "give each row once"));
                }
            } else if (partial) {
                if (!ids.gave().get(row)) { // else it was refused
                    problems.add(row, TableSchema.ID.name(), new Cell.Refusal("is missing",
                            "say which row is to be replaced"));
                }
            } else if (problems.isEmpty()) { // else it may be one of them
                problems.add(row, TableSchema.ID.name(), new Cell.Refusal("is missing, but other rows have one",
                        "give ids to all rows or to none"));
                return;
            }
        }
    }

    /// What was read, in the order of [TableSchema#kept]; columns that nobody may give otherwise are there, `id` and
    /// supervoxels only where a row has given them.
    Rows rows() {
        Map<String, Column> given = new HashMap<>();
        schema.given().forEach(column -> given.put(column.name(), column));
        List<Column> columns = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        target.cells().forEach((name, cell) -> {
            Column column = name.equals(TableSchema.ID.name())
                    ? TableSchema.ID
                    : given.getOrDefault(name, Column.nullable(name, cell.column().type()));
            boolean always = given.containsKey(name) || partial && column.equals(TableSchema.ID);
            if (always || !cell.isEmpty(rows)) {
                boolean id = column.equals(TableSchema.ID);
                columns.add(partial && !id ? Column.nullable(name, column.type()) : column);
                data.add(cell.data(rows));
            }
        });
        return new Rows(columns, data);
    }

    /// By column, which rows have given it.
    Map<String, BitSet> gave() {
        Map<String, BitSet> gave = new HashMap<>();
        target.cells().forEach((name, cell) -> gave.put(name, cell.gave()));
        return gave;
    }
}
