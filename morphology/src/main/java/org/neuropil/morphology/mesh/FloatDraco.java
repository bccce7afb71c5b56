package org.neuropil.morphology.mesh;

import java.io.IOException;
import java.util.List;

import org.neuropil.space.VoxelSize;

/// Meshes as Draco bytes with 32-bit float positions in nanometres, as Neuroglancer and CloudVolume read fragments of
/// `neuroglancer_legacy_mesh` of a proofreading graph.
///
/// Positions are rounded to whole multiples of a step that is a power of two. So equal positions in different meshes stay
/// equal, and rounding again changes nothing, up to 2^24 steps from the origin, where floats end.
public final class FloatDraco {
    /// The step is at most this part of the shortest edge of a voxel.
    private static final int FINENESS = 8;

    private FloatDraco() {}

    /// The step for meshes of voxels of a size: the largest power of two that is at most an eighth of the shortest edge.
    public static float step(VoxelSize voxel) {
        double most = Math.min(voxel.x(), Math.min(voxel.y(), voxel.z())) / FINENESS;
        return (float) Math.scalb(1.0, Math.getExponent(most));
    }

    /// A mesh with positions rounded to a step.
    ///
    /// @param step nanometres
    /// @return coordinates in steps; triangles without area because two corners became the same are gone
    /// @throws IllegalArgumentException if a coordinate has more than 30 bits
    public static LatticeMesh round(TriangleMesh mesh, float step) {
        int[] vertices = new int[mesh.vertices().length];
        for (int i = 0; i < vertices.length; i++) {
            long c = Math.round((double) mesh.vertices()[i] / step);
            if (Math.abs(c) >= 1 << 30) {
                throw new IllegalArgumentException("position " + mesh.vertices()[i] + " nm in steps of " + step);
            }
            vertices[i] = (int) c;
        }
        return LatticeMesh.weld(List.of(new LatticeMesh(vertices, mesh.triangles())));
    }

    /// A rounded mesh in nanometres.
    public static TriangleMesh nanometres(LatticeMesh mesh, float step) {
        float[] vertices = new float[mesh.vertices().length];
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = mesh.vertices()[i] * step;
        }
        return new TriangleMesh(vertices, mesh.triangles());
    }

    /// Encodes a mesh. One that spans more than 65,535 steps along an axis is rounded to a step as many times doubled as
    /// it takes.
    ///
    /// @param mesh at least one triangle left after rounding
    public static byte[] encode(TriangleMesh mesh, float step) {
        LatticeMesh rounded = round(mesh, step);
        int[] low = new int[3];
        int[] high = new int[3];
        int[] v = rounded.vertices();
        for (int i = 0; i < v.length; i++) {
            low[i % 3] = i < 3 ? v[i] : Math.min(low[i % 3], v[i]);
            high[i % 3] = i < 3 ? v[i] : Math.max(high[i % 3], v[i]);
        }
        for (int axis = 0; axis < 3; axis++) {
            if (high[axis] - low[axis] > Draco.MAX) {
                return encode(mesh, 2 * step);
            }
        }
        int[] shifted = new int[v.length];
        for (int i = 0; i < v.length; i++) {
            shifted[i] = v[i] - low[i % 3];
        }
        return Draco.encode(new LatticeMesh(shifted, rounded.triangles()),
                new float[]{low[0] * step, low[1] * step, low[2] * step}, step);
    }

    /// Decodes what [#encode] wrote, or any Draco mesh with float positions.
    ///
    /// @throws IOException if the bytes are no such mesh
    public static TriangleMesh decode(byte[] bytes) throws IOException {
        return Draco.decodeFloats(bytes);
    }
}
