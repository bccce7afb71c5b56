package org.neuropil.coregister;

import org.neuropil.pipeline.Json;

/// Bytes that somebody gave.
///
/// @param name of the file or field, for errors
/// @param bytes not changed any more
@SuppressWarnings("ArrayRecordComponent")
public record GivenFile(String name, byte[] bytes) {
    /// SHA-256 of the bytes.
    public String digest() {
        return Json.sha256(bytes);
    }
}
