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
import org.neuropil.space.InputException;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.Answer.Compression;
import org.neuropil.tables.query.OutputColumn;

/// Sends the rows of an answer as `Accept` asks: JSON, an Arrow stream, or CSV; in constant memory.
///
/// @param answer closed at the end
/// @param moment closed at the end
/// @param type media type
/// @param head of a JSON answer: all but the rows
record TableRows(org.neuropil.tables.query.Answer answer, Moment moment, String type,
        Shape head) implements Answer.Writer {
    /// As Apache Arrow registered it.
    static final String ARROW = "application/vnd.apache.arrow.stream";
    static final String CSV = "text/csv";
    /// All, the first one being that of who asks for none.
    static final String TYPES = MediaTypes.JSON + ", " + ARROW + ", " + CSV;

    /// A JSON answer.
    ///
    /// @param columns of the rows
    /// @param total how many rows there are without limit and page
    /// @param returned how many are here
    /// @param limited true if the limit kept rows from being here
    /// @param next token of the next page; null if there is none
    /// @param rows objects by columns; ids are text
    record Shape(List<TablesApi.ColumnEntry> columns, long total, long returned, boolean limited, @Nullable String next,
            List<Map<String, Object>> rows) {}

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
            Optional<String> next = answer.next();
            Shape head = new Shape(columns(answer.columns()), answer.total(), answer.returned(), answer.isLimited(),
                    next.orElse(null), List.of());
            String type = type(call.headers().get("Accept").orElse(""));
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("X-Total-Rows", Long.toString(head.total()));
            headers.put("Vary", "Accept");
            next.ifPresent(token -> headers.put("X-Next-Page", token));
            if (head.limited()) {
                headers.put("Warning", "199 - \"" + head.returned() + " of " + head.total() + " rows\"");
            }
            Answer.Stream stream = new Answer.Stream(200, type, headers, new TableRows(answer, moment, type, head));
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

    private static String type(String accept) {
        String wanted = accept.toLowerCase(Locale.ROOT);
        return wanted.contains("arrow") ? ARROW : wanted.contains(CSV) ? CSV : MediaTypes.JSON;
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
                case ARROW -> answer.writeArrow(out, Compression.NONE,
                        Map.of("total_rows", Long.toString(head.total())));
                case CSV -> answer.writeCsv(out);
                default -> {
                    // The rows come behind the rest, in the place of the empty list at its end.
                    String text = Json.MAPPER.writeValueAsString(head).strip();
                    int at = text.lastIndexOf("\"rows\"");
                    int list = text.indexOf('[', at);
                    out.write(text.substring(0, list).getBytes(StandardCharsets.UTF_8));
                    answer.writeJson(out, true);
                    out.write(text.substring(text.indexOf(']', list) + 1).getBytes(StandardCharsets.UTF_8));
                }
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
