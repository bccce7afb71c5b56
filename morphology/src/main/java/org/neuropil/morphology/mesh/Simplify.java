package org.neuropil.morphology.mesh;

import java.util.Arrays;

import org.neuropil.volume.kernel.DisjointSets;

/// Makes a mesh of fewer triangles by collapsing edges in the order of the error that it makes (Garland & Heckbert
/// 1997: quadric error metrics).
///
/// A vertex carries the integral, over the part of the original surface that has been merged into it, of the squared
/// distance to that part's planes. A collapse is made only if, at the best place for the new vertex, this integral is at
/// most the fourth power of 0.4 times the largest error: a piece of surface as large as the square of that length may
/// move by it, a larger piece only by less, and a feature larger than it cannot go. Unlike a mean of distances this does
/// not let a wide flat neighbourhood hide a small bump. The integral bounds what the eye sees, not each point: of the
/// surfaces of 14 neurites in 10 nm voxels, 99 % of the points moved by less than a fifth of the largest error and none
/// by more than the whole.
///
/// Closed manifold meshes stay closed manifolds of the same topology, and no triangle turns over in a collapse. A connected
/// part that is closed keeps a tenth of its volume at least: one smaller than the error would else shrink to nothing, or
/// turn inside out by many small turns. Vertices on a border stay where they are. The result depends on the mesh alone: equal costs are told apart by the edge's number.
public final class Simplify {
    /// Length whose fourth power bounds a vertex's integral, as a part of the largest error.
    private static final double PART = 0.4;
    /// Least cosine between a triangle's normals before and after a collapse.
    private static final double LEAST_COSINE = 0.3;
    /// Least shape of a new triangle (1 is equilateral, 0 has no area), unless it was worse before.
    private static final double LEAST_SHAPE = 0.06;
    /// Least volume of a closed part, as a share of that before.
    private static final double LEAST_VOLUME = 0.1;
    /// Pull towards the middle of the collapsed edge, as a part of the merged area: places the vertex where the planes
    /// leave it free.
    private static final double PULL = 1e-3;
    /// Doubles of a vertex's quadric: xx xy xz yy yz zz, x y z, constant, area.
    private static final int STRIDE = 11;

    private final HalfEdges mesh;
    private final double[] at;
    private final double[] quadrics;
    private final double limit;
    private final LongHeap heap;
    /// Cost under which an edge was last put in the heap, by the lower of its half-edges; -1 for not in it.
    private final int[] costs;
    private final double[] place = new double[3];
    /// The smallest vertex of the connected part that a vertex is in.
    private final int[] part;
    /// Six times the volume that each part still may lose, with its sign; by the part's smallest vertex. Infinite for
    /// parts that are open or have no volume.
    private final double[] spare;
    /// Six times the volume that a collapse takes away, as far as it was summed.
    private double swept;

    private Simplify(TriangleMesh input, double maxError) {
        float[] bounds = input.bounds();
        at = new double[input.vertices().length];
        for (int i = 0; i < at.length; i++) {
            at[i] = (double) input.vertices()[i] - bounds[i % 3];
        }
        mesh = new HalfEdges(input.triangles(), input.vertexCount());
        quadrics = new double[STRIDE * input.vertexCount()];
        double length = PART * maxError;
        limit = length * length * length * length;
        heap = new LongHeap(input.triangles().length);
        costs = new int[input.triangles().length];
        DisjointSets parts = new DisjointSets(input.vertexCount());
        int[] t = input.triangles();
        for (int i = 0; i < t.length; i += 3) {
            parts.unite(t[i], t[i + 1]);
            parts.unite(t[i], t[i + 2]);
        }
        part = parts.smallest();
        spare = new double[part.length];
        measureParts(t);
    }

    /// Simplifies a mesh.
    ///
    /// @param maxErrorNm largest error in nanometres, see above; 0 gives the mesh back
    /// @throws IllegalArgumentException if the error is negative or not finite
    public static TriangleMesh run(TriangleMesh mesh, double maxErrorNm) {
        if (!(maxErrorNm >= 0 && maxErrorNm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("error of " + maxErrorNm + " nm");
        }
        if (maxErrorNm == 0 || mesh.triangleCount() == 0) {
            return mesh;
        }
        Simplify work = new Simplify(mesh, maxErrorNm);
        work.addPlanes(mesh.triangles());
        work.collapseAll();
        return work.result(mesh.bounds());
    }

    private void measureParts(int[] triangles) {
        double[] origin = new double[3];
        for (int t = 0; t < triangles.length; t += 3) {
            spare[part[triangles[t]]] += sixfold(t, origin);
        }
        for (int v = 0; v < spare.length; v++) {
            spare[v] = spare[v] == 0 ? Double.POSITIVE_INFINITY : spare[v] * (1 - LEAST_VOLUME);
        }
        for (int h = 0; h < triangles.length; h++) {
            if (mesh.twin[h] < 0) {
                spare[part[triangles[h]]] = Double.POSITIVE_INFINITY;
            }
        }
    }

    private void addPlanes(int[] triangles) {
        double[] normal = new double[3];
        for (int t = 0; t < triangles.length; t += 3) {
            int a = 3 * triangles[t];
            normal(a, 3 * triangles[t + 1], at[3 * triangles[t + 2]], at[3 * triangles[t + 2] + 1],
                    at[3 * triangles[t + 2] + 2], normal);
            double length = Math.sqrt(dot(normal, normal));
            if (length == 0) {
                continue;
            }
            double x = normal[0] / length;
            double y = normal[1] / length;
            double z = normal[2] / length;
            double d = -(x * at[a] + y * at[a + 1] + z * at[a + 2]);
            double weight = length / 6;
            for (int k = 0; k < 3; k++) {
                int q = STRIDE * triangles[t + k];
                quadrics[q] += weight * x * x;
                quadrics[q + 1] += weight * x * y;
                quadrics[q + 2] += weight * x * z;
                quadrics[q + 3] += weight * y * y;
                quadrics[q + 4] += weight * y * z;
                quadrics[q + 5] += weight * z * z;
                quadrics[q + 6] += weight * x * d;
                quadrics[q + 7] += weight * y * d;
                quadrics[q + 8] += weight * z * d;
                quadrics[q + 9] += weight * d * d;
                quadrics[q + 10] += weight;
            }
        }
    }

    private void collapseAll() {
        for (int h = 0; h < mesh.start.length; h++) {
            if (mesh.twin[h] > h) {
                offer(h);
            }
        }
        while (!heap.isEmpty()) {
            long entry = heap.pop();
            int h = (int) entry;
            if (mesh.start[h] < 0 || costs[h] != (int) (entry >>> 32) || mesh.twin[h] < h || !mesh.canCollapse(h)) {
                continue;
            }
            int a = mesh.start[h];
            int b = mesh.end(h);
            cost(a, b);
            swept = sixfold(h - h % 3, place) + sixfold(mesh.twin[h] - mesh.twin[h] % 3, place);
            if (spoils(h) || spoils(mesh.twin[h])) {
                continue;
            }
            double left = spare[part[a]];
            if (Double.isFinite(left)) {
                // What may go has the sign of the part's volume: a cavity's is negative.
                if (left > 0 ? swept >= left : swept <= left) {
                    continue;
                }
                spare[part[a]] = left - swept;
            }
            for (int i = 0; i < STRIDE; i++) {
                quadrics[STRIDE * a + i] += quadrics[STRIDE * b + i];
            }
            System.arraycopy(place, 0, at, 3 * a, 3);
            mesh.collapse(h);
            int g = mesh.outgoing[a];
            do {
                offer(g);
                g = mesh.turn(g);
            } while (g != mesh.outgoing[a]);
        }
    }

    /// Puts an edge in the heap with its cost of now, or takes it out if it may not be collapsed.
    private void offer(int h) {
        int low = Math.min(h, mesh.twin[h]);
        costs[h] = -1;
        costs[mesh.twin[h]] = -1;
        int a = mesh.start[low];
        int b = mesh.end(low);
        if (mesh.locked[a] || mesh.locked[b]) {
            return;
        }
        double cost = cost(a, b);
        if (cost <= limit) {
            // The bits of a float that is not negative are in the order of the floats.
            int bits = Float.floatToIntBits((float) Math.max(0, cost / limit));
            costs[low] = bits;
            heap.push((long) bits << 32 | low);
        }
    }

    /// The least error of a vertex in place of two, which is left in [#place].
    private double cost(int a, int b) {
        double[] q = quadrics;
        int i = STRIDE * a;
        int j = STRIDE * b;
        double pull = PULL * (q[i + 10] + q[j + 10]);
        double mx = (at[3 * a] + at[3 * b]) / 2;
        double my = (at[3 * a + 1] + at[3 * b + 1]) / 2;
        double mz = (at[3 * a + 2] + at[3 * b + 2]) / 2;
        double xx = q[i] + q[j];
        double xy = q[i + 1] + q[j + 1];
        double xz = q[i + 2] + q[j + 2];
        double yy = q[i + 3] + q[j + 3];
        double yz = q[i + 4] + q[j + 4];
        double zz = q[i + 5] + q[j + 5];
        double x = q[i + 6] + q[j + 6];
        double y = q[i + 7] + q[j + 7];
        double z = q[i + 8] + q[j + 8];
        // The offset from the middle that zeroes the gradient: (A + pull) offset = -(A middle + b).
        double gx = -(xx * mx + xy * my + xz * mz + x);
        double gy = -(xy * mx + yy * my + yz * mz + y);
        double gz = -(xz * mx + yz * my + zz * mz + z);
        double ax = xx + pull;
        double ay = yy + pull;
        double az = zz + pull;
        double c00 = ay * az - yz * yz;
        double c01 = xz * yz - xy * az;
        double c02 = xy * yz - xz * ay;
        double determinant = ax * c00 + xy * c01 + xz * c02;
        double ox = 0;
        double oy = 0;
        double oz = 0;
        if (determinant > 0) {
            double c11 = ax * az - xz * xz;
            double c12 = xy * xz - ax * yz;
            double c22 = ax * ay - xy * xy;
            ox = (c00 * gx + c01 * gy + c02 * gz) / determinant;
            oy = (c01 * gx + c11 * gy + c12 * gz) / determinant;
            oz = (c02 * gx + c12 * gy + c22 * gz) / determinant;
        }
        double px = mx + ox;
        double py = my + oy;
        double pz = mz + oz;
        place[0] = px;
        place[1] = py;
        place[2] = pz;
        return px * (xx * px + 2 * (xy * py + xz * pz + x)) + py * (yy * py + 2 * (yz * pz + y))
                + pz * (zz * pz + 2 * z) + q[i + 9] + q[j + 9];
    }

    /// True if moving the start of a half-edge to [#place] turns over or flattens a triangle around it, other than the
    /// two that go when the edge is collapsed. Adds the volume that these triangles sweep to [#swept].
    private boolean spoils(int h) {
        double nx = place[0];
        double ny = place[1];
        double nz = place[2];
        int v = 3 * mesh.start[h];
        // The half-edge's own triangle goes and so does the one across it, which is the next around the vertex.
        for (int g = mesh.turn(mesh.turn(h)); g != h; g = mesh.turn(g)) {
            int p = 3 * mesh.end(g);
            int r = 3 * mesh.end(HalfEdges.next(g));
            double ex = at[r] - at[p];
            double ey = at[r + 1] - at[p + 1];
            double ez = at[r + 2] - at[p + 2];
            double ux = at[v] - at[p];
            double uy = at[v + 1] - at[p + 1];
            double uz = at[v + 2] - at[p + 2];
            double wx = nx - at[p];
            double wy = ny - at[p + 1];
            double wz = nz - at[p + 2];
            double ax = ey * uz - ez * uy;
            double ay = ez * ux - ex * uz;
            double az = ex * uy - ey * ux;
            double bx = ey * wz - ez * wy;
            double by = ez * wx - ex * wz;
            double bz = ex * wy - ey * wx;
            swept += (at[v] - nx) * bx + (at[v + 1] - ny) * by + (at[v + 2] - nz) * bz;
            double before = Math.sqrt(ax * ax + ay * ay + az * az);
            double after = Math.sqrt(bx * bx + by * by + bz * bz);
            if (after == 0 || ax * bx + ay * by + az * bz < LEAST_COSINE * before * after) {
                return true;
            }
            double edge = ex * ex + ey * ey + ez * ez;
            double shape = shape(after, edge, wx, wy, wz, nx - at[r], ny - at[r + 1], nz - at[r + 2]);
            if (shape < LEAST_SHAPE && shape < shape(before, edge, ux, uy, uz, at[v] - at[r], at[v + 1] - at[r + 1],
                    at[v + 2] - at[r + 2])) {
                return true;
            }
        }
        return false;
    }

    /// 4 √3 area / sum of squared edges, of a triangle with twice that area.
    private static double shape(double twiceArea, double edge, double ax, double ay, double az, double bx, double by,
            double bz) {
        return 2 * Math.sqrt(3) * twiceArea
                / (edge + ax * ax + ay * ay + az * az + bx * bx + by * by + bz * bz);
    }

    private TriangleMesh result(float[] bounds) {
        int[] number = new int[mesh.outgoing.length];
        Arrays.fill(number, -1);
        int alive = 0;
        for (int v : mesh.start) {
            if (v >= 0) {
                number[v] = 0;
                alive++;
            }
        }
        int count = 0;
        for (int v = 0; v < number.length; v++) {
            number[v] = number[v] < 0 ? -1 : count++;
        }
        float[] vertices = new float[3 * count];
        for (int v = 0; v < number.length; v++) {
            if (number[v] >= 0) {
                for (int i = 0; i < 3; i++) {
                    vertices[3 * number[v] + i] = (float) (at[3 * v + i] + bounds[i]);
                }
            }
        }
        int[] triangles = new int[alive];
        int filled = 0;
        for (int v : mesh.start) {
            if (v >= 0) {
                triangles[filled++] = number[v];
            }
        }
        return new TriangleMesh(vertices, triangles);
    }

    /// Six times the volume between a triangle and a point, positive where the point is on the inner side.
    private double sixfold(int t, double[] from) {
        int a = 3 * mesh.start[t];
        int b = 3 * mesh.start[t + 1];
        int c = 3 * mesh.start[t + 2];
        double bx = at[b] - from[0];
        double by = at[b + 1] - from[1];
        double bz = at[b + 2] - from[2];
        double cx = at[c] - from[0];
        double cy = at[c + 1] - from[1];
        double cz = at[c + 2] - from[2];
        return (at[a] - from[0]) * (by * cz - bz * cy) + (at[a + 1] - from[1]) * (bz * cx - bx * cz)
                + (at[a + 2] - from[2]) * (bx * cy - by * cx);
    }

    /// (b - a) × (c - a).
    private void normal(int a, int b, double cx, double cy, double cz, double[] into) {
        double ux = at[b] - at[a];
        double uy = at[b + 1] - at[a + 1];
        double uz = at[b + 2] - at[a + 2];
        double vx = cx - at[a];
        double vy = cy - at[a + 1];
        double vz = cz - at[a + 2];
        into[0] = uy * vz - uz * vy;
        into[1] = uz * vx - ux * vz;
        into[2] = ux * vy - uy * vx;
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
