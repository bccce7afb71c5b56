package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.codec.Gzip;
import org.neuropil.volume.store.Store;

/// An unsharded precomputed volume. A chunk is the object `<key>/<x0>-<x1>_<y0>-<y1>_<z0>-<z1>`, in voxels of its mip
/// with the volume's offset, clipped at the volume's end; or the same with `.gz`, which wins where both are there.
///
/// Safe for use by several threads as long as no two write the same chunk.
public final class PrecomputedVolume implements Volume {
    private final Store store;
    private final PrecomputedInfo info;
    private final ChunkCompression compression;

    private PrecomputedVolume(Store store, PrecomputedInfo info, ChunkCompression compression) {
        this.store = store;
        this.info = info;
        this.compression = compression;
    }

    /// Begins a volume whose chunks are gzipped; see the other method of this name.
    public static PrecomputedVolume create(Store store, VolumeInfo info) throws IOException {
        return create(store, info, ChunkCompression.GZIP);
    }

    /// Begins a volume: writes its info file. If there is one of the same volume already, that is opened, with its
    /// chunks; so a job that is started again may call this again.
    ///
    /// @param compression how chunks are written
    /// @throws IllegalArgumentException if no precomputed volume can be like this; see [PrecomputedInfo#of]
    /// @throws InputException if there is another volume, or one that cannot be read
    public static PrecomputedVolume create(Store store, VolumeInfo info, ChunkCompression compression)
            throws IOException {
        PrecomputedInfo wanted = PrecomputedInfo.of(info);
        if (store.get(PrecomputedInfo.KEY).isPresent()) {
            PrecomputedVolume present = open(store, compression);
            if (!present.info().equals(info)) {
                throw new InputException("there is another volume here already", store.uri(PrecomputedInfo.KEY),
                        "give another folder, or delete this one");
            }
            return present;
        }
        wanted.write(store);
        return new PrecomputedVolume(store, wanted, compression);
    }

    /// Opens a volume; chunks that are written to it are gzipped.
    ///
    /// @throws InputException if there is none or it is not supported; names file and field
    public static PrecomputedVolume open(Store store) throws IOException {
        return open(store, ChunkCompression.GZIP);
    }

    /// Opens a volume.
    ///
    /// @param compression how chunks are written; either is read
    /// @throws InputException if there is none or it is not supported; names file and field
    public static PrecomputedVolume open(Store store, ChunkCompression compression) throws IOException {
        return new PrecomputedVolume(store, PrecomputedInfo.read(store), compression);
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

    /// The key of a chunk in the store, without `.gz`.
    ///
    /// @param box the chunk's voxels, clipped at the volume's end
    public String chunkKey(int mip, Box box) {
        return info.key(mip) + "/" + box.min().x() + "-" + box.max().x() + "_" + box.min().y() + "-" + box.max().y()
                + "_" + box.min().z() + "-" + box.max().z();
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        Grid grid = info().scale(mip).grid();
        Box touched = grid.touching(box);
        if (touched.volume() == 1 && grid.box(touched.min()).equals(box)) {
            Optional<Block> chunk = readChunk(mip, box);
            if (chunk.isPresent()) {
                return chunk.get();
            }
        }
        Block result = Block.zeros(info().type(), box);
        for (int z = touched.min().z(); z < touched.max().z(); z++) {
            for (int y = touched.min().y(); y < touched.max().y(); y++) {
                for (int x = touched.min().x(); x < touched.max().x(); x++) {
                    Optional<Block> chunk = readChunk(mip, grid.box(new Int3(x, y, z)));
                    if (chunk.isPresent()) {
                        result.copyFrom(chunk.get());
                    }
                }
            }
        }
        return result;
    }

    private Optional<Block> readChunk(int mip, Box box) throws IOException {
        Scale scale = info().scale(mip);
        Int3 block = info.layout(mip).block();
        String key = chunkKey(mip, box);
        Optional<byte[]> gzip = store.get(key + ".gz");
        String found = gzip.isPresent() ? key + ".gz" : key;
        Optional<byte[]> bytes = gzip.isPresent() ? gzip : store.get(key);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] plain = bytes.get();
            if (gzip.isPresent()) {
                long most = ChunkCodec.mostBytes(info().type(), scale.encoding(), box.size(), block);
                plain = Gzip.decompress(plain, (int) Math.min(most, Integer.MAX_VALUE - 8));
            }
            return Optional.of(ChunkCodec.decode(plain, info().type(), scale.encoding(), box, block));
        } catch (IOException e) {
            throw new IOException("chunk " + store.uri(found) + " " + e.getMessage(), e);
        }
    }

    @Override
    public void write(int mip, Block block) throws IOException {
        Scale scale = info().scale(mip);
        checkWritable(mip, block);
        Grid grid = scale.grid();
        Box touched = grid.touching(block.box());
        for (int z = touched.min().z(); z < touched.max().z(); z++) {
            for (int y = touched.min().y(); y < touched.max().y(); y++) {
                for (int x = touched.min().x(); x < touched.max().x(); x++) {
                    Box box = grid.box(new Int3(x, y, z));
                    byte[] bytes = ChunkCodec.encode(block.crop(box), scale.encoding(), info.layout(mip).block());
                    put(chunkKey(mip, box), bytes);
                }
            }
        }
    }

    private void put(String key, byte[] bytes) throws IOException {
        if (compression == ChunkCompression.GZIP) {
            store.put(key + ".gz", Gzip.compress(bytes));
        } else if (store.get(key + ".gz").isPresent()) {
            throw new IOException("chunk " + store.uri(key + ".gz")
                    + " is there and would hide the chunk to be written, which is not gzipped");
        } else {
            store.put(key, bytes);
        }
    }

    private void checkWritable(int mip, Block block) {
        Scale scale = info().scale(mip);
        if (block.type() != info().type()) {
            throw new IllegalArgumentException(
                    "cannot write " + block.type() + " to " + uri() + ", which holds " + info().type());
        }
        if (info.layout(mip).copies() > 1) {
            throw new InputException("the volume keeps copies of its chunks in several sizes, and can only be read",
                    store.uri(PrecomputedInfo.KEY) + ", field scales[" + mip + "].chunk_sizes", "");
        }
        Box box = block.box();
        Int3 from = box.min().minus(scale.bounds().min());
        Int3 to = box.max().minus(scale.bounds().min());
        boolean aligned = scale.bounds().contains(box) && !box.isEmpty();
        for (int axis = 0; axis < 3; axis++) {
            int chunk = scale.chunk().get(axis);
            aligned &= from.get(axis) % chunk == 0
                    && (to.get(axis) % chunk == 0 || box.max().get(axis) == scale.bounds().max().get(axis));
        }
        if (!aligned) {
            throw new IllegalArgumentException("box " + box + " is not made of whole chunks of " + scale.chunk()
                    + " in " + scale.bounds());
        }
    }
}
