package org.neuropil.volume.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

import org.neuropil.volume.store.Attempts.BusyException;
import org.neuropil.volume.store.Attempts.RefusedException;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Requests by the SDK for S3.
///
/// @param uri tells where a key lies, for messages
record S3Transport(S3Clients.Server server, String bucket, String prefix,
        UnaryOperator<String> uri) implements Transport {
    private static final int PIECE = 64 << 10;

    @Override
    public Answer get(String key, String range, Keeping keeping) throws IOException, InterruptedException {
        try {
            return send(key, client -> client.getObject(request -> {
                request.bucket(bucket).key(Keys.below(prefix, key));
                if (!range.isEmpty()) {
                    request.range(range);
                }
            }, (response, body) -> receive(key, response, body, keeping)));
        } catch (RefusedException e) {
            if (e.status() != 404 && e.status() != 416) {
                throw e;
            }
            return new Answer(new Head(e.status(), Optional.empty(), total(e), -1), Kept.part(0, 0));
        }
    }

    /// The answer to an impossible range tells the object's length, as a rule.
    private static Optional<ContentRange> total(RefusedException e) {
        return e.getCause() instanceof S3Exception answer
                ? header(answer, "Content-Range").flatMap(ContentRange::parse)
                : Optional.empty();
    }

    private static Optional<String> header(S3Exception answer, String name) {
        return Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader(name));
    }

    private Answer receive(String key, GetObjectResponse response, AbortableInputStream body, Keeping keeping)
            throws IOException {
        long stated = response.contentLength() == null ? -1 : response.contentLength();
        int status = response.contentRange() == null ? 200 : 206;
        Head head = new Head(status, Optional.ofNullable(response.contentEncoding()),
                Optional.ofNullable(response.contentRange()).flatMap(ContentRange::parse), stated);
        Kept kept = keeping.of(head);
        byte[] piece = new byte[Math.clamp(stated, 1, PIECE)];
        while (true) {
            if (kept.isFull() && kept.seen() != stated) {
                body.abort();
                break;
            }
            int read = body.read(piece);
            if (read < 0) {
                // Nothing below tells of a body that ends too early.
                if (stated >= 0 && kept.seen() != stated) {
                    throw new IOException(
                            uri(key) + " gave " + kept.seen() + " bytes and had announced " + stated);
                }
                break;
            }
            kept.take(ByteBuffer.wrap(piece, 0, read));
        }
        return new Answer(head, kept);
    }

    @Override
    public OptionalLong size(String key) throws IOException, InterruptedException {
        try {
            HeadObjectResponse head = send(key,
                    client -> client.headObject(request -> request.bucket(bucket).key(Keys.below(prefix, key))));
            boolean plain = !ContentEncoding.isEncoded(Optional.ofNullable(head.contentEncoding()));
            return plain && head.contentLength() != null
                    ? OptionalLong.of(head.contentLength())
                    : OptionalLong.empty();
        } catch (RefusedException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException, InterruptedException {
        send(key, client -> client.putObject(request -> request.bucket(bucket).key(Keys.below(prefix, key)),
                RequestBody.fromBytes(bytes)));
    }

    @Override
    public String uri(String key) {
        return uri.apply(key);
    }

    @FunctionalInterface
    private interface Request<T> {
        T send(S3Client client);
    }

    private <T> T send(String key, Request<T> request) throws IOException, InterruptedException {
        try {
            return request.send(S3Clients.of(server));
        } catch (AbortedException e) {
            throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
        } catch (S3Exception e) {
            throw answered(key, e);
        } catch (SdkException e) {
            String words = uri(key) + " cannot be reached: " + e.getMessage();
            boolean later = (e.retryable() || isConnection(e)) && !Attempts.isFinal(e);
            throw later ? new IOException(words, e) : new RefusedException(words, e);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(uri(key) + " cannot be asked for: " + e.getMessage(), e);
        }
    }

    private static boolean isConnection(SdkException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private IOException answered(String key, S3Exception e) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("");
        String text = details.map(AwsErrorDetails::errorMessage).orElse(e.getMessage());
        String words = uri(key) + " answered " + e.statusCode() + (code.isEmpty() ? "" : " " + code) + ": " + text
                + (e.statusCode() == 403 && S3Clients.isUnsigned(server)
                        ? " (asked without credentials, since the tools of AWS find none, or none that are valid)"
                        : "");
        if (Attempts.isBusy(e.statusCode()) || e.isThrottlingException() || code.equals("RequestTimeout")) {
            return new BusyException(words, header(e, "Retry-After"));
        }
        // Other words than these for a request that is forbidden tell of the one who asks, and not of the object.
        if (e.statusCode() == 403 && (code.isEmpty() || code.equals("AccessDenied"))) {
            ForbiddenException forbidden = new ForbiddenException(words);
            forbidden.initCause(e);
            return forbidden;
        }
        RefusedException refused = new RefusedException(words,
                code.equals("NoSuchBucket") || e.statusCode() == 403 ? 0 : e.statusCode());
        refused.initCause(e);
        return refused;
    }
}
