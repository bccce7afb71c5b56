package org.neuropil.volume.store;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// A folder of a web server as a store that is only read.
///
/// Redirects are followed, but not from https to http. Where status 403 counts as an absent key stands at
/// [RemoteObjects].
public final class HttpStore implements Store {
    private static final long serialVersionUID = 1;
    /// Answers take tens of milliseconds, and most browsers and servers are content with six to some dozens.
    private static final int PARALLELISM = 16;

    private final URI base;
    private final Attempts attempts;
    private final Duration patience;
    private final RemoteObjects.Readable readable = new RemoteObjects.Readable();
    private transient volatile @Nullable RemoteObjects objects;

    /// A store over the folder with an address.
    ///
    /// @param address `http://` or `https://`; a query goes with every request, and into no message
    /// @throws InputException if it is no such address
    public HttpStore(String address) {
        this(address, Attempts.USUAL, WebTransport.PATIENCE);
    }

    HttpStore(String address, Attempts attempts, Duration patience) {
        this.base = parse(address);
        this.attempts = attempts;
        this.patience = patience;
    }

    private static URI parse(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() != null && uri.getUserInfo() == null && ("http".equalsIgnoreCase(uri.getScheme())
                    || "https".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new InputException("is no web address: " + e.getReason(), address, "", e);
        }
        throw new InputException("is no web address", address,
                "it begins with http:// or https:// and a host, without a name of a user");
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
    public void put(String key, byte[] bytes) {
        throw new InputException("can only be read", uri(key), "write to a folder, s3:// or gs://");
    }

    @Override
    public int parallelism() {
        return PARALLELISM;
    }

    @Override
    public String uri(String key) {
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        return base.getScheme() + "://" + base.getRawAuthority() + path + (path.endsWith("/") ? "" : "/")
                + Keys.encoded(key);
    }

    private RemoteObjects objects() {
        RemoteObjects made = objects;
        if (made == null) {
            made = new RemoteObjects(new WebTransport(new Folder(this), patience), attempts, readable, PARALLELISM);
            objects = made;
        }
        return made;
    }

    private record Folder(HttpStore store) implements WebTransport.Place {
        @Override
        public URI address(String key) {
            String query = store.base.getRawQuery();
            return URI.create(store.uri(key) + (query == null ? "" : "?" + query));
        }

        @Override
        public String uri(String key) {
            return store.uri(key);
        }

        /// What a server compresses on the way has no ranges.
        @Override
        public Map<String, String> headers() {
            return Map.of("Accept-Encoding", "identity");
        }

        @Override
        public Map<String, String> headers(byte[] bytes) {
            return Map.of();
        }

        @Override
        public boolean follows() {
            return true;
        }

        @Override
        public Optional<String> damage(HttpHeaders headers, byte[] bytes) {
            return Optional.empty();
        }
    }
}
