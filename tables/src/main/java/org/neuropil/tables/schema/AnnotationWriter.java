package org.neuropil.tables.schema;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

import tools.jackson.core.JsonGenerator;

/// Writes rows as flat JSON objects.
final class AnnotationWriter {
    private interface Part {
        void write(JsonGenerator json, int row);
    }

    private final Rows rows;
    private final List<Part> parts = new ArrayList<>();

    AnnotationWriter(TableSchema schema, Rows rows) {
        this.rows = rows;
        value("id");
        moment("created");
        ColumnData deleted = moment("deleted");
        value("superceded_id");
        parts.add((json, row) -> json.writeBooleanProperty("valid", deleted.isAbsent(row)));
        for (Field field : schema.fields()) {
            if (field instanceof Field.Point point) {
                position(point);
            } else {
                value(field.name());
            }
        }
    }

    private ColumnData column(String name) {
        int index = rows.index(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column '" + name + "' in " + rows.columns());
        }
        return rows.data().get(index);
    }

    private ColumnData moment(String name) {
        ColumnData data = column(name);
        long[] moments = rows.longs(name);
        parts.add((json, row) -> json.writeStringProperty(name,
                data.isAbsent(row) ? "None" : Moments.text(moments[row])));
        return data;
    }

    private void position(Field.Point point) {
        List<ColumnData.Ints> axes = new ArrayList<>();
        for (String axis : List.of("x", "y", "z")) {
            axes.add((ColumnData.Ints) column(point.position(axis)));
        }
        String name = point.column("position");
        parts.add((json, row) -> {
            if (axes.getFirst().isAbsent(row)) {
                json.writeNullProperty(name);
                return;
            }
            json.writeArrayPropertyStart(name);
            for (ColumnData.Ints axis : axes) {
                json.writeNumber(axis.values()[row]);
            }
            json.writeEndArray();
        });
    }

    private void value(String name) {
        ColumnData data = column(name);
        boolean moment = rows.columns().get(rows.index(name)).type() == ColumnType.TIMESTAMP;
        parts.add((json, row) -> {
            json.writeName(name);
            if (data.isAbsent(row)) {
                json.writeNull();
                return;
            }
            switch (data) {
                case ColumnData.Longs longs when moment -> json.writeString(Moments.text(longs.values()[row]));
                case ColumnData.Longs longs -> json.writeNumber(longs.values()[row]);
                case ColumnData.Ints ints -> json.writeNumber(ints.values()[row]);
                case ColumnData.Floats floats -> number(json, Float.toString(floats.values()[row]));
                case ColumnData.Doubles doubles -> number(json, Double.toString(doubles.values()[row]));
                case ColumnData.Booleans booleans -> json.writeBoolean(booleans.values()[row]);
                case ColumnData.Texts texts -> json.writeString(texts.values()[row]);
            }
        });
    }

    /// Infinite numbers, and those that are none, are not JSON.
    private static void number(JsonGenerator json, String text) {
        if (Character.isLetter(text.charAt(text.length() - 1))) {
            json.writeNull();
        } else {
            json.writeNumber(text);
        }
    }

    void write(JsonGenerator json) {
        json.writeStartArray();
        for (int row = 0; row < rows.size(); row++) {
            json.writeStartObject();
            for (Part part : parts) {
                part.write(json, row);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
