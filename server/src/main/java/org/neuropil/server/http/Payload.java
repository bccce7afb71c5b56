package org.neuropil.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a request brings besides its head. It is read when it is first asked for, so that requests whose bodies nobody
/// wants cost nothing.
@FunctionalInterface
public interface Payload {
    /// The most bytes that a body may have, as sent and unpacked.
    int MOST = 64 << 20;

    /// The body, unpacked if the client sent it gzipped; empty if there is none. Nobody changes the bytes.
    ///
    /// @throws Problem 413 if it is longer than [#MOST], 415 if it is packed otherwise, 400 if its gzip is damaged
    /// @throws IOException if the client breaks off
    byte[] bytes() throws IOException;

    /// The most bytes that a body may have, as sent and unpacked, that is read as it comes.
    long MOST_STREAMED = 1L << 30;

    /// The body as it comes, unpacked: for who makes something smaller of it than its bytes. It is read once, and
    /// instead of [#bytes]. What reading it throws is as for [#bytes], with [#MOST_STREAMED].
    ///
    /// @throws Problem if it is packed in a way that is not known, or says that it is longer than [#MOST_STREAMED]
    /// @throws IOException if the client breaks off
    default InputStream stream() throws IOException {
        return new ByteArrayInputStream(bytes());
    }

    /// No body.
    static Payload none() {
        return () -> new byte[0];
    }
}
