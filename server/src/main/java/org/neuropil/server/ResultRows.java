package org.neuropil.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.neuropil.physiology.table.ResultFile;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.Rows;

/// Sends rows that were computed, in the forms and with the words of [TableRows]. They wait on the disk, so that their number
/// costs no memory.
///
/// @param folder that is removed at the end
/// @param rows the file in it
/// @param type media type
/// @param head of a JSON answer: all but the rows
record ResultRows(Path folder, Path rows, String type, TableRows.Shape head) implements Answer.Writer {
    /// Head of an answer that tells what was left out.
    static final String NOTES = "X-Notes";

    /// Makes the rows.
    @FunctionalInterface
    interface Filling {
        void fill(ResultFile file) throws IOException;
    }

    /// An answer of rows that are at hand.
    static Answer of(String type, Rows rows) throws IOException {
        return of(type, rows, List.of());
    }

    /// An answer of rows that are at hand, with sentences on what was left out of them, which go into the head [#NOTES].
    static Answer of(String type, Rows rows, List<String> notes) throws IOException {
        return of(type, rows.columns(), notes, file -> file.addAll(rows));
    }

    /// An answer of rows that are made one by one.
    ///
    /// @param type media type, one of those of [TableRows#type]
    /// @param notes sentences on what was left out, see [#NOTES]
    static Answer of(String type, List<Column> columns, List<String> notes, Filling filling)
            throws IOException {
        Path folder = Files.createTempDirectory("neuropil-rows-");
        boolean done = false;
        try {
            Path rows = folder.resolve("rows");
            long count;
            try (ResultFile file = new ResultFile(folder, columns)) {
                filling.fill(file);
                file.write(rows, kind(type));
                count = file.rows();
            }
            TableRows.Shape head = new TableRows.Shape(columns.stream()
                    .map(column -> new TablesApi.ColumnEntry(column.name(),
                            column.type().name().toLowerCase(Locale.ROOT), column.nullable()))
                    .toList(), count, count, false, null, List.of());
            done = true;
            Map<String, String> heads = new HashMap<>(Map.of("X-Total-Rows", Long.toString(count), "Vary", "Accept"));
            if (!notes.isEmpty()) {
                // A head holds letters of ASCII, in one line.
                heads.put(NOTES, String.join("; ", notes).replaceAll("[^ -~]+", "?"));
            }
            return new Answer.Stream(200, type, heads, new ResultRows(folder, rows, type, head));
        } finally {
            if (!done) {
                remove(folder);
            }
        }
    }

    private static ResultFile.Kind kind(String type) {
        return switch (type) {
            case MediaTypes.ARROW_STREAM -> ResultFile.Kind.ARROWS;
            case MediaTypes.PARQUET -> ResultFile.Kind.PARQUET;
            case MediaTypes.CSV -> ResultFile.Kind.CSV;
            default -> ResultFile.Kind.JSON;
        };
    }

    @Override
    public void write(OutputStream out) throws IOException {
        if (type.equals(MediaTypes.JSON)) {
            head.write(out, () -> Files.copy(rows, out));
        } else {
            Files.copy(rows, out);
        }
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
