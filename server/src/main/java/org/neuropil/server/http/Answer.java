package org.neuropil.server.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

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

    /// What came out of a request, not of a resource: nobody keeps a copy, and there are no ranges of it.
    ///
    /// @param status 200 to 299
    /// @param type media type
    /// @param headers more headers
    /// @param bytes of the body
    record Result(int status, String type, Map<String, String> headers, byte[] bytes) implements Answer {
        /// Copies the headers.
        public Result {
            headers = Map.copyOf(headers);
        }

        /// Status 200 and no more headers.
        public Result(String type, byte[] bytes) {
            this(200, type, Map.of(), bytes);
        }

        /// The same with one more header.
        public Result with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Result(status, type, more, bytes);
        }
    }

    /// Writes what is too long for memory.
    interface Writer extends Closeable {
        /// Writes all of it, once.
        ///
        /// @param out the writer neither closes it nor needs to flush it
        /// @throws IOException if it cannot be made or sent; what has been sent then does not look complete
        void write(OutputStream out) throws IOException;
    }

    /// What comes out of a request bit by bit, in constant memory: nobody keeps a copy, and there are no ranges of it.
    ///
    /// @param status 200 to 299
    /// @param type media type
    /// @param headers more headers
    /// @param writer called at most once, and closed in any case
    record Stream(int status, String type, Map<String, String> headers, Writer writer) implements Answer {
        /// Copies the headers.
        public Stream {
            headers = Map.copyOf(headers);
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
