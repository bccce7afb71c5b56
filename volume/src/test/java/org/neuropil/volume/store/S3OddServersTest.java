package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import org.junit.jupiter.api.Test;

/// Against a server that fails in ways in which a real one cannot be made to fail.
class S3OddServersTest extends RemoteStoreContract {
    S3OddServersTest() throws IOException {}

    @Override
    Store store() {
        return new S3Store(new S3Clients.Server(server.address(), "us-east-1", true), "bucket", "p" + count++,
                TestClock.impatient());
    }

    @Override
    String path(String key) {
        return "/bucket/p" + (count - 1) + "/" + key;
    }

    @Test
    void tellsWhereAKeyLies() {
        assertThat(store().uri("k")).isEqualTo("s3+" + server.address() + "/bucket/p0/k");
    }

    @Test
    void whoIsForbiddenIsToldThatThereAreNoCredentials() {
        System.setProperty("aws.disableEc2Metadata", "true");
        try {
            server.forbidsAbsent = true;
            Store store = new S3Store(new S3Clients.Server(server.address(), "us-east-1", false), "bucket", "x",
                    TestClock.impatient());
            assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("403")
                    .hasMessageContaining("without credentials");
            assertThatThrownBy(() -> store().get("k")).hasMessageContaining("403")
                    .hasMessageNotContaining("without credentials");
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
        }
    }
}
