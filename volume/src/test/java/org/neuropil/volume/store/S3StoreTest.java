package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Properties;

import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Against a server of S3's protocol on loopback.
class S3StoreTest extends StoreContract {
    private static S3Proxy proxy;
    private static String endpoint = "";
    private static int count;

    @BeforeAll
    static void start() throws Exception {
        proxy = S3Proxy.builder().blobStore(BlobStores.create("transient-nio2", new Properties()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "id", "secret").build();
        proxy.start();
        endpoint = "http://127.0.0.1:" + proxy.getPort();
        try (S3Client client = S3Client.builder().endpointOverride(URI.create(endpoint)).forcePathStyle(true)
                .region(Region.US_EAST_1).httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build()) {
            client.createBucket(request -> request.bucket("bucket"));
        }
        System.setProperty("aws.accessKeyId", "id");
        System.setProperty("aws.secretAccessKey", "secret");
        System.setProperty("aws.region", "us-east-1");
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.clearProperty("aws.region");
        proxy.stop();
    }

    @Override
    Store store() {
        return Stores.open("s3+" + endpoint + "/bucket/volumes/v" + count++);
    }

    @Test
    void missingBucketsAndWrongCredentialsAreErrors() {
        assertThatThrownBy(() -> Stores.open("s3+" + endpoint + "/nowhere/x").get("k")).isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere");
        System.setProperty("aws.secretAccessKey", "wrong");
        try {
            assertThatThrownBy(() -> store().get("k")).isInstanceOf(IOException.class).hasMessageContaining("403");
        } finally {
            System.setProperty("aws.secretAccessKey", "secret");
        }
    }

    @Test
    void serversThatAreNotThereAreNamed() {
        Store store = new S3Store(new S3Clients.Server("http://127.0.0.1:9", "", false), "bucket", "x",
                TestClock.impatient());
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("127.0.0.1:9")
                .hasMessageContaining("3 attempts");
        assertThat(store.uri("k")).isEqualTo("s3+http://127.0.0.1:9/bucket/x/k");
    }
}
