package org.neuropil.tables.query;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.NullUnmarked;

/// Reads answers as a client does: out of the bytes of an Arrow stream, by Arrow's own reader.
@NullUnmarked
final class Answers {
    record Read(List<String> names, List<List<Object>> rows, Map<String, String> metadata, String schema) {}

    private Answers() {}

    static Read read(Answer answer, Answer.Compression compression) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        answer.writeArrow(bytes, compression, Map.of("made", "here"));
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(
                        new ByteArrayInputStream(bytes.toByteArray()), allocator, CommonsCompressionFactory.INSTANCE)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            List<List<Object>> rows = new ArrayList<>();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    List<Object> values = new ArrayList<>();
                    for (FieldVector vector : root.getFieldVectors()) {
                        values.add(value(vector, row));
                    }
                    rows.add(values);
                }
            }
            return new Read(root.getSchema().getFields().stream().map(field -> field.getName()).toList(), rows,
                    root.getSchema().getCustomMetadata(), root.getSchema().getFields().toString());
        }
    }

    private static Object value(FieldVector vector, int row) {
        if (vector instanceof TimeStampNanoTZVector moments) {
            return moments.isNull(row) ? null : (Object) (moments.get(row) / 1000);
        }
        Object value = vector.getObject(row);
        return value instanceof Text ? value.toString() : value instanceof List<?> list ? new ArrayList<>(list) : value;
    }
}
