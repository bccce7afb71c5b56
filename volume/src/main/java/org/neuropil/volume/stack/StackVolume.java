package org.neuropil.volume.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
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
    /// @param reading must have the voxel size, which images do not tell reliably; the kind is that of an image unless it
    ///        says otherwise
    /// @throws InputException if there are no such images, they do not go together, or the voxel size is missing
    public static StackVolume open(Path path, Reading reading) throws IOException {
        SectionStack stack = SectionStack.open(path);
        if (reading.voxelSize().isEmpty()) {
            throw new InputException("section images do not tell how large their voxels are", path.toString(),
                    "give --voxel-size, for example 4x4x40nm");
        }
        Box bounds = Box.of(Int3.ZERO, stack.size());
        VolumeInfo.Kind kind = reading.kind().orElse(VolumeInfo.Kind.IMAGE);
        return new StackVolume(stack, new VolumeInfo(kind, stack.type(),
                List.of(new Scale(reading.voxelSize().get(), bounds, stack.size().with(2, 1)))));
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
