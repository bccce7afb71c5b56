package org.neuropil.tables.live;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.InputException;
import org.neuropil.tables.Roots;
import org.neuropil.tables.Supervoxels;
import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.dataset.OutsideRows;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.published.Published;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.store.AnnotationStore;
import org.neuropil.tables.store.DuckStore;
import org.neuropil.tables.store.PostgresStore;
import org.neuropil.tables.version.Versions;
import org.neuropil.volume.Volume;

import com.sun.management.OperatingSystemMXBean;

/// Opens the tables of a dataset's folder.
public final class OpenTables {
    /// Folder of the dataset in which its own tables are.
    public static final String FOLDER = "tables";
    /// Where rows are that need more memory than there is, for as long as they do.
    private static final String SCRATCH = ".cache/tables";
    private static final String STORE = "live.duckdb";
    private static final String POSTGRES = "jdbc:postgresql:";
    private static final int ANSWERS = 16;
    private static final long LEAST_MEMORY = 256L << 20;
    private static final long MOST_MEMORY = 4L << 30;

    private OpenTables() {}

    /// Opens them.
    ///
    /// @param dataset its folder
    /// @param rows where live rows are: an address `jdbc:postgresql://...`, or empty for the dataset's folder
    /// @param roots of its cells
    /// @param supervoxels of its points
    /// @throws InputException if another process has them open, or the address is none
    public static Tables open(Path dataset, String rows, Roots roots, Supervoxels supervoxels) throws IOException {
        Engine engine = engine(dataset);
        boolean opened = false;
        try {
            OutsideRows outside = new OutsideRows(engine, new Versions(dataset));
            AnnotationStore store = store(dataset, rows, outside);
            try {
                outside.adopt(store);
                Tables tables = new Tables(dataset, engine, store, roots, supervoxels, outside);
                opened = true;
                return tables;
            } finally {
                if (!opened) {
                    store.close();
                }
            }
        } finally {
            if (!opened) {
                engine.close();
            }
        }
    }

    private static AnnotationStore store(Path dataset, String rows, OutsideRows outside) throws IOException {
        if (rows.isEmpty()) {
            return DuckStore.open(dataset.resolve(FOLDER).resolve(STORE), Clock.systemUTC(), outside);
        }
        if (rows.startsWith(POSTGRES)) {
            return PostgresStore.open(rows, Clock.systemUTC(), outside);
        }
        throw new InputException("'" + rows + "' is no address of tables", "--tables",
                "write jdbc:postgresql://HOST/DATABASE?user=NAME");
    }

    /// Opens the versions alone: neither live rows nor a graph, which another process may hold.
    public static FrozenTables frozen(Path dataset) throws IOException {
        return new FrozenTables(dataset, engine(dataset));
    }

    /// Whether there may be live rows: opening them would make a file for them in the dataset's folder if there is none.
    ///
    /// @param rows as for [#open]
    public static boolean hasRows(Path dataset, String rows) {
        return !rows.isEmpty() || Files.exists(dataset.resolve(FOLDER).resolve(STORE));
    }

    /// The tables that the dataset's own store of live rows has, also deleted ones; none if it has no such store.
    ///
    /// @throws InputException if another process has it open
    public static List<AnnotationStore.Stored> stored(Path dataset) throws IOException {
        if (!hasRows(dataset, "")) {
            return List.of();
        }
        try (AnnotationStore store = DuckStore.open(dataset.resolve(FOLDER).resolve(STORE), Clock.systemUTC())) {
            return store.tables();
        }
    }

    /// What answers queries over a dataset's tables, and sorts them.
    ///
    /// @param dataset its folder; what does not fit into memory lies there for a while
    public static Engine engine(Path dataset) throws IOException {
        return Engine.open(new Engine.Settings(memory(), Runtime.getRuntime().availableProcessors(),
                dataset.resolve(SCRATCH), ANSWERS));
    }

    /// Roots and supervoxels of a graph.
    ///
    /// @param graph not closed with the tables
    public static Tables of(Path dataset, String rows, LiveGraph graph) throws IOException {
        PatchedSupervoxels present = graph.supervoxelVolume();
        @Nullable
        SupervoxelVolume kept = present == null ? null : new KeptSupervoxels(present.base());
        return open(dataset, rows, new GraphRoots(graph), new VolumeSupervoxels(at -> {
            PatchedSupervoxels volume = at.equals(Graph.NOW) ? graph.supervoxelVolume() : graph.supervoxelVolume(at);
            if (volume == null || kept == null) {
                throw new InputException("the graph does not know where its supervoxels lie", dataset.toString(),
                        "give supervoxel ids with the rows");
            }
            return new PatchedSupervoxels(kept, volume.grid(), volume.patches());
        }));
    }

    /// A segmentation that nobody edits.
    public static Tables of(Path dataset, String rows, Volume segmentation) throws IOException {
        SupervoxelVolume volume = new KeptSupervoxels(SupervoxelVolume.of(segmentation));
        return open(dataset, rows, new FlatRoots(), new VolumeSupervoxels(_ -> volume));
    }

    /// A dataset that has no segmentation of its own: rows have the supervoxels that they are given with, or none. These
    /// are roots, too, unless the dataset was published with roots that only its own graph could tell.
    public static Tables of(Path dataset, String rows) throws IOException {
        return open(dataset, rows, Published.of(dataset).isPresent() ? new UnknownRoots() : new FlatRoots(),
                (x, _, _, _, _) -> new long[x.length]);
    }

    /// Outside of Java's heap: a quarter of the machine's.
    private static long memory() {
        long all = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return Math.clamp(all / 4, LEAST_MEMORY, MOST_MEMORY);
    }
}
