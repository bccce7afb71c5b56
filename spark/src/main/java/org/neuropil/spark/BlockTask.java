package org.neuropil.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.BlockResult;
import org.neuropil.pipeline.Retry;

import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/// What an executor does with the one block of a partition. A failing block is a result like any other: Spark tries
/// again only what it lost. Results travel as bytes, because Spark's serializer may be set to one that cannot write
/// records.
final class BlockTask extends AbstractFunction1<Iterator<Integer>, byte[]> implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private final BlockJob job;
    private final Retry retry;

    BlockTask(BlockJob job, Retry retry) {
        this.job = job;
        this.retry = retry;
    }

    @Override
    public byte[] apply(Iterator<Integer> blocks) {
        try {
            return bytes(retry.run(job, blocks.next()).portable());
        } catch (InterruptedException e) {
            if (TaskContext.get().isInterrupted()) {
                throw new TaskKilledException("interrupted");
            }
            throw new IllegalStateException("interrupted by its own work", e);
        }
    }

    static BlockResult result(byte[] bytes) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (BlockResult) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("an executor runs another version of Neuropil: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(BlockResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
