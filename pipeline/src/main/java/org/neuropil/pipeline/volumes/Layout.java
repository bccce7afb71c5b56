package org.neuropil.pipeline.volumes;

import java.util.Map;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.WriteOptions;

/// How a new volume lies in its files.
///
/// @param chunk voxels of a chunk; if empty, what the verb finds usual
/// @param shard voxels of a file that holds many chunks, a multiple of the chunk on each axis; if empty, each chunk has a
///        file of its own
/// @param write encoding and compression
public record Layout(Optional<Int3> chunk, Optional<Int3> shard, WriteOptions write) {
    /// Chunks of 64 x 64 x 64 voxels, a file each, encoded as suits what they hold.
    public static final Layout USUAL = new Layout(Optional.empty(), Optional.empty(), WriteOptions.USUAL);
    /// Voxels of a chunk where nothing else is said.
    static final Int3 CHUNK = Int3.all(64);

    /// @throws InputException if a chunk has no voxels
    public Layout {
        chunk.filter(size -> !size.max(Int3.all(1)).equals(size)).ifPresent(size -> {
            throw new InputException("'" + size + "' is no size", "--chunk", "give three numbers from 1 on");
        });
    }

    /// The chunk, and what is written at once: the shard if there are shards, else the chunk.
    ///
    /// @param usual chunk if none was given
    /// @throws InputException if a shard is not made of whole chunks
    Scale scale(VoxelSize voxelSize, Box bounds, Int3 usual) {
        Int3 size = chunk.orElse(usual);
        Int3 unit = shard.orElse(size);
        if (!unit.max(size).equals(unit) || !unit.ceilDiv(size).times(size).equals(unit)) {
            throw new InputException("'" + unit + "' is not made of whole chunks of " + size, "--shard",
                    "give a multiple of the chunk on each axis");
        }
        return new Scale(voxelSize, bounds, size, unit);
    }

    /// Adds what a recipe must tell of this.
    void describe(Map<String, Object> recipe) {
        recipe.put("chunk", chunk.map(Int3::toString).orElse(""));
        recipe.put("shard", shard.map(Int3::toString).orElse(""));
        recipe.put("encoding", write.encoding().orElse(""));
        recipe.put("compression", write.compression().orElse(""));
    }
}
