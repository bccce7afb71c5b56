package org.neuropil.morphology.mesh;

import java.util.Arrays;
import java.util.List;

import org.neuropil.space.VoxelSize;

/// A triangle mesh whose vertices have whole coordinates. Two vertices are the same exactly if their coordinates are,
/// so pieces made apart can be joined without a tolerance.
///
/// Surfaces of voxels lie on the doubled voxel lattice: voxel `i` fills 2i to 2i + 2 along an axis, its centre is at
/// 2i + 1. Arrays are shared with whoever asks.
///
/// @param vertices x, y, z of each vertex
/// @param triangles three vertex numbers each, counter-clockwise seen from outside
public record LatticeMesh(int[] vertices, int[] triangles) {
    /// @throws IllegalArgumentException if an array's length is no multiple of three
    public LatticeMesh {
        if (vertices.length % 3 != 0 || triangles.length % 3 != 0) {
            throw new IllegalArgumentException(
                    vertices.length + " coordinates and " + triangles.length + " corners are not triples");
        }
    }

    /// Number of vertices.
    public int vertexCount() {
        return vertices.length / 3;
    }

    /// Number of triangles.
    public int triangleCount() {
        return triangles.length / 3;
    }

    /// Joins pieces at equal coordinates. Vertices are numbered in the order in which triangles first name them, those
    /// that no triangle names are dropped, and so are triangles that name a vertex twice.
    ///
    /// @throws IllegalArgumentException if all pieces together do not fit one Java array
    public static LatticeMesh weld(List<LatticeMesh> pieces) {
        long corners = 0;
        long points = 0;
        for (LatticeMesh piece : pieces) {
            corners += piece.triangles.length;
            points += piece.vertexCount();
        }
        if (corners > Integer.MAX_VALUE - 8 || points > 1 << 29) {
            throw new IllegalArgumentException(corners / 3 + " triangles do not fit one mesh");
        }
        VertexTable table = new VertexTable((int) points);
        int[] triangles = new int[(int) corners];
        int filled = 0;
        for (LatticeMesh piece : pieces) {
            int[] from = piece.triangles;
            int[] at = piece.vertices;
            int[] known = new int[piece.vertexCount()];
            Arrays.fill(known, -1);
            for (int t = 0; t < from.length; t += 3) {
                int a = number(table, known, at, from[t]);
                int b = number(table, known, at, from[t + 1]);
                int c = number(table, known, at, from[t + 2]);
                if (a != b && b != c && c != a) {
                    triangles[filled] = a;
                    triangles[filled + 1] = b;
                    triangles[filled + 2] = c;
                    filled += 3;
                }
            }
        }
        return new LatticeMesh(table.vertices(), Arrays.copyOf(triangles, filled));
    }

    /// The mesh in nanometres, taking the coordinates for those of the doubled voxel lattice.
    public TriangleMesh toNanometres(VoxelSize voxel) {
        float[] nm = new float[vertices.length];
        double x = voxel.x() / 2;
        double y = voxel.y() / 2;
        double z = voxel.z() / 2;
        for (int i = 0; i < nm.length; i += 3) {
            nm[i] = (float) (vertices[i] * x);
            nm[i + 1] = (float) (vertices[i + 1] * y);
            nm[i + 2] = (float) (vertices[i + 2] * z);
        }
        return new TriangleMesh(nm, triangles);
    }

    private static int number(VertexTable table, int[] known, int[] at, int vertex) {
        int number = known[vertex];
        if (number < 0) {
            number = table.number(at[3 * vertex], at[3 * vertex + 1], at[3 * vertex + 2]);
            known[vertex] = number;
        }
        return number;
    }
}
