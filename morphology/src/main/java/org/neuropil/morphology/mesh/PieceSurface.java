package org.neuropil.morphology.mesh;

import org.neuropil.space.Box;
import org.neuropil.volume.Block;

/// The surface of one piece of a body that is cut in chunks, such that the surfaces of all pieces together are that of
/// the body: open where pieces are joined, closed elsewhere, with equal vertices on both sides.
///
/// It is [MarchingCubes], whose triangles within a cube depend on nothing but the groups of inside corners that the
/// cube's edges connect: so each group can be marched by itself, and belongs to one of the pieces that have a voxel in it.
/// Who looks needs to know which pieces the corners of a cube are of and which of these are joined, and nothing else.
public final class PieceSurface {
    /// Number of the piece whose surface is wanted.
    public static final int OWN = 1;

    private PieceSurface() {}

    /// Which pieces are one body.
    public interface Joined {
        /// True if two pieces of different chunks are joined; symmetric.
        ///
        /// @param a number of a piece
        /// @param b number of another
        boolean test(int a, int b);
    }

    /// The surface of piece [#OWN].
    ///
    /// @param pieces number of the piece of each voxel, 0 for none: at least the own piece and one voxel around it
    /// @param chunk all voxels of the own piece lie in it; cubes inside of it have nothing to do with other pieces
    /// @return on the doubled voxel lattice, see [LatticeMesh]; empty if there is no surface
    public static LatticeMesh run(Block.Ints pieces, Box chunk, Joined joined) {
        Box box = pieces.box();
        int width = box.size().x();
        int area = width * box.size().y();
        int[] corner = MarchingCubes.corners(width, area);
        int[] voxels = pieces.data();
        byte[][] table = CubeTable.triangles();
        MarchingCubes.Corners triangles = new MarchingCubes.Corners();
        for (int z = box.min().z(); z < box.max().z() - 1; z++) {
            boolean zInside = z >= chunk.min().z() && z + 1 < chunk.max().z();
            for (int y = box.min().y(); y < box.max().y() - 1; y++) {
                boolean inside = zInside && y >= chunk.min().y() && y + 1 < chunk.max().y();
                int row = box.index(0, y, z);
                for (int x = box.min().x(); x < box.max().x() - 1; x++) {
                    int own = 0;
                    for (int k = 0; k < 8; k++) {
                        own |= voxels[row + x + corner[k]] == OWN ? 1 << k : 0;
                    }
                    if (own == 0) {
                        continue;
                    }
                    if (inside && x >= chunk.min().x() && x + 1 < chunk.max().x()) {
                        triangles.add(table[own], row + x, corner);
                    } else {
                        border(voxels, own, row + x, corner, joined, table, triangles);
                    }
                }
            }
        }
        return MarchingCubes.mesh(triangles, new int[4 * voxels.length], box);
    }

    /// A cube that has corners in several chunks: of each group of joined corners the piece of the lowest one makes the
    /// triangles.
    private static void border(int[] voxels, int own, int voxel, int[] corner, Joined joined, byte[][] table,
            MarchingCubes.Corners triangles) {
        int left = own;
        while (left != 0) {
            int group = left & -left;
            int front = group;
            while (front != 0) {
                int k = Integer.numberOfTrailingZeros(front);
                front &= front - 1;
                int a = voxels[voxel + corner[k]];
                for (int step = 1; step < 8; step <<= 1) {
                    int bit = 1 << (k ^ step);
                    int b = voxels[voxel + corner[k ^ step]];
                    if ((group & bit) == 0 && b != 0 && (a == b || joined.test(a, b))) {
                        group |= bit;
                        front |= bit;
                    }
                }
            }
            left &= ~group;
            if ((own & group & -group) != 0) {
                triangles.add(table[group], voxel, corner);
            }
        }
    }
}
