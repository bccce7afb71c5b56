package org.neuropil.morphology.level2;

import org.neuropil.space.InputException;

/// What decides the meshes of a graph's nodes, and what may be kept.
///
/// @param maxVoxels chunks of more voxels are meshed on a coarser lattice, see [Lattice]; at least 1000
/// @param error how far simplification may move a surface, in voxels of the lattice that is meshed (edge of the cube of
///        the same volume); 0 simplifies nothing. A piece of a higher layer may move by √2 more for each layer.
/// @param smoothing steps of smoothing ([org.neuropil.morphology.mesh.Smooth#taubin]), 0 to 100
/// @param minVoxels layer-2 nodes of fewer voxels, of mip 0, get an empty mesh; 0 or 1 keeps all
/// @param maxFragments a manifest of more pieces than this names pieces of a higher layer instead; at least 1
/// @param maxLayer highest layer whose pieces are joined to one, 2 for none; bounds what one piece costs
/// @param cacheBytes most bytes of pieces that are kept in the folder
/// @param blockBytes most bytes of voxels that are kept in memory
public record MeshOptions(int maxVoxels, double error, int smoothing, long minVoxels, int maxFragments, int maxLayer,
        long cacheBytes, long blockBytes) {
    /// Chunks of up to 300,000 voxels at full resolution, an error of one voxel, two steps of smoothing, all nodes, at
    /// most 1000 pieces of layers up to 5, 4 GiB in the folder, 64 MiB in memory.
    public static final MeshOptions DEFAULTS = new MeshOptions(300_000, 1, 2, 0, 1000, 5, 4L << 30, 64L << 20);

    /// @throws InputException if a number is out of its range; names the field
    public MeshOptions {
        require(maxVoxels >= 1000, "mesh-voxels", maxVoxels, "give at least 1000");
        require(error >= 0 && error <= 1000, "mesh-error", error, "give voxels, 0 to simplify nothing");
        require(smoothing >= 0 && smoothing <= 100, "mesh-smoothing", smoothing, "give 0 to 100 steps");
        require(minVoxels >= 0, "mesh-min-voxels", minVoxels, "give 0 to keep all nodes");
        require(maxFragments >= 1, "mesh-fragments", maxFragments, "give at least 1");
        require(maxLayer >= 2 && maxLayer <= 32, "mesh-layer", maxLayer, "give 2 to 32");
        require(cacheBytes >= 0, "mesh-cache", cacheBytes, "give bytes, 0 to keep nothing");
        require(blockBytes >= 0, "mesh-blocks", blockBytes, "give bytes, 0 to keep nothing");
    }

    private static void require(boolean holds, String field, Object value, String hint) {
        if (!holds) {
            throw new InputException(field + " " + value + " is out of range", field, hint);
        }
    }
}
