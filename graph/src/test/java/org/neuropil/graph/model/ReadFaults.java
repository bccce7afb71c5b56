package org.neuropil.graph.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitPreview;
import org.neuropil.graph.SplitRequest;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// Graphs that answer wrongly, each in one way that an implementation may have.
enum ReadFaults {
    SEES_AN_EDIT_ONE_MILLISECOND_LATE(world -> new ReferenceGraph(world) {
        @Override
        int epochAt(Instant at) {
            return super.epochAt(at.equals(NOW) ? at : at.minusMillis(1));
        }
    }), SEES_AN_EDIT_ONE_MILLISECOND_EARLY(world -> new ReferenceGraph(world) {
        @Override
        int epochAt(Instant at) {
            return super.epochAt(at.equals(NOW) || super.epochAt(at) < 0 ? at : at.plusMillis(1));
        }
    }), ROUNDS_MOMENTS_UP(world -> new ReferenceGraph(world) {
        @Override
        int epochAt(Instant at) {
            boolean whole = at.equals(NOW) || at.getNano() % 1_000_000 == 0 || super.epochAt(at) < 0;
            return super.epochAt(whole ? at : at.plusNanos(999_999));
        }
    }), ROOTS_OF_NOW(world -> new ReferenceGraph(world) {
        @Override
        public long[] roots(long[] nodes, Instant at, int stopLayer) {
            return super.roots(nodes, epochAt(at) < 0 ? at : NOW, stopLayer);
        }
    }), ROOTS_BEFORE_INGEST(world -> new ReferenceGraph(world) {
        @Override
        int epochAt(Instant at) {
            return Math.max(0, super.epochAt(at));
        }
    }), ROOTS_STOP_BELOW_A_GAP(world -> new ReferenceGraph(world) {
        @Override
        public long[] roots(long[] nodes, Instant at, int stopLayer) {
            long[] roots = super.roots(nodes, at, stopLayer);
            for (int i = 0; i < roots.length; i++) {
                for (int stop = stopLayer; roots[i] != 0 && layer(roots[i]) > stopLayer && stop > 0; stop--) {
                    roots[i] = super.roots(new long[]{nodes[i]}, at, stop)[0];
                }
            }
            return roots;
        }
    }), ROOTS_SKIP_A_LAYER(world -> new ReferenceGraph(world) {
        @Override
        public long[] roots(long[] nodes, Instant at, int stopLayer) {
            return super.roots(nodes, at, stopLayer == 3 ? info().layers() : stopLayer);
        }
    }), NO_ROOTS_OF_FORMER_NODES(world -> new ReferenceGraph(world) {
        @Override
        public long[] roots(long[] nodes, Instant at, int stopLayer) {
            long[] roots = super.roots(nodes, at, stopLayer);
            boolean[] latest = isLatest(nodes, at);
            for (int i = 0; i < roots.length; i++) {
                roots[i] = latest[i] ? roots[i] : 0;
            }
            return roots;
        }
    }), FORMER_NODES_LEAD_TO_ROOTS_OF_THE_MOMENT(world -> new ReferenceGraph(world) {
        @Override
        public long[] roots(long[] nodes, Instant at, int stopLayer) {
            long[] firsts = new long[nodes.length];
            for (int i = 0; i < firsts.length; i++) {
                ModelNode node = node(nodes[i]);
                firsts[i] = node == null || node.layer >= stopLayer ? nodes[i] : node.supervoxels.first();
            }
            long[] roots = super.roots(firsts, at, stopLayer);
            long[] right = super.roots(nodes, at, stopLayer);
            for (int i = 0; i < roots.length; i++) {
                roots[i] = right[i] == 0 ? 0 : roots[i];
            }
            return roots;
        }
    }), LATEST_IS_WHAT_IS_CURRENT_NOW(world -> new ReferenceGraph(world) {
        @Override
        public boolean[] isLatest(long[] nodes, Instant at) {
            return super.isLatest(nodes, epochAt(at) < 0 ? at : NOW);
        }
    }), REPLACED_IN_THE_FUTURE(world -> new ReferenceGraph(world) {
        @Override
        public @Nullable Instant[] replaced(long[] nodes, Instant at) {
            return super.replaced(nodes, NOW);
        }
    }), REPLACED_BY_THE_FUTURE(world -> new ReferenceGraph(world) {
        @Override
        public long replacedBy(long root, Instant at) {
            return super.replacedBy(root, NOW);
        }
    }), CREATED_AT_INGEST(world -> new ReferenceGraph(world) {
        @Override
        public @Nullable Instant[] created(long[] nodes) {
            @Nullable
            Instant[] created = super.created(nodes);
            for (int i = 0; i < created.length; i++) {
                created[i] = created[i] == null ? null : info().ingested();
            }
            return created;
        }
    }), MADE_BY_THE_NEXT(world -> new ReferenceGraph(world) {
        @Override
        public long madeBy(long root) {
            long right = super.madeBy(root);
            return right == 0 ? 0 : right + 1;
        }
    }), CHILDREN_LACK_ONE(world -> new ReferenceGraph(world) {
        @Override
        public long[] children(long node) {
            long[] right = super.children(node);
            return right.length < 3 ? right : Arrays.copyOf(right, right.length - 1);
        }
    }), LEAVES_IGNORE_BOUNDS(world -> new ReferenceGraph(world) {
        @Override
        public long[] leaves(long node, @Nullable Box bounds, int stopLayer) {
            return super.leaves(node, null, stopLayer);
        }
    }), LEAVES_OF_CHUNKS_THAT_END_AT_THE_BOUNDS(world -> new ReferenceGraph(world) {
        @Override
        public long[] leaves(long node, @Nullable Box bounds, int stopLayer) {
            return super.leaves(node, bounds == null ? null : bounds.grow(Int3.all(1)), stopLayer);
        }
    }), LEAVES_STOP_AT_SUPERVOXELS_ONLY(world -> new ReferenceGraph(world) {
        @Override
        public long[] leaves(long node, @Nullable Box bounds, int stopLayer) {
            return super.leaves(node, bounds, Math.min(2, stopLayer));
        }
    }), SUBGRAPH_OF_ACTIVE_EDGES(world -> new ReferenceGraph(world) {
        @Override
        public List<Edge> subgraph(long node, @Nullable Box bounds, boolean internal) {
            return super.subgraph(node, bounds, internal).stream()
                    .filter(edge -> now().state().active.contains(new Pair(edge.a(), edge.b()))).toList();
        }
    }), SUBGRAPH_WITHOUT_MADE_EDGES(world -> new ReferenceGraph(world) {
        @Override
        public List<Edge> subgraph(long node, @Nullable Box bounds, boolean internal) {
            return super.subgraph(node, bounds, internal).stream()
                    .filter(edge -> world.state.edges.containsKey(new Pair(edge.a(), edge.b()))).toList();
        }
    }), SUBGRAPH_IS_INTERNAL(world -> new ReferenceGraph(world) {
        @Override
        public List<Edge> subgraph(long node, @Nullable Box bounds, boolean internal) {
            return super.subgraph(node, bounds, true);
        }
    }), LEVEL2_GRAPH_OF_THE_PRESENT(world -> new ReferenceGraph(world) {
        @Override
        public List<Pair> level2Graph(long node, @Nullable Box bounds) {
            return super.level2Graph(node, bounds).stream()
                    .filter(pair -> now().nodes().containsKey(pair.a()) && now().nodes().containsKey(pair.b()))
                    .toList();
        }
    }), PATH_TAKES_ANY_STEPS(world -> new ReferenceGraph(world) {
        @Override
        public long[] path(long root, long from, long to) {
            long[] right = super.path(root, from, to);
            return right.length < 3 ? right : new long[]{from, to};
        }
    }), PATH_GOES_AROUND(world -> new ReferenceGraph(world) {
        @Override
        public long[] path(long root, long from, long to) {
            long[] right = super.path(root, from, to);
            if (right.length < 2) {
                return right;
            }
            long[] around = new long[right.length + 2];
            around[0] = right[0];
            around[1] = right[1];
            System.arraycopy(right, 0, around, 2, right.length);
            return around;
        }
    }), PATH_ONLY_IN_PRESENT_ROOTS(world -> new ReferenceGraph(world) {
        @Override
        public long[] path(long root, long from, long to) {
            return Arrays.stream(roots(new long[]{from, to}, NOW, info().layers())).allMatch(own -> own == root)
                    ? super.path(root, from, to)
                    : new long[0];
        }
    }), COVER_IS_WHAT_WAS_GIVEN(world -> new ReferenceGraph(world) {
        @Override
        public long[] minimalCover(long[] nodes, Instant at) {
            return Ids.array(Ids.set(nodes));
        }
    }), COVER_OF_NOW(world -> new ReferenceGraph(world) {
        @Override
        public long[] minimalCover(long[] nodes, Instant at) {
            return super.minimalCover(nodes, NOW);
        }
    }), SPAN_WITHOUT_ITS_END(world -> new ReferenceGraph(world) {
        @Override
        public List<Operation> operations(Instant from, Instant to) {
            return super.operations(from, to.equals(NOW) ? to : to.minusMillis(1));
        }
    }), OPERATION_LACKS_AN_EDGE(world -> new ReferenceGraph(world) {
        @Override
        public @Nullable Operation operation(long id) {
            Operation o = super.operation(id);
            return o == null || id % 3 > 0 || o.removed().isEmpty()
                    ? o
                    : new Operation(id, o.kind(), o.user(), o.time(), o.sources(), o.sinks(), o.sourceSupervoxels(),
                            o.sinkSupervoxels(), o.before(), o.after(), o.added(),
                            o.removed().subList(1, o.removed().size()), o.made(), o.target(), o.supervoxelSplits());
        }
    }), RESULT_LACKS_AN_OLD_ROOT(world -> new ReferenceGraph(world) {
        @Override
        public EditResult merge(MergeRequest request) {
            EditResult right = super.merge(request);
            return new EditResult(right.operation(), right.time(),
                    Arrays.copyOf(right.oldRoots(), Math.min(1, right.oldRoots().length)), right.newRoots(),
                    right.newLevel2());
        }
    }), RESULT_LACKS_A_NEW_LEVEL2_NODE(world -> new ReferenceGraph(world) {
        @Override
        public EditResult split(SplitRequest request) {
            EditResult right = super.split(request);
            return new EditResult(right.operation(), right.time(), right.oldRoots(), right.newRoots(),
                    Arrays.copyOf(right.newLevel2(), Math.min(1, right.newLevel2().length)));
        }
    }), PREVIEW_WITH_SINKS_FIRST(world -> new ReferenceGraph(world) {
        @Override
        public SplitPreview preview(SplitRequest request) {
            SplitPreview right = super.preview(request);
            return new SplitPreview(List.copyOf(new ArrayList<>(right.components()).reversed()), right.refusal());
        }
    }), POINT_IS_THE_FIRST_SUPERVOXEL(world -> new ReferenceGraph(world) {
        @Override
        public long[] supervoxels(List<EditPoint> points, Instant at) {
            return points.stream().map(point -> node(point.node()))
                    .mapToLong(node -> node == null ? 0 : node.supervoxels.first()).toArray();
        }
    });

    /// Makes the graph.
    final Function<SmallWorld, Graph> graph;

    ReadFaults(Function<SmallWorld, Graph> graph) {
        this.graph = graph;
    }

    private static int layer(long node) {
        return NodeIds.layer(node);
    }
}
