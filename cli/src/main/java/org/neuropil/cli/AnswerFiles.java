package org.neuropil.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.load.ArrowFiles;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.GivenRows;
import org.neuropil.volume.store.FileStore;

/// Writes answers to files, of the kind that the name's ending tells. A file is there only when it is whole.
final class AnswerFiles {
    private static final String ENDINGS = "end its name in .parquet, .csv, .json, .arrow, .feather, or .arrows (a stream)";

    private AnswerFiles() {}

    private static Optional<String> ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1);
        return switch (ending) {
            case "parquet", "csv", "json", "arrow", "feather", "arrows" -> Optional.of(ending);
            default -> Optional.empty();
        };
    }

    /// @throws InputException if the ending is of no kind that can be written, the file is there already or is a folder,
    ///         or there is no folder for it
    static void check(Path file, boolean force) {
        if (ending(file).isEmpty()) {
            throw new InputException("'" + file + "' is of no kind that can be written", "--out", ENDINGS);
        }
        if (Files.isDirectory(file)) {
            throw new InputException("is a folder", file.toString(), "give the name of a file");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new InputException("cannot be written: there is no folder " + parent, file.toString(),
                    "make it, or name another");
        }
        if (Files.exists(file) && !force) {
            throw new InputException("is there already", file.toString(), "--force replaces it");
        }
    }

    /// @throws InputException if the ending is of no kind that can be written
    private static String known(Path file) {
        return ending(file).orElseThrow(
                () -> new InputException("'" + file + "' is of no kind that can be written", "--out", ENDINGS));
    }

    /// Writes rows that are at hand: CSV and JSON as they are printed, else the rows.
    ///
    /// @param table for CSV
    /// @param json for JSON
    static void write(Engine engine, Table table, Object json, Rows rows, Path file) throws IOException {
        switch (known(file)) {
            case "csv" -> FileStore.replace(file.toAbsolutePath(), table.csv().getBytes(StandardCharsets.UTF_8), false);
            case "json" -> FileStore.replace(file.toAbsolutePath(), Json.bytes(json), false);
            default -> {
                try (Answer answer = GivenRows.answer(engine, rows)) {
                    write(answer, file);
                }
            }
        }
    }

    /// Writes all rows.
    static void write(Answer answer, Path file) throws IOException {
        String ending = known(file);
        if (ending.equals("parquet")) {
            answer.writeParquet(file);
            return;
        }
        Path beside = FileStore.beside(file.toAbsolutePath());
        Path stream = FileStore.beside(file.toAbsolutePath());
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside), 1 << 16)) {
                switch (ending) {
                    case "csv" -> answer.writeCsv(out);
                    case "json" -> answer.writeJson(out, true);
                    default -> answer.writeArrow(out, Answer.Compression.NONE, Map.of());
                }
            }
            if (ending.equals("arrow") || ending.equals("feather")) {
                Files.move(beside, stream);
                ArrowFiles.ofStream(stream, beside);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
            Files.deleteIfExists(stream);
        }
    }
}
