package org.neuropil.physiology.store.nwb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;

/// Writes what was shown in a session, and what was measured beside the cells.
record NwbStimuliExport(Session session, NwbObjects objects) {
    /// Writes the stimulus table, epochs, signals and frames of noise; nothing of what the session lacks.
    void write() throws IOException {
        stimuli();
        epochs();
        signals();
        for (Template template : session.templates()) {
            template(template);
        }
    }

    private void intervals(String table, String description, double[] start, double[] stop, List<String> names,
            Map<String, double[]> numbers, Map<String, List<String>> texts) throws IOException {
        objects.zarr().doubles(table + "/start_time", start,
                objects.column(table + "/start_time", "Start time of epoch, in seconds"));
        objects.zarr().doubles(table + "/stop_time", stop,
                objects.column(table + "/stop_time", "Stop time of epoch, in seconds"));
        List<String> columns = new ArrayList<>(List.of("start_time", "stop_time", "stim_name"));
        objects.zarr().texts(table + "/stim_name", names, objects.column(table + "/stim_name", "Name of the stimulus"));
        for (Map.Entry<String, double[]> one : numbers.entrySet()) {
            objects.zarr().doubles(table + "/" + one.getKey(), one.getValue(),
                    objects.column(table + "/" + one.getKey(), one.getKey().replace('_', ' ')));
            columns.add(one.getKey());
        }
        for (Map.Entry<String, List<String>> one : texts.entrySet()) {
            objects.zarr().texts(table + "/" + one.getKey(), one.getValue(),
                    objects.column(table + "/" + one.getKey(), one.getKey().replace('_', ' ')));
            columns.add(one.getKey());
        }
        objects.ids(table, start.length);
        objects.object(table, "TimeIntervals", Map.of("colnames", columns, "description", description));
    }

    private void stimuli() throws IOException {
        List<Presentation> all = session.presentations();
        if (all.isEmpty()) {
            return;
        }
        Map<String, double[]> numbers = new LinkedHashMap<>();
        numbers.put("temporal_frequency", grating(all, Condition.Grating::temporalFrequency));
        numbers.put("spatial_frequency", grating(all, Condition.Grating::spatialFrequency));
        numbers.put("direction", grating(all, Condition.Grating::direction));
        numbers.put("center_azimuth", doubles(all, Presentation::azimuth));
        numbers.put("center_elevation", doubles(all, Presentation::elevation));
        numbers.put("frame", doubles(all, shown -> orNan(shown.frame())));
        numbers.put("image_order", doubles(all, shown -> orNan(shown.order())));
        numbers.put("image_index", doubles(all, NwbStimuliExport::image));
        intervals("intervals/stimulus_table", "What was shown", doubles(all, Presentation::start),
                doubles(all, Presentation::stop), all.stream().map(Presentation::stimulus).toList(), numbers,
                Map.of("stimulus_condition_id", all.stream().map(Presentation::label).toList()));
    }

    /// Frames of a film have their number as `frame`.
    private static double image(Presentation shown) {
        return shown.condition().orElse(null) instanceof Condition.Picture picture
                && Stimulus.of(shown.stimulus()) != Stimulus.NATURAL_MOVIE ? picture.index() : Double.NaN;
    }

    private static double orNan(int number) {
        return number < 0 ? Double.NaN : number;
    }

    private static double[] grating(List<Presentation> all, ToDoubleFunction<Condition.Grating> value) {
        return doubles(all, shown -> shown.condition().orElse(null) instanceof Condition.Grating grating
                ? value.applyAsDouble(grating)
                : Double.NaN);
    }

    private static <T> double[] doubles(List<T> all, ToDoubleFunction<T> value) {
        return all.stream().mapToDouble(value).toArray();
    }

    private void epochs() throws IOException {
        List<Epoch> all = session.epochs();
        if (!all.isEmpty()) {
            intervals("intervals/epochs", "Parts of the session", doubles(all, Epoch::start), doubles(all, Epoch::stop),
                    all.stream().map(Epoch::name).toList(), Map.of(), Map.of());
        }
    }

    private void signals() throws IOException {
        if (session.signals().isEmpty()) {
            return;
        }
        objects.object("processing/behavior", "ProcessingModule",
                Map.of("description", "What was measured beside the cells"));
        for (Signal signal : session.signals()) {
            String path = "processing/behavior/" + signal.name().replaceAll("[/\\\\:]", "-");
            objects.object(path, "TimeSeries", Map.of("comments", "no comments", "description",
                    signal.name().replace('_', ' ')));
            objects.zarr().doubles(path + "/data", signal.trace().values(),
                    Map.of("conversion", 1.0, "offset", 0.0, "resolution",
                            -1.0, "unit", signal.unit().isEmpty() ? NwbObjects.UNKNOWN : signal.unit()));
            objects.times(path, signal.trace().clock());
        }
    }

    private void template(Template template) throws IOException {
        String path = "stimulus/templates/" + template.stimulus().replaceAll("[/\\\\:]", "-");
        objects.object(path, "TimeSeries", Map.of("comments", "no comments", "description", String.format(Locale.ROOT,
                "Squares of %s degrees: -1 black, 0 grey, 1 white; row 0 is the top of the screen",
                template.degrees())));
        objects.zarr().whole(path + "/data", ZarrFolder.Type.BYTE,
                new int[]{template.frames(), template.height(), template.width()}, template.values(),
                Map.of("conversion", 1.0, "offset", 0.0, "resolution", -1.0, "unit", "shade"));
        objects.zarr().number(path + "/starting_time", 0, Map.of("rate", rate(template), "unit", "seconds"));
    }

    /// Frames a second, by the first frame that was shown.
    private double rate(Template template) {
        return session.presentations().stream()
                .filter(shown -> shown.stimulus().equals(template.stimulus()) && shown.stop() > shown.start())
                .findFirst().map(shown -> 1 / (shown.stop() - shown.start())).orElse(1.0);
    }
}
