package org.neuropil.physiology.store.nwb;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.nwb.NwbFacts;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;

/// Writes what was shown in a session, and what was measured beside the cells.
record NwbStimuliExport(Session session, NwbObjects objects) {
    /// Writes the stimulus table, epochs, signals and frames of noise; nothing of what the session lacks.
    ///
    /// @param facts takes what NWB has no place for
    void write(List<NwbFacts.Fact> facts) throws IOException {
        stimuli();
        epochs();
        signals(facts);
        Set<String> taken = new HashSet<>();
        for (Template template : session.templates()) {
            template(template, NwbObjects.name(template.stimulus(), taken), facts);
        }
    }

    private <T> Columns intervals(String table, List<T> rows, ToDoubleFunction<T> start, ToDoubleFunction<T> stop,
            Function<T, String> name) throws IOException {
        Columns columns = new Columns(objects, table);
        columns.doubles("start_time", "Start time of epoch, in seconds", rows, start);
        columns.doubles("stop_time", "Stop time of epoch, in seconds", rows, stop);
        columns.texts("stim_name", "Name of the stimulus", rows.stream().map(name).toList());
        return columns;
    }

    private void finish(Columns columns, String description, int rows) throws IOException {
        objects.ids(columns.table(), rows);
        objects.object(columns.table(), "TimeIntervals",
                Map.of("colnames", columns.names(), "description", description));
    }

    private void stimuli() throws IOException {
        List<Presentation> all = session.presentations();
        if (all.isEmpty()) {
            return;
        }
        Columns columns = intervals("intervals/stimulus_table", all, Presentation::start, Presentation::stop,
                Presentation::stimulus);
        columns.doubles("temporal_frequency", "Hz", all, grating(Condition.Grating::temporalFrequency));
        columns.doubles("spatial_frequency", "Cycles per degree", all,
                grating(Condition.Grating::spatialFrequency));
        columns.doubles("direction", "Degrees", all, grating(Condition.Grating::direction));
        columns.doubles("center_azimuth", "Of the centre, degrees", all, Presentation::azimuth);
        columns.doubles("center_elevation", "Of the centre, degrees", all, Presentation::elevation);
        columns.doubles("frame", "Of the template or film", all, shown -> orNan(shown.frame()));
        columns.doubles("image_order", "Place in the order of images", all, shown -> orNan(shown.order()));
        columns.doubles("image_index", "Number of the image", all, NwbStimuliExport::image);
        columns.doubles("picture", "Number of the image, or of the frame of a film, that is the condition", all,
                NwbStimuliExport::picture);
        boolean[] blank = new boolean[all.size()];
        for (int i = 0; i < blank.length; i++) {
            blank[i] = all.get(i).blank();
        }
        columns.booleans("blank", "Whether the screen was blank", blank);
        columns.texts("stimulus_condition_id", "Id of the condition",
                all.stream().map(Presentation::label).toList());
        finish(columns, "What was shown", all.size());
    }

    /// Frames of a film have their number as `frame`.
    private static double image(Presentation shown) {
        return Stimulus.of(shown.stimulus()) == Stimulus.NATURAL_MOVIE ? Double.NaN : picture(shown);
    }

    private static double picture(Presentation shown) {
        return shown.condition().orElse(null) instanceof Condition.Picture picture ? picture.index() : Double.NaN;
    }

    private static double orNan(int number) {
        return number < 0 ? Double.NaN : number;
    }

    private static ToDoubleFunction<Presentation> grating(ToDoubleFunction<Condition.Grating> value) {
        return shown -> shown.condition().orElse(null) instanceof Condition.Grating grating
                ? value.applyAsDouble(grating)
                : Double.NaN;
    }

    private void epochs() throws IOException {
        List<Epoch> all = session.epochs();
        if (!all.isEmpty()) {
            finish(intervals("intervals/epochs", all, Epoch::start, Epoch::stop, Epoch::name), "Parts of the session",
                    all.size());
        }
    }

    private void signals(List<NwbFacts.Fact> facts) throws IOException {
        if (session.signals().isEmpty()) {
            return;
        }
        objects.object("processing/behavior", "ProcessingModule",
                Map.of("description", "What was measured beside the cells"));
        Set<String> taken = new HashSet<>();
        for (Signal signal : session.signals()) {
            String path = "processing/behavior/" + NwbObjects.name(signal.name(), taken);
            facts.add(new NwbFacts.Fact("/" + path, NwbFacts.SIGNAL, signal.name()));
            facts.add(new NwbFacts.Fact("/" + path, NwbFacts.UNIT, signal.unit()));
            objects.object(path, "TimeSeries", Map.of("comments", "no comments", "description",
                    signal.name().replace('_', ' ')));
            objects.zarr().doubles(path + "/data", signal.trace().values(),
                    Map.of("conversion", 1.0, "offset", 0.0, "resolution",
                            -1.0, "unit", signal.unit().isEmpty() ? NwbObjects.UNKNOWN : signal.unit()));
            objects.times(path, signal.trace().clock());
        }
    }

    private void template(Template template, String name, List<NwbFacts.Fact> facts) throws IOException {
        String path = "stimulus/templates/" + name;
        facts.add(new NwbFacts.Fact("/" + path, NwbFacts.STIMULUS, template.stimulus()));
        facts.add(new NwbFacts.Fact("/" + path, NwbFacts.DEGREES, String.valueOf(template.degrees())));
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
