package org.neuropil.graph.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.Base;
import org.neuropil.graph.base.CrossEdges;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.space.Int3;

/// What ingest leaves of a world, from the model: for graphs that want a [Base].
final class ModelBase implements Base {
    private final SmallWorld world;
    private final Map<ModelNode, Long> ids;
    private final Map<Long, ModelNode> nodes = new HashMap<>();

    ModelBase(SmallWorld world) {
        this.world = world;
        ids = BaseIds.of(world.state, world.info.anchorBits());
        ids.forEach((node, id) -> nodes.put(id, node));
    }

    @Override
    public boolean contains(long node) {
        return nodes.containsKey(node);
    }

    @Override
    public long parent(long node) {
        ModelNode known = nodes.get(node);
        return known == null || known.parent == null ? 0 : ids.getOrDefault(known.parent, 0L);
    }

    @Override
    public long[] children(long node) {
        ModelNode known = nodes.get(node);
        return known == null
                ? new long[0]
                : Ids.array(known.children.stream().map(child -> ids.getOrDefault(child, 0L)).toList());
    }

    @Override
    public CrossEdges crossEdges(long node) {
        ModelNode known = nodes.get(node);
        if (known == null) {
            return CrossEdges.NONE;
        }
        SortedSet<List<Long>> ends = new TreeSet<>((e, f) -> {
            int order = Long.compareUnsigned(e.getFirst(), f.getFirst());
            return order == 0 ? Long.compareUnsigned(e.getLast(), f.getLast()) : order;
        });
        for (Pair pair : known.cross) {
            ends.add(known.supervoxels.contains(pair.a())
                    ? List.of(pair.a(), pair.b())
                    : List.of(pair.b(), pair.a()));
        }
        return new CrossEdges(ends.stream().mapToLong(List::getFirst).toArray(),
                ends.stream().mapToLong(List::getLast).toArray());
    }

    @Override
    public EdgeTable edges(Int3 chunk) {
        return world.table(chunk);
    }

    @Override
    public long firstFree(long chunkId) {
        return BaseIds.firstFree(world.state, ids, world.info.anchorBits(), chunkId);
    }
}
