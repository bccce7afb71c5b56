package org.neuropil.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// The lock of a work folder, in a file beside it. It ends with the process, however that ends.
final class WorkLock implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int MOST_PAUSES = 3000;
    /// The folders that this process has: to open and close the file of one of them would let go of its lock (POSIX,
    /// fcntl).
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel file;

    private WorkLock(Path folder, FileChannel file) {
        this.folder = folder;
        this.file = file;
    }

    /// Takes a lock; empty if another process, or this one, has it.
    ///
    /// @param folder absolute; need not exist
    static Optional<WorkLock> take(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent == null) {
            throw new InputException("cannot be worked in", folder.toString(), "name another folder");
        }
        if (!OWN.add(folder)) {
            return Optional.empty();
        }
        Optional<WorkLock> lock = Optional.empty();
        try {
            lock = locked(folder, parent).map(file -> new WorkLock(folder, file));
            return lock;
        } finally {
            if (lock.isEmpty()) {
                OWN.remove(folder);
            }
        }
    }

    /// Takes a lock that others have for no longer than writing a file takes.
    ///
    /// @throws IOException if it was not to be had in a minute
    static WorkLock await(Path folder) throws IOException {
        for (int attempt = 1; attempt <= MOST_PAUSES; attempt++) {
            Optional<WorkLock> lock = take(folder);
            if (lock.isPresent()) {
                return lock.get();
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            }
        }
        throw new IOException(path(folder) + " has been locked by somebody else for a minute");
    }

    private static Optional<FileChannel> locked(Path folder, Path parent) throws IOException {
        Path path = path(folder);
        for (int attempt = 1;; attempt++) {
            Object before;
            FileChannel file;
            try {
                Files.createDirectories(parent);
                before = key(path);
                file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                // Others may delete the parent between two steps, having found it empty: also between the two of
                // createDirectories, which then takes it for a file.
                if (attempt >= MOST_ATTEMPTS) {
                    throw e;
                }
                continue;
            }
            boolean kept = false;
            try {
                if (file.tryLock() == null) {
                    return Optional.empty();
                }
                // Whoever had the lock before may have deleted the file between opening and locking; then others would
                // lock another one.
                kept = Objects.equals(before, key(path)) || attempt >= MOST_ATTEMPTS;
                if (kept) {
                    return Optional.of(file);
                }
            } finally {
                if (!kept) {
                    file.close();
                }
            }
        }
    }

    /// What tells a file from others that have its name later; null if there is no file, or the system does not tell.
    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /// True if there is the file of a lock, held or left.
    static boolean isLeft(Path folder) {
        return Files.exists(path(folder));
    }

    /// Deletes the file, so that nothing is left. Only whoever has the lock may.
    static void delete(Path folder) throws IOException {
        Files.deleteIfExists(path(folder));
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            OWN.remove(folder);
        }
    }

    private static Path path(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }
}
