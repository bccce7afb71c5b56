package org.neuropil.volume.format;

import java.util.Optional;
import java.util.OptionalInt;

import org.neuropil.space.VoxelSize;
import org.neuropil.volume.VolumeInfo;

/// What a user says of a volume that its files may not say.
///
/// @param voxelSize in place of what the files say; needed for section stacks
/// @param kind in place of what the files say
/// @param channel which of several, from 0 on; needed if there are several
/// @param time which of several points of time, from 0 on; needed if there are several
public record OpenOptions(Optional<VoxelSize> voxelSize, Optional<VolumeInfo.Kind> kind, OptionalInt channel,
        OptionalInt time) {
    /// Nothing but what the files say.
    public static final OpenOptions NONE = new OpenOptions(Optional.empty(), Optional.empty(), OptionalInt.empty(),
            OptionalInt.empty());
}
