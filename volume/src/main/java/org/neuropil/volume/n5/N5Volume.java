package org.neuropil.volume.n5;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Chunks;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Addition;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.store.Store;

/// A dataset of N5, or a group of datasets s0, s1, … of one image, finest first.
///
/// Which datasets a group has say its `scales` or `downsamplingFactors`, or else the names that are there. The voxel size
/// of a dataset is, in this order: the scale of its own `transform` (as in OpenOrganelle's), its own `resolution` or
/// `pixelResolution` if it has no `downsamplingFactors`, or that of s0 or the group times its factors; 1 nm if nothing says
/// any. Lengths without a unit are nanometres. An `offset` (a length, as Paintera has it) or a transform's `translate`
/// becomes the bounds' lower corner, rounded down to whole voxels. Dimensions are x, y, z, c, t unless `axes` says
/// otherwise. Voxels are ids or intensities as [Reading#usualKind] says.
///
/// Safe for use by several threads as long as no two write the same block.
public final class N5Volume implements Volume {
    /// The key of the attributes of a dataset or group in its folder.
    static final String KEY = "attributes.json";

    private final Store store;
    private final VolumeInfo info;
    private final List<Level> levels;

    /// One mip.
    ///
    /// @param axes which of the dataset's dimensions are x, y and z
    record Level(N5Dataset dataset, Axes axes, Scale scale) implements Serializable {}

    N5Volume(Store store, VolumeInfo info, List<Level> levels) {
        this.store = store;
        this.info = info;
        this.levels = List.copyOf(levels);
    }

    /// Begins a volume: writes the attributes of its datasets s0, s1, … and of their group. If there is the same volume
    /// already, that is opened, with its blocks; so a job that is started again may call this again.
    ///
    /// @throws IllegalArgumentException if no N5 volume can be like this: blocks of 2 GiB or more, empty bounds, units of
    ///         several chunks, no such level of compression, ids that are fractions
    /// @throws InputException if there is another volume, or one that cannot be read
    public static N5Volume create(Store store, VolumeInfo info, N5Options options) throws IOException {
        return new N5Writer(info, options).create(store);
    }

    /// Opens a volume.
    ///
    /// @throws InputException if there is none, it is not supported, or something must be said of it; names file and field
    public static N5Volume open(Store store) throws IOException {
        return open(store, Reading.PLAIN);
    }

    /// Opens a volume of which a reader says more than its files.
    ///
    /// @throws InputException if there is none, it is not supported, or more must be said of it; names file and field
    public static N5Volume open(Store store, Reading reading) throws IOException {
        return new N5Reader(store, reading).open();
    }

    /// More mips of a group: datasets with the next numbers, as that of the coarsest but for size and resolution. Where the
    /// group does not list its datasets, mips are published one after the other.
    ///
    /// @param more coarser than those there are, in the coarsest's chunks
    /// @throws InputException if the volume is one dataset without a group, or one of OpenOrganelle's or Paintera's, or was
    ///         opened with other words than its files'; names the file
    public Addition<N5Volume> withMips(List<Scale> more) throws IOException {
        return new N5Mips(store, info, levels).add(more);
    }

    /// True if there is a dataset or group of N5 that may be a volume.
    public static boolean exists(Store store) throws IOException {
        return store.get(KEY).isPresent() || store.get("s0/" + KEY).isPresent();
    }

    @Override
    public VolumeInfo info() {
        return info;
    }

    @Override
    public String uri() {
        String file = store.uri(KEY);
        return file.substring(0, file.length() - KEY.length() - 1);
    }

    @Override
    public String storage(int mip) {
        return levels.get(mip).dataset().storage();
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        Scale scale = info.scale(mip);
        return Chunks.fill(scale.grid(), info.type(), box, store.parallelism(),
                (chunk, target) -> readBlock(levels.get(mip), chunk, target));
    }

    private void readBlock(Level level, Box chunk, Block target) throws IOException {
        Int3 from = chunk.min().minus(level.scale().bounds().min());
        String key = key(level, from);
        Optional<byte[]> stored = store.get(key);
        if (stored.isEmpty()) {
            return;
        }
        try {
            level.dataset().decode(stored.get(), level.axes(), chunk, level.axes().spread(from), target);
        } catch (IOException e) {
            throw new IOException("block " + store.uri(key) + " " + e.getMessage(), e);
        }
    }

    @Override
    public void write(int mip, Block block) throws IOException {
        Scale scale = info.scale(mip);
        Level level = levels.get(mip);
        if (!level.axes().isWritable(level.dataset().dimensions(), level.dataset().blockSize())) {
            throw new InputException("blocks hold several channels or points of time, and the volume can only be read",
                    level.dataset().file(), "");
        }
        Chunks.check(scale.grid(), info.type(), block, uri());
        for (Box chunk : Chunks.boxes(scale.grid(), block.box())) {
            store.put(key(level, chunk.min().minus(scale.bounds().min())),
                    level.dataset().encode(block, level.axes(), chunk));
        }
    }

    private static String key(Level level, Int3 from) {
        int[] position = level.axes().spread(from);
        for (int d = 0; d < position.length; d++) {
            position[d] /= level.dataset().blockSize()[d];
        }
        return level.dataset().key(position);
    }
}
