package org.neuropil.volume.array;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

/// Which dimensions of an array are x, y and z, and which element of the others is read.
public final class Axes implements Serializable {
    /// The most dimensions that an array may have.
    public static final int MOST_DIMENSIONS = 8;

    private final int[] dimension;
    private final int[] fixed;

    private Axes(int[] dimension, int[] fixed) {
        this.dimension = dimension;
        this.fixed = fixed;
    }

    /// Finds the axes by name, upper or lower case: `x`, `y` and `z` in any order, `c` or `channel`, `t` or `time`, and
    /// others if they have but one element. An array without z has one section.
    ///
    /// @param names one for each dimension
    /// @param shape elements along each dimension, at least 1
    /// @param where file and field, for errors
    /// @throws InputException if there is no x or y, an axis comes twice, or one of several channels or points of time must
    ///         be chosen
    public static Axes find(List<String> names, int[] shape, Reading reading, String where) {
        int[] dimension = {-1, -1, -1};
        int[] fixed = new int[shape.length];
        for (int d = 0; d < shape.length; d++) {
            String name = names.get(d).toLowerCase(Locale.ROOT);
            int axis = name.length() == 1 ? "xyz".indexOf(name) : -1;
            if (axis >= 0) {
                if (dimension[axis] >= 0) {
                    throw new InputException("there are two axes " + name, where, "");
                }
                dimension[axis] = d;
            } else {
                boolean channel = name.equals("c") || name.startsWith("channel");
                boolean time = name.equals("t") || name.equals("time");
                fixed[d] = choose(channel ? "channel" : time ? "time" : "",
                        channel ? reading.channel() : time ? reading.time() : OptionalInt.empty(), names.get(d),
                        shape[d], where);
            }
        }
        if (dimension[0] < 0 || dimension[1] < 0) {
            throw new InputException("axes " + String.join(", ", names) + " lack x or y", where,
                    "only arrays of images are volumes");
        }
        return new Axes(dimension, fixed);
    }

    private static int choose(String what, OptionalInt chosen, String name, int size, String where) {
        if (chosen.isEmpty() && size > 1) {
            throw new InputException("there are " + size + " elements along axis " + name + ", and a volume has one",
                    where, what.isEmpty()
                            ? "only axes t, c, z, y and x are supported"
                            : "say which " + what + ", 0 to " + (size - 1));
        }
        int number = chosen.orElse(0);
        if (number < 0 || number >= size) {
            throw new InputException(what + " " + number + " does not exist, for there are " + size, where, "");
        }
        return number;
    }

    /// The dimension that is an axis; empty if there is none.
    ///
    /// @param axis 0 is x, 1 is y, 2 is z
    public Optional<Integer> dimension(int axis) {
        return dimension[axis] < 0 ? Optional.empty() : Optional.of(dimension[axis]);
    }

    /// What an array says of each dimension, along x, y and z.
    ///
    /// @param otherwise for z, if there is none
    public Int3 pick(int[] values, int otherwise) {
        return new Int3(values[dimension[0]], values[dimension[1]],
                dimension[2] < 0 ? otherwise : values[dimension[2]]);
    }

    /// As for whole numbers.
    public double[] pick(double[] values, double otherwise) {
        return new double[]{values[dimension[0]], values[dimension[1]],
            dimension[2] < 0 ? otherwise : values[dimension[2]]};
    }

    /// The other way: the position along each dimension of a position along x, y and z, with the chosen element of the
    /// dimensions that are none of these.
    public int[] spread(Int3 position) {
        int[] spread = fixed.clone();
        for (int axis = 0; axis < 3; axis++) {
            if (dimension[axis] >= 0) {
                spread[dimension[axis]] = position.get(axis);
            }
        }
        return spread;
    }

    /// True if all elements of the array are in the volume, or those of a chunk belong to one element of the others, so
    /// that chunks can be written.
    public boolean isWritable(int[] shape, int[] chunk) {
        boolean[] space = new boolean[shape.length];
        Arrays.stream(dimension).filter(d -> d >= 0).forEach(d -> space[d] = true);
        boolean writable = true;
        for (int d = 0; d < shape.length; d++) {
            writable &= space[d] || shape[d] == 1 || chunk[d] == 1;
        }
        return writable;
    }
}
