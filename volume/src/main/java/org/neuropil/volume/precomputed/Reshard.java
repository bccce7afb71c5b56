package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Chunks;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo.Scale;

/// Copies a mip of a volume into another layout, for example from files into shards: as numbered units that can be copied
/// in any order, on any thread, and twice. A unit is one shard of the target, or a box of up to 64 MiB of chunks where it
/// has none.
///
/// Where both volumes have the same chunks in the same encoding, encoded chunks are copied as they are: what JPEG has
/// lost is not lost again, and chunks that were never written stay so. Else voxels are read and written.
public final class Reshard implements Serializable {
    private static final long BOX_BYTES = 64L << 20;

    private final Volume from;
    private final PrecomputedVolume to;
    private final int mip;
    private final Grid units;
    /// The chunks of each shard where shards are no boxes; else empty.
    private final List<List<Box>> scattered;

    /// A plan to copy a mip.
    ///
    /// @param from what is copied
    /// @param to takes it; made by [PrecomputedVolume#create] with the options that are wanted, of the same data type and
    ///        with the same bounds of this mip; its chunks may have another size
    /// @throws IllegalArgumentException if the two differ in what they may not
    /// @throws org.neuropil.space.InputException if `to` can only be read
    public Reshard(Volume from, PrecomputedVolume to, int mip) {
        Scale source = from.info().scale(mip);
        Scale target = to.info().scale(mip);
        if (!source.bounds().equals(target.bounds()) || from.info().type() != to.info().type()) {
            throw new IllegalArgumentException("cannot copy " + from.info().type() + " in " + source.bounds() + " to "
                    + to.info().type() + " in " + target.bounds());
        }
        to.checkWritable(mip);
        this.from = from;
        this.to = to;
        this.mip = mip;
        Sharding sharding = to.layout(mip).sharding();
        if (sharding == null) {
            Morton morton = new Morton(target.grid().shape());
            Int3 chunks = morton.box(Sharding.fitting(morton, target.chunk(), to.info().type(), BOX_BYTES));
            units = new Grid(target.bounds(), chunks.times(target.chunk()));
            scattered = List.of();
        } else {
            units = target.units();
            scattered = sharding.box().isEmpty() && to.chunks(mip) instanceof ChunkShards shards
                    ? shards.byShard(Chunks.boxes(target.grid(), target.bounds()))
                    : List.of();
        }
    }

    /// How many units there are.
    public int units() {
        return scattered.isEmpty() ? units.count() : scattered.size();
    }

    /// Copies a unit.
    ///
    /// @param unit from 0 to [#units] - 1
    /// @throws IOException if it cannot be read or written
    public void copy(int unit) throws IOException {
        if (!scattered.isEmpty()) {
            put(scattered.get(unit));
            return;
        }
        Box box = units.box(unit);
        if (from instanceof PrecomputedVolume same && hasSameChunks(same) || !fitsArray(box)) {
            put(Chunks.boxes(to.info().scale(mip).grid(), box));
        } else {
            to.write(mip, from.read(mip, box));
        }
    }

    private boolean fitsArray(Box box) {
        return box.volume() <= Integer.MAX_VALUE - 8;
    }

    private boolean hasSameChunks(PrecomputedVolume other) {
        return other.precomputedInfo().channels() == 1 && to.layout(mip).encodesAs(other.layout(mip))
                && other.info().scale(mip).chunk().equals(to.info().scale(mip).chunk());
    }

    /// Chunk by chunk.
    private void put(List<Box> chunks) throws IOException {
        ChunkCodec codec = to.codec(mip);
        if (from instanceof PrecomputedVolume same && hasSameChunks(same)) {
            to.chunks(mip).put(chunks, chunk -> {
                Optional<byte[]> stored = same.chunks(mip).get(chunk, codec.mostBytes(chunk.size()));
                return stored.isEmpty() ? stored : Optional.of(codec.unzip(stored.get(), chunk.size()));
            });
        } else {
            to.chunks(mip).put(chunks, chunk -> Optional.of(codec.encode(from.read(mip, chunk), chunk)));
        }
    }
}
