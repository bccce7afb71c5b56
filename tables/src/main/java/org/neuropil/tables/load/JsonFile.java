package org.neuropil.tables.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.query.Engine;

/// Puts the rows of a JSON file into a temporary table of texts. The file may be of any size: it is read several times over,
/// in the memory of one row, and what DuckDB does not hold in memory goes to its temporary folder.
final class JsonFile {
    private static final String TABLE = "json_rows";
    private static final String LABEL = "label of the row";

    private JsonFile() {}

    /// Whether a file's name is that of JSON.
    static boolean isNamed(String name) {
        return name.matches(".*\\.(json|jsonl|ndjson)(\\.gz)?");
    }

    /// Opens a file.
    ///
    /// @param names of columns that are looked for, and points
    /// @throws InputException if it is none of [JsonFrame], or a row cannot be read
    static RowFile open(Engine engine, DuckDBConnection connection, Path file, Set<String> names) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return open(connection, file, file, names);
        }
        Path plain = engine.newFile();
        try {
            try (InputStream packed = Files.newInputStream(file);
                    InputStream in = new GZIPInputStream(packed, 1 << 16);
                    OutputStream out = Files.newOutputStream(plain)) {
                in.transferTo(out);
            } catch (ZipException | java.io.EOFException e) {
                throw new InputException("is not compressed by gzip, or ends in the middle", file.toString(),
                        "take .gz from its name, or write it anew", e);
            }
            return open(connection, file, plain, names);
        } finally {
            Files.deleteIfExists(plain);
        }
    }

    private static RowFile open(DuckDBConnection connection, Path file, Path plain, Set<String> names)
            throws IOException {
        try (FileChannel channel = FileChannel.open(plain, StandardOpenOption.READ)) {
            JsonSource source = new JsonSource(file.toString(), place -> new Part(channel, place));
            JsonFrame frame = JsonFrame.of(source, names);
            JsonRow row = new JsonRow(file.toString());
            frame.read(row, _ -> {}); // which columns there are
            row.restart();
            boolean named = fill(connection, frame, row);
            if (frame.isKeyed()) {
                checkOnce(connection, file);
            }
            Map<String, String> columns = new LinkedHashMap<>();
            row.columns().forEach(column -> columns.put(column, "VARCHAR"));
            return new RowFile(TABLE, columns, new RowFile.Extra(LABEL, named, Map.copyOf(row.lists())));
        } catch (SQLException e) {
            throw new IOException("rows of " + file + " cannot be put aside: " + e.getMessage(), e);
        }
    }

    /// Makes the table.
    ///
    /// @return whether labels are more than the rows' numbers
    private static boolean fill(DuckDBConnection connection, JsonFrame frame, JsonRow row)
            throws IOException, SQLException {
        StringBuilder sql = new StringBuilder("CREATE OR REPLACE TEMP TABLE " + TABLE + " (" + Sql.name(LABEL)
                + " VARCHAR");
        row.columns().forEach(column -> sql.append(", ").append(Sql.name(column)).append(" VARCHAR"));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql + ")");
        }
        boolean[] named = new boolean[1];
        try (DuckDBAppender appender = connection.createAppender("temp", "main", TABLE)) {
            frame.read(row, one -> {
                String label = one.label();
                named[0] |= label != null && !label.equals(Long.toString(one.number() - 1));
                try {
                    appender.beginRow();
                    append(appender, label);
                    List<@Nullable String> texts = one.texts();
                    for (int i = 0; i < texts.size(); i++) {
                        append(appender, texts.get(i));
                    }
                    appender.endRow();
                } catch (SQLException e) {
                    throw new IOException("a row cannot be put aside: " + e.getMessage(), e);
                }
            });
        }
        return named[0];
    }

    private static void append(DuckDBAppender appender, @Nullable String text) throws SQLException {
        if (text == null) {
            appender.appendNull();
        } else {
            appender.append(text);
        }
    }

    private static void checkOnce(DuckDBConnection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet twice = statement.executeQuery("SELECT min(rowid) + 1, max(rowid) + 1, label FROM "
                        + "(SELECT rowid, " + Sql.name(LABEL) + " AS label FROM " + TABLE
                        + ") GROUP BY label HAVING count(*) > 1 ORDER BY 1 LIMIT 1")) {
            if (twice.next()) {
                throw new InputException("rows " + twice.getLong(1) + " and " + twice.getLong(2) + ": index '"
                        + JsonSource.shown(twice.getString(3)) + "' comes twice", file.toString(),
                        "give each row a label of its own, or write it with orient='records'; nothing was written");
            }
        }
    }

    /// Names rows as the file does, by number.
    static Map<Long, String> words(Statement statement, RowFile read, List<Long> numbers) throws SQLException {
        Map<Long, String> words = new HashMap<>();
        if (!numbers.isEmpty()) {
            try (ResultSet rows = statement.executeQuery("SELECT rowid + 1, " + Sql.name(LABEL) + " FROM "
                    + read.relation() + " WHERE rowid + 1 IN ("
                    + String.join(", ", numbers.stream().map(String::valueOf).toList()) + ")")) {
                while (rows.next()) {
                    words.put(rows.getLong(1), JsonRow.words(rows.getLong(1), rows.getString(2)));
                }
            }
        }
        return words;
    }

    /// A file from a place on, of which others read other parts.
    private static final class Part extends InputStream {
        private final FileChannel channel;
        private long place;

        Part(FileChannel channel, long place) {
            this.channel = channel;
            this.place = place;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int count = channel.read(ByteBuffer.wrap(to, offset, length), place);
            place += Math.max(0, count);
            return count;
        }
    }
}
