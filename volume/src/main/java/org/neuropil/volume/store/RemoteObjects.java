package org.neuropil.volume.store;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.neuropil.volume.store.Attempts.RefusedException;
import org.neuropil.volume.store.Transport.Answer;
import org.neuropil.volume.store.Transport.ForbiddenException;
import org.neuropil.volume.store.Transport.Keeping;

/// Objects of a server, as [Store] has them: what is asked of the server, and what is made of all the ways in which
/// servers answer. Bytes come as they were before a `Content-Encoding`, in which servers keep what was uploaded
/// compressed.
///
/// Servers of buckets that may be read but not listed answer 403 where there is no object. That is taken for an absent
/// one if an object that was read before can still be read at that moment; so a login that ends, or a signature that
/// runs out, is an error and never a volume full of zeros.
final class RemoteObjects {
    private final Transport transport;
    private final Attempts attempts;
    private final Readable readable;
    private final Semaphore free;

    /// Remembers an object that could be read. Travels with the store.
    static final class Readable implements Serializable {
        private static final long serialVersionUID = 1;

        private volatile @Nullable String key;
    }

    /// @param parallelism how many requests may run at a time, of all threads together
    RemoteObjects(Transport transport, Attempts attempts, Readable readable, int parallelism) {
        this.transport = transport;
        this.attempts = attempts;
        this.readable = readable;
        free = new Semaphore(parallelism);
    }

    /// As [Store#get(String)].
    Optional<byte[]> get(String key) throws IOException {
        return absentIfForbidden(key, () -> whole(key));
    }

    /// As [Store#get(String, long, long)].
    Optional<byte[]> get(String key, long from, long to) throws IOException {
        int length = Math.toIntExact(to - from);
        if (from < 0 || length < 0) {
            throw new IllegalArgumentException("bytes " + from + " to " + to);
        }
        if (length == 0 && from > 0) {
            // No byte is no range; the one before tells whether the object goes so far.
            return absentIfForbidden(key, () -> part(key, from - 1, from)).map(_ -> new byte[0]);
        }
        return absentIfForbidden(key, () -> length == 0 ? nothing(key) : part(key, from, to));
    }

    /// As [Store#tail(String, int)].
    Optional<byte[]> tail(String key, int length) throws IOException {
        if (length < 0) {
            throw new IllegalArgumentException("the last " + length + " bytes");
        }
        return absentIfForbidden(key, () -> length == 0 ? nothing(key) : last(key, length));
    }

    /// As [Store#size(String)].
    OptionalLong size(String key) throws IOException {
        return send(() -> transport.size(key));
    }

    /// As [Store#put(String, byte[])].
    void put(String key, byte[] bytes) throws IOException {
        send(() -> {
            transport.put(key, bytes);
            return key;
        });
    }

    private Optional<byte[]> whole(String key) throws IOException {
        Answer answer = ask(key, "", head -> Kept.all(head.length()));
        return switch (answer.head().status()) {
            case 404 -> Optional.empty();
            case 200 -> Optional.of(plain(key, answer));
            default -> throw new RefusedException(transport.uri(key) + " was asked for as a whole and answered "
                    + answer.head().status(), answer.head().status());
        };
    }

    /// No byte, of an object that is there.
    private Optional<byte[]> nothing(String key) throws IOException {
        Answer answer = ask(key, "bytes=0-0", _ -> Kept.part(0, 0));
        return answer.head().status() == 404 ? Optional.empty() : Optional.of(new byte[0]);
    }

    private Optional<byte[]> part(String key, long from, long to) throws IOException {
        int length = (int) (to - from);
        Answer answer = ask(key, "bytes=" + from + "-" + (to - 1), head -> head.isEncoded()
                ? head.status() == 206 ? Kept.part(0, 0) : Kept.all(head.length())
                : Kept.part(head.status() == 206 ? 0 : from, length));
        switch (answer.head().status()) {
            case 404 :
                return Optional.empty();
            case 416 :
                throw ends(key, answer.head().range().map(ContentRange::total).orElse(-1L), to);
            case 206 :
                if (answer.head().isEncoded()) {
                    // A part of what was compressed is of no use.
                    Optional<byte[]> all = whole(key);
                    return all.isEmpty() ? all : Optional.of(cut(key, all.get(), from, to));
                }
                ContentRange given = range(key, answer);
                if (given.from() == from && given.to() == to) {
                    return Optional.of(answer.kept().bytes());
                }
                if (given.from() == from && given.to() == given.total()) {
                    throw ends(key, given.total(), to);
                }
                throw new RefusedException(transport.uri(key) + " was asked for bytes " + from + " to " + to
                        + " and gave bytes " + given.from() + " to " + given.to(), 206);
            default :
                // The server knows no ranges.
                if (answer.head().isEncoded()) {
                    return Optional.of(cut(key, plain(key, answer), from, to));
                }
                byte[] bytes = answer.kept().bytes();
                if (bytes.length < length) {
                    throw ends(key, answer.kept().seen(), to);
                }
                return Optional.of(bytes);
        }
    }

    private Optional<byte[]> last(String key, int length) throws IOException {
        Answer answer;
        try {
            answer = ask(key, "bytes=-" + length, head -> head.isEncoded()
                    ? head.status() == 206 ? Kept.part(0, 0) : Kept.all(head.length())
                    : head.status() == 206 ? Kept.part(0, length) : Kept.last(length));
        } catch (RefusedException e) {
            if (e.status() == 400 || e.status() == 405 || e.status() == 501) {
                return lastBySize(key, length);
            }
            throw e;
        }
        switch (answer.head().status()) {
            case 404 :
                return Optional.empty();
            case 416 :
                boolean empty = answer.head().range().map(range -> range.total() == 0).orElse(false);
                return empty ? Optional.of(new byte[0]) : lastBySize(key, length);
            case 206 :
                if (answer.head().isEncoded()) {
                    return whole(key).map(all -> last(all, length));
                }
                ContentRange given = range(key, answer);
                boolean right = given.to() == given.total() && given.from() == Math.max(0, given.total() - length);
                // Some servers take the length for the number of a byte.
                return right ? Optional.of(answer.kept().bytes()) : lastBySize(key, length);
            default :
                return Optional.of(
                        answer.head().isEncoded() ? last(plain(key, answer), length) : answer.kept().bytes());
        }
    }

    /// For servers that do not know ranges from the end.
    private Optional<byte[]> lastBySize(String key, int length) throws IOException {
        OptionalLong size = send(() -> transport.size(key));
        if (size.isEmpty()) {
            return whole(key).map(all -> last(all, length));
        }
        long end = size.getAsLong();
        return end == 0 ? nothing(key) : part(key, Math.max(0, end - length), end);
    }

    private <T> T send(Attempts.Request<T> request) throws IOException {
        return attempts.run(() -> {
            free.acquire(); // not while it waits for the next attempt
            try {
                return request.send();
            } finally {
                free.release();
            }
        });
    }

    private Answer ask(String key, String range, Keeping keeping) throws IOException {
        return send(() -> {
            Answer answer = transport.get(key, range, keeping);
            Kept kept = answer.kept();
            if (kept.isTooLong()) {
                throw new RefusedException(transport.uri(key) + " has more than the " + Kept.MOST
                        + " bytes that can be read at once", answer.head().status());
            }
            boolean plainPart = answer.head().status() == 206 && !answer.head().isEncoded();
            long said = plainPart ? answer.head().range().map(ContentRange::length).orElse(0L) : 0;
            if (kept.seen() < said && !kept.isFull()) {
                throw new IOException(transport.uri(key) + " gave " + kept.seen() + " bytes and had announced " + said);
            }
            return answer;
        });
    }

    private ContentRange range(String key, Answer answer) throws RefusedException {
        return answer.head().range().orElseThrow(() -> new RefusedException(
                transport.uri(key) + " gave a part and did not say which (Content-Range)", 206));
    }

    private byte[] plain(String key, Answer answer) throws IOException {
        return ContentEncoding.decoded(answer.kept().bytes(), answer.head().encoding(), transport.uri(key));
    }

    private byte[] cut(String key, byte[] all, long from, long to) throws RefusedException {
        if (to > all.length) {
            throw ends(key, all.length, to);
        }
        return Arrays.copyOfRange(all, (int) from, (int) to);
    }

    private static byte[] last(byte[] all, int length) {
        return all.length <= length ? all : Arrays.copyOfRange(all, all.length - length, all.length);
    }

    /// @param total length of the object; -1 if it is not known
    private RefusedException ends(String key, long total, long to) {
        return new RefusedException(
                transport.uri(key) + " ends " + (total < 0 ? "" : "at " + total + ", ") + "before " + to, 416);
    }

    @FunctionalInterface
    private interface Reading {
        Optional<byte[]> get() throws IOException;
    }

    private Optional<byte[]> absentIfForbidden(String key, Reading reading) throws IOException {
        try {
            Optional<byte[]> bytes = reading.get();
            if (bytes.isPresent() && readable.key == null) {
                readable.key = key;
            }
            return bytes;
        } catch (ForbiddenException e) {
            String known = readable.key;
            if (known == null || known.equals(key)) {
                throw e;
            }
            try {
                if (nothing(known).isPresent()) {
                    return Optional.empty();
                }
            } catch (RefusedException refused) {
                e.addSuppressed(refused);
            }
            throw e;
        }
    }
}
