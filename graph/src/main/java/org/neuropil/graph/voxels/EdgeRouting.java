package org.neuropil.graph.voxels;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.kernel.Connectivity;
import org.neuropil.volume.kernel.Contacts;
import org.neuropil.volume.kernel.UnionFind;

/// Which edges the fragments of cut supervoxels have. What is not known better stays as it was, and nothing keeps the two
/// sides from being parted by a minimum cut that follows.
///
/// 1. **A finite edge** goes to each pair of its ends' fragments that touch, with its affinity and state, and a share of
///    its area by the faces that they have in common. So areas of ingest that count faces are again those counts, and in
///    any case their sum stays.
/// 2. **An edge of infinite affinity between two supervoxels that were cut together** (which are parts of one basin) joins
///    the pairs of one side that touch, infinitely. Pairs of different sides that touch are parted: they keep an
///    inactive edge of [#PARTED].
/// 3. **An edge of infinite affinity to a supervoxel that was not cut**: it can be on one side only. That is the side whose
///    fragments have more faces in common with it; together with all that is joined to it infinitely and was not cut
///    either, as far as such edges are given. The touching fragments of that side stay joined to it infinitely: before,
///    they were one with it, and nothing says that they are not. Those of the other side are parted as in 2.
/// 4. **Ends that touch nowhere by faces** (an edge that a merge made, a contact at a corner): the edge goes to the pair
///    with the most contacts at edges and corners, or else to the nearest pair. Of an end so far away that both cannot be
///    looked at together, the box counts as near as its voxels. An end without voxels leaves it to the largest fragments.
/// 5. **Fragments of one supervoxel** that touch are on different sides, and get an inactive edge of [#PARTED] with the
///    faces as its area: so a later merge finds it. Those of one side touch nowhere, or they would be one. An active
///    edge of [#PARTED] and no area joins the largest of a side to each of the others, since all were one, and nobody
///    asked to part these.
///
/// Supervoxels that touch without an edge still have none.
public final class EdgeRouting {
    /// Affinity across the border of the two sides: as good as none, but an edge.
    public static final float PARTED = 0.001f;

    private static final Comparator<EdgeState> ORDER = Comparator.comparing(EdgeState::a, Long::compareUnsigned)
            .thenComparing(EdgeState::b, Long::compareUnsigned);

    private final Map<Long, Fragment> fragments = new HashMap<>();
    private final Map<Long, List<Long>> idsOf = new HashMap<>();
    private final Block.Ints numbers;
    private final SupervoxelVolume volume;
    private final NearestEnds nearest;
    private final Map<Ends, List<Touch>> touches = new HashMap<>();
    private final List<EdgeState> result = new ArrayList<>();

    /// Two supervoxels, before the cut; the smaller first.
    private record Ends(long a, long b) {}

    /// Two fragments, or one and a supervoxel that was not cut, in the order of their ends.
    ///
    /// @param count all contacts, at edges and corners too
    private record Touch(long a, long b, long faces, long count) {}

    private EdgeRouting(SupervoxelCut cut, long[] ids, SupervoxelVolume volume, LongFunction<Box> chunk) {
        this.numbers = cut.numbers();
        this.volume = volume;
        this.nearest = new NearestEnds(cut.numbers(), ids, volume, chunk);
        for (Fragment fragment : cut.fragments()) {
            long id = ids[fragment.number() - 1];
            fragments.put(id, fragment);
            idsOf.computeIfAbsent(fragment.whole(), _ -> new ArrayList<>()).add(id);
        }
    }

    /// The new edges of supervoxels that were cut together.
    ///
    /// @param cut the cut
    /// @param ids of its fragments, by number, as [SupervoxelCut#ids] gives them
    /// @param volume the supervoxels after the cut; read part by part
    /// @param chunk a box that has all voxels of a supervoxel that was not cut
    /// @param old all edges of the supervoxels, each once or from both ends, in any order; and edges of infinite affinity
    ///        between others, if they are known, see 3. Other edges are not looked at
    /// @return in place of the old edges of the supervoxels: sorted by (a, b), the smaller id first, each once
    public static List<EdgeState> route(SupervoxelCut cut, long[] ids, SupervoxelVolume volume,
            LongFunction<Box> chunk, List<EdgeState> old) throws IOException {
        EdgeRouting routing = new EdgeRouting(cut, ids, volume, chunk);
        routing.findTouches();
        routing.amongFragments();
        List<EdgeState> edges = once(old);
        Map<Long, Side> partners = routing.sidesOfOthers(edges);
        for (EdgeState edge : edges) {
            if (routing.idsOf.containsKey(edge.a()) || routing.idsOf.containsKey(edge.b())) {
                routing.route(edge, partners);
            }
        }
        routing.result.sort(ORDER);
        return List.copyOf(routing.result);
    }

    /// Edges with the smaller end first, in order; of two that are the same from both ends, one.
    private static List<EdgeState> once(List<EdgeState> edges) {
        List<EdgeState> sorted = new ArrayList<>(edges.stream().map(EdgeState::sorted).toList());
        sorted.sort(ORDER.thenComparing(EdgeState::affinity, Comparator.reverseOrder())
                .thenComparing(EdgeState::active, Comparator.reverseOrder())
                .thenComparing(EdgeState::area, Comparator.reverseOrder()));
        List<EdgeState> once = new ArrayList<>();
        for (EdgeState edge : sorted) {
            if (once.isEmpty() || ORDER.compare(once.getLast(), edge) != 0) {
                once.add(edge);
            }
        }
        return once;
    }

    private long whole(long id) {
        Fragment fragment = fragments.get(id);
        return fragment == null ? id : fragment.whole();
    }

    private void findTouches() throws IOException {
        List<Contacts> parts = new ArrayList<>();
        for (Box part : volume.parts(numbers.box())) {
            Box seen = new Box(part.min(), part.max().plus(Int3.all(1))).intersect(numbers.box());
            byte[] near = near(seen);
            if (near.length > 0) {
                parts.add(Contacts.of(around(seen, near), part, Connectivity.CORNERS, 1));
            }
        }
        Contacts contacts = Contacts.merge(parts);
        for (int pair = 0; pair < contacts.size(); pair++) {
            long a = contacts.lower(pair);
            long b = contacts.higher(pair);
            if (!fragments.containsKey(a) && !fragments.containsKey(b)) {
                continue;
            }
            if (Long.compareUnsigned(whole(a), whole(b)) > 0) {
                long other = a;
                a = b;
                b = other;
            }
            long faces = contacts.faces(pair, 0) + contacts.faces(pair, 1) + contacts.faces(pair, 2);
            touches.computeIfAbsent(new Ends(whole(a), whole(b)), _ -> new ArrayList<>())
                    .add(new Touch(a, b, faces, contacts.count(pair)));
        }
    }

    /// The labels of the fragments and of all voxels beside them; 0 elsewhere, as contacts among others cost most of the
    /// time.
    ///
    /// @param near as [#near] gives it
    private Block.Longs around(Box seen, byte[] near) throws IOException {
        Block.Longs labels = volume.read(seen);
        Box box = seen.grow(Int3.all(1));
        int row = seen.size().x();
        int i = 0;
        for (int z = seen.min().z(); z < seen.max().z(); z++) {
            for (int y = seen.min().y(); y < seen.max().y(); y++) {
                int from = box.index(seen.min().x(), y, z);
                for (int x = 0; x < row; x++, i++) {
                    if (near[from + x] == 0) {
                        labels.data()[i] = 0;
                    }
                }
            }
        }
        return labels;
    }

    /// Which voxels are of a fragment or beside one, in a box grown by one voxel; what its margin says does not
    /// count. Empty if there are none.
    private byte[] near(Box seen) {
        Box box = seen.grow(Int3.all(1));
        Box known = box.intersect(numbers.box());
        byte[] in = new byte[box.voxels()];
        boolean any = false;
        int row = known.size().x();
        for (int z = known.min().z(); z < known.max().z(); z++) {
            for (int y = known.min().y(); y < known.max().y(); y++) {
                int from = numbers.box().index(known.min().x(), y, z);
                int to = box.index(known.min().x(), y, z);
                for (int x = 0; x < row; x++) {
                    if (numbers.data()[from + x] != 0) {
                        in[to + x] = 1;
                        any = true;
                    }
                }
            }
        }
        if (!any) {
            return new byte[0];
        }
        byte[] near = in;
        // A step across the end of a row or plane leads from margin to margin.
        for (int stride : new int[]{1, box.size().x(), box.size().x() * box.size().y()}) {
            near = spread(near, stride);
        }
        return near;
    }

    /// What is set at a place or a stride before or behind it.
    private static byte[] spread(byte[] in, int stride) {
        byte[] out = in.clone();
        for (int i = stride; i < in.length; i++) {
            out[i] |= in[i - stride];
            out[i - stride] |= in[i];
        }
        return out;
    }

    private void amongFragments() {
        idsOf.forEach((whole, ids) -> {
            for (Touch touch : touches.getOrDefault(new Ends(whole, whole), List.of())) {
                if (touch.faces() > 0) {
                    put(touch.a(), touch.b(), PARTED, touch.faces(), false);
                }
            }
            for (Side side : Side.values()) {
                List<Long> own = ids.stream().filter(id -> side == side(id)).toList();
                if (own.size() > 1) {
                    long largest = largest(own);
                    own.stream().filter(id -> id != largest).forEach(id -> put(largest, id, PARTED, 0, true));
                }
            }
        });
    }

    private @Nullable Side side(long id) {
        Fragment fragment = fragments.get(id);
        return fragment == null ? null : fragment.side();
    }

    /// The one with the most voxels; of several, the first.
    private long largest(List<Long> ids) {
        long best = ids.getFirst();
        long most = -1;
        for (long id : ids) {
            Fragment fragment = fragments.get(id);
            if (fragment != null && fragment.voxels() > most) {
                best = id;
                most = fragment.voxels();
            }
        }
        return best;
    }

    /// On which side supervoxels are that were not cut and cannot be parted from one that was.
    private Map<Long, Side> sidesOfOthers(List<EdgeState> edges) throws IOException {
        UnionFind joined = new UnionFind();
        Map<Long, long[]> votes = new HashMap<>();
        for (EdgeState edge : edges) {
            if (Float.isInfinite(edge.affinity()) && !idsOf.containsKey(edge.a()) && !idsOf.containsKey(edge.b())) {
                joined.unite(edge.a(), edge.b());
            }
        }
        List<Long> others = new ArrayList<>();
        for (EdgeState edge : edges) {
            if (!Float.isInfinite(edge.affinity()) || idsOf.containsKey(edge.a()) == idsOf.containsKey(edge.b())) {
                continue;
            }
            boolean first = idsOf.containsKey(edge.a());
            long other = first ? edge.b() : edge.a();
            others.add(other);
            long[] faces = votes.computeIfAbsent(joined.smallest(other), _ -> new long[Side.values().length]);
            for (Touch touch : touches(edge)) {
                Side side = side(first ? touch.a() : touch.b());
                if (side != null) {
                    faces[side.ordinal()] += Math.max(1, touch.faces());
                }
            }
        }
        Map<Long, Side> sides = new HashMap<>();
        for (long other : others) {
            long[] faces = votes.getOrDefault(joined.smallest(other), new long[2]);
            sides.put(other, faces[1] > faces[0] ? Side.SINK : Side.SOURCE);
        }
        return sides;
    }

    private void route(EdgeState edge, Map<Long, Side> partners) throws IOException {
        List<Touch> pairs = touches(edge);
        BigInteger total = BigInteger.valueOf(Math.max(1, pairs.stream().mapToLong(Touch::faces).sum()));
        BigInteger area = BigInteger.valueOf(edge.area());
        long seen = 0;
        long given = 0;
        for (Touch touch : pairs) {
            seen += touch.faces();
            // The last one gets the rest; where none has faces there is but one.
            long upTo = touch.equals(pairs.getLast())
                    ? edge.area()
                    : area.multiply(BigInteger.valueOf(seen)).divide(total).longValueExact();
            Side a = fragments.containsKey(touch.a()) ? side(touch.a()) : partners.get(touch.a());
            Side b = fragments.containsKey(touch.b()) ? side(touch.b()) : partners.get(touch.b());
            if (Float.isInfinite(edge.affinity()) && a != b) {
                put(touch.a(), touch.b(), PARTED, upTo - given, false);
            } else {
                put(touch.a(), touch.b(), edge.affinity(), upTo - given, edge.active());
            }
            given = upTo;
        }
    }

    private void put(long a, long b, float affinity, long area, boolean active) {
        result.add(new EdgeState(a, b, affinity, area, active).sorted());
    }

    /// The pairs that an edge goes to: those that have faces in common, or else one; in order of ids.
    private List<Touch> touches(EdgeState edge) throws IOException {
        Ends ends = new Ends(edge.a(), edge.b());
        List<Touch> found = touches.getOrDefault(ends, List.of());
        if (found.isEmpty()) {
            found = List.of(nearest(edge.a(), edge.b()));
            touches.put(ends, found);
        }
        List<Touch> faces = found.stream().filter(touch -> touch.faces() > 0).toList();
        if (!faces.isEmpty()) {
            return faces;
        }
        return List.of(found.stream()
                .max(Comparator.comparingLong(Touch::count)
                        .thenComparing(Touch::a, (a, b) -> Long.compareUnsigned(b, a))
                        .thenComparing(Touch::b, (a, b) -> Long.compareUnsigned(b, a)))
                .orElseThrow());
    }

    private Touch nearest(long a, long b) throws IOException {
        List<Long> one = idsOf.getOrDefault(a, List.of(a));
        List<Long> other = idsOf.getOrDefault(b, List.of(b));
        NearestEnds.Found found = nearest.of(one, idsOf.containsKey(a), other, idsOf.containsKey(b));
        return found == null
                ? new Touch(largest(one), largest(other), 0, 0)
                : new Touch(found.one(), found.other(), 0, 0);
    }
}
