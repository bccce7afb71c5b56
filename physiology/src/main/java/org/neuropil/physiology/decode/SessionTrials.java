package org.neuropil.physiology.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.table.ChoiceWords;
import org.neuropil.physiology.trial.Cut;
import org.neuropil.physiology.trial.Trials;
import org.neuropil.space.InputException;

/// The responses of all cells of a session in the trials of one stimulus, cut as metrics cut them; and where the cells are.
///
/// @param stimulus by its family or the file's name
/// @param cells responses by the key in letters, in the order of the session
/// @param planes of the cells: names
/// @param depths of the cells' planes, um below the pia; NaN if one is not known
/// @param notes what was left out or is not as usual, in sentences
public record SessionTrials(String stimulus, Map<String, Responses> cells, Map<String, String> planes,
        Map<String, Double> depths, List<String> notes) {
    private static final List<TraceKind> ORDER = List.of(TraceKind.EVENTS, TraceKind.DFF, TraceKind.CORRECTED,
            TraceKind.DEMIXED, TraceKind.RAW);
    /// ROIs whose traces are read at once.
    private static final int BLOCK = 32;

    /// Reads them.
    ///
    /// @param words names at most one stimulus; without one, the session has to show only one with conditions besides movies
    /// @throws InputException if there is no such stimulus, or no plane has such traces
    public static SessionTrials of(Session session, ChoiceWords words) throws IOException {
        String stimulus = stimulus(session, words);
        List<Presentation> shown = session.presentations().stream().filter(one -> word(one).equals(stimulus)).toList();
        Cut cut = words.cuts().of(Stimulus.of(stimulus));
        Optional<Trace> speed = session.signal(Signal.RUNNING).map(Signal::trace);
        Map<String, Responses> cells = new LinkedHashMap<>();
        Map<String, String> planes = new LinkedHashMap<>();
        Map<String, Double> depths = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        Map<TraceKind, Integer> used = new TreeMap<>();
        for (Plane plane : session.planes()) {
            Optional<TraceKind> kind = words.kind().map(Stream::of).orElse(ORDER.stream())
                    .filter(plane.kinds()::contains).findFirst();
            if (kind.isEmpty()) {
                notes.add("plane " + plane.name() + " is left out, for it has no traces"
                        + words.kind().map(of -> " of kind " + of.word()).orElse(""));
                continue;
            }
            Trials ofPlane = Trials.of(shown, plane.clock(), cut, speed);
            used.merge(kind.get(), plane.rois().size(), Integer::sum);
            for (int from = 0; from < plane.rois().size(); from += BLOCK) {
                float[][] rows = session.traces(plane, kind.get(), from, Math.min(BLOCK, plane.rois().size() - from));
                for (int i = 0; i < rows.length; i++) {
                    Roi roi = plane.rois().get(from + i);
                    String cell = roi.key().label();
                    Clock clock = plane.clock().later(roi.delay());
                    Trials trials = roi.delay() == 0 ? ofPlane : Trials.of(shown, clock, cut, speed);
                    cells.put(cell, trials.responses(trace(clock, rows[i])));
                    planes.put(cell, plane.name());
                    depths.put(cell, plane.depth());
                }
            }
        }
        if (cells.isEmpty()) {
            throw new InputException("there are no cells with traces" + words.kind().map(of -> " of kind " + of.word())
                    .orElse(""), session.info().name(), "'sessions show' tells which there are");
        }
        if (used.size() > 1) {
            notes.add("planes differ in their traces: " + String.join(", ", used.entrySet().stream()
                    .map(entry -> entry.getValue() + " cells of " + entry.getKey().word()).toList()));
        }
        return new SessionTrials(stimulus, cells, planes, depths, List.copyOf(notes));
    }

    private static String word(Presentation presentation) {
        Stimulus family = Stimulus.of(presentation.stimulus());
        return family == Stimulus.OTHER ? presentation.stimulus() : family.word();
    }

    private static String stimulus(Session session, ChoiceWords words) {
        List<String> there = session.presentations().stream().filter(one -> one.condition().isPresent())
                .map(SessionTrials::word).distinct().toList();
        String known = there.isEmpty() ? "nothing with conditions was shown" : "there are " + String.join(", ", there);
        List<String> asked = words.stimuli().isEmpty()
                ? there.stream().filter(word -> !word.equals(Stimulus.NATURAL_MOVIE.word())).toList()
                : List.copyOf(words.families());
        if (asked.size() != 1) {
            throw new InputException(asked.isEmpty()
                    ? "no stimulus has conditions"
                    : "trials of " + asked.size() + " stimuli cannot be told apart at once", "--stimuli",
                    "name one; " + known);
        }
        if (!there.contains(asked.getFirst())) {
            throw new InputException("'" + asked.getFirst() + "' was not shown with conditions in "
                    + session.info().name(), "--stimuli", known);
        }
        return asked.getFirst();
    }

    private static Trace trace(Clock clock, float[] row) {
        double[] values = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i] = Float.isFinite(row[i]) ? row[i] : Double.NaN;
        }
        return new Trace(clock, values);
    }

    /// Groups of cells by depth.
    ///
    /// @param um how deep a group is, above 0
    /// @return by cell: `100-200 um` and so on, the lower bound inclusive; cells of which it is not known are left out
    public Map<String, String> byDepth(double um) {
        Map<String, String> groups = new LinkedHashMap<>();
        depths.forEach((cell, depth) -> {
            if (Double.isFinite(depth)) {
                double from = StrictMath.floor(depth / um) * um;
                groups.put(cell, number(from) + "-" + number(from + um) + " um");
            }
        });
        return groups;
    }

    private static String number(double value) {
        return value == StrictMath.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.valueOf((float) value);
    }
}
