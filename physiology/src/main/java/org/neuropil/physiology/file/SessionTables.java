package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Presentations;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.table.CsvColumns;
import org.neuropil.space.InputException;

/// CSV files that belong to a session.
public final class SessionTables {
    private static final Map<String, String> UNITS = Map.of(Signal.RUNNING, "cm/s");

    private SessionTables() {}

    /// Rows of a stimulus table with V1DD's columns, in the order of time: stim_name, start_time and stop_time, and of
    /// temporal_frequency, spatial_frequency, direction, frame, image_order, image_index, center_azimuth, center_elevation
    /// and stimulus_condition_id those that are needed.
    ///
    /// @throws InputException if a column is missing, or a cell cannot be used; names file, row and column
    public static List<Presentation> stimuli(Path file) throws IOException {
        CsvColumns csv = CsvColumns.read(file);
        List<String> names = csv.texts("stim_name");
        double[] start = csv.needed("start_time");
        double[] stop = csv.needed("stop_time");
        double[] direction = csv.numbers("direction");
        double[] spatial = csv.numbers("spatial_frequency");
        double[] temporal = csv.numbers("temporal_frequency");
        double[] frame = csv.numbers("frame");
        double[] order = csv.numbers("image_order");
        double[] index = csv.numbers("image_index");
        double[] azimuth = csv.numbers("center_azimuth");
        double[] elevation = csv.numbers("center_elevation");
        List<String> labels = csv.has("stimulus_condition_id") ? csv.texts("stimulus_condition_id") : List.of();
        List<Presentation> rows = new ArrayList<>();
        for (int i = 0; i < csv.rows(); i++) {
            if (!(start[i] <= stop[i])) {
                throw csv.refused("stop_time", csv.texts("stop_time").get(i), i, "is not at or after start_time", null);
            }
            rows.add(Presentations.of(new Presentations.Row(names.get(i), start[i], stop[i], direction[i], spatial[i],
                    temporal[i], frame[i], order[i], index[i], azimuth[i], elevation[i],
                    labels.isEmpty() ? "" : labels.get(i))));
        }
        return Presentations.inOrder(rows);
    }

    /// Parts of a session, in the order of time: stim_name, start_time, stop_time.
    ///
    /// @throws InputException if a column is missing, or a cell cannot be used
    public static List<Epoch> epochs(Path file) throws IOException {
        CsvColumns csv = CsvColumns.read(file);
        List<String> names = csv.texts("stim_name");
        double[] start = csv.needed("start_time");
        double[] stop = csv.needed("stop_time");
        List<Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < csv.rows(); i++) {
            epochs.add(new Epoch(names.get(i), start[i], stop[i]));
        }
        return epochs.stream().sorted(Comparator.comparingDouble(Epoch::start)).toList();
    }

    /// Signals: a column `time` in seconds, and a column of values for each signal, by its name.
    ///
    /// @param units of signals, by name
    /// @throws InputException if times do not rise, or a cell cannot be used
    public static List<Signal> signals(Path file, Map<String, String> units) throws IOException {
        CsvColumns csv = CsvColumns.read(file);
        Clock clock = clock(csv.needed("time"), file.toString());
        List<Signal> signals = new ArrayList<>();
        for (String name : csv.names()) {
            if (!name.equals("time")) {
                signals.add(new Signal(name, units.getOrDefault(name, UNITS.getOrDefault(name, "")),
                        new Trace(clock, csv.needed(name))));
            }
        }
        return signals;
    }

    /// @throws InputException that names the file, if times do not rise
    static Clock clock(double[] times, String file) {
        try {
            return new Clock(times);
        } catch (InputException e) {
            throw new InputException(e.what(), file, e.hint(), e);
        }
    }
}
