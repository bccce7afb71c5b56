package org.neuropil.server.cave;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.VoxelSize;

/// What discovery tells of the dataset.
///
/// @param name of the dataset, the datastack and the volume that all is aligned to
/// @param title one line; may be empty
/// @param image part with the images; null if there is none
/// @param segmentation part with the flat segmentation; null if there is none
/// @param voxelSize of the images, or else of the segmentation; null if there is neither
public record DatasetFacts(String name, String title, @Nullable String image, @Nullable String segmentation,
        @Nullable VoxelSize voxelSize) {
    /// Tells them as they are now.
    @FunctionalInterface
    public interface Source {
        /// @throws IOException if the dataset cannot be read
        DatasetFacts now() throws IOException;
    }
}
