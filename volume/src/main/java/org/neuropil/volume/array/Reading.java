package org.neuropil.volume.array;

import java.util.Optional;
import java.util.OptionalInt;

import org.neuropil.space.VoxelSize;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo.Kind;

/// What a reader says of an array that its files may not say.
///
/// @param voxelSize of the finest mip, in place of what the files say; that of coarser mips changes in proportion
/// @param kind in place of what the files say
/// @param channel which of several, from 0 on; needed if there are several
/// @param time which of several points of time, from 0 on; needed if there are several
public record Reading(Optional<VoxelSize> voxelSize, Optional<Kind> kind, OptionalInt channel,
        OptionalInt time) {
    /// Nothing but what the files say.
    public static final Reading PLAIN = new Reading(Optional.empty(), Optional.empty(), OptionalInt.empty(),
            OptionalInt.empty());

    /// This with a voxel size.
    public Reading withVoxelSize(VoxelSize size) {
        return new Reading(Optional.of(size), kind, channel, time);
    }

    /// This with a kind.
    public Reading withKind(Kind other) {
        return new Reading(voxelSize, Optional.of(other), channel, time);
    }

    /// This with a channel.
    public Reading withChannel(int number) {
        return new Reading(voxelSize, kind, OptionalInt.of(number), time);
    }

    /// This with a point of time.
    public Reading withTime(int number) {
        return new Reading(voxelSize, kind, channel, OptionalInt.of(number));
    }

    /// What voxels mean where nothing says it: ids if they are whole numbers of 32 or 64 bits, as label arrays are,
    /// intensities otherwise.
    public static Kind usualKind(DataType type) {
        return type.bytes() >= 4 && !type.isFloat() ? Kind.SEGMENTATION : Kind.IMAGE;
    }
}
