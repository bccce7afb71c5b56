package org.neuropil.server.cave;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.published.PublicDataset;

/// What discovery tells of the dataset.
///
/// @param name of the dataset, the datastack and the volume that all is aligned to
/// @param title one line; may be empty
/// @param image part with the images; null if there is none
/// @param segmentation part with the flat segmentation; null if there is none
/// @param voxelSize of the images, or else of the segmentation; null if there is neither
/// @param published what is known of the published dataset that it was brought from; null if it was not
public record DatasetFacts(String name, String title, @Nullable String image, @Nullable String segmentation,
        @Nullable VoxelSize voxelSize, @Nullable PublicDataset published) {
    /// The table that has a role in the published dataset; null if there is none.
    @Nullable
    String role(String role) {
        return published == null ? null : published.role(role).orElse(null);
    }

    /// Tells them as they are now.
    @FunctionalInterface
    public interface Source {
        /// @throws IOException if the dataset cannot be read
        DatasetFacts now() throws IOException;
    }
}
