package org.neuropil.graph.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.store.RocksStore;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.StageRun;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.store.FileStore;

/// Copies of the part of a dataset that is a graph: its rows, and the files beside them (what the graph is, what made it,
/// which past states have names). The supervoxels are another part, which no edit changes; they are not copied.
public final class GraphBackup {
    private GraphBackup() {}

    /// Copies a part while it is used. The copy is made beside its place: a process that dies leaves none, or a whole one.
    ///
    /// @param part of the dataset that is a graph
    /// @param graph the part, open
    /// @param folder where the copy will be
    /// @param replace true to take the place of an earlier backup, and of nothing else
    /// @throws InputException if the folder exists or lies in a part, or the rows are not in the part's folder
    public static void write(Dataset dataset, String part, LiveGraph graph, Path folder, boolean replace)
            throws IOException {
        checkEmbedded(GraphFolder.open(dataset, part));
        Path place = folder.toAbsolutePath().normalize();
        checkOutside(dataset, place);
        Path earlier = place.resolveSibling("." + place.getFileName() + ".replaced");
        if (Files.exists(earlier) && !Files.exists(place)) {
            // A process died between the two moves below.
            Files.move(earlier, place, StandardCopyOption.ATOMIC_MOVE);
        }
        if (Files.exists(place)) {
            checkReplaced(place, replace);
        }
        Files.createDirectories(place.resolveSibling("."));
        FileStore.sweepBeside(place);
        Path beside = FileStore.beside(place);
        try {
            // The rows last: names of past states are then of operations that the rows have.
            copyFiles(dataset.path(part), beside);
            graph.backup(beside.resolve(GraphFolder.EMBEDDED));
            FileStore.sync(beside);
            WorkRun.delete(earlier);
            if (Files.exists(place)) {
                Files.move(place, earlier, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            WorkRun.delete(earlier);
        } finally {
            WorkRun.delete(beside);
        }
    }

    private static void checkEmbedded(GraphFolder graph) {
        if (!graph.isEmbedded()) {
            throw new InputException("the rows of this graph are in " + graph.contents().rows(),
                    graph.folder().toString(), "use the backups of the database that holds them");
        }
    }

    private static void checkOutside(Dataset dataset, Path place) throws IOException {
        Path there = place;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        Path real = there.toRealPath().resolve(there.relativize(place));
        for (String part : dataset.parts().keySet()) {
            // A part itself is no backup, which is said of it later.
            Path taken = dataset.path(part).toRealPath();
            if (real.startsWith(taken) && !real.equals(taken)) {
                throw new InputException("lies in part '" + part + "' of the dataset", place.toString(),
                        "name a folder outside of it");
            }
        }
    }

    private static void checkReplaced(Path place, boolean replace) {
        if (!replace) {
            throw new InputException("exists", place.toString(), "give --force to replace it, or name another folder");
        }
        if (!Files.exists(place.resolve(GraphFolder.FILE)) || !Files.exists(place.resolve(GraphFolder.EMBEDDED))
                || Files.exists(place.resolveSibling(Dataset.FILE))) {
            throw new InputException("is no backup of a graph, and is not replaced by one", place.toString(),
                    "name another folder");
        }
    }

    /// All but the rows.
    private static void copyFiles(Path from, Path to) throws IOException {
        Path rows = from.resolve(GraphFolder.EMBEDDED);
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.filter(path -> !path.startsWith(rows) && !FileStore.isTemporary(path)).toList();
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target);
            }
        }
    }

    /// Makes a backup a part of a dataset, with what made the graph as its provenance; so ingest of the same input has
    /// nothing to do afterwards. The backup stays as it is.
    ///
    /// @param part name of the part; replaced only if the options say so
    /// @throws InputException if the part exists or is in use, if the backup is none or damaged, or if the dataset's
    ///         supervoxels are others
    public static Provenance restore(Path backup, Dataset dataset, String part, RunOptions options)
            throws IOException {
        if (!Files.exists(backup.resolve(GraphFolder.FILE))) {
            throw new InputException("is no backup of a graph: it has no " + GraphFolder.FILE, backup.toString(),
                    "name a folder that 'neuropil graph backup' made");
        }
        GraphFolder saved = GraphFolder.read(backup);
        checkEmbedded(saved);
        Provenance made = Provenance.of(backup);
        checkSupervoxels(dataset, saved, made, backup);
        if (dataset.parts().containsKey(part) && !options.force()) {
            throw new InputException("part '" + part + "' exists", dataset.folder().toString(),
                    "give --force to replace it, or another --out");
        }
        GraphFolder.checkNotPublished(dataset, part);
        // What is there may have the same recipe, and other edits.
        RunOptions anew = new RunOptions(options.runner(), options.retry(), options.progress(), true, true);
        try (GraphFolder.Held _ = GraphFolder.hold(dataset, part);
                StageRun run = StageRun.open(dataset, made.recipe(), Map.of(part, Dataset.Kind.GRAPH), anew)) {
            Path folder = run.folder(part);
            copyFiles(backup, folder);
            RocksStore.restore(backup.resolve(GraphFolder.EMBEDDED), folder.resolve(GraphFolder.EMBEDDED));
            FileStore.sync(folder);
            GraphFolder.deleteCaches(dataset, part);
            return run.commit(made.figures());
        }
    }

    private static void checkSupervoxels(Dataset dataset, GraphFolder saved, Provenance made, Path backup)
            throws IOException {
        String part = saved.contents().supervoxels();
        GraphInfo info = saved.info();
        VolumeInfo.Scale scale = dataset.volume(part).info().scale(0);
        boolean other = false;
        for (Recipe.Input input : made.recipe().inputs()) {
            other |= input.name().equals("supervoxels")
                    && !input.sha256().equals(dataset.provenance(part).recipeSha256());
        }
        if (other || !scale.bounds().equals(info.bounds()) || !scale.voxelSize().equals(info.voxelSize())) {
            throw new InputException("is of other supervoxels than part '" + part + "' of this dataset",
                    backup.toString(), "restore it into the dataset that it was made from, or a copy of that");
        }
    }
}
