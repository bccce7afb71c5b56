package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.Chunks;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.store.Store;

/// A precomputed volume, each mip with one file per chunk or in shards.
///
/// Without shards a chunk is the object `<key>/<x0>-<x1>_<y0>-<y1>_<z0>-<z1>`, in voxels of its mip with the volume's
/// offset, clipped at the volume's end; or the same with `.gz`. A store that answers one request at a time (a folder) is
/// asked for the `.gz` first, others for the plain name; where both are there, what is found first is taken. What is
/// gzipped under the plain name, as servers hold it, is read as well.
///
/// With shards a unit of [VolumeInfo.Scale#unit] is one shard, written at once; the indices of shards that were read are
/// kept for a while, so open the volume again when somebody else has written shards anew.
///
/// Safe for use by several threads as long as no two write the same unit.
public final class PrecomputedVolume implements Volume {
    private final Store store;
    private final PrecomputedInfo info;
    private final List<ChunkStore> mips = new ArrayList<>();
    private final List<ChunkCodec> codecs = new ArrayList<>();

    private PrecomputedVolume(Store store, PrecomputedInfo info, ChunkCompression compression, int channel) {
        this.store = store;
        this.info = info;
        for (int mip = 0; mip < info.layouts().size(); mip++) {
            Layout layout = info.layout(mip);
            codecs.add(new ChunkCodec(info.volume().type(), layout, info.channels(), channel));
            mips.add(layout.sharding() == null
                    ? new ChunkFiles(store, layout.key(), compression)
                    : new ChunkShards(store, layout.key(), layout.sharding(), info.volume().scale(mip).grid()));
        }
    }

    /// Begins a volume: writes its info file. If there is one of the same volume already, that is opened, with its
    /// chunks; so a job that is started again may call this again.
    ///
    /// @param info what it is, with shards as its units unless the options say otherwise
    /// @throws IllegalArgumentException if no precomputed volume can be like this; see [PrecomputedInfo#of]
    /// @throws InputException if there is another volume, or one that cannot be read
    public static PrecomputedVolume create(Store store, VolumeInfo info, PrecomputedOptions options)
            throws IOException {
        PrecomputedInfo wanted = PrecomputedInfo.of(info, options);
        if (store.get(PrecomputedInfo.KEY).isPresent()) {
            PrecomputedInfo present = PrecomputedInfo.read(store);
            if (!present.volume().equals(wanted.volume()) || !present.layouts().equals(wanted.layouts())
                    || present.channels() != 1) {
                throw new InputException("there is another volume here already", store.uri(PrecomputedInfo.KEY),
                        "give another folder, or delete this one");
            }
            return new PrecomputedVolume(store, present, options.compression(), 0);
        }
        wanted.write(store);
        return new PrecomputedVolume(store, wanted, options.compression(), 0);
    }

    /// Opens a volume of one channel; chunks that are written to it outside of shards are not compressed.
    ///
    /// @throws InputException if there is none or it is not supported, or it has several channels; names file and field
    public static PrecomputedVolume open(Store store) throws IOException {
        return open(store, ChunkCompression.NONE);
    }

    /// Opens a volume of one channel.
    ///
    /// @param compression how chunks are written outside of shards; either is read
    /// @throws InputException if there is none or it is not supported, or it has several channels; names file and field
    public static PrecomputedVolume open(Store store, ChunkCompression compression) throws IOException {
        PrecomputedInfo info = PrecomputedInfo.read(store);
        if (info.channels() > 1) {
            throw new InputException("the volume has " + info.channels() + " channels, and one must be chosen",
                    store.uri(PrecomputedInfo.KEY) + ", field num_channels",
                    "give a channel from 0 to " + (info.channels() - 1));
        }
        return new PrecomputedVolume(store, info, compression, 0);
    }

    /// Opens one channel of a volume. If there are several, it can only be read.
    ///
    /// @param channel from 0
    /// @throws InputException if there is no volume or it is not supported, or it has no such channel
    public static PrecomputedVolume open(Store store, int channel) throws IOException {
        PrecomputedInfo info = PrecomputedInfo.read(store);
        if (channel < 0 || channel >= info.channels()) {
            throw new InputException("there is no channel " + channel + "; the volume has " + info.channels(),
                    store.uri(PrecomputedInfo.KEY) + ", field num_channels",
                    "give a channel from 0 to " + (info.channels() - 1));
        }
        return new PrecomputedVolume(store, info, ChunkCompression.NONE, channel);
    }

    /// This volume with more mips, which can be written and read by those who have this object; for others the volume
    /// stays as it was until [#publish].
    ///
    /// @param more coarser than those there are, encoded as the coarsest is
    /// @param compression how chunks are written outside of shards
    /// @throws InputException if the volume can only be read
    public PrecomputedVolume withMips(List<VolumeInfo.Scale> more, ChunkCompression compression) {
        checkWritable(info().scales().size() - 1);
        return new PrecomputedVolume(store, info.withMips(more), compression, 0);
    }

    /// Puts the info file of this object in place of the one that is there.
    public void publish() throws IOException {
        info.write(store);
    }

    @Override
    public VolumeInfo info() {
        return info.volume();
    }

    /// The info file as it was when this was opened.
    public PrecomputedInfo precomputedInfo() {
        return info;
    }

    @Override
    public String uri() {
        String file = store.uri(PrecomputedInfo.KEY);
        return file.substring(0, file.length() - PrecomputedInfo.KEY.length() - 1);
    }

    /// How the voxels of a mip's chunks are written.
    public Encoding encoding(int mip) {
        return info.layout(mip).encoding();
    }

    /// The key of a chunk in the store, without `.gz`, where the mip has no shards.
    ///
    /// @param box the chunk's voxels, clipped at the volume's end
    public String chunkKey(int mip, Box box) {
        return ChunkFiles.key(info.key(mip), box);
    }

    @Override
    public String storage(int mip) {
        return info.layout(mip).encoding().text() + mips.get(mip).storage();
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        Grid grid = info().scale(mip).grid();
        ChunkCodec codec = codecs.get(mip);
        List<Box> chunks = Chunks.boxes(grid, box);
        if (chunks.size() == 1 && chunks.getFirst().equals(box)) {
            Optional<byte[]> bytes = mips.get(mip).get(box, codec.mostBytes(box.size()));
            return bytes.isEmpty() ? Block.zeros(info().type(), box) : decode(mip, bytes.get(), box);
        }
        Block result = Block.zeros(info().type(), box);
        // Chunks do not overlap, so neither do the parts of the array that threads write.
        mips.get(mip).get(chunks, codec.mostBytes(grid.chunk().min(grid.bounds().size())), (chunk, bytes) -> {
            try {
                codec.decode(bytes, chunk, result);
            } catch (IOException e) {
                throw damaged(mip, chunk, e);
            }
        });
        return result;
    }

    private Block decode(int mip, byte[] bytes, Box box) throws IOException {
        try {
            return codecs.get(mip).decode(bytes, box);
        } catch (IOException e) {
            throw damaged(mip, box, e);
        }
    }

    private IOException damaged(int mip, Box chunk, IOException e) {
        return new IOException("chunk " + mips.get(mip).name(chunk) + " " + e.getMessage(), e);
    }

    @Override
    public void write(int mip, Block block) throws IOException {
        checkWritable(mip);
        VolumeInfo.Scale scale = info().scale(mip);
        Chunks.check(scale.units(), info().type(), block, uri());
        Sharding sharding = info.layout(mip).sharding();
        if (sharding != null && sharding.box().isEmpty()) {
            throw new InputException("the chunks of a shard lie all over the volume, so no box of it can be written",
                    store.uri(PrecomputedInfo.KEY) + ", field scales[" + mip + "].sharding",
                    "make a copy of a whole volume in these shards, or use shards of identity hash");
        }
        for (Box unit : Chunks.boxes(scale.units(), block.box())) {
            mips.get(mip).put(Chunks.boxes(scale.grid(), unit), chunk -> Optional.of(codecs.get(mip)
                    .encode(block, chunk)));
        }
    }

    /// @throws InputException if this volume, or this mip, can only be read
    void checkWritable(int mip) {
        Layout layout = info.layout(mip);
        String where = store.uri(PrecomputedInfo.KEY) + ", field ";
        if (layout.copies() > 1) {
            throw new InputException("the volume keeps copies of its chunks in several sizes, and can only be read",
                    where + "scales[" + mip + "].chunk_sizes", "");
        }
        if (info.channels() > 1) {
            throw new InputException("volumes of several channels can only be read", where + "num_channels", "");
        }
        if (!layout.encoding().isWritten()) {
            throw new InputException("volumes of encoding " + layout.encoding().text() + " can only be read",
                    where + "scales[" + mip + "].encoding", "");
        }
    }

    Layout layout(int mip) {
        return info.layout(mip);
    }

    ChunkCodec codec(int mip) {
        return codecs.get(mip);
    }

    ChunkStore chunks(int mip) {
        return mips.get(mip);
    }
}
