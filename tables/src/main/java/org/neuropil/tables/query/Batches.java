package org.neuropil.tables.query;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/// The rows of an answer, batch by batch, each once. It reads ahead, to tell how many there are where they are few.
final class Batches implements AutoCloseable {
    /// Rows that a batch holds at most.
    static final int SIZE = 1 << 16;
    private static final int AHEAD = 2;

    interface Reading {
        boolean next() throws IOException;
    }

    interface Use {
        /// @param rows valid during the call
        void accept(VectorSchemaRoot rows) throws IOException;
    }

    private final VectorSchemaRoot root;
    private final Reading reading;
    private final Deque<ArrowRecordBatch> ahead = new ArrayDeque<>();
    private long rowsAhead;
    private boolean ended;

    /// @param reading loads the next batch into the reader's root
    Batches(ArrowReader reader, Reading reading) throws IOException {
        this.root = reader.getVectorSchemaRoot();
        this.reading = reading;
        while (ahead.size() < AHEAD && !ended) {
            ended = !reading.next();
            if (!ended && root.getRowCount() > 0) {
                rowsAhead += root.getRowCount();
                ahead.add(new VectorUnloader(root).getRecordBatch());
            }
        }
    }

    Schema schema() {
        return root.getSchema();
    }

    /// How many rows there are; -1 if they are too many to know.
    long known() {
        return ended ? rowsAhead : -1;
    }

    /// Hands over all rows.
    ///
    /// @param most after which no more are handed over
    /// @return how many
    long forEach(long most, Use use) throws IOException {
        long rows = 0;
        while (rows < most) {
            ArrowRecordBatch batch = ahead.poll();
            if (batch != null) {
                try (batch) {
                    new VectorLoader(root).load(batch);
                }
            } else if (ended || !reading.next()) {
                ended = true;
                break;
            }
            int size = (int) Math.min(root.getRowCount(), most - rows);
            if (size == root.getRowCount()) {
                use.accept(root);
            } else {
                try (VectorSchemaRoot part = root.slice(0, size)) {
                    use.accept(part);
                }
            }
            rows += size;
        }
        return rows;
    }

    @Override
    public void close() {
        ahead.forEach(ArrowRecordBatch::close);
        ahead.clear();
    }
}
