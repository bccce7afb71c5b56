package org.neuropil.tables.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

/// Arrow files, which are also those of Feather's version 2.
public final class ArrowFiles {
    private ArrowFiles() {}

    /// Makes a file of a stream, batch by batch.
    ///
    /// @param stream a file that holds a stream, not compressed
    /// @param file made or replaced
    public static void ofStream(Path stream, Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(stream), 1 << 16);
                BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(in, allocator);
                FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                ArrowFileWriter writer = new ArrowFileWriter(reader.getVectorSchemaRoot(), null, out)) {
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
            }
            writer.end();
        }
    }
}
