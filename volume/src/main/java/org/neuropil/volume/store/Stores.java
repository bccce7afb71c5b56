package org.neuropil.volume.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

import org.neuropil.space.InputException;

/// Opens stores by their addresses.
public final class Stores {
    private static final String KNOWN = "known are a path, file://, http://, https://, s3://BUCKET/…, gs://BUCKET/… and "
            + "s3+https://HOST/BUCKET/… for other servers of S3's protocol";

    private Stores() {}

    /// The store at an address. Nothing is asked of it yet.
    ///
    /// @param address a path, or `file://`, `http://`, `https://`, `s3://bucket/prefix`, `gs://bucket/prefix`;
    ///        `s3+http://host/bucket/prefix` and `s3+https://…` for servers of S3's protocol that are not Amazon's
    /// @throws InputException if it is none of these
    public static Store open(String address) {
        int end = address.indexOf("://");
        if (end < 0) {
            return new FileStore(Path.of(address));
        }
        String rest = address.substring(end + 3);
        return switch (address.substring(0, end).toLowerCase(Locale.ROOT)) {
            case "file" -> new FileStore(Path.of(rest));
            case "http", "https" -> new HttpStore(address);
            case "s3" -> bucket(address, rest, (bucket, prefix) -> new S3Store("", bucket, prefix));
            case "gs" -> bucket(address, rest, GcsStore::new);
            case "s3+http", "s3+https" -> {
                int slash = rest.indexOf('/');
                if (slash <= 0) {
                    throw new InputException("names no bucket", address, KNOWN);
                }
                String endpoint = address.substring(3, end + 3) + rest.substring(0, slash);
                URI.create(endpoint);
                yield bucket(address, rest.substring(slash + 1),
                        (bucket, prefix) -> new S3Store(endpoint, bucket, prefix));
            }
            default -> throw new InputException("'" + address.substring(0, end) + "' is not a known kind of address",
                    address, KNOWN);
        };
    }

    @FunctionalInterface
    private interface Opener {
        Store open(String bucket, String prefix);
    }

    private static Store bucket(String address, String rest, Opener opener) {
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1).replaceFirst("/+$", "");
        if (bucket.isEmpty()) {
            throw new InputException("names no bucket", address, KNOWN);
        }
        return opener.open(bucket, prefix);
    }
}
