package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Chunks;
import org.neuropil.physiology.nwb.tree.Part;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.session.Mask;
import org.neuropil.space.InputException;

/// The pixels of a `PlaneSegmentation`'s ROIs: lists of them, or images.
final class NwbMasks {
    private static final long MOST_PIXELS = 1L << 26;
    private static final int BLOCK = 1 << 22;

    private final Array pixels;
    /// Ends of the rows' lists; empty if there are images.
    private final long[] ends;
    private final boolean columnsFirst;

    private NwbMasks(Array pixels, long[] ends, boolean columnsFirst) {
        this.pixels = pixels;
        this.ends = ends;
        this.columnsFirst = columnsFirst;
    }

    /// The masks of a table; empty if it has none.
    ///
    /// @param columnsFirst whether images are by columns, as the schema of NWB says; those of V1DD and MICrONS are by rows
    /// @throws InputException if they are not laid out as NWB says
    static Optional<NwbMasks> of(NwbTable table, boolean columnsFirst) throws IOException {
        Optional<Array> list = table.column("pixel_mask");
        Optional<Array> index = table.column("pixel_mask_index");
        if (list.isPresent() && index.isPresent()) {
            Array pixels = list.get();
            if (pixels.part("x").isEmpty() || pixels.part("y").isEmpty() || pixels.part("weight").isEmpty()
                    || pixels.shape().length != 1 || index.get().size() != table.rows()) {
                throw new InputException("is no list of x, y and weight for each ROI", pixels.where(), "");
            }
            return Optional.of(new NwbMasks(pixels, table.ends(index.get(), pixels.size()), false));
        }
        Optional<Array> images = table.column("image_mask");
        if (images.isEmpty()) {
            return Optional.empty();
        }
        int[] shape = images.get().shape();
        if (shape.length != 3 || shape[0] != table.rows() || images.get().plain().isEmpty()
                || (long) shape[1] * shape[2] > MOST_PIXELS) {
            throw new InputException("is no image for each ROI: its shape is " + Arrays.toString(shape),
                    images.get().where(), "");
        }
        return Optional.of(new NwbMasks(images.get(), new long[0], columnsFirst));
    }

    /// Pixels of a frame, width and height; 0 if masks do not tell.
    int[] size() {
        if (pixels.shape().length == 1) {
            return new int[2];
        }
        return columnsFirst
                ? new int[]{pixels.shape()[1], pixels.shape()[2]}
                : new int[]{pixels.shape()[2], pixels.shape()[1]};
    }

    /// The mask in a row of the table.
    Mask mask(int row) throws IOException {
        if (pixels.shape().length == 1) {
            int first = row == 0 ? 0 : (int) ends[row - 1];
            int count = (int) ends[row] - first;
            return new Mask(numbers("x", first, count), numbers("y", first, count), weights(first, count));
        }
        int[] shape = pixels.shape();
        return mask(read(row, 1), 0, shape[1], shape[2]);
    }

    private float[] read(int row, int count) throws IOException {
        int[] shape = pixels.shape();
        Part part = pixels.plain().orElseThrow();
        return Slab.floats(Chunks.NONE, pixels, part, new int[]{row, 0, 0}, new int[]{count, shape[1], shape[2]});
    }

    private Mask mask(float[] images, int at, int rows, int columns) {
        int start = at * rows * columns;
        int count = 0;
        for (int i = 0; i < rows * columns; i++) {
            count += isIn(images[start + i]) ? 1 : 0;
        }
        int[] x = new int[count];
        int[] y = new int[count];
        float[] weights = new float[count];
        int to = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float weight = images[start + row * columns + column];
                if (isIn(weight)) {
                    x[to] = columnsFirst ? row : column;
                    y[to] = columnsFirst ? column : row;
                    weights[to++] = weight;
                }
            }
        }
        return new Mask(x, y, weights);
    }

    /// A pixel is in a mask if its weight is a number and not 0.
    private static boolean isIn(float weight) {
        return weight != 0 && !Float.isNaN(weight);
    }

    private int[] numbers(String name, int first, int count) throws IOException {
        long[] all = Slab.longs(Chunks.NONE, pixels, pixels.part(name).orElseThrow(), new int[]{first},
                new int[]{count});
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            if (all[i] != (int) all[i]) {
                throw new InputException("pixel " + (first + i) + " lies at " + name + " " + all[i], pixels.where(),
                        "");
            }
            numbers[i] = (int) all[i];
        }
        return numbers;
    }

    private float[] weights(int first, int count) throws IOException {
        return Slab.floats(Chunks.NONE, pixels, pixels.part("weight").orElseThrow(), new int[]{first},
                new int[]{count});
    }

    /// The weighted mean place of each row's mask: x, then y; NaN for one without weight.
    double[][] centroids() throws IOException {
        int rows = pixels.shape().length == 1 ? ends.length : pixels.shape()[0];
        double[][] centroids = new double[rows][];
        if (pixels.shape().length == 1) {
            if (pixels.size() > MOST_PIXELS) {
                throw new InputException("has " + pixels.size() + " pixels, and at most " + MOST_PIXELS + " are read",
                        pixels.where(), "");
            }
            Mask all = new Mask(numbers("x", 0, (int) pixels.size()), numbers("y", 0, (int) pixels.size()),
                    weights(0, (int) pixels.size()));
            for (int row = 0; row < rows; row++) {
                centroids[row] = centroid(all, row == 0 ? 0 : (int) ends[row - 1], (int) ends[row]);
            }
            return centroids;
        }
        int[] shape = pixels.shape();
        int along = pixels.chunk()[0];
        int block = (int) Math.max(1, BLOCK / Math.max(1, (long) shape[1] * shape[2] * along)) * along;
        for (int first = 0; first < rows; first += block) {
            int count = Math.min(block, rows - first);
            float[] images = read(first, count);
            for (int i = 0; i < count; i++) {
                Mask mask = mask(images, i, shape[1], shape[2]);
                centroids[first + i] = centroid(mask, 0, mask.pixels());
            }
            if (rows - first <= block) {
                break;
            }
        }
        return centroids;
    }

    private static double[] centroid(Mask mask, int from, int to) {
        double sum = 0;
        double x = 0;
        double y = 0;
        for (int i = from; i < to; i++) {
            double weight = mask.weights()[i];
            sum += weight;
            x += weight * mask.x()[i];
            y += weight * mask.y()[i];
        }
        return sum > 0 ? new double[]{x / sum, y / sum} : new double[]{Double.NaN, Double.NaN};
    }
}
