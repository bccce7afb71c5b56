package org.neuropil.volume.store;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/// Objects in a bucket of Google Cloud Storage, over its XML API. With the application default credentials of where it
/// runs, or anonymous if there are none. Sums (CRC-32C) of whole objects are checked both ways. Where status 403 counts as
/// an absent key stands at [RemoteObjects].
public final class GcsStore implements Store {
    private static final long serialVersionUID = 1;
    private static final int PARALLELISM = 32;
    private static final String GOOGLE = "https://storage.googleapis.com";
    private static final String SUM = "crc32c=";

    private final String endpoint;
    private final String bucket;
    private final String prefix;
    private final Login login;
    private final Attempts attempts;
    private final RemoteObjects.Readable readable = new RemoteObjects.Readable();
    private transient volatile @Nullable RemoteObjects objects;

    /// Who asks.
    @FunctionalInterface
    interface Login extends Serializable {
        /// Headers that tell it; none for anybody.
        Map<String, String> headers() throws IOException;
    }

    /// A store over a part of a bucket, at Google; or, without credentials, where the variable `STORAGE_EMULATOR_HOST`
    /// says.
    ///
    /// @param prefix of all keys, without `/` at its ends; empty for the whole bucket
    /// @param anonymous true to leave credentials alone that may be there
    public GcsStore(String bucket, String prefix, boolean anonymous) {
        this(emulator().orElse(GOOGLE), bucket, prefix,
                anonymous || emulator().isPresent() ? Map::of : GoogleLogin.DEFAULT, Attempts.USUAL);
    }

    GcsStore(String endpoint, String bucket, String prefix, Login login, Attempts attempts) {
        String address = endpoint.contains("://") ? endpoint : "http://" + endpoint;
        this.endpoint = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.bucket = bucket;
        this.prefix = prefix;
        this.login = login;
        this.attempts = attempts;
    }

    private static Optional<String> emulator() {
        return Optional.ofNullable(System.getenv("STORAGE_EMULATOR_HOST")).filter(host -> !host.isBlank());
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        return objects().get(Keys.checked(key));
    }

    @Override
    public Optional<byte[]> get(String key, long from, long to) throws IOException {
        return objects().get(Keys.checked(key), from, to);
    }

    @Override
    public Optional<byte[]> tail(String key, int length) throws IOException {
        return objects().tail(Keys.checked(key), length);
    }

    @Override
    public OptionalLong size(String key) throws IOException {
        return objects().size(Keys.checked(key));
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        objects().put(Keys.checked(key), bytes);
    }

    @Override
    public int parallelism() {
        return PARALLELISM;
    }

    @Override
    public String uri(String key) {
        return "gs://" + bucket + "/" + Keys.below(prefix, key);
    }

    private RemoteObjects objects() {
        RemoteObjects made = objects;
        if (made == null) {
            made = new RemoteObjects(transport(), attempts, readable, PARALLELISM);
            objects = made;
        }
        return made;
    }

    WebTransport transport() {
        return new WebTransport(new Bucket(this), WebTransport.PATIENCE);
    }

    private record Bucket(GcsStore store) implements WebTransport.Place {
        @Override
        public URI address(String key) {
            return URI.create(store.endpoint + "/" + store.bucket + "/" + Keys.escaped(Keys.below(store.prefix, key)));
        }

        @Override
        public String uri(String key) {
            return store.uri(key);
        }

        /// Asking for gzip keeps the server from decompressing, and so from ignoring ranges and sums.
        @Override
        public Map<String, String> headers() throws IOException {
            Map<String, String> headers = new HashMap<>(store.login.headers());
            headers.put("Accept-Encoding", "gzip");
            return headers;
        }

        @Override
        public Map<String, String> headers(byte[] bytes) {
            return Map.of("Content-Type", "application/octet-stream", "x-goog-hash", SUM + sum(bytes));
        }

        /// Credentials are for no other server.
        @Override
        public boolean follows() {
            return false;
        }

        @Override
        public Optional<String> damage(HttpHeaders headers, byte[] bytes) {
            // The sum is that of what is stored, which is what comes unless the server has decompressed it.
            String stored = headers.firstValue("x-goog-stored-content-encoding").orElse("identity");
            if (!stored.equals(headers.firstValue("Content-Encoding").orElse("identity"))) {
                return Optional.empty();
            }
            String sum = SUM + sum(bytes);
            return headers.allValues("x-goog-hash").stream().flatMap(line -> Arrays.stream(line.split(",")))
                    .map(String::strip).filter(other -> other.startsWith(SUM) && !other.equals(sum)).findFirst()
                    .map(other -> "came damaged: its CRC-32C is " + sum.substring(SUM.length()) + ", not "
                            + other.substring(SUM.length()));
        }
    }

    private static String sum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
