package org.neuropil.imglib2;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo.Scale;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/// Opens the mips of volumes as images of ImgLib2.
///
/// An image is read chunk by chunk when its pixels are asked for. Chunks stay in memory: of all images together a quarter of
/// what Java may have (`-Xmx`), less where memory runs short; those that were not used for longest go first. Pixels may be
/// changed, as in any image, but changes are not written to the volume and are lost with the chunk. When bytes cannot be
/// read, pixels throw [java.io.UncheckedIOException].
public final class VolumeImages {
    private VolumeImages() {}

    /// A mip of a volume.
    ///
    /// @param voxels with dimensions x, y, z; where the volume's bounds do not begin at 0, neither does the image
    /// @param voxelSize nanometres, for the calibration
    public record Image(RandomAccessibleInterval<? extends NativeType<?>> voxels, VoxelSize voxelSize) {
        /// The voxels as what they are known to be.
        ///
        /// @param type of a pixel, such as `UnsignedLongType.class`
        /// @throws IllegalArgumentException if they are of another type
        @SuppressWarnings("unchecked") // checked by hand
        public <T extends NativeType<T>> RandomAccessibleInterval<T> as(Class<T> type) {
            if (!type.isInstance(voxels.getType())) {
                throw new IllegalArgumentException("pixels are of " + voxels.getType().getClass().getSimpleName()
                        + ", not of " + type.getSimpleName());
            }
            return (RandomAccessibleInterval<T>) voxels;
        }
    }

    /// Opens all mips, the finest first.
    public static List<Image> open(Volume volume) {
        List<Image> images = new ArrayList<>();
        for (int mip = 0; mip < volume.info().scales().size(); mip++) {
            images.add(open(volume, mip));
        }
        return images;
    }

    /// Opens a mip.
    ///
    /// @throws IllegalArgumentException if there is no such mip
    public static Image open(Volume volume, int mip) {
        Scale scale = volume.info().scale(mip);
        RandomAccessibleInterval<? extends NativeType<?>> voxels = switch (volume.info().type()) {
            case UINT8 -> image(volume, mip, new UnsignedByteType());
            case INT8 -> image(volume, mip, new ByteType());
            case UINT16 -> image(volume, mip, new UnsignedShortType());
            case INT16 -> image(volume, mip, new ShortType());
            case UINT32 -> image(volume, mip, new UnsignedIntType());
            case INT32 -> image(volume, mip, new IntType());
            case UINT64 -> image(volume, mip, new UnsignedLongType());
            case INT64 -> image(volume, mip, new LongType());
            case FLOAT32 -> image(volume, mip, new FloatType());
            case FLOAT64 -> image(volume, mip, new DoubleType());
        };
        return new Image(voxels, scale.voxelSize());
    }

    private static <T extends NativeType<T>> RandomAccessibleInterval<T> image(Volume volume, int mip, T type) {
        Box bounds = volume.info().scale(mip).bounds();
        Int3 size = bounds.size();
        Int3 chunk = volume.info().scale(mip).chunk().min(size);
        CellGrid grid = new CellGrid(new long[]{size.x(), size.y(), size.z()},
                new int[]{chunk.x(), chunk.y(), chunk.z()});
        return Views.translate(new LazyCellImg<>(grid, type, new Chunks(volume, mip, Room.SHARED)), bounds.min().x(),
                bounds.min().y(), bounds.min().z());
    }
}
