package org.neuropil.volume.store;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// The SDK's clients, one for each server in a process: to find credentials takes time, and stores come and go.
final class S3Clients {
    private static final Map<Server, S3Client> CLIENTS = new ConcurrentHashMap<>();
    private static final Set<Server> UNSIGNED = ConcurrentHashMap.newKeySet();

    private S3Clients() {}

    /// Whom to ask, and as whom.
    ///
    /// @param endpoint empty for Amazon's, or what the variables say
    /// @param region empty for the one that is found
    /// @param anonymous true to leave credentials alone
    record Server(String endpoint, String region, boolean anonymous) implements Serializable {}

    /// The client for a server.
    static S3Client of(Server server) {
        return CLIENTS.computeIfAbsent(server, S3Clients::make);
    }

    /// True if credentials were sought for a server and none were found.
    static boolean isUnsigned(Server server) {
        return UNSIGNED.contains(server);
    }

    private static S3Client make(Server server) {
        Optional<String> endpoint = server.endpoint().isEmpty()
                ? Stream.of(System.getProperty("aws.endpointUrlS3"), System.getenv("AWS_ENDPOINT_URL_S3"),
                        System.getProperty("aws.endpointUrl"), System.getenv("AWS_ENDPOINT_URL"))
                        .filter(url -> url != null && !url.isBlank()).findFirst()
                : Optional.of(server.endpoint());
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofSeconds(20))
                        .socketTimeout(WebTransport.PATIENCE))
                .credentialsProvider(server.anonymous() ? AnonymousCredentialsProvider.create() : credentials(server))
                .region(server.region().isEmpty() ? region() : Region.of(server.region()))
                .crossRegionAccessEnabled(endpoint.isEmpty())
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_SUPPORTED)
                .requestChecksumCalculation(endpoint.isEmpty()
                        ? RequestChecksumCalculation.WHEN_SUPPORTED
                        : RequestChecksumCalculation.WHEN_REQUIRED)
                // The store tries again; the SDK does not on top of it.
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(DefaultRetryStrategy.doNotRetry()).build());
        // The name of a bucket before that of a host is Amazon's way.
        endpoint.ifPresent(url -> builder.endpointOverride(URI.create(url)).forcePathStyle(true));
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(Server server) {
        AwsCredentialsProvider found = DefaultCredentialsProvider.builder().build();
        try {
            found.resolveCredentials();
            return found;
        } catch (SdkClientException e) {
            UNSIGNED.add(server);
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
