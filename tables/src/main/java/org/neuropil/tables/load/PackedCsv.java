package org.neuropil.tables.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// Unpacks CSV that gzip compressed into files of some rows, the next one while the one before is read: one thread only can
/// unpack, but any number can read what is unpacked. For one thread at a time.
final class PackedCsv implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    private final Path file;
    private final Path work;
    private final long most;
    private final InputStream in;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("unpacker").factory());
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private int parts;
    private @Nullable Future<@Nullable Path> ahead;
    private @Nullable Path read;

    /// @param work folder for the parts
    /// @param most bytes of a part, about
    PackedCsv(Path file, Path work, long most) throws IOException {
        this.file = file;
        this.work = work;
        this.most = most;
        this.in = open(file);
    }

    @SuppressWarnings("MustBeClosed")
    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            return new GZIPInputStream(raw, BUFFER);
        } catch (EOFException | ZipException e) {
            raw.close();
            throw torn(file, e);
        }
    }

    private static InputException torn(Path file, IOException e) {
        return new InputException("is damaged, or ends too early", file.toString(),
                "fetch it anew", e);
    }

    /// The next part, which lasts until the one after it is asked for; null after the last one.
    ///
    /// @throws InputException if the file is damaged
    @Nullable
    Path next() throws IOException {
        Path before = read;
        if (before != null) {
            Files.deleteIfExists(before);
            read = null;
        }
        Future<@Nullable Path> coming = ahead == null ? thread.submit(this::unpack) : ahead;
        try {
            Path part = coming.get();
            read = part;
            ahead = part == null ? coming : thread.submit(this::unpack);
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted while unpacking " + file);
            stopped.initCause(e);
            throw stopped;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof EOFException || cause instanceof ZipException) {
                throw torn(file, (IOException) cause);
            }
            throw new IOException("cannot unpack " + file, e);
        }
    }

    private @Nullable Path unpack() throws IOException {
        if (!fill()) {
            return null;
        }
        Path part = work.resolve(file.getFileName() + ".part" + parts++);
        try (OutputStream out = Files.newOutputStream(part)) {
            long written = 0;
            // Rows end with a line, unless that is within quotes.
            boolean quoted = false;
            while (fill()) {
                boolean last = written + to - from >= most;
                int end = to;
                if (last || quoted || holdsQuote()) {
                    for (int i = from; i < to; i++) {
                        byte c = buffer[i];
                        quoted ^= c == '"';
                        if (last && c == '\n' && !quoted) {
                            end = i + 1;
                            break;
                        }
                    }
                }
                out.write(buffer, from, end - from);
                written += end - from;
                boolean isWhole = last && end > from && buffer[end - 1] == '\n' && !quoted;
                from = end;
                if (isWhole) {
                    break;
                }
            }
        }
        return part;
    }

    /// Whether there is a quote in what is left; Java searches text many bytes at a time.
    private boolean holdsQuote() {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1).indexOf('"') >= 0;
    }

    /// Reads on if nothing is left.
    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer));
        }
        return to > from;
    }

    @Override
    public void close() throws IOException {
        thread.shutdown();
        Future<@Nullable Path> coming = ahead;
        Path before = read;
        try (in) {
            if (before != null) {
                Files.deleteIfExists(before);
            }
            Path left = coming == null ? null : coming.get();
            if (left != null) {
                Files.deleteIfExists(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // Whoever asked for the part was told; else nobody wants it.
            Files.deleteIfExists(work.resolve(file.getFileName() + ".part" + (parts - 1)));
        }
    }
}
