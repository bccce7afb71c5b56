package org.neuropil.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.GivenRows;

import picocli.CommandLine.ParameterException;

/// A verb whose result is rows, in any format.
abstract class RowsVerb extends TablesVerb {
    @Override
    final Set<Format> formats() {
        return EnumSet.allOf(Format.class);
    }

    /// The file that they go to; empty if they are to be printed.
    Optional<Path> file() {
        return Optional.empty();
    }

    /// Looks at where the rows go, before anything is opened.
    ///
    /// @throws ParameterException if they cannot be printed in the format
    final void checkOut() {
        Format format = common().format();
        if (file().isPresent()) {
            AnswerFiles.check(file().get(), common().force());
        } else if ((format == Format.arrow || format == Format.parquet) && terminal().out()) {
            throw usage("--format " + format + " is no text for a terminal; write it to a file");
        }
    }

    /// Writes rows in a format that is no text.
    final void write(Answer answer, OutputStream out) throws IOException {
        if (common().format() == Format.parquet) {
            answer.writeParquet(out);
        } else {
            answer.writeArrow(out, Answer.Compression.NONE, Map.of());
        }
    }

    /// Prints or writes rows that are at hand.
    ///
    /// @param table for text and CSV
    /// @param json for JSON
    /// @param rows for Arrow and Parquet
    final void print(Engine engine, Table table, Object json, Rows rows) throws IOException {
        Format format = common().format();
        if (file().isPresent()) {
            AnswerFiles.write(engine, table, json, rows, file().get());
            say(String.format(Locale.ROOT, "%,d rows in %s", rows.size(), file().get()));
        } else if (format == Format.arrow || format == Format.parquet) {
            OutputStream out = bytes();
            try (Answer answer = GivenRows.answer(engine, rows)) {
                write(answer, out);
            }
            out.flush();
        } else {
            print(table, json);
        }
    }
}
