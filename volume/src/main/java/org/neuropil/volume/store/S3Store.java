package org.neuropil.volume.store;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/// Objects in a bucket of S3 or of a server that speaks its protocol (MinIO, Ceph, R2 …).
///
/// Region and credentials are those that the tools of AWS find where it runs: variables, profiles, roles. Without
/// credentials requests are not signed, as public buckets want it. Objects come with sums where the server has them, and
/// are put with sums; to servers that are not Amazon's only where the protocol asks for it, because many do not know the
/// newer ones. Where status 403 counts as an absent key stands at [RemoteObjects].
public final class S3Store implements Store {
    private static final long serialVersionUID = 1;
    private static final int PARALLELISM = 32;

    private final S3Clients.Server server;
    private final String bucket;
    private final String prefix;
    private final Attempts attempts;
    private final RemoteObjects.Readable readable = new RemoteObjects.Readable();
    private transient volatile @Nullable RemoteObjects objects;

    /// A store over a part of a bucket.
    ///
    /// @param endpoint address of a server that is not Amazon's; empty for Amazon's, or the one that the variable
    ///        `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` names where it runs
    /// @param bucket its name
    /// @param prefix of all keys, without `/` at its ends; empty for the whole bucket
    /// @param region of the bucket; empty for the one that is found
    /// @param anonymous true to leave credentials alone that may be there
    public S3Store(String endpoint, String bucket, String prefix, String region, boolean anonymous) {
        this(new S3Clients.Server(endpoint, region, anonymous), bucket, prefix, Attempts.USUAL);
    }

    S3Store(S3Clients.Server server, String bucket, String prefix, Attempts attempts) {
        this.server = server;
        this.bucket = bucket;
        this.prefix = prefix;
        this.attempts = attempts;
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
        String host = server.endpoint().isEmpty() ? "s3://" : "s3+" + server.endpoint() + "/";
        return host + bucket + "/" + Keys.below(prefix, key);
    }

    private RemoteObjects objects() {
        RemoteObjects made = objects;
        if (made == null) {
            made = new RemoteObjects(new S3Transport(server, bucket, prefix, this::uri), attempts, readable,
                    PARALLELISM);
            objects = made;
        }
        return made;
    }
}
