package org.neuropil.volume.store;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;

/// Objects in a bucket of Google Cloud Storage, over its XML API. With the application default credentials of where it
/// runs, or anonymous if there are none. Sums (CRC-32C) of whole objects are checked both ways.
public final class GcsStore implements Store {
    private static final long serialVersionUID = 1;
    private static final int PARALLELISM = 32;
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

    private final String endpoint;
    private final String bucket;
    private final String prefix;
    private final Attempts attempts;
    private transient WebObjects objects;
    private transient boolean sought;
    private transient @Nullable GoogleCredentials credentials;

    /// A store over a part of a bucket, at Google or where the variable `STORAGE_EMULATOR_HOST` says.
    ///
    /// @param prefix of all keys, without `/` at its ends; empty for the whole bucket
    public GcsStore(String bucket, String prefix) {
        this(Optional.ofNullable(System.getenv("STORAGE_EMULATOR_HOST")).filter(host -> !host.isBlank())
                .orElse("https://storage.googleapis.com"), bucket, prefix, Attempts.USUAL);
    }

    GcsStore(String endpoint, String bucket, String prefix, Attempts attempts) {
        String address = endpoint.contains("://") ? endpoint : "http://" + endpoint;
        this.endpoint = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.bucket = bucket;
        this.prefix = prefix;
        this.attempts = attempts;
        this.objects = objects();
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        return objects.get(address(key));
    }

    @Override
    public Optional<byte[]> get(String key, long from, long to) throws IOException {
        return objects.get(address(key), from, to);
    }

    @Override
    public Optional<byte[]> tail(String key, int length) throws IOException {
        return objects.tail(address(key), length);
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        objects.put(address(key), bytes,
                Map.of("Content-Type", "application/octet-stream", "x-goog-hash", "crc32c=" + sum(bytes)));
    }

    @Override
    public int parallelism() {
        return PARALLELISM;
    }

    @Override
    public String uri(String key) {
        return "gs://" + bucket + "/" + Keys.below(prefix, key);
    }

    private URI address(String key) {
        return URI.create(endpoint + "/" + bucket + "/" + Keys.encoded(Keys.below(prefix, key)));
    }

    private WebObjects objects() {
        return new WebObjects(attempts, this::headers, GcsStore::check);
    }

    /// Asking for gzip keeps the server from decompressing, and so from ignoring ranges and sums.
    private Map<String, String> headers() throws IOException {
        Optional<String> token = token();
        return token.isEmpty()
                ? Map.of("Accept-Encoding", "gzip")
                : Map.of("Accept-Encoding", "gzip", "Authorization", "Bearer " + token.get());
    }

    private synchronized Optional<String> token() throws IOException {
        if (!sought) {
            try {
                credentials = GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
            } catch (IOException e) {
                credentials = null; // there are none: public buckets need none
            }
            sought = true;
        }
        if (credentials == null) {
            return Optional.empty();
        }
        credentials.refreshIfExpired();
        return Optional.ofNullable(credentials.getAccessToken()).map(AccessToken::getTokenValue);
    }

    private static void check(HttpResponse<byte[]> answer) throws IOException {
        // The sum is that of what is stored, which is what comes unless the server has decompressed it.
        String stored = answer.headers().firstValue("x-goog-stored-content-encoding").orElse("identity");
        String sent = answer.headers().firstValue("Content-Encoding").orElse("identity");
        List<String> sums = new ArrayList<>();
        answer.headers().allValues("x-goog-hash").forEach(line -> sums.addAll(List.of(line.split(","))));
        for (String sum : sums) {
            if (stored.equals(sent) && sum.strip().startsWith("crc32c=")
                    && !sum.strip().substring(7).equals(sum(answer.body()))) {
                throw new IOException(answer.uri() + " came damaged: its CRC-32C is " + sum(answer.body()) + ", not "
                        + sum.strip().substring(7));
            }
        }
    }

    private static String sum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        objects = objects();
    }
}
