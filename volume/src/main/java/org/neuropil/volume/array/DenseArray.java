package org.neuropil.volume.array;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.codec.VoxelBytes;

/// Voxels that lie uncompressed in one file, rows along x one after the other. A box of them is read in pieces of at most
/// 1 MiB, so that memory stays bounded however large the file is.
///
/// @param start byte of the file that the first voxel begins at
/// @param bigEndian how the bytes of a voxel follow each other
/// @param stepX from a voxel to the next one along x, in elements: 1, or the number of channels where those of a voxel
///        stand together
/// @param stepY as along x; what a row takes
/// @param stepZ as along x; what a section takes
/// @param bounds the voxels that there are
public record DenseArray(long start, DataType type, boolean bigEndian, long stepX, long stepY, long stepZ, Box bounds)
        implements
            Serializable {
    private static final int PIECE_BYTES = 1 << 20;
    /// Rows are read together with what lies between them if that is at most so many times what is wanted: one long read
    /// is faster than many short ones.
    private static final int MOST_WASTE = 8;

    /// @throws IllegalArgumentException if there is no voxel, one step is shorter than what it steps over, or the array is
    ///         longer than a file can be
    public DenseArray {
        Int3 size = bounds.size();
        try {
            boolean fits = !bounds.isEmpty() && start >= 0 && stepX > 0
                    && stepY >= Math.multiplyExact(stepX, size.x() - 1L)
                    && stepZ >= Math.multiplyExact(stepY, size.y() - 1L)
                    && Math.addExact(start, bytes(type, size, stepX, stepY, stepZ)) > start;
            if (!fits) {
                throw new IllegalArgumentException(
                        "steps of " + stepX + "," + stepY + "," + stepZ + " elements through "
                                + bounds + " from byte " + start);
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("an array of " + size + " voxels is longer than a file can be", e);
        }
    }

    /// The byte after the last voxel.
    public long end() {
        return start + bytes(type, bounds.size(), stepX, stepY, stepZ);
    }

    private static long bytes(DataType type, Int3 size, long stepX, long stepY, long stepZ) {
        long last = Math.addExact(Math.addExact(Math.multiplyExact(stepX, size.x() - 1L),
                Math.multiplyExact(stepY, size.y() - 1L)), Math.multiplyExact(stepZ, size.z() - 1L));
        return Math.multiplyExact(Math.addExact(last, 1), type.bytes());
    }

    /// Copies the voxels that the array and a block both have into it. Several threads may read from one channel.
    ///
    /// @throws IOException if the file cannot be read or is too short
    public void read(FileChannel file, Block target) throws IOException {
        Box box = bounds.intersect(target.box());
        if (box.isEmpty()) {
            return;
        }
        int most = PIECE_BYTES / type.bytes();
        int width = Math.clamp((most - 1) / stepX + 1, 1, box.size().x());
        long row = (width - 1) * stepX + 1;
        int height = stepY > row * MOST_WASTE ? 1 : Math.clamp((most - row) / stepY + 1, 1, box.size().y());
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y += height) {
                for (int x = box.min().x(); x < box.max().x(); x += width) {
                    Int3 min = new Int3(x, y, z);
                    Int3 max = min.plus(new Int3(width, height, 1)).min(box.max());
                    readPiece(file, new Box(min, max), target);
                }
            }
        }
    }

    private void readPiece(FileChannel file, Box piece, Block target) throws IOException {
        Int3 from = piece.min().minus(bounds.min());
        Int3 size = piece.size();
        int elements = Math.toIntExact((size.y() - 1) * stepY + (size.x() - 1) * stepX + 1);
        byte[] bytes = new byte[elements * type.bytes()];
        long at = start + type.bytes() * (from.x() * stepX + from.y() * stepY + from.z() * stepZ);
        readFully(file, bytes, at);
        // The step from row to row matters only where there are several, and then fits a piece.
        int rows = size.y() == 1 ? elements : Math.toIntExact(stepY);
        VoxelBytes.decode(bytes, new VoxelBytes.Layout(bigEndian, elements, 0,
                new Int3(size.x() == 1 ? 1 : Math.toIntExact(stepX), rows, elements)), piece, target);
    }

    /// Fills an array with the bytes of a file from one on.
    ///
    /// @throws EOFException if there are fewer
    public static void readFully(FileChannel file, byte[] bytes, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException(
                        "is cut short: there are no " + bytes.length + " bytes from byte " + from + " on");
            }
        }
    }
}
