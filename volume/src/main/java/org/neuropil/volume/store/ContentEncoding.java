package org.neuropil.volume.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.brotli.dec.BrotliInputStream;
import org.neuropil.volume.codec.Gzip;
import org.neuropil.volume.codec.Zstd;
import org.neuropil.volume.store.Attempts.RefusedException;

/// What HTTP calls `Content-Encoding` (RFC 9110, 8.4): how servers keep an object that was uploaded compressed.
final class ContentEncoding {
    /// The most bytes that may come out: a few compressed ones can claim to be more than any memory holds.
    static final int MOST = 1 << 30;
    private static final int FIRST = 1 << 16;

    private ContentEncoding() {}

    /// True if bytes are not as they were.
    static boolean isEncoded(Optional<String> header) {
        return !names(header).isEmpty();
    }

    /// The bytes as they were before.
    ///
    /// Of what is called `….gz` and said to be gzip it is not clear whether it was so before; then it stays gzip, as its
    /// name says.
    ///
    /// @param header the field's value
    /// @param where the object's address, for errors
    /// @throws RefusedException if the encoding is not known, the bytes are damaged or more than [#MOST] come out
    static byte[] decoded(byte[] bytes, Optional<String> header, String where) throws RefusedException {
        byte[] plain = bytes;
        for (String name : names(header).reversed()) {
            try {
                plain = switch (name) {
                    case "gzip", "x-gzip" -> Gzip.decompress(plain, MOST);
                    case "br" -> brotli(plain);
                    case "zstd" -> new Zstd(0, false).decode(plain, MOST);
                    default -> throw new RefusedException(
                            where + " comes in Content-Encoding '" + name + "', and gzip, br and zstd are known", 0);
                };
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                throw new RefusedException(where + " comes in Content-Encoding '" + name + "' and " + e.getMessage(),
                        e);
            }
        }
        return where.endsWith(".gz") && Gzip.isGzip(bytes) && !Gzip.isGzip(plain) ? bytes : plain;
    }

    private static byte[] brotli(byte[] bytes) throws IOException {
        byte[] plain = new byte[FIRST];
        int length = 0;
        try (BrotliInputStream in = new BrotliInputStream(new ByteArrayInputStream(bytes))) {
            for (int read = 0; read >= 0; length += Math.max(read, 0)) {
                if (length == plain.length) {
                    plain = Arrays.copyOf(plain, 2 * length);
                }
                read = in.read(plain, length, plain.length - length);
                if (length >= MOST && read > 0) {
                    throw new IOException("holds more than " + MOST + " bytes");
                }
            }
        } catch (IOException | RuntimeException e) { // the decoder trusts its input here and there
            throw new IOException("is damaged: " + e.getMessage(), e);
        }
        return Arrays.copyOf(plain, length);
    }

    private static List<String> names(Optional<String> header) {
        // What the SDK of S3 writes where it sends in pieces is no encoding of the object.
        return Arrays.stream(header.orElse("").toLowerCase(Locale.ROOT).split(",")).map(String::strip)
                .filter(name -> !List.of("", "identity", "aws-chunked").contains(name)).toList();
    }
}
