package org.neuropil.tables.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// Rows in PostgreSQL's binary format of COPY: a signature and two words of 32 bits; for each row the number of columns in
/// 16 bits, then each value as its length in 32 bits (-1 for an absent one) and its bytes; -1 in 16 bits ends it. All is
/// big-endian. A TIMESTAMP is in microseconds since 2000.
final class CopyRows {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final long SINCE_2000 = 946_684_800_000_000L;
    private static final int PIECE = 1 << 16;
    /// Length and value of all types but text.
    private static final int WIDEST = 12;

    private ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    private final Target target;

    /// Where bytes go.
    interface Target {
        void write(byte[] bytes, int from, int count) throws SQLException;
    }

    private CopyRows(Target target) {
        this.target = target;
    }

    /// @param parts one after the other
    static void write(List<Rows> parts, Target target) throws SQLException {
        CopyRows copy = new CopyRows(target);
        copy.buffer.put(SIGNATURE).putInt(0).putInt(0);
        for (Rows rows : parts) {
            copy.write(rows);
        }
        copy.room(2);
        copy.buffer.putShort((short) -1);
        copy.flush();
    }

    private void write(Rows rows) throws SQLException {
        int columns = rows.columns().size();
        for (int row = 0; row < rows.size(); row++) {
            room(2);
            buffer.putShort((short) columns);
            for (int i = 0; i < columns; i++) {
                value(rows.columns().get(i).type(), rows.data().get(i), row);
            }
        }
    }

    private void value(ColumnType type, ColumnData data, int row) throws SQLException {
        room(WIDEST);
        if (data.isAbsent(row)) {
            buffer.putInt(-1);
            return;
        }
        switch (data) {
            case ColumnData.Longs longs ->
                buffer.putInt(8).putLong(longs.values()[row] - (type == ColumnType.TIMESTAMP ? SINCE_2000 : 0));
            case ColumnData.Ints ints -> buffer.putInt(4).putInt(ints.values()[row]);
            case ColumnData.Floats floats -> buffer.putInt(4).putFloat(floats.values()[row]);
            case ColumnData.Doubles doubles -> buffer.putInt(8).putDouble(doubles.values()[row]);
            case ColumnData.Booleans booleans -> buffer.putInt(1).put((byte) (booleans.values()[row] ? 1 : 0));
            case ColumnData.Texts texts -> {
                byte[] text = Objects.requireNonNull(texts.values()[row]).getBytes(StandardCharsets.UTF_8);
                buffer.putInt(text.length);
                room(text.length);
                buffer.put(text);
            }
        }
    }

    private void room(int bytes) throws SQLException {
        if (buffer.remaining() < bytes) {
            flush();
            if (buffer.capacity() < bytes) {
                buffer = ByteBuffer.allocate(bytes);
            }
        }
    }

    private void flush() throws SQLException {
        target.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
