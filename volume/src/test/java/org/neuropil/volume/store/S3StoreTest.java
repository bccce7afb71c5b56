package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.Random;

import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.RandomVolumes;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.Format;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.format.WriteOptions;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Against a server of S3's protocol on loopback.
class S3StoreTest extends StoreContract {
    private static BlobStore proxyStore;
    private static S3Proxy proxy;
    private static String endpoint = "";
    private static int count;

    @BeforeAll
    static void start() throws Exception {
        proxyStore = BlobStores.create("transient-nio2", new Properties());
        proxy = S3Proxy.builder().blobStore(proxyStore)
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

    @ParameterizedTest
    @EnumSource(names = {"PRECOMPUTED", "ZARR2", "ZARR3", "N5"})
    void volumesAreBegunWrittenAndFoundByTheirAddress(Format format) throws IOException {
        String address = "s3+" + endpoint + "/bucket/formats/" + format.text() + "?region=us-east-1";
        Box bounds = Box.of(new Int3(0, 0, 0), new Int3(40, 33, 21));
        VolumeInfo info = new VolumeInfo(VolumeInfo.Kind.IMAGE, DataType.UINT8,
                List.of(new Scale(new VoxelSize(8, 8, 40), bounds, Int3.all(16))));
        Block all = RandomVolumes.fill(Block.zeros(DataType.UINT8, bounds), new Random(1));
        VolumeUri uri = VolumeUri.parse(format.text() + "://" + address, "target");
        assertThat(Volumes.exists(VolumeUri.parse(address, "target"))).isFalse();
        Volumes.create(uri, info, WriteOptions.USUAL).write(0, all);
        Volume found = Volumes.open(VolumeUri.parse(address, "source"), OpenOptions.NONE);
        assertThat(found.read(0, bounds).array()).isEqualTo(all.array());
    }

    @Test
    void bucketsThatAreOpenToAllNeedNoCredentials() throws Exception {
        S3Proxy open = S3Proxy.builder().blobStore(proxyStore).endpoint(URI.create("http://127.0.0.1:0")).build();
        open.start();
        System.setProperty("aws.secretAccessKey", "wrong");
        try {
            Store store = Stores.open("s3+http://127.0.0.1:" + open.getPort() + "/bucket/open?anonymous");
            store.put("k", new byte[]{1, 2});
            assertThat(store.get("k")).hasValue(new byte[]{1, 2});
        } finally {
            System.setProperty("aws.secretAccessKey", "secret");
            open.stop();
        }
    }

    @Test
    void theServerMayBeNamedByTheSettingsOfAmazonsTools() throws IOException {
        System.setProperty("aws.endpointUrl", endpoint);
        try {
            Store store = Stores.open("s3://bucket/by-settings?region=us-east-1");
            store.put("k", new byte[]{1, 2});
            assertThat(Stores.open("s3+" + endpoint + "/bucket/by-settings").get("k")).hasValue(new byte[]{1, 2});
        } finally {
            System.clearProperty("aws.endpointUrl");
        }
    }
}
