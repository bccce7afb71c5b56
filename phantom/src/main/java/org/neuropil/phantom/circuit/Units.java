package org.neuropil.phantom.circuit;

/// Units of the recording: what was imaged, matched to nuclei, and how it answered. One number a unit in each array but those
/// of responses.
///
/// @param cell neuron, in truth
/// @param matched neuron that it is said to be
/// @param first session, or column
/// @param second scan, or volume
/// @param third field, or plane
/// @param unit number of the unit, or ROI
/// @param residual distance of the mapped unit from the nucleus that it is said to be, µm
/// @param score distance to the nearest other nucleus less `residual`, µm
/// @param images responses, all trials of image 0, then of image 1, of unit 0, then of unit 1: `[units][images][repeats]`
/// @param windowed likewise, of 12 directions of a grating in a window: `[units][12][repeats]`
/// @param full of the same gratings on the full field
/// @param imagesRun whether the animal ran: `[images][repeats]`
/// @param windowedRun `[12][repeats]`
/// @param fullRun `[12][repeats]`
public record Units(int[] cell, int[] matched, int[] first, int[] second, int[] third, int[] unit, float[] residual,
        float[] score, float[] images, float[] windowed, float[] full, boolean[] imagesRun, boolean[] windowedRun,
        boolean[] fullRun) {
    /// How many units; some neurons have two.
    public int count() {
        return cell.length;
    }
}
