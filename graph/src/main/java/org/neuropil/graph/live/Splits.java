package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitPreview;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.cut.Cut;
import org.neuropil.graph.cut.CutRefusedException;
import org.neuropil.graph.cut.LocalGraph;
import org.neuropil.graph.cut.Multicut;
import org.neuropil.graph.cut.Preview;
import org.neuropil.graph.cut.Refusal;
import org.neuropil.graph.voxels.SupervoxelVolume;

/// Which edges a split removes (cave.md 2.7).
final class Splits {
    private Splits() {}

    /// What a split does: to supervoxels, and to edges.
    ///
    /// @param parted edges between chunks of parts of supervoxels that were one with the other end, and are no more
    record Parting(Cutting cutting, EdgeEdit edges, List<Pair> parted) {}

    /// @param volume where supervoxels lie; null if the graph does not know, so that none can be cut
    /// @param draft that gets new supervoxels
    /// @param sources supervoxels at the sources' points
    /// @param sinks supervoxels at the sinks' points
    /// @throws EditRefusedException if there is no cut
    static Parting edges(Snapshot snapshot, @Nullable SupervoxelVolume volume, Draft draft, SplitRequest request,
            long[] sources, long[] sinks) throws IOException {
        List<Region.Link> links = region(snapshot, request, sources, sinks).links();
        Cutting whole = Cutting.none(links, sources, sinks);
        if (!request.mincut()) {
            return new Parting(whole, exactly(links, sources, sinks), List.of());
        }
        try {
            try {
                return parting(whole);
            } catch (CutRefusedException e) {
                if (volume == null || !needsNewSupervoxels(e)) {
                    throw e;
                }
            }
            return parting(SupervoxelSplits.of(snapshot, volume, draft, request, sources, sinks, links));
        } catch (CutRefusedException e) {
            throw refused(e);
        }
    }

    /// Whether a cut was refused for what only new supervoxels can mend.
    static boolean needsNewSupervoxels(CutRefusedException e) {
        return e.refusal().reason() == Refusal.Reason.IN_ONE_SUPERVOXEL
                || e.refusal().reason() == Refusal.Reason.ON_BOTH_SIDES;
    }

    private static EditRefusedException refused(CutRefusedException e) {
        return new EditRefusedException(Reason.NO_CUT, e.refusal().message(), e);
    }

    private static Parting parting(Cutting cutting) {
        Cut cut = Multicut.cut(graph(cutting.links()), cutting.sources(), cutting.sinks());
        Set<Pair> cutPairs = new LinkedHashSet<>();
        for (int i = 0; i < cut.a().length; i++) {
            cutPairs.add(Pair.of(cut.a()[i], cut.b()[i]));
        }
        Set<Pair> remove = new LinkedHashSet<>(cutting.gone());
        List<Pair> parted = new ArrayList<>();
        for (Region.Link link : cutting.links()) {
            if (link.active() && cutPairs.contains(link.pair())) {
                if (cutting.fresh().contains(link.pair())) {
                    parted.add(link.pair());
                } else {
                    remove.add(link.pair());
                }
            }
        }
        if (remove.isEmpty()) {
            throw new EditRefusedException(Reason.CONFLICT, "The points are already parted here. "
                    + "Where the object is still connected, it is further away: place points there.");
        }
        List<Pair> add = cutting.fresh().stream().filter(pair -> !cutPairs.contains(pair)).toList();
        return new Parting(cutting, new EdgeEdit(add, new ArrayList<>(remove), cutting.made()), parted);
    }

    /// The components that a split would leave near the points; of a supervoxel that it would cut, the whole stands for
    /// each part.
    static SplitPreview preview(Snapshot snapshot, @Nullable SupervoxelVolume volume, SplitRequest request,
            long[] sources, long[] sinks) throws IOException {
        List<Region.Link> links = region(snapshot, request, sources, sinks).links();
        try {
            try {
                return shown(Multicut.preview(graph(links), sources, sinks), Map.of());
            } catch (CutRefusedException e) {
                if (volume == null || !needsNewSupervoxels(e)) {
                    throw e;
                }
            }
            Cutting cutting = SupervoxelSplits.of(snapshot, volume, new Draft(snapshot.ids()), request,
                    sources, sinks, links);
            return shown(Multicut.preview(graph(cutting.links()), cutting.sources(), cutting.sinks()),
                    cutting.parts());
        } catch (CutRefusedException e) {
            throw refused(e);
        }
    }

    private static SplitPreview shown(Preview preview, Map<Long, long[]> parts) {
        Map<Long, Long> wholes = new HashMap<>();
        parts.forEach((whole, ids) -> Arrays.stream(ids).forEach(id -> wholes.put(id, whole)));
        List<long[]> components = preview.components().stream().map(component -> Arrays.stream(component)
                .map(id -> wholes.getOrDefault(id, id)).distinct().sorted().toArray()).toList();
        return new SplitPreview(components, preview.refusal().map(Refusal::message));
    }

    private static Region region(Snapshot snapshot, SplitRequest request, long[] sources, long[] sinks)
            throws IOException {
        if (sources.length == 0 || sinks.length == 0) {
            throw new EditRefusedException(Reason.INVALID,
                    "Sources and sinks are both needed. Place at least one point on either side.");
        }
        List<EditPoint> points = new ArrayList<>(request.sources());
        points.addAll(request.sinks());
        long[] all = new long[points.size()];
        System.arraycopy(sources, 0, all, 0, sources.length);
        System.arraycopy(sinks, 0, all, sources.length, sinks.length);
        long root = snapshot.root(all[0]);
        for (long supervoxel : all) {
            long other = snapshot.root(supervoxel);
            if (other != root) {
                throw new EditRefusedException(Reason.CONFLICT,
                        "Supervoxels must belong to the same segment/object. Points lie in "
                                + Long.toUnsignedString(root) + " and " + Long.toUnsignedString(other) + ".");
            }
        }
        return Region.near(snapshot, new long[]{root}, points, all);
    }

    /// The region as the minimum cut sees it.
    static LocalGraph graph(List<Region.Link> links) {
        long[] a = new long[links.size()];
        long[] b = new long[a.length];
        float[] affinity = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = links.get(i).a();
            b[i] = links.get(i).b();
            affinity[i] = links.get(i).affinity();
        }
        return LocalGraph.of(a, b, affinity);
    }

    private static EdgeEdit exactly(List<Region.Link> links, long[] sources, long[] sinks) {
        if (sources.length != sinks.length) {
            throw new EditRefusedException(Reason.INVALID, sources.length + " sources and " + sinks.length
                    + " sinks: without a minimum cut there has to be one sink for each source.");
        }
        for (long sink : sinks) {
            if (Arrays.stream(sources).anyMatch(source -> source == sink)) {
                throw new EditRefusedException(Reason.INVALID, "Supervoxels exist in both sink and source: "
                        + Long.toUnsignedString(sink) + " is on both sides.");
            }
        }
        Map<Pair, Boolean> active = new HashMap<>();
        links.forEach(link -> active.merge(link.pair(), link.active(), Boolean::logicalOr));
        Set<Pair> remove = new LinkedHashSet<>();
        for (int i = 0; i < sources.length; i++) {
            Pair pair = Pair.of(sources[i], sinks[i]);
            Boolean isActive = active.get(pair);
            if (isActive == null) {
                throw new EditRefusedException(Reason.INVALID, "All edges must exist. No edge joins supervoxels "
                        + Long.toUnsignedString(pair.a()) + " and " + Long.toUnsignedString(pair.b()) + ".");
            }
            if (isActive) {
                remove.add(pair);
            }
        }
        if (remove.isEmpty()) {
            throw new EditRefusedException(Reason.CONFLICT, "These edges are already removed.");
        }
        return new EdgeEdit(List.of(), new ArrayList<>(remove), List.of());
    }
}
