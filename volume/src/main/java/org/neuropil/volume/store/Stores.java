package org.neuropil.volume.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.neuropil.space.InputException;

/// Opens stores by their addresses.
public final class Stores {
    private static final String KNOWN = "known are a path, file://, http://, https://, s3://BUCKET/…, gs://BUCKET/… and "
            + "s3+https://HOST/BUCKET/… for other servers of S3's protocol";
    private static final String ANONYMOUS = "anonymous";
    private static final String REGION = "region";

    private Stores() {}

    /// The store at an address. Nothing is asked of it yet.
    ///
    /// @param address a path, or `file://`, `http://`, `https://`, `s3://bucket/prefix`, `gs://bucket/prefix`;
    ///        `s3+http://host/bucket/prefix` and `s3+https://…` for servers of S3's protocol that are not Amazon's. Behind
    ///        the last four, `?anonymous` leaves credentials alone that may be there, and behind those of S3
    ///        `?region=eu-west-1` says where the bucket is; `&` stands between the two
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
            case "s3" -> s3("", Bucket.parse(address, rest, Set.of(ANONYMOUS, REGION)));
            case "gs" -> {
                Bucket bucket = Bucket.parse(address, rest, Set.of(ANONYMOUS));
                yield new GcsStore(bucket.name(), bucket.prefix(), bucket.options().containsKey(ANONYMOUS));
            }
            case "s3+http", "s3+https" -> {
                int slash = rest.indexOf('/');
                if (slash <= 0) {
                    throw new InputException("names no bucket", address, KNOWN);
                }
                String endpoint = checked(address.substring("s3+".length(), end + 3) + rest.substring(0, slash),
                        address);
                yield s3(endpoint, Bucket.parse(address, rest.substring(slash + 1), Set.of(ANONYMOUS, REGION)));
            }
            default -> throw new InputException("'" + address.substring(0, end) + "' is not a known kind of address",
                    address, KNOWN);
        };
    }

    private static Store s3(String endpoint, Bucket bucket) {
        return new S3Store(endpoint, bucket.name(), bucket.prefix(), bucket.options().getOrDefault(REGION, ""),
                bucket.options().containsKey(ANONYMOUS));
    }

    private static String checked(String endpoint, String address) {
        try {
            if (new URI(endpoint).getHost() != null) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            throw new InputException("'" + endpoint + "' is no address of a server: " + e.getReason(), address, KNOWN,
                    e);
        }
        throw new InputException("'" + endpoint + "' is no address of a server", address, KNOWN);
    }

    private record Bucket(String name, String prefix, Map<String, String> options) {
        /// @param rest what stands behind the kind of address and the server
        static Bucket parse(String address, String rest, Set<String> known) {
            int query = rest.indexOf('?');
            Map<String, String> options = new TreeMap<>();
            for (String option : query < 0 ? new String[0] : rest.substring(query + 1).split("&")) {
                int is = option.indexOf('=');
                String name = is < 0 ? option : option.substring(0, is);
                if (!known.contains(name) || name.equals(REGION) != (is > 0 && is < option.length() - 1)) {
                    throw new InputException("'" + option + "' is not known here", address,
                            "known are ?" + ANONYMOUS + (known.contains(REGION) ? " and ?" + REGION + "=NAME" : ""));
                }
                options.put(name, option.substring(is + 1));
            }
            String path = query < 0 ? rest : rest.substring(0, query);
            int slash = path.indexOf('/');
            String name = slash < 0 ? path : path.substring(0, slash);
            if (name.isEmpty()) {
                throw new InputException("names no bucket", address, KNOWN);
            }
            String prefix = slash < 0 ? "" : path.substring(slash + 1).replaceFirst("/+$", "");
            return new Bucket(name, prefix, options);
        }
    }
}
