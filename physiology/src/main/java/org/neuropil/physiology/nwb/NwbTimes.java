package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.Optional;

import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.nwb.tree.Tree;
import org.neuropil.space.InputException;

/// Times of a `TimeSeries`: `timestamps`, or a first one and a rate.
final class NwbTimes {
    private NwbTimes() {}

    /// Seconds of each sample; empty if the series has none.
    ///
    /// @param series path of its group
    /// @param samples how many there must be
    /// @throws InputException if there are others
    static Optional<double[]> of(Tree tree, String series, int samples) throws IOException {
        Optional<Array> stamps = tree.array(series + "/timestamps");
        if (stamps.isPresent()) {
            if (stamps.get().shape().length != 1 || stamps.get().size() != samples) {
                throw new InputException("has " + stamps.get().size() + " times, and there are " + samples
                        + " samples", tree.source() + ":" + series, "");
            }
            return Optional.of(Slab.doubles(stamps.get()));
        }
        Optional<Array> start = tree.array(series + "/starting_time");
        Optional<Double> rate = start.flatMap(array -> array.number("rate"));
        if (start.isEmpty() || rate.isEmpty() || !(rate.get() > 0) || start.get().size() != 1) {
            return Optional.empty();
        }
        double first = Slab.doubles(start.get())[0];
        double[] times = new double[samples];
        for (int i = 0; i < samples; i++) {
            times[i] = first + i / rate.get();
        }
        return Optional.of(times);
    }

    /// The path that tells whose times a series has, so that times that many share are read once.
    static String source(Tree tree, String series) throws IOException {
        return tree.array(series + "/timestamps").map(Array::path).orElse(series);
    }
}
