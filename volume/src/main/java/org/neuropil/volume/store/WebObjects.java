package org.neuropil.volume.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.neuropil.volume.store.Attempts.BusyException;
import org.neuropil.volume.store.Attempts.RefusedException;

/// Objects under web addresses, as the HTTP standard has it (RFC 9110). Bytes come as they were before a
/// `Content-Encoding`, in which servers keep what was uploaded compressed.
final class WebObjects {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL).build();

    private final Attempts attempts;
    private final Headers headers;
    private final Check check;

    /// What goes with each request, such as credentials.
    @FunctionalInterface
    interface Headers {
        /// The headers by name.
        Map<String, String> get() throws IOException;
    }

    /// Looks at an answer that is not partial, before anything is made of it.
    @FunctionalInterface
    interface Check {
        /// @throws IOException if the bytes are not those that were put
        void check(HttpResponse<byte[]> answer) throws IOException;
    }

    /// @param headers of every request
    /// @param check of every whole object that is read; one that fails is asked for again
    WebObjects(Attempts attempts, Headers headers, Check check) {
        this.attempts = attempts;
        this.headers = headers;
        this.check = check;
    }

    /// A whole object; empty if there is none.
    ///
    /// @throws RefusedException if it must not be read
    Optional<byte[]> get(URI uri) throws IOException {
        HttpResponse<byte[]> answer = ask(uri, "");
        return isAbsent(answer) ? Optional.empty() : Optional.of(plain(answer));
    }

    /// Some bytes of an object; empty if there is none.
    ///
    /// @throws RefusedException if it has fewer, or must not be read
    Optional<byte[]> get(URI uri, long from, long to) throws IOException {
        int length = Math.toIntExact(to - from);
        // No byte is no range: then one is asked for.
        HttpResponse<byte[]> answer = ask(uri, "bytes=" + from + "-" + (Math.max(to, from + 1) - 1));
        if (isAbsent(answer)) {
            return Optional.empty();
        }
        if (answer.statusCode() == 416) {
            return Optional.of(part(uri, new byte[0], 0, length, from));
        }
        if (answer.statusCode() == 206 && !ContentEncoding.isEncoded(encoding(answer))) {
            return Optional.of(part(uri, partial(answer, from), 0, length, from));
        }
        // A part of what was compressed is of no use. A whole object comes from servers that know no ranges.
        Optional<byte[]> all = answer.statusCode() == 206 ? get(uri) : Optional.of(plain(answer));
        return all.isEmpty() ? all : Optional.of(part(uri, all.get(), from, length, 0));
    }

    /// The last bytes of an object, or all if there are fewer; empty if there is none.
    ///
    /// @throws RefusedException if it must not be read
    Optional<byte[]> tail(URI uri, int length) throws IOException {
        HttpResponse<byte[]> answer = ask(uri, "bytes=-" + length);
        if (isAbsent(answer)) {
            return Optional.empty();
        }
        if (answer.statusCode() == 416) {
            return Optional.of(new byte[0]); // the object has no bytes
        }
        if (answer.statusCode() == 206 && !ContentEncoding.isEncoded(encoding(answer))) {
            return Optional.of(last(answer.body(), length));
        }
        Optional<byte[]> all = answer.statusCode() == 206 ? get(uri) : Optional.of(plain(answer));
        return all.map(bytes -> last(bytes, length));
    }

    /// @param range empty for the whole object
    /// @return an answer of status 200, 206, 404, 410 or 416
    private HttpResponse<byte[]> ask(URI uri, String range) throws IOException {
        return attempts.run(() -> {
            HttpRequest.Builder request = request(uri).GET();
            if (!range.isEmpty()) {
                request.header("Range", range);
            }
            HttpResponse<byte[]> answer = send(request.build());
            switch (answer.statusCode()) {
                case 200 -> check.check(answer);
                case 206, 404, 410, 416 -> {
                }
                default -> throw failure(answer);
            }
            return answer;
        });
    }

    private static boolean isAbsent(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 404 || answer.statusCode() == 410;
    }

    /// Puts an object.
    ///
    /// @param more headers of this request
    void put(URI uri, byte[] bytes, Map<String, String> more) throws IOException {
        attempts.run(() -> {
            HttpRequest.Builder request = request(uri).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
            more.forEach(request::header);
            HttpResponse<byte[]> answer = send(request.build());
            if (answer.statusCode() / 100 != 2) {
                throw failure(answer);
            }
            return answer.statusCode();
        });
    }

    private HttpRequest.Builder request(URI uri) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
        headers.get().forEach(request::setHeader);
        return request;
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(request.uri() + " cannot be reached: " + words, e);
        }
    }

    /// What an answer without an object says.
    private static IOException failure(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String text = new String(answer.body(), 0, Math.min(answer.body().length, 200),
                java.nio.charset.StandardCharsets.UTF_8).strip().lines().findFirst().orElse("");
        String message = answer.uri() + " answered " + status + (text.isEmpty() ? "" : ": " + text);
        if (status == 408 || status == 429 || status / 100 == 5) {
            return new BusyException(message, answer.headers().firstValue("Retry-After").flatMap(WebObjects::wait));
        }
        return status == 403 ? new ForbiddenException(message) : new RefusedException(message);
    }

    /// The object must not be read. Some servers say so as well where there is none.
    static final class ForbiddenException extends RefusedException {
        private static final long serialVersionUID = 1;

        ForbiddenException(String message) {
            super(message);
        }
    }

    private static Optional<Duration> wait(String text) {
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9') && text.length() < 9) {
                return Optional.of(Duration.ofSeconds(Integer.parseInt(text)));
            }
            Duration until = Duration.between(Instant.now(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return until.isNegative() ? Optional.empty() : Optional.of(until);
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> encoding(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Content-Encoding");
    }

    private static byte[] plain(HttpResponse<byte[]> answer) throws IOException {
        return ContentEncoding.decoded(answer.body(), encoding(answer), answer.uri().toString());
    }

    /// The bytes of a partial answer, which must begin where they were asked for.
    private static byte[] partial(HttpResponse<byte[]> answer, long from) throws RefusedException {
        String range = answer.headers().firstValue("Content-Range").orElse("");
        if (!range.isEmpty() && !range.startsWith("bytes " + from + "-")) {
            throw new RefusedException(
                    answer.uri() + " was asked for bytes from " + from + " and answered with '" + range + "'");
        }
        return answer.body();
    }

    /// @param skipped how many bytes of the object are before those given
    private static byte[] part(URI uri, byte[] bytes, long from, int length, long skipped)
            throws RefusedException {
        if (from + length > bytes.length) {
            throw new RefusedException(uri + " ends " + (bytes.length == 0
                    ? "before " + (skipped + from + length)
                    : "at " + (skipped + bytes.length) + ", before " + (skipped + from + length)));
        }
        return from == 0 && length == bytes.length
                ? bytes
                : Arrays.copyOfRange(bytes, (int) from, (int) from + length);
    }

    private static byte[] last(byte[] bytes, int length) {
        return bytes.length <= length ? bytes : Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
    }
}
