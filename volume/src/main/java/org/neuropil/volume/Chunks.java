package org.neuropil.volume;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.store.Requests;

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

    /// Fetches a chunk and decodes it straight into where its voxels are wanted.
    @FunctionalInterface
    public interface Filler {
        /// @param box the chunk's voxels, clipped at the volume's end
        /// @param target takes the voxels that both have; what it has beyond the chunk must be left as it is. If the
        ///        chunk was never written, all of it is left as it is
        void fill(Box box, Block target) throws IOException;
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
        return fill(grid, type, box, parallelism, (chunk, target) -> source.read(chunk).ifPresent(target::copyFrom));
    }

    /// As [#read], without a block for each chunk.
    public static Block fill(Grid grid, DataType type, Box box, int parallelism, Filler filler) throws IOException {
        Block result = Block.zeros(type, box);
        List<Box> chunks = boxes(grid, box);
        // Chunks do not overlap, so neither do the parts of the array that threads write.
        Requests.run(parallelism, chunks.size(), i -> filler.fill(chunks.get(i), result));
        return result;
    }

    /// Cuts a block into the chunks of a grid and writes each.
    ///
    /// @param uri the volume, for the error
    /// @throws IllegalArgumentException if the block is not made of whole chunks, or is of another type
    public static void write(Grid grid, DataType type, Block block, String uri, Sink sink) throws IOException {
        check(grid, type, block, uri);
        for (Box box : boxes(grid, block.box())) {
            sink.write(box, block.crop(box));
        }
    }

    /// Checks a block that is to be written.
    ///
    /// @param uri the volume, for the error
    /// @throws IllegalArgumentException if the block is not made of whole chunks, or is of another type
    public static void check(Grid grid, DataType type, Block block, String uri) {
        if (block.type() != type) {
            throw new IllegalArgumentException("cannot write " + block.type() + " to " + uri + ", which holds " + type);
        }
        if (!isAligned(grid, block.box())) {
            throw new IllegalArgumentException("box " + block.box() + " is not made of whole chunks of " + grid.chunk()
                    + " in " + grid.bounds());
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

    /// The chunks that a box touches, x fastest, each clipped at the grid's bounds.
    public static List<Box> boxes(Grid grid, Box box) {
        Box positions = grid.touching(box);
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
}
