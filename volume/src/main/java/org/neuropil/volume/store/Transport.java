package org.neuropil.volume.store;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

import org.neuropil.volume.store.Attempts.BusyException;
import org.neuropil.volume.store.Attempts.RefusedException;

/// One request to a server and its answer, in whatever way the server is spoken to.
interface Transport {
    /// What a server says before an object's bytes.
    ///
    /// @param status 200, 206, 404 or 416
    /// @param encoding value of `Content-Encoding`
    /// @param range value of `Content-Range`, if it is a proper one
    /// @param length value of `Content-Length`, -1 if there is none
    record Head(int status, Optional<String> encoding, Optional<ContentRange> range, long length) {
        /// True if the bytes are not those of the object, but compressed.
        boolean isEncoded() {
            return ContentEncoding.isEncoded(encoding);
        }
    }

    /// An answer.
    ///
    /// @param kept what was kept of its bytes
    record Answer(Head head, Kept kept) {}

    /// Says what to keep of an answer's bytes.
    @FunctionalInterface
    interface Keeping {
        /// A new keeper, for one answer.
        Kept of(Head head);
    }

    /// Asks for an object, once. An answer with fewer bytes than it was to have is an IOException.
    ///
    /// @param range value of the field `Range`; empty for the whole object
    /// @param keeping asked for answers of status 200 and 206
    /// @throws ForbiddenException for status 403
    /// @throws BusyException if it is worth asking again
    /// @throws RefusedException if it is not
    Answer get(String key, String range, Keeping keeping) throws IOException, InterruptedException;

    /// How long an object is as it is stored; empty if the server does not tell, for whatever reason.
    ///
    /// @throws BusyException if it is worth asking again
    OptionalLong size(String key) throws IOException, InterruptedException;

    /// Puts an object, once.
    void put(String key, byte[] bytes) throws IOException, InterruptedException;

    /// Where a key lies, for messages: without anything that is secret.
    String uri(String key);

    /// The object must not be read. Some servers say so as well where there is none.
    final class ForbiddenException extends RefusedException {
        private static final long serialVersionUID = 1;

        ForbiddenException(String message) {
            super(message, 403);
        }
    }
}
