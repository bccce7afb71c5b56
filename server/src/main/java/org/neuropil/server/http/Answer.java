package org.neuropil.server.http;

import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;

/// What an endpoint finds; what of it is sent is decided by [Negotiation].
public sealed interface Answer {
    /// Ask before using a kept copy.
    String REVALIDATE = "no-cache";
    /// Keep no copy.
    String VOLATILE = "no-store";
    /// A copy is good for ever: another content would have another name.
    String IMMUTABLE = "public, max-age=31536000, immutable";

    /// The client is to ask elsewhere.
    ///
    /// @param location path or URL
    record Redirect(String location) implements Answer {}

    /// A resource as it is now, plain or gzipped or both.
    ///
    /// @param type media type
    /// @param etag validator without quotes; equal for equal bytes
    /// @param caching value of `Cache-Control`
    /// @param plain the bytes, if they are at hand
    /// @param gzip the bytes gzipped, if they are at hand
    /// @param compressible true if it is worth the time to gzip the plain bytes for a client
    record Resource(String type, String etag, String caching, @Nullable Body plain, @Nullable Body gzip,
            boolean compressible) implements Answer {
        /// @throws IllegalArgumentException if there are no bytes at all
        public Resource {
            if (plain == null && gzip == null) {
                throw new IllegalArgumentException("a resource without bytes");
            }
        }
    }

    /// Bytes in memory.
    static Resource bytes(String type, byte[] bytes, String caching) {
        return new Resource(type, etag(bytes), caching, new Body.Memory(bytes), null, MediaTypes.compressible(type));
    }

    /// A value as JSON.
    static Resource json(Object value, String caching) {
        return bytes(MediaTypes.JSON, Json.bytes(value), caching);
    }

    /// A validator made of the bytes themselves.
    static String etag(byte[] bytes) {
        return HexFormat.of().formatHex(HexFormat.of().parseHex(Json.sha256(bytes)), 0, 8);
    }
}
