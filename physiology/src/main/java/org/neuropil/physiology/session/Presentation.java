package org.neuropil.physiology.session;

import java.util.Optional;

import org.neuropil.physiology.Condition;

/// A row of the stimulus table: something that was on the screen for a time.
///
/// @param stimulus which stimulus it belongs to, as its file calls it; see [Stimulus]
/// @param start seconds on the session's clock
/// @param stop seconds
/// @param condition what was shown; empty for a blank screen, and for frames of noise, whose number is `frame`
/// @param blank whether the screen was blank
/// @param frame of the stimulus' template, or of its film; -1 if there is none
/// @param order place in the order of images, `image_order`; -1 if there is none
/// @param azimuth of the centre, degrees, right positive; NaN if it is not known
/// @param elevation of the centre, degrees, up positive; NaN if it is not known
/// @param label the file's own id of the condition (`stimulus_condition_id`, `condition_hash`); empty if there is none
public record Presentation(String stimulus, double start, double stop, Optional<Condition> condition, boolean blank,
        int frame, int order, double azimuth, double elevation, String label) {}
