package org.neuropil.volume.precomputed;

import java.io.Serializable;
import java.util.Optional;

import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.precomputed.PrecomputedOptions.Shards;
import org.neuropil.volume.sharded.ShardingSpec;
import org.neuropil.volume.sharded.ShardingSpec.Compression;
import org.neuropil.volume.sharded.ShardingSpec.Hash;

/// The chunks of a mip in shards.
///
/// @param spec where a key lies
/// @param morton what the key of a chunk is
record Sharding(ShardingSpec spec, Morton morton) implements Serializable {
    /// An index of 24 KiB before compression, as much as a chunk of an image.
    private static final int MOST_CHUNKS_PER_MINISHARD_BITS = 10;

    /// The number of a chunk's shard.
    long shard(Int3 position) {
        return spec.shard(morton.code(position));
    }

    /// The size of a shard in chunks, not beyond the grid's; empty if a shard's chunks are no box, because a hash spreads
    /// them or because there are more boxes than shards.
    Optional<Int3> box() {
        if (spec.shardBits() == 0) {
            return Optional.of(morton.grid());
        }
        int inShard = spec.preshiftBits() + spec.minishardBits();
        if (spec.hash() != Hash.IDENTITY || inShard + spec.shardBits() < morton.bits()) {
            return Optional.empty();
        }
        return Optional.of(morton.box(inShard));
    }

    /// The shards of a new volume: boxes as the options say, each with as few minishards as keep the index of one below a
    /// thousand chunks; indices gzipped. Empty if the options ask for none.
    ///
    /// @throws InputException if there are no shards of the size that is asked for
    static Optional<Sharding> choose(PrecomputedOptions options, Scale scale, DataType type) {
        Grid grid = scale.grid();
        Morton morton = new Morton(grid.shape());
        int inShard;
        switch (options.shards()) {
            case Shards.AsUnits() -> {
                if (scale.unit().equals(scale.chunk())) {
                    return Optional.empty();
                }
                inShard = of(morton, scale.chunk(), scale.unit());
            }
            case Shards.OfBytes(long bytes) -> {
                inShard = fitting(morton, scale.chunk(), type, bytes);
            }
        }
        int minishards = Math.max(0, inShard - MOST_CHUNKS_PER_MINISHARD_BITS);
        return Optional.of(new Sharding(new ShardingSpec(inShard - minishards, Hash.IDENTITY, minishards,
                Math.max(0, morton.bits() - inShard), Compression.GZIP,
                options.compression() == ChunkCompression.GZIP ? Compression.GZIP : Compression.RAW), morton));
    }

    /// How many low bits of a code make the largest box whose voxels take at most so many bytes; 0 if no chunk fits.
    static int fitting(Morton morton, Int3 chunk, DataType type, long bytes) {
        int bits = 0;
        while (bits < morton.bits() && bytes(morton.box(bits + 1), chunk, type) <= bytes) {
            bits++;
        }
        return bits;
    }

    private static double bytes(Int3 chunks, Int3 chunk, DataType type) {
        return (double) chunks.x() * chunk.x() * chunks.y() * chunk.y() * chunks.z() * chunk.z() * type.bytes();
    }

    private static int of(Morton morton, Int3 chunk, Int3 voxels) {
        StringBuilder sizes = new StringBuilder();
        for (int bits = 0; bits <= morton.bits(); bits++) {
            Int3 box = morton.box(bits);
            boolean equal = true;
            for (int axis = 0; axis < 3; axis++) {
                // A box as wide as the grid may be asked for by any larger size.
                long asked = voxels.get(axis);
                long has = (long) box.get(axis) * chunk.get(axis);
                equal &= has == asked || has < asked && box.get(axis) == morton.grid().get(axis);
            }
            if (equal) {
                return bits;
            }
            sizes.append(bits == 0 ? "" : ", ").append(text(box, chunk));
        }
        throw new InputException("there are no shards of " + voxels + " voxels with chunks of " + chunk, "shards",
                "use one of " + sizes);
    }

    /// `512x512x512`.
    static String text(Int3 chunks, Int3 chunk) {
        return (long) chunks.x() * chunk.x() + "x" + (long) chunks.y() * chunk.y() + "x"
                + (long) chunks.z() * chunk.z();
    }
}
