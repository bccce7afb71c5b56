package org.neuropil.volume.stack;

import java.io.Serializable;
import java.nio.file.Path;

import org.neuropil.space.InputException;
import org.neuropil.volume.DataType;

/// What a section's header says.
///
/// @param width along x, in voxels
/// @param height along y, in voxels
/// @param type what a voxel holds
record SectionImage(int width, int height, DataType type) implements Serializable {
    /// The most voxels of one section: they must fit one array, with room for its neighbours' bookkeeping.
    static final long MOST_VOXELS = Integer.MAX_VALUE - 64;

    /// How a user gets rid of colour.
    static final String MAKE_GREY = "convert the stack to 8-bit or 16-bit grey first, for example: "
            + "magick mogrify -path grey -colorspace Gray -depth 8 -alpha off *.png";

    /// @throws InputException if it has no voxels or too many for one array
    static SectionImage of(long width, long height, DataType type, Path file) {
        if (width < 1 || height < 1 || width > MOST_VOXELS || height > MOST_VOXELS || width * height > MOST_VOXELS) {
            throw new InputException("a section of " + width + "x" + height + " voxels cannot be read",
                    file.toString(), "sections may have up to " + MOST_VOXELS + " voxels");
        }
        return new SectionImage((int) width, (int) height, type);
    }

    int voxels() {
        return width * height;
    }

    /// `2048x2048 uint8`.
    @Override
    public String toString() {
        return width + "x" + height + " " + type.text();
    }
}
