package org.neuropil.physiology.session;

import java.util.Locale;

/// The families of stimuli that metrics know, whatever files call them.
public enum Stimulus {
    /// Drifting gratings on the full field: `drifting_gratings_full`, `dgf`.
    GRATINGS_FULL("drifting_gratings_full"),
    /// The same in a window: `drifting_gratings_windowed`, `dgw`.
    GRATINGS_WINDOWED("drifting_gratings_windowed"),
    /// Bars that cross the field in directions.
    MOVING_BARS("moving_bars"),
    /// Locally sparse noise: `locally_sparse_noise`, `lsn`.
    SPARSE_NOISE("locally_sparse_noise"),
    /// Natural images.
    NATURAL_IMAGES("natural_images"),
    /// The twelve images that are shown more often.
    NATURAL_IMAGES_12("natural_images_12"),
    /// A film that is repeated.
    NATURAL_MOVIE("natural_movie"),
    /// Nothing: a grey screen for minutes.
    SPONTANEOUS("spontaneous"),
    /// What none of these is.
    OTHER("other");

    private final String word;

    Stimulus(String word) {
        this.word = word;
    }

    /// As tables and options write it.
    public String word() {
        return word;
    }

    /// The family of a stimulus, by the name in a file.
    public static Stimulus of(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        return switch (plain) {
            case "dgf", "drifting_gratings" -> GRATINGS_FULL;
            case "dgw" -> GRATINGS_WINDOWED;
            case "lsn", "sparse_noise" -> SPARSE_NOISE;
            case "ni", "natural_scenes" -> NATURAL_IMAGES;
            case "ni12" -> NATURAL_IMAGES_12;
            case "nm" -> NATURAL_MOVIE;
            case "grey", "gray", "spontaneous_activity" -> SPONTANEOUS;
            default -> {
                for (Stimulus stimulus : values()) {
                    if (stimulus.word.equals(plain)) {
                        yield stimulus;
                    }
                }
                yield OTHER;
            }
        };
    }
}
