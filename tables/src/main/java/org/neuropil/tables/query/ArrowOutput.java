package org.neuropil.tables.query;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.neuropil.space.InputException;

/// Writes Arrow streams.
final class ArrowOutput {
    private static final long NANOS = 1000;

    private ArrowOutput() {}

    static void write(Answer answer, Schema read, OutputStream out, Answer.Compression compression,
            Map<String, String> metadata) throws IOException {
        CompressionCodec codec = switch (compression) {
            case NONE -> NoCompressionCodec.INSTANCE;
            case ZSTD -> CommonsCompressionFactory.INSTANCE.createCodec(CompressionUtil.CodecType.ZSTD);
            case LZ4_FRAME -> new Lz4Codec();
        };
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < read.getFields().size(); i++) {
            fields.add(field(answer.columns().get(i).name(), read.getFields().get(i)));
        }
        Schema schema = new Schema(fields, metadata);
        // The stream is the caller's to close.
        WriteChannel channel = new WriteChannel(Channels.newChannel(out));
        MessageSerializer.serialize(channel, schema);
        answer.forEach(root -> batch(root, schema, codec, channel, answer.engine().allocator()));
        channel.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
        channel.writeIntLittleEndian(0);
        out.flush();
    }

    private static Field field(String name, Field read) {
        ArrowType type = read.getType() instanceof ArrowType.Timestamp
                ? new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC")
                : read.getType();
        return new Field(name, FieldType.nullable(type),
                read.getChildren().stream().map(child -> field("item", child)).toList());
    }

    private static void batch(VectorSchemaRoot root, Schema schema, CompressionCodec codec, WriteChannel channel,
            BufferAllocator allocator) throws IOException {
        List<FieldVector> vectors = new ArrayList<>();
        List<FieldVector> made = new ArrayList<>();
        try {
            for (int i = 0; i < schema.getFields().size(); i++) {
                FieldVector vector = root.getVector(i);
                if (vector instanceof TimeStampMicroVector moments) {
                    TimeStampNanoTZVector nanos = new TimeStampNanoTZVector(schema.getFields().get(i), allocator);
                    made.add(nanos);
                    fill(moments, nanos);
                    vector = nanos;
                }
                vectors.add(vector);
            }
            // Not closed: it would close the vectors of the answer.
            VectorSchemaRoot written = new VectorSchemaRoot(schema, vectors, root.getRowCount());
            try (ArrowRecordBatch batch = new VectorUnloader(written, true, codec, true).getRecordBatch()) {
                MessageSerializer.serialize(channel, batch);
            }
        } finally {
            made.forEach(FieldVector::close);
        }
    }

    private static void fill(TimeStampMicroVector moments, TimeStampNanoTZVector nanos) {
        int count = moments.getValueCount();
        nanos.allocateNew(count);
        for (int i = 0; i < count; i++) {
            if (moments.isNull(i)) {
                nanos.setNull(i);
                continue;
            }
            long micros = moments.get(i);
            if (Math.abs(micros) > Long.MAX_VALUE / NANOS) {
                throw new InputException("a moment in column '" + moments.getName() + "' lies outside of what "
                        + "nanoseconds in 64 bits can tell", moments.getName(), "ask for CSV, JSON or Parquet");
            }
            nanos.set(i, micros * NANOS);
        }
        nanos.setValueCount(count);
    }
}
