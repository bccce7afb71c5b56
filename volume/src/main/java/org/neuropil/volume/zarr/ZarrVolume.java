package org.neuropil.volume.zarr;

import java.io.IOException;
import java.io.Serial;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.Chunks;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.array.Addition;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.codec.VoxelBytes;
import org.neuropil.volume.store.Requests;
import org.neuropil.volume.store.Store;

/// An image or label image of OME-Zarr 0.4 (Zarr version 2) or 0.5 (version 3), or one array of either version without such
/// metadata.
///
/// Voxel sizes come from the scales of OME-Zarr, lengths without a unit being nanometres. Those of an array without
/// OME-Zarr come from the attribute `dimension_units` (`["40 nm", …]`) or are 1 nm. What is x, y and z say the axes of
/// OME-Zarr, the array's `dimension_names`, or `_ARRAY_DIMENSIONS`; the last dimensions of an array that says nothing are
/// z, y, x. A translation becomes the bounds' lower corner, rounded down to whole voxels: OME-Zarr means the centres of
/// voxels, so that of a coarser mip is off by up to half of its voxel. Voxels are ids if there is an `image-label`, or
/// else as [Reading#usualKind] says.
///
/// Safe for use by several threads as long as no two write the same unit. Indices of shards are kept once read: open a
/// volume anew after others have written to it.
public final class ZarrVolume implements Volume {
    private final Store store;
    private final VolumeInfo info;
    private final List<Level> levels;
    private final transient ShardIndexes indexes = new ShardIndexes();

    ZarrVolume(Store store, VolumeInfo info, List<Level> levels) {
        this.store = store;
        this.info = info;
        this.levels = List.copyOf(levels);
    }

    @Serial
    private Object readResolve() {
        return new ZarrVolume(store, info, levels);
    }

    /// Begins a volume: writes the metadata of its arrays, axes z, y, x, and of the group that holds them. If there is the
    /// same volume already, that is opened, with its chunks; so a job that is started again may call this again.
    ///
    /// @throws IllegalArgumentException if no such volume can be like this: chunks of 2 GiB or more, empty bounds, shards
    ///         in version 2, no such level of compression, ids that are fractions
    /// @throws InputException if there is another volume, or one that cannot be read
    public static ZarrVolume create(Store store, VolumeInfo info, ZarrOptions options) throws IOException {
        return new ZarrWriter(info, options).create(store);
    }

    /// Opens a volume.
    ///
    /// @throws InputException if there is none, it is not supported, or something must be said of it; names file and field
    public static ZarrVolume open(Store store) throws IOException {
        return open(store, Reading.PLAIN);
    }

    /// Opens a volume of which a reader says more than its files.
    ///
    /// @throws InputException if there is none, it is not supported, or more must be said of it; names file and field
    public static ZarrVolume open(Store store, Reading reading) throws IOException {
        return new ZarrReader(store, reading).open();
    }

    /// More mips beside those of an image, in arrays as that of the coarsest is, other than its attributes. Where the image's
    /// arrays are numbered, theirs are the next numbers.
    ///
    /// @param more coarser than those there are, in the coarsest's chunks and units
    /// @throws InputException if the volume is one array without OME-Zarr, is of OME-Zarr before 0.4, can only be read, or
    ///         was opened with other words than its files'; names the file
    public Addition<ZarrVolume> withMips(List<VolumeInfo.Scale> more) throws IOException {
        return new ZarrMips(store, info, levels).add(more);
    }

    /// True if there is an array or group of Zarr, either version, that may be a volume.
    public static boolean exists(Store store) throws IOException {
        for (String key : List.of(V3Array.KEY, V2Array.ATTRIBUTES, V2Array.KEY)) {
            if (store.get(key).isPresent()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public VolumeInfo info() {
        return info;
    }

    @Override
    public String uri() {
        String file = store.uri(V3Array.KEY);
        return file.substring(0, file.length() - V3Array.KEY.length() - 1);
    }

    @Override
    public String storage(int mip) {
        return levels.get(mip).array().storage();
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        List<Box> units = Chunks.boxes(info.scale(mip).units(), box);
        Level level = levels.get(mip);
        Block result = Block.zeros(info.type(), box);
        if (level.array().fill() != 0) {
            VoxelBytes.fill(result, box, level.array().fill());
        }
        int parallelism = store.parallelism();
        // What is not needed for several units is left to the ranges of each.
        int within = Math.max(1, parallelism / Math.max(1, units.size()));
        // Units do not overlap, so neither do the parts of the array that threads write.
        Requests.run(parallelism, units.size(), i -> level.read(store, indexes, units.get(i), within, result));
        return result;
    }

    @Override
    public void write(int mip, Block block) throws IOException {
        Level level = levels.get(mip);
        if (!level.array().readOnly().isEmpty()) {
            throw new InputException(level.array().readOnly(), level.array().file(), "");
        }
        if (!level.axes().isWritable(level.array().shape(), level.array().unit())) {
            throw new InputException("chunks hold several channels or points of time, and the volume can only be read",
                    level.array().file(), "");
        }
        Grid units = info.scale(mip).units();
        Chunks.check(units, info.type(), block, uri());
        for (Box unit : Chunks.boxes(units, block.box())) {
            level.write(store, indexes, unit, block);
        }
    }
}
