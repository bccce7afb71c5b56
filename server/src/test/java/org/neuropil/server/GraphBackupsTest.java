package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.base.Base;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.Checkpoints;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// Backups that fail.
class GraphBackupsTest {
    private static final GraphInfo INFO = new GraphInfo(TestDataset.BOUNDS, Int3.all(64),
            new VoxelSize(8, 8, 33), 3, 10, 4, Instant.EPOCH, 1, 0);

    @TempDir
    Path temp = Path.of("");

    @Test
    void oneThatRunsOutOfMemoryIsNotDone() throws Exception {
        try (Dataset dataset = TestDataset.write(temp.resolve("dataset"));
                LiveGraph graph = LiveGraph.open(INFO, withoutMemory(), unasked(), null, Clock.systemUTC(), 1 << 16)) {
            try (StageRun run = StageRun.open(dataset, new Recipe("graph", "test", 0, Map.of(), List.of()),
                    new TreeMap<>(Map.of("graph", Dataset.Kind.GRAPH)),
                    new RunOptions(1, Progress.NONE, false, false))) {
                Json.write(run.folder("graph").resolve(GraphFolder.FILE),
                        new GraphFolder.Contents(1, INFO, GraphFolder.EMBEDDED, "supervoxels"), false);
                run.commit(Map.of());
            }
            GraphBackups backups = new GraphBackups(
                    _ -> Optional.of(new GraphBackups.Open(dataset, "graph", graph)), temp.resolve("backups"));
            backups.begin("tiny", "one", false);
            backups.close();
            GraphBackups.Backup told = backups.find("one").orElseThrow();
            assertThat(told.state()).isEqualTo("failed");
            assertThat(told.error()).contains("no room left in the heap");
            assertThat(temp.resolve("backups/one")).doesNotExist();
        }
    }

    private static GraphStore withoutMemory() {
        MemoryStore rows = new MemoryStore();
        return (GraphStore) Proxy.newProxyInstance(GraphStore.class.getClassLoader(),
                new Class<?>[]{GraphStore.class, Checkpoints.class}, (_, method, arguments) -> {
                    if (method.getDeclaringClass() == Checkpoints.class) {
                        throw new OutOfMemoryError("no room left in the heap");
                    }
                    try {
                        return method.invoke(rows, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    private static Base unasked() {
        return (Base) Proxy.newProxyInstance(Base.class.getClassLoader(), new Class<?>[]{Base.class},
                (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    throw new AssertionError(method);
                });
    }
}
