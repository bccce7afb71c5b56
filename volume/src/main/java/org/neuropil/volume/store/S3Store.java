package org.neuropil.volume.store;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.volume.store.Attempts.BusyException;
import org.neuropil.volume.store.Attempts.RefusedException;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Objects in a bucket of S3 or of a server that speaks its protocol (MinIO, Ceph, R2 …).
///
/// Region and credentials are those that the tools of AWS find where it runs: variables, profiles, roles. Without
/// credentials requests are not signed, as public buckets want it. Objects come with sums where the server has them, and
/// are put with sums.
public final class S3Store implements Store {
    private static final long serialVersionUID = 1;
    private static final int PARALLELISM = 32;

    private final String endpoint;
    private final String bucket;
    private final String prefix;
    private final Attempts attempts;
    private volatile boolean readable;
    private transient @Nullable S3Client client;

    /// A store over a part of a bucket.
    ///
    /// @param endpoint address of a server that is not Amazon's; empty for Amazon's, or the one that the variable
    ///        `AWS_ENDPOINT_URL` names
    /// @param prefix of all keys, without `/` at its ends; empty for the whole bucket
    public S3Store(String endpoint, String bucket, String prefix) {
        this(endpoint, bucket, prefix, Attempts.USUAL);
    }

    S3Store(String endpoint, String bucket, String prefix, Attempts attempts) {
        this.endpoint = endpoint;
        this.bucket = bucket;
        this.prefix = prefix;
        this.attempts = attempts;
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        return read(key, "");
    }

    @Override
    public Optional<byte[]> get(String key, long from, long to) throws IOException {
        int length = Math.toIntExact(to - from);
        // No byte is no range: then one is asked for.
        Optional<byte[]> part;
        try {
            part = read(key, "bytes=" + from + "-" + (Math.max(to, from + 1) - 1));
        } catch (RefusedException e) {
            if (e.getCause() instanceof S3Exception refused && refused.statusCode() == 416) {
                throw new IOException(uri(key) + " ends before " + to, e);
            }
            throw e;
        }
        if (part.isPresent() && length == 0) {
            return Optional.of(new byte[0]);
        }
        if (part.isPresent() && part.get().length != length) {
            throw new RefusedException(uri(key) + " ends before " + to);
        }
        return part;
    }

    @Override
    public Optional<byte[]> tail(String key, int length) throws IOException {
        try {
            return read(key, "bytes=-" + length);
        } catch (RefusedException e) {
            if (e.getCause() instanceof S3Exception refused && refused.statusCode() == 416) {
                return Optional.of(new byte[0]); // the object has no bytes
            }
            throw e;
        }
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        send(key, () -> client().putObject(request -> request.bucket(bucket).key(Keys.below(prefix, key)),
                RequestBody.fromBytes(bytes)));
    }

    @Override
    public int parallelism() {
        return PARALLELISM;
    }

    @Override
    public String uri(String key) {
        String host = endpoint.isEmpty() ? "s3://" : "s3+" + endpoint + "/";
        return host + bucket + "/" + Keys.below(prefix, key);
    }

    /// @param range empty for all
    private Optional<byte[]> read(String key, String range) throws IOException {
        return send(key, () -> {
            ResponseBytes<GetObjectResponse> answer = client().getObjectAsBytes(request -> {
                request.bucket(bucket).key(Keys.below(prefix, key));
                if (!range.isEmpty()) {
                    request.range(range);
                }
            });
            readable = true;
            Optional<String> encoding = Optional.ofNullable(answer.response().contentEncoding());
            if (!range.isEmpty() && ContentEncoding.isEncoded(encoding)) {
                throw new RefusedException(uri(key) + " is kept in Content-Encoding '" + encoding.orElse("")
                        + "', so that no part of it can be read");
            }
            return ContentEncoding.decoded(answer.asByteArrayUnsafe(), encoding, uri(key));
        });
    }

    private <T> Optional<T> send(String key, Attempts.Request<T> request) throws IOException {
        return attempts.run(() -> {
            try {
                return Optional.of(request.send());
            } catch (S3Exception e) {
                return answered(key, e);
            } catch (SdkClientException e) {
                String words = uri(key) + ": " + e.getMessage();
                throw isConnection(e) ? new IOException(words, e) : refused(words, e);
            }
        });
    }

    private static boolean isConnection(SdkClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return e.retryable();
    }

    private <T> Optional<T> answered(String key, S3Exception e) throws IOException {
        String words = uri(key) + " answered " + e.statusCode() + ": "
                + (e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage());
        boolean noBucket = e.awsErrorDetails() != null && "NoSuchBucket".equals(e.awsErrorDetails().errorCode());
        return switch (e.statusCode()) {
            case 404 -> {
                if (noBucket) {
                    throw refused(words, e);
                }
                yield Optional.empty();
            }
            // So answer buckets that may be read but not listed where there is no object.
            case 403 -> {
                if (readable) {
                    yield Optional.empty();
                }
                throw refused(words, e);
            }
            case 408, 429, 500, 502, 503, 504 -> throw new BusyException(words, Optional.empty());
            default -> throw refused(words, e);
        };
    }

    private static RefusedException refused(String words, SdkException cause) {
        RefusedException refused = new RefusedException(words);
        refused.initCause(cause);
        return refused;
    }

    private synchronized S3Client client() {
        if (client == null) {
            // This class tries again; the SDK does not on top of it.
            S3ClientBuilder builder = S3Client.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofSeconds(20))
                            .socketTimeout(Duration.ofMinutes(2)))
                    .credentialsProvider(credentials()).region(region()).crossRegionAccessEnabled(endpoint.isEmpty())
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_SUPPORTED)
                    .requestChecksumCalculation(endpoint.isEmpty()
                            ? RequestChecksumCalculation.WHEN_SUPPORTED
                            : RequestChecksumCalculation.WHEN_REQUIRED)
                    .overrideConfiguration(ClientOverrideConfiguration.builder()
                            .retryStrategy(DefaultRetryStrategy.doNotRetry()).build());
            if (!endpoint.isEmpty()) {
                builder.endpointOverride(URI.create(endpoint)).forcePathStyle(true);
            }
            client = builder.build();
        }
        return client;
    }

    private static AwsCredentialsProvider credentials() {
        AwsCredentialsProvider found = DefaultCredentialsProvider.builder().build();
        try {
            found.resolveCredentials();
            return found;
        } catch (SdkClientException e) {
            return AnonymousCredentialsProvider.create(); // there are none: public buckets need none
        }
    }

    private static Region region() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            return Region.US_EAST_1; // from there requests are sent on
        }
    }
}
