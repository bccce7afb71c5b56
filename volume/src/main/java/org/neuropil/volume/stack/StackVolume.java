package org.neuropil.volume.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Reading;

/// A stack of section images as a volume that is only read: one mip, whose chunks are sections. Its first voxel is at 0.
///
/// @param stack the images
/// @param info what was said of them
public record StackVolume(SectionStack stack, VolumeInfo info) implements Volume {
    /// Opens a folder of PNG or TIFF sections, or a TIFF file of several pages.
    ///
    /// @param reading the voxel size is needed unless a TIFF tells it as ImageJ does; the kind is that of a segmentation for
    ///        whole numbers of 32 bits, else of an image, unless it says otherwise
    /// @throws InputException if there are no such images, they do not go together, or the voxel size is missing
    public static StackVolume open(Path path, Reading reading) throws IOException {
        SectionStack stack = SectionStack.open(path);
        Optional<VoxelSize> voxelSize = reading.voxelSize().isPresent() ? reading.voxelSize() : stack.voxelSize();
        if (voxelSize.isEmpty()) {
            throw new InputException("section images do not tell how large their voxels are", path.toString(),
                    "give --voxel-size, for example 4x4x40nm");
        }
        VolumeInfo.Kind kind = reading.kind().orElse(Reading.usualKind(stack.type()));
        if (kind == VolumeInfo.Kind.SEGMENTATION && stack.type().isFloat()) {
            throw new InputException("ids are whole numbers, and voxels are " + stack.type().text(), path.toString(),
                    "open it as an image");
        }
        Box bounds = Box.of(Int3.ZERO, stack.size());
        return new StackVolume(stack, new VolumeInfo(kind, stack.type(),
                List.of(new Scale(voxelSize.get(), bounds, stack.size().with(2, 1)))));
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        Box there = box.intersect(info.scale(mip).bounds());
        if (there.equals(box)) {
            return stack.read(box);
        }
        Block result = Block.zeros(info.type(), box);
        if (!there.isEmpty()) {
            result.copyFrom(stack.read(there));
        }
        return result;
    }

    @Override
    public void write(int mip, Block block) {
        throw new InputException("section images can only be read", uri(), "");
    }

    @Override
    public String storage(int mip) {
        return stack.files().size() == 1 ? "TIFF" : "section images";
    }

    @Override
    public String uri() {
        return stack.path().toString();
    }
}
