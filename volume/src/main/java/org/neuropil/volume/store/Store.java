package org.neuropil.volume.store;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;

/// Bytes under keys. Keys are relative paths with `/` between names, without `.` and `..`. Safe for use by several
/// threads; serializable, without credentials or connections: where it arrives it finds its own. Keep it small: no method
/// here may need more than one object of the store.
///
/// That a key is not there is normal and an empty answer; every exception is a failure.
public interface Store extends Serializable {
    /// All bytes under a key; empty if there is no such key.
    ///
    /// @throws IOException if they exist but cannot be read
    Optional<byte[]> get(String key) throws IOException;

    /// As [#get(String)], but a store that can do so without cost reads into an array of the caller's, so that a reader of
    /// many objects of one length need not have a new one for each.
    ///
    /// @param reuse taken for the answer if it has the object's length; its bytes are lost in any case
    default Optional<byte[]> get(String key, byte[] reuse) throws IOException {
        return get(key);
    }

    /// Bytes `from` (inclusive) to `to` (exclusive) under a key; empty if there is no such key.
    ///
    /// @throws IOException if there are fewer bytes than `to`, or they cannot be read
    Optional<byte[]> get(String key, long from, long to) throws IOException;

    /// The last `length` bytes under a key, or all if there are fewer; empty if there is no such key.
    ///
    /// @throws IOException if they cannot be read
    Optional<byte[]> tail(String key, int length) throws IOException;

    /// How many bytes are under a key, as far as that can be told without reading them; empty if there is no such key, or
    /// the store does not tell.
    default OptionalLong size(String key) throws IOException {
        return OptionalLong.empty();
    }

    /// Puts bytes under a key, in place of earlier ones. Atomic: readers see all of the old or all of the new bytes,
    /// also when the process dies half-way.
    ///
    /// @throws org.neuropil.space.InputException if the store can only be read
    void put(String key, byte[] bytes) throws IOException;

    /// How many requests at a time make a reader fastest: 1 for a local disk, more where each answer takes its time.
    default int parallelism() {
        return 1;
    }

    /// Where a key lies, for messages.
    String uri(String key);
}
