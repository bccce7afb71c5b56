package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.base.CrossEdges;
import org.neuropil.graph.voxels.EdgeRouting;
import org.neuropil.graph.voxels.EdgeState;
import org.neuropil.graph.voxels.Fragment;
import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.graph.voxels.Side;
import org.neuropil.graph.voxels.SupervoxelCut;
import org.neuropil.graph.voxels.SupervoxelPatch;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.kernel.DisjointSets;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Cuts the supervoxels in which points of both sides of a split lie, so that a minimum cut can part them (cave.md 2.13).
///
/// What is cut is the basin: a supervoxel with the parts in neighbouring chunks that are joined to it infinitely, as far
/// as they lie near the points.
final class SupervoxelSplits {
    /// Voxels of a box above which one cut at a time is worked out, so that memory is bounded whatever many people do.
    private static final long LARGE = 1 << 22;
    private static final ReentrantLock ONE_LARGE = new ReentrantLock(true);

    private final Snapshot snapshot;
    private final NodeIds ids;
    private final Grid grid;
    private final SupervoxelVolume volume;
    private final Draft draft;
    private final List<Region.Link> links;
    private final List<EditPoint> points = new ArrayList<>();
    private final long[] supervoxels;
    private final int sourceCount;

    private SupervoxelSplits(Snapshot snapshot, SupervoxelVolume volume, Draft draft, SplitRequest request,
            long[] sources, long[] sinks, List<Region.Link> links) {
        this.snapshot = snapshot;
        this.ids = snapshot.ids();
        this.grid = snapshot.overlay().info().grid();
        this.volume = volume;
        this.draft = draft;
        this.links = links;
        points.addAll(request.sources());
        points.addAll(request.sinks());
        supervoxels = Arrays.copyOf(sources, points.size());
        System.arraycopy(sinks, 0, supervoxels, sources.length, sinks.length);
        sourceCount = sources.length;
    }

    /// Cuts supervoxels.
    ///
    /// @param draft that gets the parts as new nodes
    /// @param sources supervoxels of the points
    /// @param sinks likewise
    /// @param links edges of the region near the points
    /// @throws EditRefusedException if that cannot be done
    static Cutting of(Snapshot snapshot, SupervoxelVolume volume, Draft draft, SplitRequest request, long[] sources,
            long[] sinks, List<Region.Link> links) throws IOException {
        return of(snapshot, volume, draft, request, sources, sinks, links, CutWindow.Limits.USUAL);
    }

    static Cutting of(Snapshot snapshot, SupervoxelVolume volume, Draft draft, SplitRequest request, long[] sources,
            long[] sinks, List<Region.Link> links, CutWindow.Limits limits) throws IOException {
        return new SupervoxelSplits(snapshot, volume, draft, request, sources, sinks, links).run(limits);
    }

    private Cutting run(CutWindow.Limits limits) throws IOException {
        long[] basin = basin();
        LongOpenHashSet pointed = new LongOpenHashSet(supervoxels);
        pointed.retainAll(new LongOpenHashSet(basin));
        CutWindow window = CutWindow.find(volume, grid, ids, basin, pointed, limits);
        if (window.box().volume() <= LARGE) {
            return run(window);
        }
        ONE_LARGE.lock();
        try {
            return run(window);
        } finally {
            ONE_LARGE.unlock();
        }
    }

    private Cutting run(CutWindow window) throws IOException {
        LongOpenHashSet mine = new LongOpenHashSet(window.wholes());
        SupervoxelCut cut = SupervoxelCut.of(volume, window.box().grow(Int3.all(1)), window.wholes(),
                voxels(mine, 0, sourceCount), voxels(mine, sourceCount, points.size()));
        long[] fragmentIds = cut.ids(fragment -> draft
                .add(ids.chunkId(fragment.whole()), new long[]{fragment.whole()}, CrossEdges.NONE).id());
        Map<Long, long[]> parts = parts(cut, fragmentIds);
        List<SupervoxelPatch> patches = cut.patches(fragmentIds);
        Map<Pair, EdgeState> old = edges(mine);
        List<EdgeState> given = new ArrayList<>(old.values());
        links.stream().filter(link -> Float.isInfinite(link.affinity()) && !old.containsKey(link.pair()))
                .forEach(link -> given.add(new EdgeState(link.a(), link.b(), link.affinity(), 0, link.active())));
        PatchedSupervoxels after = new PatchedSupervoxels(volume, grid,
                chunk -> patches.stream().filter(patch -> ids.chunk(patch.whole()).equals(chunk)).toList());
        List<EdgeState> routed = new ArrayList<>(
                EdgeRouting.route(cut, fragmentIds, after, this::chunkBox, given));
        joinSides(cut, fragmentIds, routed);
        return cutting(parts, old, routed, place(cut, fragmentIds), patches);
    }

    /// Adds an edge between both sides of each supervoxel of which these do not touch: so that the cut is one of an edge
    /// there, too, which can be undone.
    private static void joinSides(SupervoxelCut cut, long[] fragmentIds, List<EdgeState> edges) {
        Map<Long, Fragment> byId = new HashMap<>();
        Map<Long, EnumMap<Side, Fragment>> largest = new TreeMap<>();
        for (Fragment fragment : cut.fragments()) {
            byId.put(fragmentIds[fragment.number() - 1], fragment);
            largest.computeIfAbsent(fragment.whole(), id -> new EnumMap<>(Side.class)).merge(fragment.side(), fragment,
                    (a, b) -> a.voxels() >= b.voxels() ? a : b);
        }
        for (EdgeState edge : edges) {
            Fragment a = byId.get(edge.a());
            Fragment b = byId.get(edge.b());
            if (a != null && b != null && a.whole() == b.whole() && a.side() != b.side()) {
                largest.remove(a.whole());
            }
        }
        for (EnumMap<Side, Fragment> sides : largest.values()) {
            Fragment source = sides.get(Side.SOURCE);
            Fragment sink = sides.get(Side.SINK);
            if (source != null && sink != null) {
                long a = fragmentIds[source.number() - 1];
                long b = fragmentIds[sink.number() - 1];
                edges.add(new EdgeState(Math.min(a, b), Math.max(a, b), EdgeRouting.PARTED, 0, false));
            }
        }
    }

    /// Supervoxels that cannot be parted as they are: those joined infinitely that have points of both sides.
    private long[] basin() {
        Map<Long, Integer> place = new HashMap<>();
        for (long id : supervoxels) {
            place.putIfAbsent(id, place.size());
        }
        for (Region.Link link : links) {
            if (Float.isInfinite(link.affinity())) {
                place.putIfAbsent(link.a(), place.size());
                place.putIfAbsent(link.b(), place.size());
            }
        }
        DisjointSets sets = new DisjointSets(place.size());
        for (Region.Link link : links) {
            if (Float.isInfinite(link.affinity())) {
                sets.unite(place(place, link.a()), place(place, link.b()));
            }
        }
        Set<Integer> sourceSets = new HashSet<>();
        Set<Integer> both = new HashSet<>();
        for (int i = 0; i < supervoxels.length; i++) {
            int set = sets.smallest(place(place, supervoxels[i]));
            if (i < sourceCount) {
                sourceSets.add(set);
            } else if (sourceSets.contains(set)) {
                both.add(set);
            }
        }
        return place.entrySet().stream().filter(entry -> both.contains(sets.smallest(entry.getValue())))
                .mapToLong(Map.Entry::getKey).sorted().toArray();
    }

    private static int place(Map<Long, Integer> places, long id) {
        Integer place = places.get(id);
        if (place == null) {
            throw new IllegalStateException("supervoxel " + id);
        }
        return place;
    }

    private Box chunkBox(long supervoxel) {
        return grid.box(ids.chunk(supervoxel));
    }

    private List<Int3> voxels(LongOpenHashSet mine, int from, int to) {
        List<Int3> voxels = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (mine.contains(supervoxels[i])) {
                voxels.add(voxel(i));
            }
        }
        return voxels;
    }

    /// A point's voxel, which counts as inside its supervoxel's chunk.
    private Int3 voxel(int point) {
        VoxelSize size = volume.voxelSize();
        EditPoint p = points.get(point);
        Box chunk = chunkBox(supervoxels[point]);
        return new Int3(Region.voxel(p.x(), size.x(), chunk.min().x(), chunk.max().x()),
                Region.voxel(p.y(), size.y(), chunk.min().y(), chunk.max().y()),
                Region.voxel(p.z(), size.z(), chunk.min().z(), chunk.max().z()));
    }

    private static Map<Long, long[]> parts(SupervoxelCut cut, long[] fragmentIds) {
        Map<Long, long[]> parts = new TreeMap<>();
        for (Fragment fragment : cut.fragments()) {
            if (cut.cuts(fragment.whole())) {
                parts.merge(fragment.whole(), new long[]{fragmentIds[fragment.number() - 1]}, (a, b) -> {
                    long[] both = Arrays.copyOf(a, a.length + 1);
                    both[a.length] = b[0];
                    return both;
                });
            }
        }
        parts.values().forEach(Arrays::sort);
        return parts;
    }

    /// All edges of some supervoxels, to whatever object.
    private Map<Pair, EdgeState> edges(LongOpenHashSet mine) throws IOException {
        Set<Int3> chunks = new TreeSet<>(
                Comparator.comparingInt(Int3::z).thenComparingInt(Int3::y).thenComparingInt(Int3::x));
        mine.forEach((long id) -> chunks.add(ids.chunk(id)));
        List<EdgeState> found = new ArrayList<>();
        for (Int3 chunk : chunks) {
            LocalEdges.visitAll(snapshot, chunk, (own, far, affinity, area) -> {
                if (mine.contains(own) || mine.contains(far)) {
                    found.add(new EdgeState(own, far, affinity, area, false));
                }
            });
        }
        Map<Pair, EdgeState> edges = new TreeMap<>(Walks.BY_IDS);
        for (EdgeState edge : found) {
            // Edges of supervoxels that are no more stay in the tables.
            if (snapshot.isLatest(edge.a()) && snapshot.isLatest(edge.b())) {
                Pair pair = Pair.of(edge.a(), edge.b());
                edges.put(pair, new EdgeState(edge.a(), edge.b(), edge.affinity(), edge.area(),
                        snapshot.isActive(pair)));
            }
        }
        return edges;
    }

    /// The fragment of each point of what was cut: that of its side which is nearest to it.
    private long[] place(SupervoxelCut cut, long[] fragmentIds) {
        long[] placed = supervoxels.clone();
        for (int i = 0; i < placed.length; i++) {
            long whole = supervoxels[i];
            if (cut.fragments().stream().anyMatch(fragment -> fragment.whole() == whole)) {
                Side side = i < sourceCount ? Side.SOURCE : Side.SINK;
                placed[i] = fragmentIds[cut.nearest(voxel(i), side, volume.voxelSize()).number() - 1];
            }
        }
        return placed;
    }

    private Cutting cutting(Map<Long, long[]> parts, Map<Pair, EdgeState> old, List<EdgeState> routed, long[] placed,
            List<SupervoxelPatch> patches) throws IOException {
        List<ExtraEdge> made = new ArrayList<>();
        Set<Pair> gone = new TreeSet<>(Walks.BY_IDS);
        Set<Pair> fresh = new TreeSet<>(Walks.BY_IDS);
        LongOpenHashSet touched = new LongOpenHashSet();
        Long2LongOpenHashMap wholes = wholes(parts);
        for (EdgeState edge : routed) {
            Pair pair = Pair.of(edge.a(), edge.b());
            EdgeState before = old.get(pair);
            if (before == null || before.affinity() != edge.affinity() || before.area() != edge.area()) {
                made.add(new ExtraEdge(edge.a(), edge.b(), edge.affinity(), edge.area()));
            }
            if (before == null && isBetweenChunks(pair) && wasActive(wholes, old, pair)) {
                fresh.add(pair);
            }
        }
        old.forEach((pair, edge) -> {
            touched.add(pair.a());
            touched.add(pair.b());
            if (edge.active() && isBetweenChunks(pair)
                    && (parts.containsKey(pair.a()) || parts.containsKey(pair.b()))) {
                gone.add(pair);
            }
        });
        return new Cutting(parts, made, links(wholes, old, routed), gone, fresh, Arrays.copyOf(placed, sourceCount),
                Arrays.copyOfRange(placed, sourceCount, placed.length), patches, touched);
    }

    private static boolean wasActive(Long2LongOpenHashMap wholes, Map<Pair, EdgeState> old, Pair pair) {
        EdgeState before = old.get(Pair.of(wholes.getOrDefault(pair.a(), pair.a()),
                wholes.getOrDefault(pair.b(), pair.b())));
        return before != null && before.active();
    }

    private static Long2LongOpenHashMap wholes(Map<Long, long[]> parts) {
        Long2LongOpenHashMap wholes = new Long2LongOpenHashMap();
        parts.forEach((whole, fragments) -> Arrays.stream(fragments).forEach(id -> wholes.put(id, (long) whole)));
        return wholes;
    }

    private boolean isBetweenChunks(Pair pair) {
        return ids.chunkAt(pair.a(), 2) != ids.chunkAt(pair.b(), 2);
    }

    /// The region's edges after the cut. What was joined counts as joined, also where [EdgeRouting] parts it: whether that
    /// is so in the end is for the minimum cut to say, which has no other way between the points.
    private List<Region.Link> links(Long2LongOpenHashMap wholes, Map<Pair, EdgeState> old, List<EdgeState> routed)
            throws IOException {
        long root = snapshot.root(supervoxels[0]);
        List<Region.Link> after = new ArrayList<>();
        for (Region.Link link : links) {
            if (!old.containsKey(link.pair())) {
                after.add(link);
            }
        }
        for (EdgeState edge : routed) {
            long a = wholes.getOrDefault(edge.a(), edge.a());
            long b = wholes.getOrDefault(edge.b(), edge.b());
            if (snapshot.root(a) == root && snapshot.root(b) == root) {
                Pair pair = Pair.of(edge.a(), edge.b());
                boolean active = isBetweenChunks(pair)
                        ? wasActive(wholes, old, pair)
                        : snapshot.ancestor(a, 2) == snapshot.ancestor(b, 2);
                after.add(new Region.Link(edge.a(), edge.b(), edge.affinity(), active));
            }
        }
        return after;
    }
}
