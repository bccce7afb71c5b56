package org.neuropil.morphology.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// Cuts a mesh along the planes of an octree, so that no triangle crosses one.
///
/// It works on whole coordinates and cuts one axis after the other, each edge from its lower end upward: both triangles
/// beside an edge get the same new vertices, so a closed mesh stays closed. New vertices lie exactly on their plane,
/// which is why neighbouring cells show no crack.
final class OctreeCut {
    /// Cells per axis have this extent in lattice units: the largest coordinate in a cell.
    static final int CELL = 0xFFFF;
    /// Where a cell is cut in halves; the viewer's choice, half a unit above the middle.
    static final int HALF = 0x8000;

    private final boolean halves;
    private final Long2IntOpenHashMap cuts = new Long2IntOpenHashMap();
    private int[] vertices;
    private int vertexCount;
    private int[] triangles;
    private int filled;

    private OctreeCut(LatticeMesh mesh, boolean halves) {
        this.halves = halves;
        vertices = mesh.vertices().clone();
        vertexCount = mesh.vertexCount();
        triangles = mesh.triangles();
        filled = triangles.length;
    }

    /// Cuts at the borders of cells.
    ///
    /// @param mesh coordinates not negative
    /// @param halves true to cut each cell in eight as well
    static LatticeMesh run(LatticeMesh mesh, boolean halves) {
        OctreeCut cut = new OctreeCut(mesh, halves);
        for (int axis = 0; axis < 3; axis++) {
            cut.cutAxis(axis);
        }
        return LatticeMesh.weld(List.of(new LatticeMesh(Arrays.copyOf(cut.vertices, 3 * cut.vertexCount),
                Arrays.copyOf(cut.triangles, cut.filled))));
    }

    /// Cell along an axis of a coordinate that is the highest of a triangle: one that lies in a plane is of the lower.
    static int cell(int highest) {
        return Math.max(0, (highest - 1) / CELL);
    }

    /// Which half of its cell a coordinate is in that is the highest of a triangle: 0 or 1.
    static int half(int highest) {
        return highest - cell(highest) * CELL > HALF ? 1 : 0;
    }

    private void cutAxis(int axis) {
        int[] from = triangles;
        int n = filled;
        triangles = new int[n + n / 4];
        filled = 0;
        cuts.clear();
        List<int[]> left = new ArrayList<>();
        for (int t = 0; t < n; t += 3) {
            left.add(new int[]{from[t], from[t + 1], from[t + 2]});
            while (!left.isEmpty()) {
                cutTriangle(left.removeLast(), axis, left);
            }
        }
    }

    /// Keeps a triangle, or cuts it at its lowest plane, keeps what is below and leaves what is above.
    private void cutTriangle(int[] t, int axis, List<int[]> left) {
        int[] c = {vertices[3 * t[0] + axis], vertices[3 * t[1] + axis], vertices[3 * t[2] + axis]};
        int plane = planeAbove(Math.min(c[0], Math.min(c[1], c[2])));
        if (plane >= Math.max(c[0], Math.max(c[1], c[2]))) {
            keep(t[0], t[1], t[2]);
            return;
        }
        // Walk around and collect the polygons on the two sides; a vertex on the plane is of both.
        int[] below = new int[4];
        int[] above = new int[4];
        int nBelow = 0;
        int nAbove = 0;
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            if (c[i] <= plane) {
                below[nBelow++] = t[i];
            }
            if (c[i] >= plane) {
                above[nAbove++] = t[i];
            }
            if (c[i] < plane && c[j] > plane || c[i] > plane && c[j] < plane) {
                int v = c[i] < c[j] ? cut(t[i], t[j], axis, plane) : cut(t[j], t[i], axis, plane);
                below[nBelow++] = v;
                above[nAbove++] = v;
            }
        }
        keep(below[0], below[1], below[2]);
        if (nBelow == 4) {
            keep(below[0], below[2], below[3]);
        }
        left.add(new int[]{above[0], above[1], above[2]});
        if (nAbove == 4) {
            left.add(new int[]{above[0], above[2], above[3]});
        }
    }

    /// The lowest plane above a coordinate.
    private int planeAbove(int coordinate) {
        int border = coordinate / CELL * CELL;
        return halves && coordinate < border + HALF ? border + HALF : border + CELL;
    }

    private int cut(int low, int high, int axis, int plane) {
        long edge = (long) low << 32 | high;
        int known = cuts.getOrDefault(edge, -1);
        if (known >= 0) {
            return known;
        }
        if (3 * vertexCount + 3 > vertices.length) {
            vertices = Arrays.copyOf(vertices, vertices.length + vertices.length / 2 + 3);
        }
        long part = plane - (long) vertices[3 * low + axis];
        long whole = (long) vertices[3 * high + axis] - vertices[3 * low + axis];
        for (int i = 0; i < 3; i++) {
            long way = (long) vertices[3 * high + i] - vertices[3 * low + i];
            vertices[3 * vertexCount + i] = (int) (vertices[3 * low + i]
                    + Math.floorDiv(2 * way * part + whole, 2 * whole));
        }
        cuts.put(edge, vertexCount);
        return vertexCount++;
    }

    private void keep(int a, int b, int c) {
        if (filled + 3 > triangles.length) {
            triangles = Arrays.copyOf(triangles, triangles.length + triangles.length / 2 + 3);
        }
        triangles[filled++] = a;
        triangles[filled++] = b;
        triangles[filled++] = c;
    }
}
