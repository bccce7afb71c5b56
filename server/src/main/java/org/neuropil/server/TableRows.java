package org.neuropil.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Negotiation;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route.Parameter;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.Answer.Compression;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.GivenRows;
import org.neuropil.tables.query.OutputColumn;

/// Sends the rows of an answer as `format` or else `Accept` asks: JSON, an Arrow stream, Parquet, or CSV; in constant
/// memory.
///
/// @param answer closed at the end
/// @param moment closed at the end; null if the answer needs none
/// @param type media type
/// @param head of a JSON answer: all but the rows
record TableRows(org.neuropil.tables.query.Answer answer, @Nullable Moment moment, String type,
        Shape head) implements Answer.Writer {
    private static final List<String> KNOWN = List.of(MediaTypes.JSON, MediaTypes.ARROW_STREAM, MediaTypes.PARQUET,
            MediaTypes.CSV);
    private static final List<String> FORMATS = List.of("json", "arrow", "parquet", "csv");
    private static final int LONGEST = 40;
    /// All, the first one being that of who asks for none.
    static final String TYPES = String.join(", ", KNOWN);
    /// Chooses one of them.
    static final Parameter FORMAT = Parameter.query("format", "string",
            "json, arrow (a stream), parquet or csv; what Accept asks for if left out", "json");

    /// A JSON answer.
    ///
    /// @param columns of the rows
    /// @param total how many rows there are without limit and page
    /// @param returned how many are here
    /// @param limited true if the limit kept rows from being here
    /// @param next token of the next page; null if there is none
    /// @param rows objects by columns; ids are text
    record Shape(List<TablesApi.ColumnEntry> columns, long total, long returned, boolean limited, @Nullable String next,
            List<Map<String, Object>> rows) {
        /// Writes rows.
        @FunctionalInterface
        interface Written {
            void rows() throws IOException;
        }

        /// Writes this as JSON, with an array that is written by somebody else in the place of the rows.
        void write(OutputStream out, Written written) throws IOException {
            // They come behind the rest, in the place of the empty list at its end.
            String text = Json.MAPPER.writeValueAsString(this).strip();
            int at = text.lastIndexOf("\"rows\"");
            int list = text.indexOf('[', at);
            out.write(text.substring(0, list).getBytes(StandardCharsets.UTF_8));
            written.rows();
            out.write(text.substring(text.indexOf(']', list) + 1).getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Begins to answer.
    interface Asked {
        org.neuropil.tables.query.Answer at(Moment moment) throws IOException;
    }

    /// Answers a question. The moment is the answer's from now on, also if this fails.
    static Answer ask(Call call, Moment moment, Asked asked) throws IOException {
        org.neuropil.tables.query.Answer answer = null;
        boolean done = false;
        try {
            answer = asked.at(moment);
            Answer.Stream stream = stream(answer, moment, type(call), Map.of());
            done = true;
            return stream;
        } finally {
            if (!done) {
                try (moment) {
                    if (answer != null) {
                        answer.close();
                    }
                }
            }
        }
    }

    /// Answers with rows that are at hand.
    ///
    /// @param type media type
    /// @param leftOut how much is not in them, for a header
    static Answer of(Engine engine, Rows rows, String type, long leftOut) throws IOException {
        org.neuropil.tables.query.Answer answer = GivenRows.answer(engine, rows);
        boolean done = false;
        try {
            Answer.Stream stream = stream(answer, null, type, Map.of("X-Left-Out", Long.toString(leftOut)));
            done = true;
            return stream;
        } finally {
            if (!done) {
                answer.close();
            }
        }
    }

    private static Answer.Stream stream(org.neuropil.tables.query.Answer answer, @Nullable Moment moment, String type,
            Map<String, String> more) throws IOException {
        Optional<String> next = answer.next();
        Shape head = new Shape(columns(answer.columns()), answer.total(), answer.returned(), answer.isLimited(),
                next.orElse(null), List.of());
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("X-Total-Rows", Long.toString(head.total()));
        headers.put("Vary", "Accept");
        next.ifPresent(token -> headers.put("X-Next-Page", token));
        if (head.limited()) {
            headers.put("Warning", "199 - \"" + head.returned() + " of " + head.total() + " rows\"");
        }
        return new Answer.Stream(200, type, headers, new TableRows(answer, moment, type, head));
    }

    /// The media type that is asked for.
    ///
    /// @throws Problem if `format` is none
    static String type(Call call) {
        Optional<String> format = call.parameter("format");
        if (format.isEmpty()) {
            return Negotiation.accepted(call.headers().get("Accept").orElse(""), KNOWN);
        }
        int found = FORMATS.indexOf(format.get());
        if (found < 0) {
            throw Problem.parameter("format",
                    "'" + format.get().substring(0, Math.min(LONGEST, format.get().length())) + "' is none",
                    "write " + String.join(", ", FORMATS));
        }
        return KNOWN.get(found);
    }

    private static List<TablesApi.ColumnEntry> columns(List<OutputColumn> columns) {
        List<TablesApi.ColumnEntry> all = new ArrayList<>();
        for (OutputColumn column : columns) {
            all.add(new TablesApi.ColumnEntry(column.name(), column.type().name().toLowerCase(Locale.ROOT),
                    column.nullable()));
        }
        return all;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try {
            switch (type) {
                case MediaTypes.ARROW_STREAM -> answer.writeArrow(out, Compression.NONE,
                        Map.of("total_rows", Long.toString(head.total())));
                case MediaTypes.PARQUET -> answer.writeParquet(out);
                case MediaTypes.CSV -> answer.writeCsv(out);
                default -> head.write(out, () -> answer.writeJson(out, true));
            }
        } catch (InputException e) {
            throw TablesApi.problem(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (moment) {
            answer.close();
        }
    }
}
