package org.neuropil.volume.store;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.volume.store.WebObjects.ForbiddenException;

/// A folder of a web server as a store that is only read.
///
/// Servers of buckets that may be read but not listed answer 403 where there is no object. That is taken for an absent
/// one once the store has given any object, which tells that its objects may be read.
public final class HttpStore implements Store {
    private static final long serialVersionUID = 1;
    /// Answers take tens of milliseconds, and most browsers and servers are content with six to some dozens.
    private static final int PARALLELISM = 16;

    private final URI base;
    private final Attempts attempts;
    private volatile boolean readable;
    private transient WebObjects objects;

    /// A store over the folder with an address.
    ///
    /// @param address `http://` or `https://`; a query goes with every request
    /// @throws InputException if it is no such address
    public HttpStore(String address) {
        this(address, Attempts.USUAL);
    }

    HttpStore(String address, Attempts attempts) {
        this.base = parse(address);
        this.attempts = attempts;
        this.objects = objects();
    }

    private static URI parse(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() != null && ("http".equalsIgnoreCase(uri.getScheme())
                    || "https".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new InputException("is no web address: " + e.getReason(), address, "", e);
        }
        throw new InputException("is no web address", address, "it begins with http:// or https:// and a host");
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        return absentIfForbidden(() -> objects.get(address(key)));
    }

    @Override
    public Optional<byte[]> get(String key, long from, long to) throws IOException {
        return absentIfForbidden(() -> objects.get(address(key), from, to));
    }

    @Override
    public Optional<byte[]> tail(String key, int length) throws IOException {
        return absentIfForbidden(() -> objects.tail(address(key), length));
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
        return address(key).toString();
    }

    private URI address(String key) {
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + (path.endsWith("/") ? "" : "/")
                + Keys.encoded(key) + query);
    }

    @FunctionalInterface
    private interface Answer {
        Optional<byte[]> get() throws IOException;
    }

    private Optional<byte[]> absentIfForbidden(Answer answer) throws IOException {
        try {
            Optional<byte[]> bytes = answer.get();
            readable |= bytes.isPresent();
            return bytes;
        } catch (ForbiddenException e) {
            if (readable) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private WebObjects objects() {
        return new WebObjects(attempts, Map::of, _ -> {});
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        objects = objects();
    }
}
