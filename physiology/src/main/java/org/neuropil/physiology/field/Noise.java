package org.neuropil.physiology.field;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.trial.Window;
import org.neuropil.space.InputException;

/// Sparse noise on one clock: which frames of a trace belong to which sweep, and which sweeps show a square white (ON) or
/// black (OFF). Sweeps that do not lie wholly within the recording are left out.
public final class Noise {
    /// Width of a square in V1DD, for templates that do not say it.
    private static final double DEGREES = 9.3;

    private final Grid grid;
    private final int[] from;
    private final int[] to;
    private final int[][] shown;

    private Noise(Grid grid, int[] from, int[] to, int[][] shown) {
        this.grid = grid;
        this.from = from;
        this.to = to;
        this.shown = shown;
    }

    /// Sweeps whose order is that of the presentations.
    ///
    /// @param presentations of one stimulus, whose `frame` is that of the template
    /// @throws InputException if a presentation shows a frame that the template lacks
    public static Noise of(List<Presentation> presentations, Template template, Clock clock, Window window) {
        List<Presentation> sweeps = presentations.stream().filter(sweep -> !sweep.blank() && sweep.frame() >= 0)
                .filter(sweep -> {
                    int[] frames = window.frames(clock, sweep);
                    return frames[1] > frames[0];
                }).toList();
        int[] from = new int[sweeps.size()];
        int[] to = new int[sweeps.size()];
        byte[][] squares = new byte[sweeps.size()][template.height() * template.width()];
        for (int s = 0; s < from.length; s++) {
            int[] frames = window.frames(clock, sweeps.get(s));
            from[s] = frames[0];
            to[s] = frames[1];
            int frame = sweeps.get(s).frame();
            if (frame >= template.frames()) {
                throw new InputException("frame " + frame + " of " + template.stimulus() + " is shown at "
                        + sweeps.get(s).start() + " s, and its template has " + template.frames() + " frames",
                        "stimulus table", "give the template that was shown; frames are counted from 0");
            }
            squares[s] = Arrays.copyOfRange(template.values(), frame * squares[s].length,
                    (frame + 1) * squares[s].length);
        }
        double degrees = Double.isNaN(template.degrees()) ? DEGREES : template.degrees();
        return new Noise(new Grid(template.height(), template.width(), degrees), from, to, shown(squares,
                template.height() * template.width()));
    }

    private static int[][] shown(byte[][] squares, int count) {
        int[][] shown = new int[2 * count][];
        for (int square = 0; square < count; square++) {
            for (int polarity = 0; polarity < 2; polarity++) {
                int[] found = new int[squares.length];
                int n = 0;
                for (int s = 0; s < squares.length; s++) {
                    if (squares[s][square] == (polarity == 0 ? 1 : -1)) {
                        found[n++] = s;
                    }
                }
                shown[polarity * count + square] = Arrays.copyOf(found, n);
            }
        }
        return shown;
    }

    /// The template of a stimulus.
    public static Optional<Template> template(List<Template> templates, String stimulus) {
        return templates.stream().filter(template -> template.stimulus().equals(stimulus)).findFirst();
    }

    /// A cell's responses to it: the mean of each sweep's frames, missing ones skipped.
    ///
    /// @param trace on the clock that this is of
    public NoiseResponses responses(Trace trace) {
        double[] values = new double[from.length];
        for (int s = 0; s < values.length; s++) {
            values[s] = trace.meanOfFrames(from[s], to[s]);
        }
        return NoiseResponses.of(grid, shown, values);
    }

    /// Frames of a sweep's window.
    public int frames() {
        return from.length == 0 ? 1 : to[0] - from[0];
    }

    /// How many sweeps there are.
    public int sweeps() {
        return from.length;
    }
}
