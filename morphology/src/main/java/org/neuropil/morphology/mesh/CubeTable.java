package org.neuropil.morphology.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The triangles of marching cubes (Lorensen & Cline 1987) for each of the 256 ways in which the corners of a cube can
/// lie inside or outside, derived here instead of taken from a published table.
///
/// Corner `k` lies at x = k & 1, y = k >> 1 & 1, z = k >> 2; bit `k` of a case tells that it is inside. A vertex is
/// written as `4 * corner + axis`: the middle of the cube's edge that leaves that corner upward along that axis; `3`
/// is the middle of the cube.
///
/// Derivation. On each face of the cube, seen from outside and walked counter-clockwise, every run of inside corners is
/// cut off by one segment from where the walk enters the run to where it leaves it. Where a face is ambiguous (inside
/// corners on a diagonal) this keeps them apart; the neighbouring cube sees the same runs in the same face and puts the
/// same segments there, the other way round, so surfaces close without regard to the neighbour. The segments join to
/// loops that run counter-clockwise seen from outside the object. A loop is filled by the triangulation with the least
/// sum of squared diagonals, where no diagonal may join two vertices of one face of the cube: it could coincide with an
/// edge of the neighbour's triangles and four triangles would share it. Where no such triangulation exists the loop is
/// filled by a fan about the cube's middle. The surface is thus a manifold for every mask.
final class CubeTable {
    /// The middle of the cube, among vertices.
    static final int MIDDLE = 3;

    private static final int[][] FACES = {{0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1},
        {4, 5, 7, 6}};

    /// Triangles of each case, three vertices each.
    private static final byte[][] TRIANGLES = new byte[256][];

    static {
        for (int inside = 0; inside < 256; inside++) {
            TRIANGLES[inside] = triangulate(inside);
        }
    }

    private CubeTable() {}

    /// The table: by case, three vertices for each triangle. Not to be written to.
    static byte[][] triangles() {
        return TRIANGLES;
    }

    private static byte[] triangulate(int inside) {
        int[] next = segments(inside);
        List<Integer> triangles = new ArrayList<>();
        boolean[] seen = new boolean[next.length];
        int fans = 0;
        for (int start = 0; start < next.length; start++) {
            if (next[start] < 0 || seen[start]) {
                continue;
            }
            List<Integer> loop = new ArrayList<>();
            for (int v = start; !seen[v]; v = next[v]) {
                seen[v] = true;
                loop.add(v);
            }
            if (!fill(loop.stream().mapToInt(v -> v).toArray(), triangles)) {
                fans++;
            }
        }
        if (fans > 1) {
            throw new IllegalStateException("two loops of case " + inside + " want the cube's middle");
        }
        byte[] bytes = new byte[triangles.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = triangles.get(i).byteValue();
        }
        return bytes;
    }

    /// The vertex that follows each vertex on its loop; -1 where the edge is not cut.
    private static int[] segments(int inside) {
        int[] next = new int[32];
        Arrays.fill(next, -1);
        for (int[] face : FACES) {
            for (int i = 0; i < 4; i++) {
                int from = face[i];
                int to = face[(i + 1) % 4];
                if ((inside >> from & 1) == 0 && (inside >> to & 1) == 1) {
                    int j = i + 1;
                    while ((inside >> face[(j + 1) % 4] & 1) == 1) {
                        j++;
                    }
                    next[edge(from, to)] = edge(face[j % 4], face[(j + 1) % 4]);
                }
            }
        }
        return next;
    }

    private static int edge(int a, int b) {
        return 4 * Math.min(a, b) + Integer.numberOfTrailingZeros(a ^ b);
    }

    /// Fills a loop; false if it took the cube's middle.
    private static boolean fill(int[] loop, List<Integer> triangles) {
        int n = loop.length;
        double[][] cost = new double[n][n];
        int[][] apex = new int[n][n];
        for (int span = 2; span < n; span++) {
            for (int i = 0; i + span < n; i++) {
                int k = i + span;
                cost[i][k] = Double.POSITIVE_INFINITY;
                boolean side = i == 0 && k == n - 1;
                double own = side ? 0 : diagonal(loop[i], loop[k]);
                for (int j = i + 1; j < k; j++) {
                    double sum = own + cost[i][j] + cost[j][k];
                    if (sum < cost[i][k]) {
                        cost[i][k] = sum;
                        apex[i][k] = j;
                    }
                }
            }
        }
        if (cost[0][n - 1] == Double.POSITIVE_INFINITY) {
            for (int i = 0; i < n; i++) {
                triangles.addAll(List.of(loop[i], loop[(i + 1) % n], MIDDLE));
            }
            return false;
        }
        emit(loop, apex, 0, n - 1, triangles);
        return true;
    }

    private static void emit(int[] loop, int[][] apex, int i, int k, List<Integer> triangles) {
        if (k - i < 2) {
            return;
        }
        int j = apex[i][k];
        triangles.addAll(List.of(loop[i], loop[j], loop[k]));
        emit(loop, apex, i, j, triangles);
        emit(loop, apex, j, k, triangles);
    }

    /// Squared length of the line between two vertices; infinite if a face of the cube has both.
    private static double diagonal(int a, int b) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double p = coordinate(a, axis);
            double q = coordinate(b, axis);
            if (p == q && p != 0.5) {
                return Double.POSITIVE_INFINITY;
            }
            sum += (p - q) * (p - q);
        }
        return sum;
    }

    private static double coordinate(int vertex, int axis) {
        return (vertex & 3) == axis ? 0.5 : vertex >> 2 >> axis & 1;
    }
}
