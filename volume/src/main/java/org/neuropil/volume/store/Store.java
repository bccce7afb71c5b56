package org.neuropil.volume.store;

import java.io.IOException;
import java.util.Optional;

/// Bytes under keys. Keys are relative paths with `/` between names, without `.` and `..`. Safe for use by several
/// threads. Keep it small: no method here may need more than one object of the store.
public interface Store {
    /// All bytes under a key; empty if there is no such key, which is normal.
    ///
    /// @throws IOException if they exist but cannot be read
    Optional<byte[]> get(String key) throws IOException;

    /// Bytes `from` (inclusive) to `to` (exclusive) under a key.
    ///
    /// @throws IOException if there is no such key or it is shorter than `to`
    byte[] get(String key, long from, long to) throws IOException;

    /// Puts bytes under a key, in place of earlier ones. Atomic: readers see all of the old or all of the new bytes,
    /// also when the process dies half-way.
    void put(String key, byte[] bytes) throws IOException;

    /// Where a key lies, for messages.
    String uri(String key);
}
