package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.VirtualGraphs;
import org.neuropil.graph.store.BigtableStore;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.RocksHold;
import org.neuropil.graph.store.RocksStore;
import org.neuropil.graph.store.StoreAddress;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;

/// The folder of a graph in a dataset: `graph.json`, `provenance.json`, and `rocksdb/` if the rows are kept there.
///
/// @param folder where it is
/// @param contents of `graph.json`
public record GraphFolder(Path folder, Contents contents) {
    /// Name of the file that tells what the graph is.
    public static final String FILE = "graph.json";
    /// Where the rows are if they are in the folder; the name of a folder in it.
    public static final String EMBEDDED = "rocksdb";

    private static final int FORMAT = 1;

    /// What the file says.
    ///
    /// @param format version of the file's format
    /// @param info what the graph is of
    /// @param rows where its rows are: [#EMBEDDED], or an address
    /// @param supervoxels part of the dataset that holds the volume of supervoxels
    public record Contents(int format, GraphInfo info, String rows, String supervoxels) {}

    private record Raw(int format, @Nullable GraphInfo info, @Nullable String rows, @Nullable String supervoxels) {}

    /// Opens the folder of a part.
    ///
    /// @throws InputException if there is no such part, or it is no graph
    public static GraphFolder open(Dataset dataset, String part) throws IOException {
        Path folder = dataset.path(part);
        checkKind(dataset, part);
        return read(folder);
    }

    private static void checkKind(Dataset dataset, String part) {
        Dataset.Part entry = dataset.parts().get(part);
        if (entry == null || entry.kind() != Dataset.Kind.GRAPH) {
            throw new InputException("part '" + part + "' is no graph",
                    dataset.folder().resolve(Dataset.FILE).toString(),
                    "make one with 'neuropil graph ingest'");
        }
    }

    /// Reads the file of a folder, be it a part or a backup of one.
    ///
    /// @throws InputException if it is not as it should be; names the field
    public static GraphFolder read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Raw raw = Json.read(file, Raw.class);
        if (raw.format() != FORMAT) {
            throw new InputException("format " + raw.format() + " is not known to this version",
                    file + ", field format", "use a newer Neuropil");
        }
        return new GraphFolder(folder, new Contents(FORMAT, given(raw.info(), file, "info"),
                given(raw.rows(), file, "rows"), given(raw.supervoxels(), file, "supervoxels")));
    }

    private static <T> T given(@Nullable T value, Path file, String field) {
        return Optional.ofNullable(value)
                .orElseThrow(() -> new InputException("is missing", file + ", field " + field, ""));
    }

    /// Writes the file of a new graph.
    static void write(Path folder, GraphInfo info, String rows, String supervoxels) throws IOException {
        Json.write(folder.resolve(FILE), new Contents(FORMAT, info, rows, supervoxels), false);
    }

    /// What the graph is of.
    public GraphInfo info() {
        return contents.info();
    }

    /// Whether the rows are in the folder.
    public boolean isEmbedded() {
        return contents.rows().equals(EMBEDDED);
    }

    /// True if the rows are in the folder, and another process or another store of this one has them open.
    public boolean isInUse() throws IOException {
        return isEmbedded() && RocksStore.isInUse(folder.resolve(EMBEDDED));
    }

    /// Makes sure that a part to be made does not take the name of a published past state.
    ///
    /// @param part of any kind; one that is there already may keep its name
    /// @throws InputException if a virtual graph has the name
    public static void checkNotPublished(Dataset dataset, String part) throws IOException {
        if (dataset.parts().containsKey(part)) {
            return;
        }
        for (Map.Entry<String, Dataset.Part> graph : dataset.parts().entrySet()) {
            if (graph.getValue().kind() == Dataset.Kind.GRAPH
                    && VirtualGraphs.read(dataset.path(graph.getKey())).containsKey(part)) {
                throw new InputException("'" + part + "' is the name of a virtual graph, a past state of part '"
                        + graph.getKey() + "'", dataset.folder().toString(),
                        "choose another name for what is to be made");
            }
        }
    }

    /// Holds the rows of a part that is a graph and may be replaced, from before the work until its result is in place: who
    /// has them open would write into files that nobody reads again. Nobody can open them meanwhile, and readers of other
    /// parts are not kept from anything.
    ///
    /// @return what is to be closed in the end; holds nothing if the part has no rows in its folder, or is none
    /// @throws InputException if somebody has them open
    public static Held hold(Dataset dataset, String part) throws IOException {
        Dataset.Part there = dataset.parts().get(part);
        Path rows = dataset.folder().resolve(there == null ? part : there.path()).resolve(EMBEDDED);
        if (there == null || there.kind() != Dataset.Kind.GRAPH || !Files.isDirectory(rows)) {
            return () -> {};
        }
        RocksHold hold = RocksHold.take(rows).orElseThrow(() -> new InputException("the graph is open elsewhere",
                dataset.path(part).toString(), "a server or another command has it open: end that first"));
        return hold::close;
    }

    /// Rows that nobody can open until it is closed.
    public interface Held extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /// Throws away what servers keep that they have worked out of a part's graph: in another graph in its place the same ids
    /// may be of other voxels. While the rows are held, none of it can come back.
    public static void deleteCaches(Dataset dataset, String part) throws IOException {
        WorkRun.delete(dataset.folder().resolve(".cache").resolve("meshes").resolve(part));
    }

    /// Opens the rows. One process at a time if they are in the folder.
    ///
    /// @throws InputException if they are not where they should be, or another process has them open
    public GraphStore openStore() throws IOException {
        // Where another graph is being put there is none for a moment; to open it then would make an empty one.
        if (isEmbedded() && !Files.exists(folder.resolve(EMBEDDED).resolve("CURRENT"))) {
            throw new InputException("the rows of the graph are missing", folder.resolve(EMBEDDED).toString(),
                    "try again if the graph is just being replaced; otherwise restore a backup");
        }
        return openStore(folder, contents.rows());
    }

    /// Opens rows.
    ///
    /// @param folder of the graph
    /// @param rows [#EMBEDDED] or an address
    /// @throws InputException if the address is none
    static GraphStore openStore(Path folder, String rows) throws IOException {
        return rows.equals(EMBEDDED)
                ? RocksStore.open(folder.resolve(EMBEDDED))
                : BigtableStore.open(StoreAddress.parse(rows));
    }
}
