package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.CrossEdges;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.kernel.DisjointSets;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// The parts of some objects that lie in the chunks near an edit's points, and the edges among them.
final class Region {
    /// How far around the points edges count, nm along each axis: what CAVE's 240 x 240 x 24 voxels are at 4 x 4 x 40 nm.
    static final double REACH_NM = 960;

    /// What may be looked at. CAVE sets no bound; points of one error are a few chunks apart.
    ///
    /// @param box chunks of the box around the points
    /// @param chunks that hold parts of the objects
    /// @param supervoxels of the objects
    /// @param edges among them
    record Limits(long box, int chunks, int supervoxels, int edges) {
        static final Limits USUAL = new Limits(1 << 18, 1 << 12, 1 << 20, 1 << 21);

        private static void check(long found, long most, String what) {
            if (found > most) {
                throw refused(found + " " + what, most);
            }
        }

        private static EditRefusedException refused(String found, long most) {
            return new EditRefusedException(Reason.INVALID, "The points are too far apart: there are " + found
                    + " between and around them, and an edit can look at " + most
                    + " at most. Place the points nearer to each other, close to the error.");
        }
    }

    private final Snapshot snapshot;
    private final NodeIds ids;
    private final Limits limits;
    /// Layer-2 nodes, ascending.
    private final long[] level2;
    /// All supervoxels, with the place of their node in `level2`.
    private final Members members;
    /// Active edges between chunks with both ends in the region.
    private final Set<Pair> activeCross = new HashSet<>();

    /// An edge with both ends in the region.
    record Link(long a, long b, float affinity, boolean active) {
        Pair pair() {
            return Pair.of(a, b);
        }
    }

    private Region(Snapshot snapshot, long[] level2, Limits limits) throws IOException {
        this.snapshot = snapshot;
        this.ids = snapshot.ids();
        this.limits = limits;
        this.level2 = level2;
        Limits.check(Arrays.stream(level2).map(ids::chunkId).distinct().count(), limits.chunks,
                "chunks with parts of the object");
        long[][] children = new long[level2.length][];
        int count = 0;
        for (int i = 0; i < level2.length; i++) {
            children[i] = snapshot.children(level2[i]);
            count += children[i].length;
            Limits.check(count, limits.supervoxels, "supervoxels of the object");
        }
        members = new Members(ids, level2, children);
        for (long node : level2) {
            CrossEdges cross = snapshot.cross(node);
            for (int e = 0; e < cross.size(); e++) {
                if (cross.own()[e] < cross.far()[e] && members.contains(cross.far()[e])) {
                    activeCross.add(new Pair(cross.own()[e], cross.far()[e]));
                }
            }
        }
    }

    /// The region of some objects around points.
    ///
    /// @param roots of the objects
    /// @param points where the edit is
    /// @param supervoxels of the points
    /// @throws EditRefusedException if the points are so far apart that there is too much between them
    static Region near(Snapshot snapshot, long[] roots, List<EditPoint> points, long[] supervoxels)
            throws IOException {
        return near(snapshot, roots, points, supervoxels, Limits.USUAL);
    }

    static Region near(Snapshot snapshot, long[] roots, List<EditPoint> points, long[] supervoxels, Limits limits)
            throws IOException {
        Box chunks = chunks(snapshot, points, supervoxels);
        Limits.check(chunks.volume(), limits.box, "chunks");
        LongOpenHashSet nodes = new LongOpenHashSet();
        for (long root : roots) {
            for (long node : snapshot.leaves(root, chunks, 2)) {
                nodes.add(node);
            }
        }
        long[] level2 = nodes.toLongArray();
        Arrays.sort(level2);
        return new Region(snapshot, level2, limits);
    }

    /// Positions of the chunks near points, half open. A point counts as inside its supervoxel's chunk, whatever its
    /// coordinates say.
    private static Box chunks(Snapshot snapshot, List<EditPoint> points, long[] supervoxels) {
        Grid grid = snapshot.overlay().info().grid();
        VoxelSize size = snapshot.overlay().info().voxelSize();
        Int3 reach = new Int3((int) Math.ceil(REACH_NM / size.x()), (int) Math.ceil(REACH_NM / size.y()),
                (int) Math.ceil(REACH_NM / size.z()));
        Int3 min = Int3.all(Integer.MAX_VALUE);
        Int3 max = Int3.all(Integer.MIN_VALUE);
        for (int i = 0; i < supervoxels.length; i++) {
            EditPoint point = points.get(i);
            Box chunk = grid.box(snapshot.ids().chunk(supervoxels[i]));
            Int3 voxel = new Int3(voxel(point.x(), size.x(), chunk.min().x(), chunk.max().x()),
                    voxel(point.y(), size.y(), chunk.min().y(), chunk.max().y()),
                    voxel(point.z(), size.z(), chunk.min().z(), chunk.max().z()));
            min = min.min(voxel.minus(reach));
            max = max.max(voxel.plus(reach).plus(Int3.all(1)));
        }
        return grid.touching(new Box(min, max));
    }

    /// The voxel of a coordinate, clamped to a range.
    static int voxel(double nm, double size, int min, int max) {
        double voxel = Math.floor(nm / size);
        return !(voxel >= min) ? min : voxel >= max ? max - 1 : (int) voxel;
    }

    boolean contains(long supervoxel) {
        return members.contains(supervoxel);
    }

    /// Edges with both ends in the region, each once, in the order of chunks and supervoxels.
    ///
    /// @throws EditRefusedException if there are too many
    List<Link> links() throws IOException {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < members.chunks().length; i++) {
            long chunk = members.chunks()[i];
            long[] own = members.of(i);
            LocalEdges.visit(snapshot, ids.chunk(chunk), own, List.of(),
                    (near, far, affinity, area) -> add(links, chunk, near, far, affinity));
        }
        return links;
    }

    private void add(List<Link> links, long chunk, long own, long far, float affinity) {
        int other = members.place(far);
        boolean inside = ids.chunkId(far) == chunk;
        // One between chunks stands in both: the smaller end tells it.
        if (other >= 0 && (inside || own < far)) {
            if (links.size() == limits.edges) {
                throw Limits.refused("more than " + limits.edges + " edges of the object", limits.edges);
            }
            links.add(new Link(own, far, affinity,
                    inside ? members.place(own) == other : activeCross.contains(new Pair(own, far))));
        }
    }

    /// Connected components of the region's layer-2 nodes by active edges inside of the region.
    Components components() {
        DisjointSets sets = new DisjointSets(level2.length);
        for (Pair edge : activeCross) {
            sets.unite(members.place(edge.a()), members.place(edge.b()));
        }
        return new Components(members, sets.smallest());
    }

    /// Which supervoxels of a region hang together.
    record Components(Members members, int[] roots) {
        /// The component of a supervoxel of the region.
        int of(long supervoxel) {
            return roots[members.place(supervoxel)];
        }
    }
}
