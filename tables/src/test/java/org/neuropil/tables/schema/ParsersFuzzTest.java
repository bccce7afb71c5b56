package org.neuropil.tables.schema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to all that reads rows and kinds: whatever they are, nothing but a declared error may come out. As a test it
/// tries the inputs beside it; `interop/fuzz` looks for others.
class ParsersFuzzTest {
    private static final int PARSERS = 4;
    private static final TableSchema ALL = new TableSchema("all", List.of(new Field.Reference("target_id", false, ""),
            new Field.Point("p", true, true, ""), new Field.Point("q", false, false, ""),
            value("i", ColumnType.INT32), value("l", ColumnType.INT64), value("f", ColumnType.FLOAT32),
            value("d", ColumnType.FLOAT64), value("b", ColumnType.BOOLEAN), value("t", ColumnType.TEXT),
            value("m", ColumnType.TIMESTAMP), value("p_x", ColumnType.ID)));

    private static Field value(String name, ColumnType type) {
        return new Field.Value(name, false, type, true, List.of(), "", "", false, Optional.empty());
    }

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        try {
            parse((input[0] & 0xFF) % PARSERS, bytes);
        } catch (InputException e) {
            if (e.sentence().length() > 10_000) {
                throw new IllegalStateException("an error of " + e.sentence().length() + " characters", e);
            }
        }
    }

    private static void parse(int parser, byte[] bytes) throws IOException {
        switch (parser) {
            case 0 -> {
                TableSchema schema = SchemaJson.parse(bytes, "s.json");
                if (!SchemaJson.parse(SchemaJson.bytes(schema), "s.json").equals(schema)) {
                    throw new IllegalStateException("another kind comes back");
                }
                SchemaDocument.of(schema);
                Annotations.read(schema, new ByteArrayInputStream(new byte[]{'[', ']'}));
            }
            case 1 -> complete(Annotations.read(ALL, new ByteArrayInputStream(bytes)));
            case 2 -> Annotations.changes(ALL, new ByteArrayInputStream(bytes)).ids();
            default -> complete(Annotations.read(Schemas.known("synapse"), new ByteArrayInputStream(bytes)));
        }
    }

    /// What must be there is there.
    private static void complete(Rows rows) {
        for (int i = 0; i < rows.columns().size(); i++) {
            if (!rows.columns().get(i).nullable() && rows.data().get(i).absent() != null) {
                throw new IllegalStateException("absent: " + rows.columns().get(i));
            }
        }
    }
}
