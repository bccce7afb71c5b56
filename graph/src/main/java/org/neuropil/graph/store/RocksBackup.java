package org.neuropil.graph.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Copies of a database of RocksDB, beside their place until they are whole.
final class RocksBackup {
    private RocksBackup() {}

    static void checkpoint(RocksDB db, Path folder) throws IOException, RocksDBException {
        Path beside = prepare(folder);
        try {
            try (Checkpoint checkpoint = Checkpoint.create(db)) {
                checkpoint.createCheckpoint(beside.toString());
            }
            move(beside, folder);
        } finally {
            WorkRun.delete(beside);
        }
    }

    static void restore(Path backup, Path target) throws IOException {
        if (!Files.exists(backup.resolve("CURRENT"))) {
            throw new InputException("there is no backup of a graph", backup.toString(),
                    "name the folder that the backup was written to");
        }
        Path beside = prepare(target);
        try {
            Files.createDirectory(beside);
            for (Path file : files(backup)) {
                Files.copy(file, beside.resolve(file.getFileName()));
            }
            verify(backup, beside);
            move(beside, target);
        } finally {
            WorkRun.delete(beside);
        }
    }

    /// Opens a copy, and holds each of its blocks against its checksum.
    private static void verify(Path backup, Path copy) throws IOException {
        // Names the backup, for the copy is gone when this is read.
        try (RocksFiles files = RocksFiles.open(copy, RocksStore.DEFAULT_CACHE_BYTES)) {
            files.db().verifyChecksum();
        } catch (InputException e) {
            throw unusable(e.what(), backup, e);
        } catch (RocksDBException e) {
            throw unusable("its files are damaged: " + e.getMessage(), backup, e);
        }
    }

    private static InputException unusable(String what, Path backup, Exception cause) {
        return new InputException("the backup cannot be used: " + what, backup.toString(), "restore another one",
                cause);
    }

    /// A backup's files; not the lock of who may have it open.
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> Files.isRegularFile(file) && !file.getFileName().toString().equals("LOCK"))
                    .toList();
        }
    }

    private static Path prepare(Path folder) throws IOException {
        Path place = folder.toAbsolutePath().normalize();
        if (Files.exists(place)) {
            throw new InputException("the folder exists", place.toString(), "name one that does not exist");
        }
        Path parent = place.getParent();
        if (parent == null) {
            throw new InputException("the folder has no parent", place.toString(), "");
        }
        Files.createDirectories(parent);
        FileStore.sweepBeside(place);
        return FileStore.beside(place);
    }

    private static void move(Path beside, Path folder) throws IOException {
        FileStore.sync(beside);
        Path place = folder.toAbsolutePath().normalize();
        Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        // The name alone: beside the copy there may be an open graph, whose files must be left alone.
        try (FileChannel names = FileChannel.open(beside.resolveSibling("."), StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
