package org.neuropil.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A verb whose result is rows of any number.
abstract class AnswerVerb extends RowsVerb {
    /// What fits on a screen or two.
    private static final long SHOWN = 100;

    @Option(names = "--limit", paramLabel = "N", description = "How many rows at most; all if left out, and 100 on a terminal.")
    private @Nullable Long limit;

    @Mixin
    private OutFile file = new OutFile();

    /// Looks at options before anything is opened.
    final void checkOptions() {
        if (limit != null && limit < 0) {
            throw usage("--limit " + limit + " is below 0");
        }
        checkOut();
    }

    @Override
    final Optional<Path> file() {
        return file.file();
    }

    /// How many rows are asked for at most.
    final OptionalLong limit() {
        if (limit != null) {
            return OptionalLong.of(limit);
        }
        return file().isEmpty() && terminal().out() ? OptionalLong.of(SHOWN) : OptionalLong.empty();
    }

    /// Prints or writes an answer, and says how much of what there is that was.
    final void print(Answer answer) throws IOException {
        if (file().isPresent()) {
            AnswerFiles.write(answer, file().get());
            say(total(answer) + " in " + file().get());
            sayNext(answer);
            return;
        }
        if (common().format() == Format.text) {
            out().print(table(answer.rows()).text(terminal().out()));
            if (terminal().out()) {
                out().println(total(answer));
            }
            out().flush();
        } else {
            OutputStream out = bytes();
            switch (common().format()) {
                case csv -> answer.writeCsv(out);
                case json -> {
                    answer.writeJson(out, true);
                    out.write('\n');
                }
                default -> write(answer, out);
            }
            out.flush();
        }
        if (answer.isLimited() && !(common().format() == Format.text && terminal().out())) {
            say(total(answer));
        }
        sayNext(answer);
    }

    private static String total(Answer answer) throws IOException {
        return String.format(Locale.ROOT, "%,d of %,d rows", answer.returned(), answer.total());
    }

    private void sayNext(Answer answer) throws IOException {
        if (limit != null && answer.isLimited()) {
            Optional<String> next = answer.next();
            next.ifPresent(token -> say("the next ones: --page " + token));
        }
    }

    private static Table table(Rows rows) {
        Table table = new Table(rows.columns().stream().map(column -> column.name()).toArray(String[]::new));
        List<ColumnData> data = rows.data();
        @Nullable
        Object[] cells = new @Nullable Object[data.size()];
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cell(data.get(i), rows.columns().get(i).type(), row);
            }
            table.add(cells);
        }
        return table;
    }

    private static @Nullable Object cell(ColumnData data, ColumnType type, int row) {
        if (data.isAbsent(row)) {
            return null;
        }
        return switch (data) {
            case ColumnData.Longs longs -> switch (type) {
                case ID -> Ids.text(longs.values()[row]);
                case TIMESTAMP -> Instant.EPOCH.plus(longs.values()[row], ChronoUnit.MICROS).toString();
                default -> longs.values()[row];
            };
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> {
                float value = floats.values()[row];
                yield Float.isFinite(value) ? new BigDecimal(Float.toString(value)) : Double.valueOf(value);
            }
            case ColumnData.Doubles doubles -> doubles.values()[row];
            case ColumnData.Booleans booleans -> booleans.values()[row];
            case ColumnData.Texts texts -> texts.values()[row];
        };
    }
}
