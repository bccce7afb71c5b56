package org.neuropil.volume;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;

/// Boxes from chunks and chunks from boxes: what all chunked formats have in common.
public final class Chunks {
    private Chunks() {}

    /// Fetches and decodes a chunk.
    @FunctionalInterface
    public interface Source {
        /// @param box the chunk's voxels, clipped at the volume's end
        /// @return a block of exactly that box; empty if the chunk was never written
        Optional<Block> read(Box box) throws IOException;
    }

    /// Encodes and stores a chunk.
    @FunctionalInterface
    public interface Sink {
        /// @param box the chunk's voxels, clipped at the volume's end
        /// @param voxels of exactly that box
        void write(Box box, Block voxels) throws IOException;
    }

    /// Reads any box; voxels that no chunk has are 0.
    ///
    /// @param parallelism chunks that may be fetched at a time; with 1 all is done in the caller's thread
    public static Block read(Grid grid, DataType type, Box box, int parallelism, Source source) throws IOException {
        Box touched = grid.touching(box);
        if (touched.volume() == 1 && grid.box(touched.min()).equals(box)) {
            Optional<Block> chunk = source.read(box);
            return chunk.isPresent() ? chunk.get() : Block.zeros(type, box);
        }
        Block result = Block.zeros(type, box);
        List<Box> chunks = boxes(grid, touched);
        if (parallelism <= 1 || chunks.size() <= 1) {
            for (Box chunk : chunks) {
                source.read(chunk).ifPresent(result::copyFrom);
            }
            return result;
        }
        AtomicInteger next = new AtomicInteger();
        int workers = Math.min(parallelism, chunks.size());
        try (ExecutorService pool = Executors.newFixedThreadPool(workers, Thread.ofVirtual().factory())) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(pool.submit(() -> {
                    try {
                        for (int at = next.getAndIncrement(); at < chunks.size(); at = next.getAndIncrement()) {
                            // Chunks do not overlap, so neither do the parts of the array that threads write.
                            source.read(chunks.get(at)).ifPresent(result::copyFrom);
                        }
                    } catch (IOException | RuntimeException | Error e) {
                        next.set(chunks.size());
                        throw e;
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                await(one);
            }
        }
        return result;
    }

    /// Cuts a block into the chunks of a grid and writes each.
    ///
    /// @param uri the volume, for the error
    /// @throws IllegalArgumentException if the block is not made of whole chunks, or is of another type
    public static void write(Grid grid, DataType type, Block block, String uri, Sink sink) throws IOException {
        if (block.type() != type) {
            throw new IllegalArgumentException("cannot write " + block.type() + " to " + uri + ", which holds " + type);
        }
        if (!isAligned(grid, block.box())) {
            throw new IllegalArgumentException("box " + block.box() + " is not made of whole chunks of " + grid.chunk()
                    + " in " + grid.bounds());
        }
        for (Box box : boxes(grid, grid.touching(block.box()))) {
            sink.write(box, block.crop(box));
        }
    }

    /// True if a box begins and ends at borders of chunks or at the bounds, and is not empty.
    public static boolean isAligned(Grid grid, Box box) {
        Int3 from = box.min().minus(grid.bounds().min());
        Int3 to = box.max().minus(grid.bounds().min());
        boolean aligned = grid.bounds().contains(box) && !box.isEmpty();
        for (int axis = 0; axis < 3; axis++) {
            int chunk = grid.chunk().get(axis);
            aligned &= from.get(axis) % chunk == 0
                    && (to.get(axis) % chunk == 0 || box.max().get(axis) == grid.bounds().max().get(axis));
        }
        return aligned;
    }

    private static List<Box> boxes(Grid grid, Box positions) {
        List<Box> boxes = new ArrayList<>();
        for (int z = positions.min().z(); z < positions.max().z(); z++) {
            for (int y = positions.min().y(); y < positions.max().y(); y++) {
                for (int x = positions.min().x(); x < positions.max().x(); x++) {
                    boxes.add(grid.box(new Int3(x, y, z)));
                }
            }
        }
        return boxes;
    }

    private static void await(Future<?> one) throws IOException {
        try {
            one.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
