package org.neuropil.physiology.trial;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.space.InputException;

/// Which part of a trial is its response.
public sealed interface Window {
    /// How one is written.
    String WRITE = "write for example 2s (seconds), 3f (frames), or shown (as long as it was shown)";

    /// From the start on, closed on both time labels.
    ///
    /// @param length seconds, above 0
    record Seconds(double length) implements Window {}

    /// The first frames at the start or later.
    ///
    /// @param count at least 1
    record Frames(int count) implements Window {}

    /// From start to stop, closed on both time labels.
    record Shown() implements Window {}

    /// The published window of a stimulus: 2 s of gratings, 2 frames of images and of sparse noise, 3 frames of a movie; of bars
    /// as long as they move.
    static Window of(Stimulus stimulus) {
        return switch (stimulus) {
            case GRATINGS_FULL, GRATINGS_WINDOWED -> new Seconds(2);
            case NATURAL_IMAGES, NATURAL_IMAGES_12, SPARSE_NOISE -> new Frames(2);
            case NATURAL_MOVIE -> new Frames(3);
            case MOVING_BARS, SPONTANEOUS, OTHER -> new Shown();
        };
    }

    /// Reads `2s`, `0.5s`, `3f` (frames) or `shown`.
    ///
    /// @throws InputException if it is none of these
    static Window parse(String text) {
        if (text.equals("shown")) {
            return new Shown();
        }
        try {
            String number = text.substring(0, Math.max(0, text.length() - 1));
            if (text.endsWith("s") && Double.parseDouble(number) > 0 && Double.isFinite(Double.parseDouble(number))) {
                return new Seconds(Double.parseDouble(number));
            }
            if (text.endsWith("f") && Integer.parseInt(number) > 0) {
                return new Frames(Integer.parseInt(number));
            }
        } catch (NumberFormatException e) {
            throw new InputException("'" + text + "' is no window", "window", WRITE, e);
        }
        throw new InputException("'" + text + "' is no window", "window", WRITE);
    }

    /// Seconds from start to the end of the window.
    default double length(Clock clock, Presentation presentation) {
        return switch (this) {
            case Seconds seconds -> seconds.length;
            case Frames frames -> frames.count * clock.step();
            case Shown _ -> presentation.stop() - presentation.start();
        };
    }

    /// The first frame of a trial, and one behind its last; twice the same if it does not lie within the recording.
    default int[] frames(Clock clock, Presentation presentation) {
        int frames = clock.frames();
        int from = clock.from(presentation.start());
        if (frames == 0 || presentation.start() < clock.time(0) || from == frames) {
            return new int[2];
        }
        int to = switch (this) {
            case Frames few -> from + few.count;
            case Seconds _,Shown _ -> {
                double end = presentation.start() + length(clock, presentation);
                yield end > clock.time(frames - 1) ? frames + 1 : clock.to(end);
            }
        };
        return to > frames || to < from ? new int[2] : new int[]{from, to};
    }
}
