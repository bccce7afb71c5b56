package org.neuropil.volume.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.neuropil.volume.store.Attempts.BusyException;
import org.neuropil.volume.store.Attempts.RefusedException;

/// Requests by the HTTP standard (RFC 9110), to addresses of one server.
final class WebTransport implements Transport {
    /// How long a server may be silent, before its answer and in the middle of it.
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SLOWEST_UPLOAD = 64 << 10; // bytes a second
    private static final int MOST_OF_AN_ERROR = 1000;
    private static final HttpClient FOLLOWING = client(HttpClient.Redirect.NORMAL);
    private static final HttpClient STAYING = client(HttpClient.Redirect.NEVER);

    private final Place place;
    private final Duration patience;

    /// What is special about a server.
    interface Place {
        /// The address of a key.
        URI address(String key);

        /// As [Transport#uri].
        String uri(String key);

        /// Headers of every request, such as credentials.
        Map<String, String> headers() throws IOException;

        /// Headers of a request that puts these bytes.
        Map<String, String> headers(byte[] bytes);

        /// True if headers may go to wherever the server sends a request on.
        boolean follows();

        /// Looks at whole answers.
        ///
        /// @param bytes as they came
        /// @return what is wrong if they are not those that were put
        Optional<String> damage(HttpHeaders headers, byte[] bytes);
    }

    WebTransport(Place place, Duration patience) {
        this.place = place;
        this.patience = patience;
    }

    // Version 1.1, because many requests at a time want many connections.
    private static HttpClient client(HttpClient.Redirect redirect) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(20))
                .followRedirects(redirect).build();
    }

    @Override
    public Answer get(String key, String range, Keeping keeping) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(key).GET();
        if (!range.isEmpty()) {
            request.setHeader("Range", range);
        }
        HttpResponse<Kept> answer = send(key, request.build(), info -> {
            Head head = head(info.statusCode(), info.headers());
            return head.status() == 200 || head.status() == 206
                    ? keeping.of(head)
                    : Kept.part(0, MOST_OF_AN_ERROR);
        }, patience);
        Head head = head(answer.statusCode(), answer.headers());
        switch (head.status()) {
            case 200 -> {
                Optional<String> damage = isWhole(head, answer.body())
                        ? place.damage(answer.headers(), answer.body().bytes())
                        : Optional.empty();
                if (damage.isPresent()) {
                    throw new IOException(uri(key) + " " + damage.get());
                }
            }
            case 206, 404, 416 -> {
            }
            default -> throw failure(key, answer);
        }
        return new Answer(head, answer.body());
    }

    private static boolean isWhole(Head head, Kept kept) {
        return kept.isWhole() && (head.length() < 0 ? !kept.isFull() : kept.seen() == head.length());
    }

    @Override
    public OptionalLong size(String key) throws IOException, InterruptedException {
        HttpResponse<Kept> answer = send(key, request(key).HEAD().build(), _ -> Kept.part(0, 0), patience);
        Head head = head(answer.statusCode(), answer.headers());
        if (Attempts.isBusy(head.status())) {
            throw failure(key, answer);
        }
        return head.status() == 200 && !head.isEncoded() && head.length() >= 0
                ? OptionalLong.of(head.length())
                : OptionalLong.empty();
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(key).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        place.headers(bytes).forEach(request::setHeader);
        HttpResponse<Kept> answer = send(key, request.build(), _ -> Kept.part(0, MOST_OF_AN_ERROR),
                patience.plusSeconds(bytes.length / SLOWEST_UPLOAD));
        if (answer.statusCode() / 100 != 2) {
            throw failure(key, answer);
        }
    }

    @Override
    public String uri(String key) {
        return place.uri(key);
    }

    private HttpRequest.Builder request(String key) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(place.address(key));
        place.headers().forEach(request::setHeader);
        return request;
    }

    /// 404 stands for 410 as well.
    private static Head head(int status, HttpHeaders headers) {
        return new Head(status == 410 ? 404 : status, headers.firstValue("Content-Encoding"),
                headers.firstValue("Content-Range").flatMap(ContentRange::parse), length(headers));
    }

    private static long length(HttpHeaders headers) {
        return headers.firstValue("Content-Length").filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong)
                .orElse(-1L);
    }

    private HttpResponse<Kept> send(String key, HttpRequest request, Function<HttpResponse.ResponseInfo, Kept> keeping,
            Duration silence) throws IOException, InterruptedException {
        AtomicLong pieces = new AtomicLong();
        CompletableFuture<HttpResponse<Kept>> answer = (place.follows() ? FOLLOWING : STAYING).sendAsync(request,
                info -> new Body(keeping.apply(info), length(info.headers()), pieces));
        // The client's own timeout ends with the headers.
        try {
            for (long before = 0;;) {
                try {
                    return answer.get(silence.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (pieces.get() == before) {
                        throw (IOException) new HttpTimeoutException(
                                uri(key) + " was silent for " + silence.toMillis() + " ms").initCause(e);
                    }
                    before = pieces.get();
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            for (Throwable one = cause; one != null; one = one.getCause()) {
                if (one instanceof Error error) {
                    throw error; // too little memory is no failure of the server
                }
            }
            String words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            String message = uri(key) + " cannot be read: " + words;
            throw Attempts.isFinal(cause) ? new RefusedException(message, cause) : new IOException(message, cause);
        } finally {
            answer.cancel(true);
        }
    }

    /// What an answer without an object says.
    private IOException failure(String key, HttpResponse<Kept> answer) {
        int status = answer.statusCode();
        String text = new String(answer.body().bytes(), StandardCharsets.UTF_8).strip().lines().findFirst().orElse("");
        String message = uri(key) + " answered " + status + (text.isEmpty() ? "" : ": " + text);
        if (Attempts.isBusy(status)) {
            return new BusyException(message, answer.headers().firstValue("Retry-After"));
        }
        return status == 403 ? new ForbiddenException(message) : new RefusedException(message, status);
    }

    /// Takes a body as it comes.
    private static final class Body implements HttpResponse.BodySubscriber<Kept> {
        private final CompletableFuture<Kept> result = new CompletableFuture<>();
        private final Kept kept;
        private final long stated;
        private final AtomicLong pieces;
        private Flow.Subscription subscription = new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        };

        /// @param stated length of the body; -1 if that is not known
        Body(Kept kept, long stated, AtomicLong pieces) {
            this.kept = kept;
            this.stated = stated;
            this.pieces = pieces;
        }

        @Override
        public CompletionStage<Kept> getBody() {
            return result;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> piece) {
            pieces.incrementAndGet();
            try {
                piece.forEach(kept::take);
            } catch (Error e) {
                subscription.cancel();
                result.completeExceptionally(e);
                return;
            }
            if (kept.isFull() && kept.seen() != stated) {
                subscription.cancel(); // which costs the connection, and no more than a little of the rest
                result.complete(kept);
            }
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            result.complete(kept);
        }
    }
}
