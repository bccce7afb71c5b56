package org.neuropil.morphology.mesh;

import java.util.Arrays;

/// A triangle mesh with positions in nanometres. Arrays are shared with whoever asks.
///
/// @param vertices x, y, z of each vertex in nanometres; voxel (0, 0, 0) begins at 0
/// @param triangles three vertex numbers each, counter-clockwise seen from outside
public record TriangleMesh(float[] vertices, int[] triangles) {
    /// @throws IllegalArgumentException if an array's length is no multiple of three
    public TriangleMesh {
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

    /// Volume inside in cubic nanometres, by the divergence theorem: a sixth of the sum of a · (b × c). Positive if
    /// triangles face outward; meaningful only for a closed mesh.
    public double signedVolume() {
        if (triangles.length == 0) {
            return 0;
        }
        // Near the mesh's own corner, so that large coordinates do not cost digits.
        double ox = vertices[3 * triangles[0]];
        double oy = vertices[3 * triangles[0] + 1];
        double oz = vertices[3 * triangles[0] + 2];
        double sum = 0;
        for (int t = 0; t < triangles.length; t += 3) {
            int a = 3 * triangles[t];
            int b = 3 * triangles[t + 1];
            int c = 3 * triangles[t + 2];
            double ax = vertices[a] - ox;
            double ay = vertices[a + 1] - oy;
            double az = vertices[a + 2] - oz;
            double bx = vertices[b] - ox;
            double by = vertices[b + 1] - oy;
            double bz = vertices[b + 2] - oz;
            double cx = vertices[c] - ox;
            double cy = vertices[c + 1] - oy;
            double cz = vertices[c + 2] - oz;
            sum += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
        }
        return sum / 6;
    }

    /// Area in square nanometres.
    public double area() {
        double sum = 0;
        for (int t = 0; t < triangles.length; t += 3) {
            int a = 3 * triangles[t];
            int b = 3 * triangles[t + 1];
            int c = 3 * triangles[t + 2];
            double ux = vertices[b] - vertices[a];
            double uy = vertices[b + 1] - vertices[a + 1];
            double uz = vertices[b + 2] - vertices[a + 2];
            double vx = vertices[c] - vertices[a];
            double vy = vertices[c + 1] - vertices[a + 1];
            double vz = vertices[c + 2] - vertices[a + 2];
            double nx = uy * vz - uz * vy;
            double ny = uz * vx - ux * vz;
            double nz = ux * vy - uy * vx;
            sum += Math.sqrt(nx * nx + ny * ny + nz * nz);
        }
        return sum / 2;
    }

    /// Mean length of the triangles' edges in nanometres; 0 for an empty mesh.
    public double meanEdge() {
        double sum = 0;
        for (int t = 0; t < triangles.length; t++) {
            int a = 3 * triangles[t];
            int b = 3 * triangles[t % 3 == 2 ? t - 2 : t + 1];
            double x = vertices[b] - vertices[a];
            double y = vertices[b + 1] - vertices[a + 1];
            double z = vertices[b + 2] - vertices[a + 2];
            sum += Math.sqrt(x * x + y * y + z * z);
        }
        return triangles.length == 0 ? 0 : sum / triangles.length;
    }

    /// Lower corner (x, y, z) and upper corner of the vertices in nanometres; six zeros for an empty mesh.
    public float[] bounds() {
        if (vertices.length == 0) {
            return new float[6];
        }
        float[] b = {vertices[0], vertices[1], vertices[2], vertices[0], vertices[1], vertices[2]};
        for (int i = 3; i < vertices.length; i++) {
            b[i % 3] = Math.min(b[i % 3], vertices[i]);
            b[i % 3 + 3] = Math.max(b[i % 3 + 3], vertices[i]);
        }
        return b;
    }

    /// True if the mesh is a closed, consistently oriented surface: every directed edge is there once, and once the
    /// other way round. An empty mesh is closed.
    public boolean isClosed() {
        return isClosed(triangles);
    }

    static boolean isClosed(int[] triangles) {
        long[] edges = new long[triangles.length];
        long[] reversed = new long[triangles.length];
        for (int t = 0; t < triangles.length; t++) {
            long a = triangles[t];
            long b = triangles[t % 3 == 2 ? t - 2 : t + 1];
            if (a == b) {
                return false;
            }
            edges[t] = a << 32 | b;
            reversed[t] = b << 32 | a;
        }
        Arrays.sort(edges);
        Arrays.sort(reversed);
        for (int i = 1; i < edges.length; i++) {
            if (edges[i] == edges[i - 1]) {
                return false;
            }
        }
        return Arrays.equals(edges, reversed);
    }
}
