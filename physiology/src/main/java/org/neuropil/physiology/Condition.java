package org.neuropil.physiology;

import java.util.Comparator;

/// What was shown in a trial. A blank screen is no condition.
public sealed interface Condition {
    /// The order in which ties are broken: pictures by number; gratings by direction, spatial, then temporal frequency; those
    /// that are not known last.
    Comparator<Condition> ORDER = (a, b) -> switch (a) {
        case Picture picture -> b instanceof Picture other ? Integer.compare(picture.index(), other.index()) : -1;
        case Grating grating -> b instanceof Grating other ? Grating.ORDER.compare(grating, other) : 1;
    };

    /// A few letters that tell it from others.
    String label();

    /// A drifting grating, or another thing that moves in a direction.
    ///
    /// @param direction degrees, brought to 0 (inclusive) to 360 (exclusive)
    /// @param spatialFrequency cycles per degree; NaN if it is not known
    /// @param temporalFrequency Hz; NaN if it is not known
    record Grating(double direction, double spatialFrequency, double temporalFrequency) implements Condition {
        private static final Comparator<Grating> ORDER = Comparator.comparingDouble(Grating::direction)
                .thenComparingDouble(Grating::spatialFrequency).thenComparingDouble(Grating::temporalFrequency);

        /// @throws IllegalArgumentException if the direction is not a number
        public Grating {
            if (!Double.isFinite(direction)) {
                throw new IllegalArgumentException("direction " + direction);
            }
            direction = (direction % 360 + 360) % 360;
        }

        /// Whether it differs from another one by direction alone.
        public boolean hasFrequenciesOf(Grating other) {
            return Double.compare(spatialFrequency, other.spatialFrequency) == 0
                    && Double.compare(temporalFrequency, other.temporalFrequency) == 0;
        }

        @Override
        public String label() {
            return direction + " deg" + (Double.isNaN(spatialFrequency) ? "" : " " + spatialFrequency + " cpd")
                    + (Double.isNaN(temporalFrequency) ? "" : " " + temporalFrequency + " Hz");
        }
    }

    /// An image, or a frame of a movie.
    ///
    /// @param index its number
    record Picture(int index) implements Condition {
        @Override
        public String label() {
            return "image " + index;
        }
    }
}
