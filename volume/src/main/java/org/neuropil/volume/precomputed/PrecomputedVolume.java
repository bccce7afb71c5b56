package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Chunks;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
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

    /// Begins a volume: writes its info file. If there is one of the same volume already, that is opened, with its
    /// chunks; so a job that is started again may call this again.
    ///
    /// @throws IllegalArgumentException if no precomputed volume can be like this; see [PrecomputedInfo#of]
    /// @throws InputException if there is another volume, or one that cannot be read
    public static PrecomputedVolume create(Store store, VolumeInfo info, PrecomputedOptions options)
            throws IOException {
        PrecomputedInfo wanted = PrecomputedInfo.of(info, options.encoding());
        if (store.get(PrecomputedInfo.KEY).isPresent()) {
            PrecomputedVolume present = open(store, options.compression());
            if (!present.info().equals(info) || !present.info.layouts().equals(wanted.layouts())) {
                throw new InputException("there is another volume here already", store.uri(PrecomputedInfo.KEY),
                        "give another folder, or delete this one");
            }
            return present;
        }
        wanted.write(store);
        return new PrecomputedVolume(store, wanted, options.compression());
    }

    /// Opens a volume; chunks that are written to it are not compressed.
    ///
    /// @throws InputException if there is none or it is not supported; names file and field
    public static PrecomputedVolume open(Store store) throws IOException {
        return open(store, ChunkCompression.NONE);
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
    public String storage(int mip) {
        return info.layout(mip).encoding().text();
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        return Chunks.read(info().scale(mip).grid(), info().type(), box, store.parallelism(),
                chunk -> readChunk(mip, chunk));
    }

    private Optional<Block> readChunk(int mip, Box box) throws IOException {
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
                long most = ChunkCodec.mostBytes(info().type(), info.layout(mip).encoding(), box.size(), block);
                plain = Gzip.decompress(plain, (int) Math.min(most, Integer.MAX_VALUE - 8));
            }
            return Optional.of(ChunkCodec.decode(plain, info().type(), info.layout(mip).encoding(), box, block));
        } catch (IOException e) {
            throw new IOException("chunk " + store.uri(found) + " " + e.getMessage(), e);
        }
    }

    @Override
    public void write(int mip, Block block) throws IOException {
        if (info.layout(mip).copies() > 1) {
            throw new InputException("the volume keeps copies of its chunks in several sizes, and can only be read",
                    store.uri(PrecomputedInfo.KEY) + ", field scales[" + mip + "].chunk_sizes", "");
        }
        Chunks.write(info().scale(mip).grid(), info().type(), block, uri(), (box, chunk) -> put(chunkKey(mip, box),
                ChunkCodec.encode(chunk, info.layout(mip).encoding(), info.layout(mip).block())));
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
}
