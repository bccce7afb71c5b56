package org.neuropil.physiology.made;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;

/// What a made session shows, in the form of V1DD's: drifting gratings on the full field and in a window (12 directions, 2
/// spatial frequencies, 2 s each with 1 s of grey, blanks between), locally sparse noise at 3 Hz, 118 natural images, 12 of
/// them more often, a natural movie at 30 Hz, and a grey screen.
///
/// @param windowed whether gratings are shown in a window, too
/// @param gratingRepeats of each grating; V1DD: 8
/// @param blanks among the gratings of each kind; V1DD: 5 to 8
/// @param noiseFrames of sparse noise
/// @param imageRepeats of the 118 images; V1DD: 8
/// @param fewRepeats of the 12 images; V1DD: 40
/// @param movieFrames of the movie; V1DD: 3,600
/// @param movieRepeats V1DD: 8
/// @param greySeconds of nothing; V1DD: 300
public record Protocol(boolean windowed, int gratingRepeats, int blanks, int noiseFrames, int imageRepeats,
        int fewRepeats, int movieFrames, int movieRepeats, double greySeconds) {
    /// 34 minutes: gratings and grey screen as long as V1DD's; of noise, images and movie less, so that all of them occur.
    public static final Protocol SHORTENED = new Protocol(true, 8, 8, 600, 4, 20, 900, 4, 300);
    /// Two minutes, in which all of them occur.
    public static final Protocol TINY = new Protocol(true, 1, 1, 30, 1, 2, 30, 2, 20);

    /// Directions of gratings.
    static final int DIRECTIONS = 12;
    /// Spatial frequencies of gratings, cycles per degree.
    static final double[] SPATIAL = {0.04, 0.08};
    /// Natural images.
    static final int IMAGES = 118;
    /// Rows and columns of squares of the sparse noise, and their width.
    static final int ROWS = 8;
    static final int COLUMNS = 14;
    static final double DEGREES = 9.3;

    private static final int FEW = 12;
    private static final double NOISE_SECONDS = 1.0 / 3;
    private static final double MOVIE_SECONDS = 1.0 / 30;
    private static final double PAUSE = 2;
    private static final double[][] WINDOWS = {{-8.9, -12.4}, {-19.6, -10.0}, {1.8, -9.7}, {-15.4, -16.4},
        {9.9, -14.4}};

    /// What is shown, when.
    record Shown(List<Presentation> presentations, List<Epoch> epochs, Template noise, double seconds) {}

    /// The same without gratings in a window, which two of V1DD's sessions lack.
    public Protocol withoutWindow() {
        return new Protocol(false, gratingRepeats, blanks, noiseFrames, imageRepeats, fewRepeats, movieFrames,
                movieRepeats, greySeconds);
    }

    Shown show(int column, long seed) {
        List<Presentation> rows = new ArrayList<>();
        List<Epoch> epochs = new ArrayList<>();
        Draws draws = new Draws(seed, 1);
        double at = 5;
        at = grey(epochs, at);
        at = gratings(rows, epochs, at, Stimulus.GRATINGS_FULL, 0, 0, draws);
        Template noise = noise(seed);
        at = frames(rows, epochs, at, Stimulus.SPARSE_NOISE, noiseFrames, 1, NOISE_SECONDS, false);
        if (windowed) {
            double[] window = WINDOWS[(column - 1) % WINDOWS.length];
            at = gratings(rows, epochs, at, Stimulus.GRATINGS_WINDOWED, window[0], window[1], draws);
        }
        at = images(rows, epochs, at, Stimulus.NATURAL_IMAGES, IMAGES, imageRepeats, draws);
        at = images(rows, epochs, at, Stimulus.NATURAL_IMAGES_12, FEW, fewRepeats, draws);
        at = frames(rows, epochs, at, Stimulus.NATURAL_MOVIE, movieFrames, movieRepeats, MOVIE_SECONDS, true);
        return new Shown(List.copyOf(rows), List.copyOf(epochs), noise, at + PAUSE);
    }

    private double grey(List<Epoch> epochs, double at) {
        epochs.add(new Epoch(Stimulus.SPONTANEOUS.word(), at, at + greySeconds));
        return at + greySeconds + PAUSE;
    }

    private double gratings(List<Presentation> rows, List<Epoch> epochs, double from, Stimulus stimulus, double azimuth,
            double elevation, Draws draws) {
        List<Optional<Condition>> order = new ArrayList<>();
        for (int repeat = 0; repeat < gratingRepeats; repeat++) {
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                for (double frequency : SPATIAL) {
                    order.add(Optional.of(new Condition.Grating(360.0 / DIRECTIONS * direction, frequency, 1)));
                }
            }
        }
        for (int i = 0; i < blanks; i++) {
            order.add(Optional.empty());
        }
        double at = from;
        for (Optional<Condition> condition : shuffled(order, draws)) {
            rows.add(new Presentation(stimulus.word(), at, at + 2, condition, condition.isEmpty(), -1, -1, azimuth,
                    elevation, ""));
            at += 3;
        }
        epochs.add(new Epoch(stimulus.word(), from, at));
        return at + PAUSE;
    }

    private static double frames(List<Presentation> rows, List<Epoch> epochs, double from, Stimulus stimulus,
            int frames, int repeats, double seconds, boolean pictures) {
        for (int i = 0; i < frames * repeats; i++) {
            int frame = i % frames;
            rows.add(new Presentation(stimulus.word(), from + i * seconds, from + (i + 1) * seconds,
                    pictures ? Optional.of(new Condition.Picture(frame)) : Optional.empty(), false, frame, -1,
                    Double.NaN, Double.NaN, ""));
        }
        double to = from + frames * repeats * seconds;
        epochs.add(new Epoch(stimulus.word(), from, to));
        return to + PAUSE;
    }

    private static double images(List<Presentation> rows, List<Epoch> epochs, double from, Stimulus stimulus,
            int images,
            int repeats, Draws draws) {
        List<Integer> all = new ArrayList<>();
        for (int image = 0; image < images; image++) {
            all.add(image * (IMAGES / images));
        }
        // Two fixed orders take turns, as in V1DD.
        List<List<Integer>> orders = List.of(shuffled(all, draws), shuffled(all, draws));
        double at = from;
        for (int repeat = 0; repeat < repeats; repeat++) {
            for (int image : orders.get(repeat % 2)) {
                rows.add(new Presentation(stimulus.word(), at, at + NOISE_SECONDS,
                        Optional.of(new Condition.Picture(image)), false, -1, repeat % 2, Double.NaN, Double.NaN, ""));
                at += NOISE_SECONDS;
            }
        }
        epochs.add(new Epoch(stimulus.word(), from, at));
        return at + PAUSE;
    }

    private Template noise(long seed) {
        Draws draws = new Draws(seed, 2);
        byte[] values = new byte[noiseFrames * ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            int die = draws.below(40);
            values[i] = (byte) (die == 0 ? -1 : die == 1 ? 1 : 0);
        }
        return new Template(Stimulus.SPARSE_NOISE.word(), noiseFrames, ROWS, COLUMNS, values, DEGREES);
    }

    private static <T> List<T> shuffled(List<T> all, Draws draws) {
        List<T> order = new ArrayList<>(all);
        for (int i = order.size() - 1; i > 0; i--) {
            int other = draws.below(i + 1);
            T swapped = order.get(i);
            order.set(i, order.get(other));
            order.set(other, swapped);
        }
        return order;
    }
}
