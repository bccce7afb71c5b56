package org.neuropil.morphology.level2;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.morphology.mesh.LatticeMesh;
import org.neuropil.morphology.mesh.TriangleMesh;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// The lattice that a graph's chunks are meshed on: that of mip 0, or one coarser by powers of two that divide the chunk,
/// so that chunks have no cell in common. Cell (0, 0, 0) begins at the lower corner of the graph's bounds.
///
/// @param info of the graph
/// @param factor voxels of mip 0 in a cell
record Lattice(GraphInfo info, Int3 factor) {
    /// The finest lattice on which a chunk has at most so many cells, or the coarsest that there is. Each halving is that
    /// of the axes along which cells are shorter than √2 times the shortest, as for mips.
    static Lattice of(GraphInfo info, int maxVoxels) {
        Int3 factor = Int3.all(1);
        while (info.chunk().floorDiv(factor).volume() > maxVoxels) {
            Int3 next = factor;
            VoxelSize cell = info.voxelSize().times(factor);
            double shortest = Double.POSITIVE_INFINITY;
            for (int axis = 0; axis < 3; axis++) {
                shortest = halves(info, factor, axis) ? Math.min(shortest, cell.get(axis)) : shortest;
            }
            for (int axis = 0; axis < 3; axis++) {
                if (halves(info, factor, axis) && cell.get(axis) < Math.sqrt(2) * shortest) {
                    next = next.with(axis, 2 * factor.get(axis));
                }
            }
            if (next.equals(factor)) {
                break;
            }
            factor = next;
        }
        return new Lattice(info, factor);
    }

    private static boolean halves(GraphInfo info, Int3 factor, int axis) {
        return info.chunk().get(axis) % (2 * factor.get(axis)) == 0;
    }

    /// Size of a cell.
    VoxelSize cell() {
        return info.voxelSize().times(factor);
    }

    /// All cells.
    Box bounds() {
        return new Box(Int3.ZERO, info.bounds().size().ceilDiv(factor));
    }

    /// The cells of a node's chunk.
    Box chunk(long node) {
        Int3 size = info.chunk().floorDiv(factor);
        return Box.of(info.ids().chunk(node).times(size), size).intersect(bounds());
    }

    /// Voxels of mip 0 in some cells.
    Box voxels(Box cells) {
        return new Box(cells.min().times(factor), cells.max().times(factor)).shift(info.bounds().min())
                .intersect(info.bounds());
    }

    /// A surface of cells in nanometres. Equal coordinates give equal positions.
    TriangleMesh nanometres(LatticeMesh mesh) {
        VoxelSize cell = cell();
        VoxelSize voxel = info.voxelSize();
        float[] nm = new float[mesh.vertices().length];
        for (int i = 0; i < nm.length; i++) {
            int axis = i % 3;
            nm[i] = (float) (info.bounds().min().get(axis) * voxel.get(axis)
                    + mesh.vertices()[i] * (cell.get(axis) / 2));
        }
        return new TriangleMesh(nm, mesh.triangles());
    }

    /// The voxels of the chunk of a node of any layer above the first, clipped at the bounds.
    static Box chunkVoxels(GraphInfo info, long node) {
        NodeIds ids = info.ids();
        int shift = Math.max(0, NodeIds.layer(node) - 2);
        Int3 at = ids.chunk(node);
        Int3 size = info.chunk();
        int[] low = new int[3];
        int[] high = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int min = info.bounds().min().get(axis);
            int max = info.bounds().max().get(axis);
            long edge = (long) size.get(axis) << shift;
            low[axis] = (int) Math.min(max, min + at.get(axis) * edge);
            high[axis] = (int) Math.min(max, min + (at.get(axis) + 1) * edge);
        }
        return new Box(new Int3(low[0], low[1], low[2]), new Int3(high[0], high[1], high[2]));
    }
}
