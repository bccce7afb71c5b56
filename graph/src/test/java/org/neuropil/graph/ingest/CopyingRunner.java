package org.neuropil.graph.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.PrimitiveIterator;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Retry;
import org.neuropil.pipeline.Runner;
import org.neuropil.pipeline.ThreadRunner;

/// Works on a copy of each job that has gone through bytes, as in another process, and does some blocks twice.
final class CopyingRunner implements Runner {
    private final ThreadRunner threads = new ThreadRunner(2);

    @Override
    public String name() {
        return "copying";
    }

    @Override
    public int parallelism() {
        return 2;
    }

    @Override
    public boolean losesWorkers() {
        return true;
    }

    @Override
    public void run(BlockJob job, PrimitiveIterator.OfInt blocks, Retry retry, Listener listener) throws IOException {
        BlockJob copy = copy(job);
        threads.run(BlockJob.of(job.name(), job.blocks(), copy::label, block -> {
            copy.run(block);
            if (block % 3 == 0) {
                copy.run(block);
            }
        }), blocks, retry, listener);
    }

    private static BlockJob copy(BlockJob job) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(job);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (BlockJob) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
