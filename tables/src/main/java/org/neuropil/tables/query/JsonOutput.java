package org.neuropil.tables.query;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.ColumnType;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// Writes JSON.
final class JsonOutput {
    private static final JsonFactory FACTORY = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private JsonOutput() {}

    static void write(Answer answer, OutputStream out, boolean idsAsText) throws IOException {
        List<OutputColumn> columns = answer.columns();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartArray();
            answer.forEach(root -> {
                for (int row = 0; row < root.getRowCount(); row++) {
                    json.writeStartObject();
                    for (int i = 0; i < columns.size(); i++) {
                        json.writeName(columns.get(i).name());
                        Object value = Cells.value(root.getVector(i), row);
                        if (value instanceof Long id && columns.get(i).type() == ColumnType.ID) {
                            String text = Long.toUnsignedString(id);
                            if (idsAsText) {
                                json.writeString(text);
                            } else {
                                json.writeNumber(text);
                            }
                        } else {
                            write(json, value);
                        }
                    }
                    json.writeEndObject();
                }
            });
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Long n -> json.writeNumber(n);
            case Integer n -> json.writeNumber(n);
            case Float n when !Float.isFinite(n) -> json.writeNull();
            case Float n -> json.writeNumber(n);
            case Double n when !Double.isFinite(n) -> json.writeNull();
            case Double n -> json.writeNumber(n);
            case Boolean b -> json.writeBoolean(b);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }
}
