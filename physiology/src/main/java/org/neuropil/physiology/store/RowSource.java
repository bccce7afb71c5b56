package org.neuropil.physiology.store;

import java.io.IOException;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// Rows that are made batch by batch while somebody reads them.
final class RowSource extends ArrowReader {
    private final Schema schema;
    private final Fill fill;
    private int batch;
    private @Nullable Exception failure;

    /// Makes a batch.
    @FunctionalInterface
    interface Fill {
        /// @param batch its number, from 0
        /// @param rows empty; to be filled, with the number of rows
        /// @return false if there is none of that number
        boolean fill(int batch, VectorSchemaRoot rows) throws IOException;
    }

    RowSource(BufferAllocator allocator, Schema schema, Fill fill) {
        super(allocator);
        this.schema = schema;
        this.fill = fill;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        try {
            return fill.fill(batch++, getVectorSchemaRoot());
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /// What went wrong as a batch was made: whoever reads it gets its words only.
    void rethrow() throws IOException {
        switch (failure) {
            case null -> {
                return;
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {
        // Nothing is open.
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
