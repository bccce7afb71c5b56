package org.neuropil.volume.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder as a store. A key is written beside its place under a name that ends in `.tmp` and moved there, so that a
/// process that dies leaves old or new bytes. Bytes are not forced to the disk one object at a time, which would cost more
/// than writing them; what must outlive a loss of power is written by [#replace] with `durable`.
public final class FileStore implements Store {
    private static final AtomicLong COUNTER = new AtomicLong();
    // Not the process's number: on other hosts, and in containers, others have the same.
    private static final String PROCESS = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    private static final Pattern TEMPORARY = Pattern.compile("(.+)\\.[0-9a-f]{16}-\\d+\\.tmp");

    // Text, because a Path cannot be serialized.
    private final String root;

    /// A store over a folder, which need not exist before the first [#put].
    public FileStore(Path root) {
        this.root = root.toAbsolutePath().normalize().toString();
    }

    /// The folder.
    public Path root() {
        return Path.of(root);
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        Path path = path(key);
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return absent(path, e);
        }
    }

    /// A name on the way to other keys is no key, and behind the name of an object there is none.
    private static Optional<byte[]> absent(Path path, IOException failure) throws IOException {
        if (Files.notExists(path) || Files.isDirectory(path)) {
            return Optional.empty();
        }
        throw failure;
    }

    @Override
    public Optional<byte[]> get(String key, byte[] reuse) throws IOException {
        Path path = path(key);
        // Reads straight into the array, which a channel does by way of a buffer of its own.
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() == reuse.length) {
                file.readFully(reuse);
                return Optional.of(reuse);
            }
        } catch (FileNotFoundException e) {
            return absent(path, e);
        }
        return get(key);
    }

    @Override
    public Optional<byte[]> get(String key, long from, long to) throws IOException {
        Path path = path(key);
        int length = Math.toIntExact(to - from);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            if (to > file.size()) {
                throw new EOFException(uri(key) + " ends at " + file.size() + ", before " + to);
            }
            return Optional.of(read(file, key, from, length));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return absent(path, e);
        }
    }

    @Override
    public Optional<byte[]> tail(String key, int length) throws IOException {
        Path path = path(key);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long from = Math.max(0, file.size() - length);
            return Optional.of(read(file, key, from, (int) (file.size() - from)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return absent(path, e);
        }
    }

    @Override
    public OptionalLong size(String key) throws IOException {
        Path path = path(key);
        return Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
    }

    private byte[] read(FileChannel file, String key, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException(uri(key) + " became shorter while it was read");
            }
        }
        return bytes.array();
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        replace(path(key), bytes, false);
    }

    @Override
    public String uri(String key) {
        return path(key).toString();
    }

    /// Writes a file beside its place and moves it there, so that it is whole at every moment.
    ///
    /// @param durable true to have the bytes on the disk before the move, and the move on the disk before the return: for
    ///        files that others are deleted because of
    public static void replace(Path file, byte[] bytes, boolean durable) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file's path");
        }
        Files.createDirectories(folder);
        Path beside = beside(file);
        try {
            try (FileChannel out = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                if (durable) {
                    out.force(true);
                }
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (durable) {
                syncFolder(folder);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Has a folder's names on the disk: a file that was moved there is, too, only then.
    public static void syncFolder(Path folder) throws IOException {
        FileChannel names;
        try {
            names = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            return; // not every system opens folders; those that do not need it write names at once
        }
        try (names) {
            names.force(true);
        }
    }

    /// Has a folder on the disk with all that is in it: before something is deleted because of it.
    public static void sync(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                if (Files.isDirectory(one)) {
                    syncFolder(one);
                } else {
                    try (FileChannel file = FileChannel.open(one, StandardOpenOption.READ)) {
                        file.force(false);
                    }
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException("cannot look through " + folder + ": " + e.getMessage(), e);
        }
    }

    /// A name beside a file or folder that no other write takes, in any process of any host.
    public static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + "." + PROCESS + "-" + COUNTER.incrementAndGet() + ".tmp");
    }

    /// True if a file's or folder's name is one of [#beside]'s.
    public static boolean isTemporary(Path file) {
        return TEMPORARY.matcher(file.getFileName().toString()).matches();
    }

    /// Deletes what processes that were killed while they wrote one file, or one folder, have left beside it. Nobody may be
    /// writing it.
    public static void sweepBeside(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        List<Path> left;
        try (Stream<Path> all = Files.list(folder)) {
            left = all.filter(one -> {
                Matcher name = TEMPORARY.matcher(one.getFileName().toString());
                return name.matches() && name.group(1).equals(file.getFileName().toString());
            }).toList();
        }
        for (Path one : left) {
            try (Stream<Path> all = Files.walk(one)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /// Deletes what processes that were killed while they wrote have left in a folder and in those in it. Nobody may be
    /// writing there.
    public static void sweep(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path left : (Iterable<Path>) all
                    .filter(FileStore::isTemporary)::iterator) {
                Files.deleteIfExists(left);
            }
        } catch (UncheckedIOException e) {
            throw new IOException("cannot look through " + folder + ": " + e.getMessage(), e);
        }
    }

    private Path path(String key) {
        Path path = root().resolve(key).normalize();
        if (!path.startsWith(root()) || key.isEmpty()) {
            throw new IllegalArgumentException("key '" + key + "' leaves the store");
        }
        return path;
    }
}
