package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.neuropil.volume.store.WebServer.Failure;

import com.google.auth.oauth2.GoogleCredentials;

class GcsStoreTest extends RemoteStoreContract {
    GcsStoreTest() throws IOException {}

    @Override
    GcsStore store() {
        return store(Map::of);
    }

    private GcsStore store(GcsStore.Login login) {
        return new GcsStore(server.address(), "bucket", "some/folder" + count++, login, TestClock.impatient());
    }

    @Override
    String path(String key) {
        return "/bucket/some/folder" + (count - 1) + "/" + key;
    }

    @Test
    void objectsThatCameDamagedAreReadAgain() throws IOException {
        GcsStore store = store();
        store.put("k", new byte[]{1, 2, 3});
        assertThat(server.objects).containsKey("/bucket/some/folder0/k");
        server.failures.add(Failure.DAMAGE);
        assertThat(store.get("k")).hasValue(new byte[]{1, 2, 3});
        server.failures.addAll(List.of(Failure.DAMAGE, Failure.DAMAGE, Failure.DAMAGE));
        assertThatThrownBy(() -> store.get("k")).hasMessageContaining("CRC-32C").hasMessageContaining("3 attempts");
    }

    @Test
    void prefixesMayBeAnyThatABucketHas() throws IOException {
        GcsStore store = new GcsStore(server.address(), "bucket", "a//b c+%20", Map::of, TestClock.impatient());
        store.put("k", new byte[]{5});
        assertThat(server.objects).containsKey("/bucket/a//b c+%20/k");
        assertThat(store.get("k")).hasValue(new byte[]{5});
    }

    @Test
    void tellsWhereAKeyLies() {
        assertThat(store().uri("k")).isEqualTo("gs://bucket/some/folder0/k");
    }

    @Test
    void tokensOfAServiceAccountGoWithEveryRequest() throws IOException, GeneralSecurityException {
        GoogleCredentials credentials = GoogleCredentials.fromStream(new ByteArrayInputStream(account()))
                .createScoped("https://www.googleapis.com/auth/devstorage.read_write");
        server.token = "t0k3n";
        GcsStore store = store(() -> GoogleLogin.headers(credentials));
        store.put("k", new byte[]{1});
        assertThat(store.get("k")).hasValue(new byte[]{1});
        assertThat(server.requests).containsExactly("POST /token", "PUT " + path("k"), "GET " + path("k"));
        Store other = store();
        assertThatThrownBy(() -> other.get("k")).isInstanceOf(IOException.class).hasMessageContaining("401");
    }

    private byte[] account() throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
        pairs.initialize(2048);
        String key = Base64.getEncoder().encodeToString(pairs.generateKeyPair().getPrivate().getEncoded());
        return """
                {"type": "service_account", "client_id": "1", "client_email": "a@b", "private_key_id": "1",
                 "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
                 "token_uri": "%s/token"}
                """.formatted(key, server.address()).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void credentialsDoNotFollowRedirects() {
        server.redirects.put("/bucket/", "/elsewhere/");
        GcsStore store = store(() -> Map.of("Authorization", "Bearer x"));
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("307");
        assertThat(server.requests).hasSize(1);
    }
}
