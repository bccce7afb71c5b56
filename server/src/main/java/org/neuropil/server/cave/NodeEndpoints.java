package org.neuropil.server.cave;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// What is below a node, and ways within it.
final class NodeEndpoints {
    private static final String NODES = "node_ids";
    private static final String NODE = "node";
    private static final String USED_BOUNDS = "Used-Bounds";

    private NodeEndpoints() {}

    record Leaves(long[] leafIds) {}

    record Children(long[] childrenIds) {}

    /// @param nodes pairs of supervoxels
    record Subgraph(long[][] nodes, float[] affinities, int[] areas) {}

    record Level2Graph(long[][] edgeGraph) {}

    /// @param centroidsList x, y, z in nm, one for each node of the path
    /// @param failedL2Ids nodes without a mesh, which have the middle of their chunk in place of their own
    record Path(double[][] centroidsList, long[] failedL2Ids, long[] l2Path) {}

    /// `POST node/leaves_many`. A node that is not known has no leaves: viewers ask for many at a time, and one stale id
    /// must not hide the others.
    static Answer leavesMany(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Box bounds = query.bounds();
        int stop = query.layer("stop_layer", 1, table.graph().info().layers());
        Map<String, long[]> leaves = new LinkedHashMap<>();
        for (long node : JsonBody.ids(call, NODES)) {
            leaves.put(Long.toUnsignedString(node), table.graph().leaves(node, bounds, stop));
        }
        return CaveJson.answer(call, leaves);
    }

    /// `GET node/{id}/leaves`.
    static Answer leaves(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Box bounds = query.bounds();
        int stop = query.layer("stop_layer", 1, table.graph().info().layers());
        return CaveJson.answer(call, new Leaves(table.graph().leaves(node(query, table), bounds, stop)));
    }

    /// `GET node/{id}/children`.
    static Answer children(Call call, GraphTable table) throws IOException {
        return CaveJson.answer(call, new Children(table.graph().children(node(new CaveQuery(call), table))));
    }

    /// `GET node/{id}/subgraph`.
    static Answer subgraph(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Box bounds = query.bounds();
        boolean internal = query.flag("only_internal_edges", true);
        List<Edge> edges = table.graph().subgraph(node(query, table), bounds, internal);
        long[][] nodes = new long[edges.size()][];
        float[] affinities = new float[edges.size()];
        int[] areas = new int[edges.size()];
        for (int i = 0; i < nodes.length; i++) {
            Edge edge = edges.get(i);
            nodes[i] = new long[]{edge.a(), edge.b()};
            affinities[i] = edge.affinity();
            // Clients keep 32 bits.
            areas[i] = (int) Math.min(edge.area(), Integer.MAX_VALUE);
        }
        return CaveJson.answer(call, new Subgraph(nodes, affinities, areas));
    }

    /// `GET node/{id}/lvl2_graph`.
    static Answer level2Graph(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Box bounds = query.bounds();
        long[][] pairs = Nodes.arrays(table.graph().level2Graph(node(query, table), bounds));
        return CaveJson.answer(call, new Level2Graph(pairs)).with(USED_BOUNDS, bounds == null ? "False" : "True");
    }

    /// `POST graph/find_path`: a shortest chain of layer-2 nodes between two points of a root, as the root was while it was
    /// current; of the roots that they have now where other nodes are named.
    static Answer findPath(Call call, GraphTable table) throws IOException {
        Graph graph = table.graph();
        List<EditPoint> points = EditPoints.pair(JsonBody.tree(call), "body");
        boolean precise = new CaveQuery(call).flag("precision_mode", true);
        long[] supervoxels = graph.supervoxels(points);
        long[] ends = new long[2];
        for (int i = 0; i < 2; i++) {
            ends[i] = graph.roots(new long[]{supervoxels[i]}, moment(graph, points.get(i).node()), 2)[0];
        }
        long[] path = path(graph, points, ends);
        if (path.length == 0) {
            throw new Problem(400, "the points do not belong to one object", "body", "set both on the same cell");
        }
        return CaveJson.answer(call, place(table, path, precise));
    }

    private static long[] path(Graph graph, List<EditPoint> points, long[] ends) throws IOException {
        for (EditPoint point : points) {
            if (NodeIds.layer(point.node()) == graph.info().layers()) {
                long[] path = graph.path(point.node(), ends[0], ends[1]);
                if (path.length > 0) {
                    return path;
                }
            }
        }
        return graph.path(ends[0], ends[1]);
    }

    /// The last moment at which a clicked node was part of the state. A supervoxel that was cut stands for its part near
    /// the point.
    private static Instant moment(Graph graph, long node) throws IOException {
        Instant replaced = NodeIds.layer(node) == 1 ? null : graph.replaced(new long[]{node}, Graph.NOW)[0];
        return replaced == null ? Graph.NOW : replaced.minusMillis(1);
    }

    private static Path place(GraphTable table, long[] path, boolean precise) throws IOException {
        Map<Long, double[]> points = precise ? table.meshes().centroids(path) : Map.of();
        double[][] centroids = new double[path.length][];
        for (int i = 0; i < path.length; i++) {
            double[] own = points.get(path[i]);
            centroids[i] = own == null ? chunkMiddle(table.graph().info(), path[i]) : own;
        }
        long[] failed = Arrays.stream(path).filter(node -> precise && !points.containsKey(node)).toArray();
        return new Path(centroids, failed, path);
    }

    /// Middle of a node's chunk, nm.
    private static double[] chunkMiddle(GraphInfo info, long node) {
        Int3 chunk = info.ids().chunk(node);
        double[] middle = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double voxel = info.bounds().min().get(axis) + (chunk.get(axis) + 0.5) * info.chunk().get(axis);
            middle[axis] = voxel * info.voxelSize().get(axis);
        }
        return middle;
    }

    private static long node(CaveQuery query, GraphTable table) throws IOException {
        return Nodes.known(table.graph(), query.id("id"), NODE);
    }
}
