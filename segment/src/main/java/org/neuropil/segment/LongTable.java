package org.neuropil.segment;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.neuropil.volume.store.FileStore;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/// A table of numbers in a scratch file: their count (int), then key and value of each (long, big endian).
final class LongTable {
    private LongTable() {}

    static void write(Path file, Long2LongOpenHashMap table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 + 16 * table.size());
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(table.size());
        for (Long2LongMap.Entry entry : table.long2LongEntrySet()) {
            out.writeLong(entry.getLongKey());
            out.writeLong(entry.getLongValue());
        }
        FileStore.replace(file, bytes.toByteArray(), false);
    }

    static Long2LongOpenHashMap read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int n = in.readInt();
            Long2LongOpenHashMap table = new Long2LongOpenHashMap(n);
            for (int i = 0; i < n; i++) {
                table.put(in.readLong(), in.readLong());
            }
            return table;
        }
    }
}
