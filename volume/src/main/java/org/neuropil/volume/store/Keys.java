package org.neuropil.volume.store;

import java.nio.charset.StandardCharsets;

/// Keys as they stand in addresses and in buckets.
final class Keys {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

    private Keys() {}

    /// A key as a part of a URL's path: all but unreserved characters (RFC 3986) and `/` are written as `%XX`.
    ///
    /// @throws IllegalArgumentException if the key leaves the store
    static String encoded(String key) {
        return escaped(checked(key));
    }

    /// As [#encoded], of any object's name: in buckets `a//b` and `..` are names as others.
    static String escaped(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return encoded.toString();
    }

    /// The key itself.
    ///
    /// @throws IllegalArgumentException if it is empty or leaves the store
    static String checked(String key) {
        for (String name : key.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("key '" + key + "' leaves the store");
            }
        }
        return key;
    }

    /// A key below a prefix.
    ///
    /// @param prefix without `/` at its ends; empty for none
    static String below(String prefix, String key) {
        return prefix.isEmpty() ? checked(key) : prefix + "/" + checked(key);
    }
}
