package org.neuropil.morphology.mesh;

import java.util.Arrays;

import org.neuropil.space.VoxelSize;

/// Takes the stairs of voxels out of a surface.
public final class Smooth {
    /// Taubin 1995: a step inward by this part of the way to the neighbours' mean ...
    private static final float INWARD = 0.5f;
    /// ... and one outward by this part, so that the volume stays.
    private static final float OUTWARD = -0.53f;

    private Smooth() {}

    /// Smooths by Taubin's λ|μ method. No vertex moves further along an axis than half a voxel from where it was, so
    /// the surface stays between the centres of the voxels that it separates. Triangles stay as they are, and vertices
    /// on a border of the mesh stay in place.
    ///
    /// @param steps pairs of one inward and one outward step; 0 gives the mesh back
    /// @param voxel size of the voxels that the mesh was made of
    /// @throws IllegalArgumentException if `steps` is negative
    public static TriangleMesh taubin(TriangleMesh mesh, int steps, VoxelSize voxel) {
        if (steps < 0) {
            throw new IllegalArgumentException(steps + " steps");
        }
        if (steps == 0) {
            return mesh;
        }
        float[] limit = {(float) voxel.x() / 2, (float) voxel.y() / 2, (float) voxel.z() / 2};
        int[] triangles = mesh.triangles();
        int[] out = new int[mesh.vertexCount()];
        boolean[] fixed = border(triangles, out);
        float[] origin = mesh.vertices();
        float[] from = origin.clone();
        float[] sum = new float[origin.length];
        for (int step = 0; step < 2 * steps; step++) {
            Arrays.fill(sum, 0);
            for (int t = 0; t < triangles.length; t++) {
                // Each edge of a closed surface is walked once in each direction: a vertex meets each neighbour once.
                int a = 3 * triangles[t];
                int b = 3 * triangles[t % 3 == 2 ? t - 2 : t + 1];
                sum[a] += from[b] - from[a];
                sum[a + 1] += from[b + 1] - from[a + 1];
                sum[a + 2] += from[b + 2] - from[a + 2];
            }
            float part = step % 2 == 0 ? INWARD : OUTWARD;
            for (int v = 0; v < out.length; v++) {
                if (fixed[v]) {
                    continue;
                }
                float scale = part / out[v];
                for (int i = 3 * v; i < 3 * v + 3; i++) {
                    float half = limit[i % 3];
                    from[i] = Math.clamp(from[i] + sum[i] * scale, origin[i] - half, origin[i] + half);
                }
            }
        }
        return new TriangleMesh(from, triangles);
    }

    /// Which vertices lie on a border or in no triangle; counts the edges that leave each vertex.
    private static boolean[] border(int[] triangles, int[] out) {
        int[] balance = new int[out.length];
        for (int t = 0; t < triangles.length; t++) {
            int a = triangles[t];
            int b = triangles[t % 3 == 2 ? t - 2 : t + 1];
            out[a]++;
            // Sums over the vertex's neighbours with a sign: nought where each edge is walked both ways.
            balance[a] += b;
            balance[b] -= a;
        }
        boolean[] fixed = new boolean[out.length];
        for (int v = 0; v < out.length; v++) {
            fixed[v] = out[v] == 0 || balance[v] != 0;
        }
        return fixed;
    }
}
