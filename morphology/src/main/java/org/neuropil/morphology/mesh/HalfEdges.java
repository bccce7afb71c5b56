package org.neuropil.morphology.mesh;

import java.util.Arrays;

/// The half-edges of a triangle mesh, and edge collapse on them. Half-edge `h` belongs to triangle `h / 3` and runs
/// from `start[h]` to the start of the next one of its triangle; `start[h]` is -1 once the triangle is gone.
final class HalfEdges {
    /// Vertex that a half-edge leaves; -1 in triangles that are gone.
    final int[] start;
    /// The half-edge on the other side; -1 at a border.
    final int[] twin;
    /// A half-edge that leaves each vertex; -1 if none does.
    final int[] outgoing;
    /// Vertices on a border, or where the mesh is no manifold: around them not every half-edge can be reached.
    final boolean[] locked;

    private final int[] mark;
    private int stamp;

    HalfEdges(int[] triangles, int vertices) {
        start = triangles.clone();
        twin = new int[start.length];
        outgoing = new int[vertices];
        locked = new boolean[vertices];
        mark = new int[vertices];
        Arrays.fill(outgoing, -1);
        int[] first = new int[vertices + 1];
        for (int v : start) {
            first[v + 1]++;
        }
        for (int v = 0; v < vertices; v++) {
            first[v + 1] += first[v];
        }
        int[] leaving = new int[start.length];
        int[] filled = Arrays.copyOf(first, vertices);
        for (int h = 0; h < start.length; h++) {
            leaving[filled[start[h]]++] = h;
            outgoing[start[h]] = h;
        }
        pair(first, leaving);
        for (int v = 0; v < vertices; v++) {
            locked[v] |= outgoing[v] < 0 || !locked[v] && around(v) != first[v + 1] - first[v];
        }
    }

    /// The next half-edge of the same triangle.
    static int next(int h) {
        return h % 3 == 2 ? h - 2 : h + 1;
    }

    /// Vertex that a half-edge leads to.
    int end(int h) {
        return start[next(h)];
    }

    /// The next half-edge around the vertex that this one leaves, clockwise.
    int turn(int h) {
        return next(twin[h]);
    }

    /// True if an edge between two vertices that are not locked can be collapsed with the surface staying a manifold of
    /// the same topology: the link condition (Dey et al. 1999). The ends may have no neighbours in common but the two
    /// beside the edge, and not both ends may have a triangle with these two, as they have in a tetrahedron.
    boolean canCollapse(int h) {
        stamp++;
        int atStart = 0;
        int g = h;
        do {
            mark[end(g)] = stamp;
            atStart++;
            g = turn(g);
        } while (g != h);
        int common = 0;
        int atEnd = 0;
        g = twin[h];
        do {
            common += mark[end(g)] == stamp ? 1 : 0;
            atEnd++;
            g = turn(g);
        } while (g != twin[h]);
        return common == 2 && (atStart > 3 || atEnd > 3);
    }

    /// Collapses an edge: its end becomes its start. The caller has checked [#canCollapse].
    void collapse(int h) {
        int a = start[h];
        int t = twin[h];
        int g = t;
        do {
            int following = turn(g);
            start[g] = a;
            g = following;
        } while (g != t);
        sew(h, a);
        sew(t, a);
        Arrays.fill(start, h - h % 3, h - h % 3 + 3, -1);
        Arrays.fill(start, t - t % 3, t - t % 3 + 3, -1);
    }

    /// Joins what lies beyond the other two edges of a half-edge's triangle.
    private void sew(int h, int a) {
        int h1 = next(h);
        int h2 = next(h1);
        int x = twin[h1];
        int y = twin[h2];
        twin[x] = y;
        twin[y] = x;
        outgoing[a] = y;
        outgoing[start[x]] = x;
    }

    private void pair(int[] first, int[] leaving) {
        for (int h = 0; h < start.length; h++) {
            int a = start[h];
            int b = end(h);
            int found = -1;
            int same = 0;
            for (int i = first[b]; i < first[b + 1]; i++) {
                if (end(leaving[i]) == a) {
                    found = leaving[i];
                    same++;
                }
            }
            for (int i = first[a]; i < first[a + 1]; i++) {
                same += end(leaving[i]) == b ? 1 : 0;
            }
            if (same == 2 && found >= 0 && a != b) {
                twin[h] = found;
            } else {
                twin[h] = -1;
                locked[a] = true;
                locked[b] = true;
            }
        }
    }

    /// Number of half-edges that turning about an unlocked vertex meets.
    private int around(int v) {
        int count = 0;
        int h = outgoing[v];
        do {
            count++;
            h = turn(h);
        } while (h != outgoing[v]);
        return count;
    }
}
