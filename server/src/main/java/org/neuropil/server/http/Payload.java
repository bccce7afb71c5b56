package org.neuropil.server.http;

import java.io.IOException;

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

    /// No body.
    static Payload none() {
        return () -> new byte[0];
    }
}
