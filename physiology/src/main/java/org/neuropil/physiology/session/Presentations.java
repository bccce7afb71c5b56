package org.neuropil.physiology.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.neuropil.physiology.Condition;

/// Makes presentations of rows of stimulus tables, the same for all files.
public final class Presentations {
    private Presentations() {}

    /// The columns of a row, as V1DD's tables have them; NaN for one that is missing.
    ///
    /// @param stimulus `stim_name`
    /// @param start `start_time`, seconds
    /// @param stop `stop_time`, seconds
    /// @param direction degrees
    /// @param spatialFrequency cycles per degree
    /// @param temporalFrequency Hz
    /// @param frame of a template or a film
    /// @param imageOrder `image_order`
    /// @param imageIndex `image_index`
    /// @param azimuth `center_azimuth`, degrees
    /// @param elevation `center_elevation`, degrees
    /// @param label `stimulus_condition_id`; empty if there is none
    public record Row(String stimulus, double start, double stop, double direction, double spatialFrequency,
            double temporalFrequency, double frame, double imageOrder, double imageIndex, double azimuth,
            double elevation, String label) {
        /// True if nothing is said of gratings: a grating's row that is a blank screen.
        boolean isWithoutGrating() {
            return Double.isNaN(direction) && Double.isNaN(spatialFrequency) && Double.isNaN(temporalFrequency);
        }
    }

    /// What a row says was shown. A blank screen is a grating without direction and frequencies, an image without a number,
    /// and all that is spontaneous.
    public static Presentation of(Row row) {
        Optional<Condition> picture = number(row.imageIndex()).map(Condition.Picture::new);
        Optional<Condition> frame = number(row.frame()).map(Condition.Picture::new);
        Optional<Condition> grating = Double.isFinite(row.direction())
                ? Optional.of(new Condition.Grating(row.direction(), row.spatialFrequency(), row.temporalFrequency()))
                : Optional.empty();
        boolean blank = false;
        Optional<Condition> condition = Optional.empty();
        switch (Stimulus.of(row.stimulus())) {
            case GRATINGS_FULL, GRATINGS_WINDOWED, MOVING_BARS -> {
                condition = grating;
                blank = row.isWithoutGrating();
            }
            case NATURAL_IMAGES, NATURAL_IMAGES_12 -> {
                condition = picture;
                blank = picture.isEmpty();
            }
            case NATURAL_MOVIE -> condition = frame;
            case SPARSE_NOISE -> {
                // Its frames are no conditions.
            }
            case SPONTANEOUS -> blank = true;
            case OTHER -> condition = grating.or(() -> picture);
        }
        return new Presentation(row.stimulus(), row.start(), row.stop(), condition, blank,
                number(row.frame()).orElse(-1), number(row.imageOrder()).orElse(-1), row.azimuth(), row.elevation(),
                row.label());
    }

    private static Optional<Integer> number(double value) {
        return value >= 0 && value == Math.rint(value) && value <= Integer.MAX_VALUE
                ? Optional.of((int) value)
                : Optional.empty();
    }

    /// Presentations in the order of time; those that begin together stay as they are.
    public static List<Presentation> inOrder(List<Presentation> presentations) {
        return presentations.stream().sorted(Comparator.comparingDouble(Presentation::start)).toList();
    }

    /// Parts of a session where its file tells none: presentations of one stimulus that follow each other.
    ///
    /// @param presentations in the order of time
    public static List<Epoch> epochs(List<Presentation> presentations) {
        List<Epoch> epochs = new ArrayList<>();
        for (Presentation one : presentations) {
            Epoch last = epochs.isEmpty() ? null : epochs.getLast();
            if (last != null && last.name().equals(one.stimulus())) {
                epochs.set(epochs.size() - 1,
                        new Epoch(last.name(), last.start(), Math.max(last.stop(), one.stop())));
            } else {
                epochs.add(new Epoch(one.stimulus(), one.start(), one.stop()));
            }
        }
        return List.copyOf(epochs);
    }
}
