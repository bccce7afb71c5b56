package org.neuropil.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes to be sent.
public sealed interface Body {
    /// What [#size] is of bytes that nobody has counted.
    long UNKNOWN = -1;

    /// How many there are; [#UNKNOWN] if only writing them tells.
    long size();

    /// All of them, in memory.
    ///
    /// @throws IOException if they cannot be read
    byte[] read() throws IOException;

    /// Bytes in memory; nobody changes them.
    record Memory(byte[] bytes) implements Body {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] read() {
            return bytes;
        }
    }

    /// Bytes that are made while they are sent.
    record Streamed(Answer.Writer writer) implements Body {
        @Override
        public long size() {
            return UNKNOWN;
        }

        @Override
        public byte[] read() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            writer.write(bytes);
            return bytes.toByteArray();
        }
    }

    /// A file. Files of a dataset are replaced, never changed: once open, its bytes stay.
    ///
    /// @param size when it was looked at
    record Stored(Path path, long size) implements Body {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(path);
        }
    }
}
