package org.neuropil.graph.live;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Lists of numbers in rows.
final class Longs {
    private static final int MOST = 1 << 27;

    private Longs() {}

    /// Writes something.
    @FunctionalInterface
    interface Writer {
        void write(DataOutput out) throws IOException;
    }

    /// Reads something.
    @FunctionalInterface
    interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    static <T> T parse(byte[] bytes, Reader<T> reader) throws IOException {
        return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    static void write(DataOutput out, long[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (long number : numbers) {
            out.writeLong(number);
        }
    }

    static long[] read(DataInput in) throws IOException {
        int count = count(in);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = in.readLong();
        }
        return numbers;
    }

    /// @throws IOException if it is no count
    static int count(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("a row of the graph is damaged: a list of " + count);
        }
        return count;
    }
}
