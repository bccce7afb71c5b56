package org.neuropil.morphology.level2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import org.neuropil.volume.store.FileStore;

/// Small files by node in a folder, up to a number of bytes; what has been used least lately goes first. Anyone may delete
/// any of them, or all, at any time. What does not fit its check sum, because the power went, is not there.
///
/// A folder holds what one recipe makes, in a subfolder named after it; what other recipes left counts and goes like the
/// rest.
final class FragmentCache {
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;
    private final Path own;
    private final long most;
    /// Bytes of each file, the one used longest ago first.
    private final Map<Path, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private final AtomicLong failures = new AtomicLong();

    /// Opens a folder, which need not exist.
    ///
    /// @param recipe name of what makes the files
    /// @param most bytes
    FragmentCache(Path folder, String recipe, long most) throws IOException {
        this.folder = folder;
        this.own = folder.resolve(recipe);
        this.most = most;
        scan();
    }

    /// A file's bytes.
    ///
    /// @param kind end of the file's name
    Optional<byte[]> get(long node, String kind) {
        Path file = file(node, kind);
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            forget(file);
            return Optional.empty();
        } catch (IOException e) {
            failures.incrementAndGet();
            return Optional.empty();
        }
        int length = all.length - Integer.BYTES;
        if (length < 0 || ByteBuffer.wrap(all).getInt(length) != checkSum(all, length)) {
            return Optional.empty();
        }
        account(file, all.length);
        return Optional.of(Arrays.copyOf(all, length));
    }

    /// True if a file is known to be there with no bytes in it; looks into memory and at one file.
    boolean isEmpty(long node, String kind) {
        Path file = file(node, kind);
        Long size;
        synchronized (sizes) {
            size = sizes.get(file);
        }
        return size != null && size == Integer.BYTES && get(node, kind).map(b -> b.length == 0).orElse(false);
    }

    /// Keeps bytes. What cannot be written is not kept, and counted.
    void put(long node, String kind, byte[] content) {
        long size = content.length + (long) Integer.BYTES;
        if (size > most) {
            return;
        }
        Path file = file(node, kind);
        byte[] all = Arrays.copyOf(content, content.length + Integer.BYTES);
        ByteBuffer.wrap(all).putInt(content.length, checkSum(content, content.length));
        try {
            FileStore.replace(file, all, false);
        } catch (IOException e) {
            // A cache that cannot write, because its disk is full or its folder went, still answers.
            failures.incrementAndGet();
            return;
        }
        account(file, size);
    }

    /// Notes that a file has been used, and deletes the oldest if there are too many.
    private void account(Path file, long size) {
        List<Path> old = new ArrayList<>();
        synchronized (sizes) {
            Long before = sizes.put(file, size);
            bytes += size - (before == null ? 0 : before);
            Iterator<Map.Entry<Path, Long>> oldest = sizes.entrySet().iterator();
            while (bytes > most && oldest.hasNext()) {
                Map.Entry<Path, Long> entry = oldest.next();
                bytes -= entry.getValue();
                old.add(entry.getKey());
                oldest.remove();
            }
        }
        old.forEach(this::delete);
    }

    /// Bytes that are kept.
    long bytes() {
        synchronized (sizes) {
            return bytes;
        }
    }

    /// How often a file could not be read, written or deleted.
    long failures() {
        return failures.get();
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failures.incrementAndGet();
        }
    }

    private void forget(Path file) {
        synchronized (sizes) {
            Long size = sizes.remove(file);
            bytes -= size == null ? 0 : size;
        }
    }

    private record Found(Path file, long size, long used) {}

    private void scan() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Found> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                look(file, found);
            }
        } catch (UncheckedIOException e) {
            throw new IOException("cannot look through " + folder + ": " + e.getMessage(), e);
        }
        found.sort(Comparator.comparingLong(Found::used).thenComparing(Found::file));
        long total = found.stream().mapToLong(Found::size).sum();
        for (Found one : found) {
            if (total > most) {
                total -= one.size();
                delete(one.file());
            } else {
                sizes.put(one.file(), one.size());
            }
        }
        bytes = total;
    }

    private static void look(Path file, List<Found> found) throws IOException {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            if (FileStore.isTemporary(file)) {
                // What another process is writing now; or what one that died has left.
                if (a.lastModifiedTime().toInstant().isBefore(Instant.now().minus(ABANDONED))) {
                    Files.deleteIfExists(file);
                }
            } else if (a.isRegularFile()) {
                found.add(new Found(file, a.size(), a.lastModifiedTime().toMillis()));
            }
        } catch (NoSuchFileException e) {
            return; // somebody has just deleted it
        }
    }

    /// 256 folders by the id's hash: neighbours would fill one.
    private Path file(long node, String kind) {
        int folder = (int) (node * 0x9E3779B97F4A7C15L >>> 56);
        return own.resolve("%02x".formatted(folder)).resolve(Long.toUnsignedString(node) + "." + kind);
    }

    private static int checkSum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
