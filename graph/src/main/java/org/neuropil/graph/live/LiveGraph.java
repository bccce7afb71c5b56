package org.neuropil.graph.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitPreview;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.base.Base;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.store.Checkpoints;
import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;
import org.neuropil.space.Box;

import it.unimi.dsi.fastutil.longs.LongArrays;

/// The graph that people edit, over what ingest left and a store of rows. See the package for how it works.
public final class LiveGraph implements Graph {
    /// So many nodes are looked up in the order in which they come.
    private static final int FEW = 64;

    private final GraphInfo info;
    private final GraphStore store;
    private final Overlay overlay;
    private final Journal journal;
    private final Edits edits;
    private final PointLookup lookup;
    private final Drafts drafts;

    /// What a graph keeps in memory of what ingest left, and as much of what edits wrote, unless it is told otherwise: an
    /// eighth of the heap each.
    public static long defaultCacheBytes() {
        return Runtime.getRuntime().maxMemory() / 8;
    }

    private LiveGraph(GraphInfo info, GraphStore store, Base base, @Nullable SupervoxelVolume volume, Clock clock,
            long cacheBytes) throws IOException {
        this.info = info;
        this.store = store;
        this.overlay = new Overlay(info, base, store, cacheBytes);
        this.journal = new Journal(store, overlay, clock);
        this.edits = new Edits(journal, store, clock);
        this.lookup = new PointLookup(
                volume == null ? null : new PatchedSupervoxels(volume, info.grid(), overlay::patches));
        this.drafts = new Drafts(lookup);
    }

    /// Opens the graph of a dataset.
    ///
    /// @param part of the dataset that is a graph
    /// @throws InputException if there is no such part, or another process has it open
    public static LiveGraph open(Dataset dataset, String part) throws IOException {
        GraphFolder folder = GraphFolder.open(dataset, part);
        SupervoxelVolume volume = SupervoxelVolume.of(dataset.volume(folder.contents().supervoxels()));
        GraphStore store = folder.openStore();
        try {
            return open(folder.info(), store, new StoredBase(folder.info(), store, defaultCacheBytes()), volume,
                    Clock.systemUTC(), defaultCacheBytes());
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /// Where supervoxels lie, those that were cut with their new ids; null if the graph does not know.
    public @Nullable PatchedSupervoxels supervoxelVolume() {
        return lookup.volume();
    }

    /// Where supervoxels lay at a moment; null if the graph does not know.
    public @Nullable PatchedSupervoxels supervoxelVolume(Instant at) {
        PatchedSupervoxels now = lookup.volume();
        return now == null || at.equals(NOW)
                ? now
                : new PatchedSupervoxels(now.base(), now.grid(), chunk -> overlay.patches(chunk, at.toEpochMilli()));
    }

    /// Copies the rows while the graph is used.
    ///
    /// @param folder that does not exist yet
    /// @throws InputException if the store cannot do that
    public void backup(Path folder) throws IOException {
        if (!(store instanceof Checkpoints checkpoints)) {
            throw new InputException("the rows of this graph are not in a folder", folder.toString(),
                    "use the backups of the database that holds them");
        }
        checkpoints.checkpoint(folder);
    }

    /// Opens a graph, and completes an edit that an earlier process was cut off in.
    ///
    /// @param store of its rows; closed with the graph
    /// @param base what ingest left
    /// @param volume where supervoxels lie, as ingest was given them; null if edits name supervoxels only
    /// @param clock of operations' times
    /// @param cacheBytes for what edits wrote
    /// @throws IOException if rows cannot be read or are damaged
    public static LiveGraph open(GraphInfo info, GraphStore store, Base base, @Nullable SupervoxelVolume volume,
            Clock clock, long cacheBytes) throws IOException {
        return new LiveGraph(info, store, base, volume, clock, cacheBytes);
    }

    @Override
    public GraphInfo info() {
        return info;
    }

    @Override
    public Instant head() throws IOException {
        return Instant.ofEpochMilli(journal.now().time());
    }

    @Override
    public long[] roots(long[] nodes, Instant at, int stopLayer) throws IOException {
        Snapshot then = snapshot(at);
        long[] roots = new long[nodes.length];
        int[] order = inOrder(nodes);
        for (int i = 0; i < roots.length; i++) {
            int k = order.length == 0 ? i : order[i];
            roots[k] = then.ancestor(nodes[k], stopLayer);
        }
        return roots;
    }

    /// The order in which nodes of one chunk follow each other, so that each page is looked at once; empty if they are few or
    /// in order.
    private static int[] inOrder(long[] nodes) {
        boolean sorted = true;
        for (int i = 1; i < nodes.length; i++) {
            sorted &= nodes[i - 1] <= nodes[i];
        }
        if (sorted || nodes.length < FEW) {
            return new int[0];
        }
        int[] order = new int[nodes.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        LongArrays.radixSortIndirect(order, nodes, false);
        return order;
    }

    @Override
    public boolean[] isLatest(long[] nodes, Instant at) throws IOException {
        Snapshot then = snapshot(at);
        boolean[] latest = new boolean[nodes.length];
        for (int i = 0; i < latest.length; i++) {
            latest[i] = then.isLatest(nodes[i]);
        }
        return latest;
    }

    @Override
    public @Nullable Instant[] created(long[] nodes) throws IOException {
        Snapshot now = journal.now();
        @Nullable
        Instant[] created = new Instant[nodes.length];
        for (int i = 0; i < created.length; i++) {
            created[i] = now.exists(nodes[i]) ? Instant.ofEpochMilli(now.created(nodes[i])) : null;
        }
        return created;
    }

    @Override
    public @Nullable Instant[] replaced(long[] nodes, Instant at) throws IOException {
        Snapshot then = snapshot(at);
        @Nullable
        Instant[] replaced = new Instant[nodes.length];
        for (int i = 0; i < replaced.length; i++) {
            long time = then.exists(nodes[i]) ? then.replaced(nodes[i]) : Snapshot.NEVER;
            replaced[i] = time == Snapshot.NEVER ? null : Instant.ofEpochMilli(time);
        }
        return replaced;
    }

    @Override
    public long[] children(long node) throws IOException {
        Snapshot now = journal.now();
        return now.exists(node) ? now.children(node).clone() : new long[0];
    }

    @Override
    public long[] leaves(long node, @Nullable Box bounds, int stopLayer) throws IOException {
        Snapshot now = journal.now();
        return now.exists(node) ? now.leaves(node, chunks(bounds), stopLayer) : new long[0];
    }

    @Override
    public List<Edge> subgraph(long node, @Nullable Box bounds, boolean internal) throws IOException {
        Snapshot now = journal.now();
        return now.exists(node) ? Walks.subgraph(now.whileCurrent(node), node, chunks(bounds), internal) : List.of();
    }

    @Override
    public List<Pair> level2Graph(long node, @Nullable Box bounds) throws IOException {
        Snapshot now = journal.now();
        return now.exists(node) ? Walks.level2Graph(now.whileCurrent(node), node, chunks(bounds)) : List.of();
    }

    @Override
    public long[] path(long root, long from, long to) throws IOException {
        Snapshot now = journal.now();
        return now.exists(root) ? Walks.path(now.whileCurrent(root), root, from, to) : new long[0];
    }

    @Override
    public long[] minimalCover(long[] nodes, Instant at) throws IOException {
        return Walks.minimalCover(snapshot(at), nodes);
    }

    @Override
    public @Nullable Operation operation(long id) throws IOException {
        if (id <= 0 || id > headId()) {
            return null;
        }
        OperationRow row = journal.find(id);
        return row == null ? null : row.operation();
    }

    @Override
    public List<Operation> operations(Instant from, Instant to) throws IOException {
        long last = headId();
        List<Operation> operations = new ArrayList<>();
        for (long id = firstFrom(from, last); id <= last; id++) {
            Operation operation = read(id);
            if (operation.time().isAfter(to)) {
                break;
            }
            operations.add(operation);
        }
        return operations;
    }

    @Override
    public long madeBy(long root) throws IOException {
        Snapshot now = journal.now();
        if (!now.exists(root)) {
            return 0;
        }
        Made made = overlay.made(root);
        return made == null ? 0 : made.operation();
    }

    @Override
    public long replacedBy(long root, Instant at) throws IOException {
        Snapshot then = snapshot(at);
        return then.exists(root) ? then.replacedBy(root) : 0;
    }

    @Override
    public EditResult merge(MergeRequest request) throws IOException {
        return edits.run(Requests.digest(request), drafts.merge(request));
    }

    @Override
    public EditResult split(SplitRequest request) throws IOException {
        return edits.run(Requests.digest(request), drafts.split(request));
    }

    @Override
    public SplitPreview preview(SplitRequest request) throws IOException {
        Snapshot now = journal.now();
        return Splits.preview(now, lookup.volume(now), request, lookup.find(now, request.sources()),
                lookup.find(now, request.sinks()));
    }

    @Override
    public EditResult undo(String user, long operation) throws IOException {
        return reverse(Kind.UNDO, user, operation);
    }

    @Override
    public EditResult redo(String user, long operation) throws IOException {
        return reverse(Kind.REDO, user, operation);
    }

    private EditResult reverse(Kind kind, String user, long operation) throws IOException {
        return edits.run(Requests.digest(kind, user, operation), drafts.reverse(kind, user, operation, this::known));
    }

    @Override
    public long[] supervoxels(List<EditPoint> points, Instant at) throws IOException {
        return lookup.find(snapshot(at), points);
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new TreeMap<>();
        figures.put("operations", journal.head().id());
        figures.put("cached_parent_pages", overlay.cachedPages());
        return figures;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    private Operation known(long id) throws IOException {
        Operation operation = operation(id);
        return operation == null ? Reversals.unknown(id) : operation;
    }

    private Snapshot snapshot(Instant at) throws IOException {
        return at.equals(NOW) ? journal.now() : journal.at(at);
    }

    private long headId() throws IOException {
        journal.sync();
        return journal.head().id();
    }

    /// The first operation at or after a moment; one more than the last if there is none.
    private long firstFrom(Instant from, long last) throws IOException {
        long low = 1;
        long high = last + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (read(middle).time().isBefore(from)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Operation read(long id) throws IOException {
        Operation operation = operation(id);
        if (operation == null) {
            throw new IOException("the graph's log is damaged: operation " + id + " is missing");
        }
        return operation;
    }

    private @Nullable Box chunks(@Nullable Box bounds) {
        return bounds == null ? null : info.grid().touching(bounds);
    }

}
