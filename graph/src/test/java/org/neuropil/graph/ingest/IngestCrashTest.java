package org.neuropil.graph.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.trial.Figures;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.Int3;

/// Ingest is killed (SIGKILL) at random moments, most of them while it loads the rows into the store, and started again:
/// there is no graph until it is whole, and then its rows are those of a run that nobody disturbed.
///
/// System properties: `neuropil.crash.kills`, of which it takes a tenth, `neuropil.crash.seed`.
@SuppressWarnings("SystemOut")
class IngestCrashTest {
    @TempDir
    private Path temp;

    private static Map<GraphStore.Table, Map<String, String>> rows(Dataset dataset) throws Exception {
        try (GraphStore store = GraphFolder.open(dataset, "graph").openStore()) {
            return Rows.of(store);
        }
    }

    /// @param arguments folder of the dataset
    public static void main(String[] arguments) throws Exception {
        try (Dataset dataset = Dataset.open(Path.of(arguments[0]))) {
            GraphIngest.run(dataset, GraphIngest.Parameters.of(GraphInput.Segmented.usual()), WorldDataset.options(2));
        }
    }

    @Test
    void aGraphIsThereWhenItIsWhole() throws Exception {
        int kills = Math.max(1, Integer.getInteger("neuropil.crash.kills", 0) / 10);
        Random random = new Random(Long.getLong("neuropil.crash.seed", 1));
        RandomWorld world = new RandomWorld(4, new Int3(6, 5, 4));
        Path calm = temp.resolve("calm");
        Map<GraphStore.Table, Map<String, String>> expected;
        try (Dataset dataset = WorldDataset.write(calm, world, id -> id % 5)) {
            GraphIngest.run(dataset, GraphIngest.Parameters.of(GraphInput.Segmented.usual()), WorldDataset.options(2));
            expected = rows(dataset);
        }
        int killed = 0;
        int loading = 0;
        for (int attempt = 0; killed < kills; attempt++) {
            Path folder = temp.resolve("killed" + attempt);
            WorldDataset.write(folder, world, id -> id % 5).close();
            Path store = folder.resolve(".work/graph-ingest-graph/graph/rocksdb");
            boolean alive = true;
            while (alive && killed < kills) {
                alive = kill(folder, store, random);
                killed += alive ? 1 : 0;
                loading += alive && Files.exists(store) ? 1 : 0;
                try (Dataset dataset = Dataset.open(folder)) {
                    assertThat(dataset.parts().containsKey("graph")).as("a graph is there").isEqualTo(!alive);
                }
            }
            main(new String[]{folder.toString()});
            try (Dataset dataset = Dataset.open(folder)) {
                assertThat(rows(dataset)).isEqualTo(expected);
            }
            WorkRun.delete(folder);
        }
        Figures.tell("crash.ingest_kills", killed, "kills");
        Figures.tell("crash.ingest_kills_while_loading", loading, "kills");
    }

    /// @return false if it came to its end before
    private boolean kill(Path folder, Path store, Random random) throws Exception {
        Path own = Files.createDirectories(temp.resolve("temp"));
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m",
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + own, "-cp", System.getProperty("java.class.path"),
                IngestCrashTest.class.getName(), folder.toString()).inheritIO().start();
        try {
            boolean any = random.nextInt(4) == 0;
            long until = System.nanoTime() + random.nextInt(2_000_000_000);
            while (process.isAlive() && (any ? System.nanoTime() < until : !Files.exists(store))) {
                Thread.onSpinWait();
            }
            until = System.nanoTime() + random.nextInt(40_000_000);
            while (!any && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            process.destroyForcibly();
            int status = process.waitFor();
            assertThat(status).as("it is killed, or ends well").isIn(0, 137);
            return status != 0;
        } finally {
            process.destroyForcibly();
            process.waitFor();
            WorkRun.delete(own);
        }
    }
}
