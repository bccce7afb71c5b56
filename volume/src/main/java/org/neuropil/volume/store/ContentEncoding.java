package org.neuropil.volume.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import org.brotli.dec.BrotliInputStream;
import org.neuropil.volume.store.Attempts.RefusedException;

/// What HTTP calls `Content-Encoding` (RFC 9110, 8.4): how servers keep an object that was uploaded compressed.
final class ContentEncoding {
    private ContentEncoding() {}

    /// True if bytes are not as they were.
    static boolean isEncoded(Optional<String> header) {
        return !name(header).isEmpty();
    }

    /// The bytes as they were before.
    ///
    /// @param header the field's value
    /// @param where the object, for errors
    /// @throws RefusedException if the encoding is not known
    /// @throws IOException if the bytes are damaged
    static byte[] decoded(byte[] bytes, Optional<String> header, String where) throws IOException {
        String name = name(header);
        if (name.isEmpty()) {
            return bytes;
        }
        ByteArrayInputStream body = new ByteArrayInputStream(bytes);
        try (InputStream in = switch (name) {
            case "gzip", "x-gzip" -> new GZIPInputStream(body);
            case "br" -> new BrotliInputStream(body);
            default -> throw new RefusedException(
                    where + " comes in Content-Encoding '" + name + "', and gzip and br are known");
        }) {
            return in.readAllBytes();
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(where + " is no " + name + ": " + e.getMessage(), e);
        }
    }

    private static String name(Optional<String> header) {
        String name = header.orElse("").strip().toLowerCase(Locale.ROOT);
        // What the SDK of S3 writes where it sends in pieces is no encoding of the object.
        return name.equals("identity") || name.equals("aws-chunked") ? "" : name.replace("aws-chunked,", "").strip();
    }
}
