package org.neuropil.physiology.made;

import java.util.Arrays;
import java.util.List;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;

/// What is on the screen in each frame of a plane, and what a cell makes of it.
final class Drives {
    private static final int GRATINGS = Protocol.DIRECTIONS * Protocol.SPATIAL.length;
    private static final int FEATURES = 8;
    private static final byte NOTHING = 0;
    private static final byte FULL = 1;
    private static final byte WINDOWED = 2;
    private static final byte NOISE = 3;
    private static final byte IMAGE = 4;
    private static final byte MOVIE = 5;

    private final byte[] kinds;
    private final int[] numbers;
    private final Template noise;
    private final float[] images;
    private final float[] movie;

    Drives(Clock clock, List<Presentation> presentations, Template noise, int movieFrames) {
        this.noise = noise;
        this.kinds = new byte[clock.frames()];
        this.numbers = new int[clock.frames()];
        this.images = features(Protocol.IMAGES, 5, 0);
        this.movie = features(movieFrames, 6, 0.97F);
        for (Presentation shown : presentations) {
            byte kind = kind(shown);
            int number = number(shown);
            int to = clock.from(shown.stop());
            for (int frame = clock.from(shown.start()); frame < to; frame++) {
                kinds[frame] = kind;
                numbers[frame] = number;
            }
        }
    }

    private static byte kind(Presentation shown) {
        if (shown.blank()) {
            return NOTHING;
        }
        return switch (Stimulus.of(shown.stimulus())) {
            case GRATINGS_FULL -> FULL;
            case GRATINGS_WINDOWED -> WINDOWED;
            case SPARSE_NOISE -> NOISE;
            case NATURAL_IMAGES, NATURAL_IMAGES_12 -> IMAGE;
            case NATURAL_MOVIE -> MOVIE;
            case MOVING_BARS, SPONTANEOUS, OTHER -> NOTHING;
        };
    }

    private static int number(Presentation shown) {
        return switch (shown.condition().orElse(null)) {
            case Condition.Grating grating -> (int) Math.round(grating.direction() * Protocol.DIRECTIONS / 360)
                    * Protocol.SPATIAL.length + (grating.spatialFrequency() == Protocol.SPATIAL[0] ? 0 : 1);
            case Condition.Picture picture -> picture.index();
            case null -> Math.max(0, shown.frame());
        };
    }

    /// Features of pictures, the same in all sessions; those of a movie change slowly.
    private static float[] features(int pictures, int which, float kept) {
        Draws draws = new Draws(which);
        float fresh = (float) Math.sqrt(1 - kept * kept);
        float[] values = new float[pictures * FEATURES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i < FEATURES ? 0 : kept * values[i - FEATURES]) + fresh * draws.normal();
        }
        return values;
    }

    /// Events a second in each frame, before running and shared noise.
    float[] rates(MadeCell cell, Draws draws) {
        float baseline = (float) cell.baseline();
        float[] rates = new float[kinds.length];
        if (!cell.responsive()) {
            Arrays.fill(rates, baseline);
            return rates;
        }
        float[] windowed = new float[GRATINGS];
        for (int i = 0; i < GRATINGS; i++) {
            windowed[i] = (float) cell.windowed(360.0 / Protocol.DIRECTIONS * (i / Protocol.SPATIAL.length),
                    i % Protocol.SPATIAL.length);
        }
        float[] weights = new float[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            weights[i] = draws.normal() * (float) cell.peak() / 2;
        }
        float full = (float) (1 - cell.suppression());
        float[] squares = squares(cell);
        float[] pictures = pictures(images, weights);
        float[] film = pictures(movie, weights);
        for (int frame = 0; frame < rates.length; frame++) {
            int number = numbers[frame];
            rates[frame] = baseline + switch (kinds[frame]) {
                case FULL -> full * windowed[number];
                case WINDOWED -> windowed[number];
                case NOISE -> squares[number];
                case IMAGE -> pictures[number];
                case MOVIE -> film[number];
                default -> 0;
            };
        }
        return rates;
    }

    private static float[] pictures(float[] features, float[] weights) {
        float[] rates = new float[features.length / FEATURES];
        for (int picture = 0; picture < rates.length; picture++) {
            float sum = 0;
            for (int i = 0; i < FEATURES; i++) {
                sum += weights[i] * features[picture * FEATURES + i];
            }
            rates[picture] = Math.max(0, sum);
        }
        return rates;
    }

    /// Of each frame of noise.
    private float[] squares(MadeCell cell) {
        float[] rates = new float[noise.frames()];
        if (cell.on() == 0 && cell.off() == 0) {
            return rates;
        }
        for (int row = 0; row < noise.height(); row++) {
            for (int column = 0; column < noise.width(); column++) {
                // Row 0 is the top of the screen.
                double up = ((noise.height() - 1) / 2.0 - row) * Protocol.DEGREES - cell.elevation();
                double right = (column - (noise.width() - 1) / 2.0) * Protocol.DEGREES - cell.azimuth();
                if (up * up + right * right > cell.radius() * cell.radius()) {
                    continue;
                }
                for (int frame = 0; frame < rates.length; frame++) {
                    int square = noise.at(frame, row, column);
                    rates[frame] += (float) (square > 0 ? cell.on() : square < 0 ? cell.off() : 0);
                }
            }
        }
        return rates;
    }
}
