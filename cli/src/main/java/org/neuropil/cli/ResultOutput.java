package org.neuropil.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.neuropil.physiology.table.ResultFile;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Rows;
import org.neuropil.volume.store.FileStore;

/// Brings rows of results to a file or to stdout.
final class ResultOutput {
    private ResultOutput() {}

    /// Writes all rows to a file, of the kind that its ending tells. It is there only when it is whole.
    static void place(ResultFile file, Path place) throws IOException {
        Path beside = FileStore.beside(place.toAbsolutePath());
        try {
            file.write(beside, ResultFile.Kind.of(place).orElseThrow(
                    () -> new InputException("'" + place + "' is of no kind that can be written", "--out", "")));
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Writes rows that are at hand to a file.
    static void place(Rows rows, Path place) throws IOException {
        Path parent = place.toAbsolutePath().getParent();
        try (ResultFile file = new ResultFile(parent == null ? Path.of(".") : parent, rows.columns())) {
            file.addAll(rows);
            place(file, place);
        }
    }

    /// Writes all rows to stdout in the verb's format; text as CSV.
    static void print(Verb verb, ResultFile file) throws IOException {
        Path made = Files.createTempFile("neuropil-rows", ".out");
        try (OutputStream stdout = new Unclosed(verb.bytes())) {
            file.write(made, switch (verb.common().format()) {
                case csv, text -> ResultFile.Kind.CSV;
                case json -> ResultFile.Kind.JSON;
                case arrow -> ResultFile.Kind.ARROWS;
                case parquet -> ResultFile.Kind.PARQUET;
            });
            Files.copy(made, stdout);
            stdout.flush();
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /// Writes rows that are at hand to stdout.
    static void print(Verb verb, Rows rows) throws IOException {
        try (ResultFile file = new ResultFile(Path.of(System.getProperty("java.io.tmpdir")), rows.columns())) {
            file.addAll(rows);
            print(verb, file);
        }
    }

    /// Stdout stays open.
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
