package org.neuropil.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Which blocks of which jobs are done: a text file to which one line `job<TAB>block` is appended for each. A line that
/// a killed process left torn has no line feed and counts as not written.
final class Ledger implements AutoCloseable {
    private static final int PIECE = 1 << 16;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

    private final Map<String, BitSet> done = new HashMap<>();
    private final FileChannel file;

    private Ledger(FileChannel file) {
        this.file = file;
    }

    /// Opens a ledger, empty if there is no such file yet.
    static Ledger open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            Ledger ledger = new Ledger(file);
            long whole = ledger.read();
            file.truncate(whole).position(whole);
            return ledger;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /// Reads all lines, piece by piece, for there may be many millions. Those that say nothing, as a loss of power leaves
    /// them, count as not written.
    ///
    /// @return length of all that ends in a line feed
    private long read() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long whole = 0;
        for (long at = 0; file.read(piece, at) > 0; piece.clear()) {
            for (piece.flip(); piece.hasRemaining(); at++) {
                byte next = piece.get();
                if (next != '\n') {
                    line.write(next);
                    continue;
                }
                take(line.toString(StandardCharsets.UTF_8));
                line.reset();
                whole = at + 1;
            }
        }
        return whole;
    }

    private void take(String line) {
        int tab = line.lastIndexOf('\t');
        String number = line.substring(tab + 1);
        if (tab > 0 && NUMBER.matcher(number).matches() && Long.parseLong(number) < Integer.MAX_VALUE) {
            of(line.substring(0, tab)).set(Integer.parseInt(number));
        }
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
