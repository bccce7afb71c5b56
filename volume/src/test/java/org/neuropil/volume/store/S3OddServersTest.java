package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;

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
}
