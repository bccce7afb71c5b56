package org.neuropil.physiology.session;

/// The frames of a stimulus of noise.
///
/// @param stimulus as presentations name it
/// @param frames how many frames there are
/// @param height squares of a frame from top to bottom; row 0 is the top of the screen
/// @param width squares from left to right
/// @param values -1 black, 0 grey, 1 white; frame by frame, row by row
/// @param degrees width of a square in degrees of the field of view; NaN if it is not known
@SuppressWarnings("ArrayRecordComponent")
public record Template(String stimulus, int frames, int height, int width, byte[] values, double degrees) {
    /// @throws IllegalArgumentException if there are not `frames * height * width` values
    public Template {
        if (values.length != (long) frames * height * width) {
            throw new IllegalArgumentException(
                    values.length + " values for " + frames + " x " + height + " x " + width);
        }
    }

    /// The square at a row and column of a frame.
    public int at(int frame, int row, int column) {
        return values[(frame * height + row) * width + column];
    }
}
