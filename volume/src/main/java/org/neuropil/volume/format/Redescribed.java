package org.neuropil.volume.format;

import java.io.IOException;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;

/// A volume of which a user says something else than its files do. It can only be read, so that the files and what is
/// said of them do not part ways.
///
/// @param volume with the voxels
/// @param info what is said
record Redescribed(Volume volume, VolumeInfo info) implements Volume {
    /// The volume with other words where the user has some.
    ///
    /// @throws InputException if fractions are said to be ids
    static Volume of(Volume volume, OpenOptions options) {
        if (options.voxelSize().isEmpty() && options.kind().isEmpty()) {
            return volume;
        }
        VolumeInfo said = volume.info();
        VolumeInfo.Kind kind = options.kind().orElse(said.kind());
        if (kind == VolumeInfo.Kind.SEGMENTATION && said.type().isFloat()) {
            throw new InputException("has " + said.type().text() + " voxels, and ids are whole numbers", volume.uri(),
                    "open it as an image");
        }
        VoxelSize finest = said.scale(0).voxelSize();
        VoxelSize size = options.voxelSize().orElse(finest);
        List<Scale> scales = said.scales().stream().map(scale -> new Scale(
                new VoxelSize(scale.voxelSize().x() / finest.x() * size.x(),
                        scale.voxelSize().y() / finest.y() * size.y(), scale.voxelSize().z() / finest.z() * size.z()),
                scale.bounds(), scale.chunk(), scale.unit())).toList();
        return new Redescribed(volume, new VolumeInfo(kind, said.type(), scales));
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        return volume.read(mip, box);
    }

    @Override
    public void write(int mip, Block block) {
        throw new InputException("was opened with another voxel size or kind, and can only be read so", uri(), "");
    }

    @Override
    public String storage(int mip) {
        return volume.storage(mip);
    }

    @Override
    public String uri() {
        return volume.uri();
    }
}
