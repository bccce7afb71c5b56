package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GcsStoreTest extends StoreContract {
    private final WebServer server;
    private int count;

    GcsStoreTest() throws IOException {
        server = new WebServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    GcsStore store() {
        return new GcsStore(server.address(), "bucket", "some/folder" + count++, HttpStoreTest.IMPATIENT);
    }

    @Test
    void objectsThatCameDamagedAreReadAgain() throws IOException {
        GcsStore store = store();
        store.put("k", new byte[]{1, 2, 3});
        assertThat(server.objects).containsKey("/bucket/some/folder0/k");
        server.failures.add(WebServer.Failure.DAMAGE);
        assertThat(store.get("k")).hasValue(new byte[]{1, 2, 3});
        server.failures.addAll(List.of(WebServer.Failure.DAMAGE, WebServer.Failure.DAMAGE, WebServer.Failure.DAMAGE));
        assertThatThrownBy(() -> store.get("k")).hasMessageContaining("CRC-32C").hasMessageContaining("3 attempts");
    }

    @Test
    void refusedObjectsAreErrorsAndNotAbsent() {
        server.failures.add(WebServer.Failure.FORBIDDEN);
        assertThatThrownBy(() -> store().get("k")).isInstanceOf(IOException.class).hasMessageContaining("403");
        assertThat(store().uri("k")).startsWith("gs://bucket/some/folder");
    }
}
