package org.neuropil.server.http;

import java.util.Map;

/// What goes over the wire.
///
/// @param status HTTP status
/// @param headers by name, without `Content-Length`
/// @param body what the bytes are part of
/// @param from first byte of the body that is sent
/// @param to end of the bytes that are sent, exclusive
public record Reply(int status, Map<String, String> headers, Body body, long from, long to) {
    private static final Body NOTHING = new Body.Memory(new byte[0]);

    /// Copies the headers.
    public Reply {
        headers = Map.copyOf(headers);
    }

    /// A reply without a body.
    public static Reply empty(int status, Map<String, String> headers) {
        return new Reply(status, headers, NOTHING, 0, 0);
    }

    /// A reply with all bytes of a body.
    public static Reply of(int status, Map<String, String> headers, Body body) {
        return new Reply(status, headers, body, 0, body.size());
    }

    /// A reply with all bytes of a body that is made while it is sent.
    public static Reply of(int status, Map<String, String> headers, Body.Streamed body) {
        return new Reply(status, headers, body, 0, 0);
    }

    /// Number of bytes of the body that are sent; 0 if nobody knows.
    public long length() {
        return to - from;
    }

    /// False where HTTP does not allow a length to be told, or nobody knows it.
    public boolean hasLength() {
        return status != 204 && status != 304 && !(body instanceof Body.Streamed);
    }
}
