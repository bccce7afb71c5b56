package org.neuropil.physiology.decode;

import org.neuropil.physiology.Condition;

/// What a decoder has to tell apart.
public enum Labelling {
    /// Each condition by itself: direction and frequencies, or the image.
    CONDITION,
    /// Directions of gratings, whatever their frequencies; images as they are.
    DIRECTION,
    /// Orientations of gratings: directions that are opposite count as one; images as they are.
    ORIENTATION;

    private static final int HALF_TURN = 180;

    /// What stands for a condition.
    Condition of(Condition condition) {
        return switch (condition) {
            case Condition.Picture picture -> picture;
            case Condition.Grating grating -> switch (this) {
                case CONDITION -> grating;
                case DIRECTION -> new Condition.Grating(grating.direction(), Double.NaN, Double.NaN);
                case ORIENTATION -> new Condition.Grating(grating.direction() % HALF_TURN, Double.NaN, Double.NaN);
            };
        };
    }
}
