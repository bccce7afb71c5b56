package org.neuropil.volume.hdf5;

import java.io.IOException;
import java.util.Optional;

import org.neuropil.space.InputException;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;

/// The elements of any dataset, as bytes, chunk by chunk: through the filters that volumes are read through, sums checked.
/// Safe for use by several threads.
public final class Hdf5Array {
    private static final int ROWS_BYTES = 1 << 20;

    private final Hdf5Elements elements;
    private final int[] shape;
    private final int width;

    private Hdf5Array(Hdf5Elements elements, int[] shape, int width) {
        this.elements = elements;
        this.shape = shape;
        this.width = width;
    }

    /// @param dataset of numbers, or of records of them
    /// @param where file and dataset, for errors
    /// @throws InputException if its elements lie in a way that is not supported
    public static Hdf5Array of(Dataset dataset, String where) {
        int[] shape = dataset.getDimensions();
        int width = dataset.getDataType().getSize();
        Hdf5Elements elements = dataset instanceof ContiguousDataset contiguous
                ? Hdf5Elements.Contiguous.of(contiguous, shape, rows(shape, width), where)
                : Hdf5Elements.of(dataset, where);
        double bytes = width;
        for (int n : elements.chunk()) {
            bytes *= n;
        }
        if (width < 1 || bytes > Integer.MAX_VALUE - 8) {
            throw new InputException("a chunk of 2 GiB or more cannot be read", where, "");
        }
        return new Hdf5Array(elements, shape, width);
    }

    /// Some rows of an array that has no chunks.
    private static int[] rows(int[] shape, int width) {
        int[] chunk = shape.clone();
        if (chunk.length > 0) {
            double row = width;
            for (int d = 1; d < shape.length; d++) {
                row *= shape[d];
            }
            chunk[0] = Math.clamp((long) (ROWS_BYTES / Math.max(row, 1)), 1, Math.max(1, shape[0]));
        }
        return chunk;
    }

    /// Elements along each dimension of what is read at once; no longer than the array where that has no chunks of its own.
    public int[] chunk() {
        return elements.chunk().clone();
    }

    /// The bytes of a chunk, the last dimension fastest, those of an element as the file has them; empty if it was never
    /// written. Where the array has no chunks of its own, the last one ends with it.
    ///
    /// @param corner its first element
    /// @throws IOException if they are damaged; the message goes after the chunk's name
    public Optional<byte[]> read(int[] corner) throws IOException {
        int length = width;
        int[] chunk = elements.chunk();
        for (int d = 0; d < chunk.length; d++) {
            boolean whole = elements instanceof Hdf5Elements.Chunked;
            length *= whole ? chunk[d] : Math.min(chunk[d], shape[d] - corner[d]);
        }
        return elements.read(corner, length);
    }
}
