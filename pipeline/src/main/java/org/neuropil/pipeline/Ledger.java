package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Which blocks of which jobs are done: a text file to which one line `job<TAB>block` is appended for each. A line that
/// a killed process left torn has no line feed and counts as not written.
final class Ledger implements AutoCloseable {
    private final Map<String, BitSet> done = new HashMap<>();
    private final FileChannel file;

    private Ledger(FileChannel file) {
        this.file = file;
    }

    /// Opens a ledger, empty if there is no such file yet.
    static Ledger open(Path path) throws IOException {
        byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(whole).position(whole);
        Ledger ledger = new Ledger(file);
        for (String line : new String(bytes, 0, whole, StandardCharsets.UTF_8).split("\n", -1)) {
            int tab = line.lastIndexOf('\t');
            if (tab > 0) {
                ledger.of(line.substring(0, tab)).set(Integer.parseInt(line.substring(tab + 1)));
            }
        }
        return ledger;
    }

    synchronized boolean isDone(String job, int block) {
        return of(job).get(block);
    }

    synchronized int count(String job) {
        return of(job).cardinality();
    }

    synchronized void add(String job, int block) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((job + "\t" + block + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            file.write(line);
        }
        of(job).set(block);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private BitSet of(String job) {
        return done.computeIfAbsent(job, _ -> new BitSet());
    }
}
