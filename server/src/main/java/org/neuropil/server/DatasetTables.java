package org.neuropil.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.pipeline.Dataset;
import org.neuropil.server.api.Parts;
import org.neuropil.server.cave.AnnotationTables;
import org.neuropil.server.cave.GraphTable;
import org.neuropil.server.cave.GraphTables;
import org.neuropil.server.http.Problem;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.live.GraphRoots;
import org.neuropil.tables.live.OpenTables;

/// The annotation tables of a dataset, with roots of its main graph; of its flat segmentation if it has no graph.
final class DatasetTables implements AnnotationTables, Closeable {
    private final LiveDataset dataset;
    private final GraphTables graphs;
    private final String rows;
    private final Optional<Duration> answerTime;
    private @Nullable Tables open;
    private boolean closed;

    /// @param rows where live rows are: an address of a database, or empty for the dataset's folder
    /// @param answerTime how long may be computed for an answer
    DatasetTables(LiveDataset dataset, GraphTables graphs, String rows, Optional<Duration> answerTime) {
        this.answerTime = answerTime;
        this.dataset = dataset;
        this.graphs = graphs;
        this.rows = rows;
    }

    @Override
    public synchronized Tables get() throws IOException {
        if (closed) {
            throw new Problem(503, "the server is being stopped", "", "");
        }
        Tables known = open;
        if (known == null) {
            known = opened();
            known.engine().limit(answerTime);
            open = known;
        }
        return known;
    }

    private Tables opened() throws IOException {
        Path folder = dataset.folder();
        List<String> names = graphs.names();
        Optional<GraphTable> main = names.isEmpty() ? Optional.empty() : graphs.find(names.getFirst());
        if (main.isPresent()) {
            Graph graph = main.get().graph();
            return graph instanceof LiveGraph live && live.supervoxelVolume() != null
                    ? OpenTables.of(folder, rows, live)
                    : OpenTables.open(folder, rows, new GraphRoots(graph), (x, _, _, _, _) -> new long[x.length]);
        }
        Dataset now = dataset.now().dataset();
        Optional<String> segmentation = Parts.main(now, Dataset.Kind.SEGMENTATION, Parts.SEGMENTATION);
        return segmentation.isPresent()
                ? OpenTables.of(folder, rows, now.volume(segmentation.get()))
                : OpenTables.of(folder, rows);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        Tables known = open;
        open = null;
        if (known != null) {
            known.close();
        }
    }
}
