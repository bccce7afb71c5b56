package org.neuropil.server.cave;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.Answer.Compression;
import org.neuropil.tables.query.ColumnRef;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.OutputColumn;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.Source;

/// Sends what a query gives, in constant memory, as an Arrow stream or as JSON, with what CAVE's clients read in headers.
///
/// @param call that asks
/// @param answer its rows
/// @param moment at which they are; closed with the answer
/// @param query that was asked
/// @param sources its tables
/// @param total how many rows there are without limit and offset; -1 for what is no list of rows
record MaterializeRows(Call call, org.neuropil.tables.query.Answer answer, Moment moment, Query query,
        Map<String, Source> sources, long total) implements Answer.Writer {
    /// Rows of a table that are put in order if all of it is asked for. Larger ones come as they lie.
    private static final long MOST_SORTED = 5_000_000;
    /// More than this is no header that every client reads.
    private static final int MOST_HEADER = 16_000;

    /// Answers a query. The moment is the answer's from now on, also if this fails.
    ///
    /// @param count true to answer how many rows there are
    /// @param warnings for the client
    /// @throws Problem 400 if the query is wrong
    static Answer ask(Call call, Engine engine, Moment moment, Map<String, Source> sources, Query query, boolean count,
            List<String> warnings) throws IOException {
        org.neuropil.tables.query.Answer answer = null;
        boolean done = false;
        try {
            Queries queries = new Queries(engine, sources);
            Query asked = count ? MaterializeQuery.count(query) : query;
            if (!count && MaterializeQuery.isWhole(query)
                    && number(queries, MaterializeQuery.count(query)) > MOST_SORTED) {
                asked = MaterializeQuery.unordered(query);
            }
            answer = queries.ask(asked);
            MaterializeRows rows = new MaterializeRows(call, answer, moment, asked, sources,
                    count ? -1 : answer.total());
            Answer.Stream stream = rows.stream(warnings);
            done = true;
            return stream;
        } catch (InputException e) {
            throw wrong(e);
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

    /// A query's mistake in the words of the service.
    static Problem wrong(InputException e) {
        return new Problem(400, e.what(), e.where(), e.hint());
    }

    /// The one number that a query gives.
    ///
    /// @param query as [MaterializeQuery#count] makes it
    static long number(Queries queries, Query query) throws IOException {
        try (org.neuropil.tables.query.Answer answer = queries.ask(query)) {
            Rows rows = answer.rows();
            return rows.data().getFirst() instanceof ColumnData.Longs longs ? longs.values()[0] : 0;
        }
    }

    private Answer.Stream stream(List<String> warnings) {
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> told = new ArrayList<>(warnings);
        if (total >= 0) {
            headers.put("X-Total-Rows", Long.toString(total));
            if (query.limit().isPresent() && total - query.offset() > query.limit().getAsLong()) {
                told.addFirst("201 - \"Limited query to " + query.limit().getAsLong() + " rows");
            }
            resolution().ifPresent(size -> headers.put("dataframe_resolution",
                    size.x() + ", " + size.y() + ", " + size.z()));
            String names = columnNames();
            if (names.length() <= MOST_HEADER) {
                headers.put("column_names", names);
            }
        }
        sources.forEach((name, source) -> {
            if (!source.info().notice().isBlank()) {
                told.add("Table Owner Notice on " + name + ": " + source.info().notice());
            }
        });
        if (!told.isEmpty()) {
            headers.put("Warning", header(String.join(", ", told)));
        }
        return new Answer.Stream(200, isArrow() ? MediaTypes.ARROW : MediaTypes.JSON, headers, this);
    }

    /// A text as a header can hold it: in one line, of Latin letters.
    static String header(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").replaceAll("[^ -~\\u00a0-\\u00ff]", "?").strip();
        return line.length() > MOST_HEADER ? line.substring(0, MOST_HEADER) : line;
    }

    private boolean isArrow() {
        return new CaveQuery(call).flag("return_pyarrow", true);
    }

    /// The unit of places: the one that was asked for, or that of the tables if they have the same.
    private Optional<VoxelSize> resolution() {
        if (query.positions().resolution().isPresent()) {
            return query.positions().resolution();
        }
        Set<VoxelSize> sizes = new LinkedHashSet<>();
        for (OutputColumn column : answer.columns()) {
            Source source = column.origin().map(origin -> sources.get(origin.table())).orElse(null);
            if (source != null && column.origin().get().column().matches("(?s).*_position(_[xyz])?")) {
                sizes.add(source.info().resolution());
            }
        }
        return sizes.size() == 1 ? Optional.of(sizes.iterator().next()) : Optional.empty();
    }

    /// What the columns of each table are called in the answer, as Python writes it.
    private String columnNames() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (OutputColumn column : answer.columns()) {
            if (column.origin().isPresent()) {
                ColumnRef origin = column.origin().get();
                names.computeIfAbsent(origin.table(), _ -> new ArrayList<>())
                        .add("'" + python(origin.column()) + "': '" + python(column.name()) + "'");
            }
        }
        List<String> tables = new ArrayList<>();
        names.forEach((table, columns) -> tables.add("'" + python(table) + "': {" + String.join(", ", columns) + "}"));
        return "{" + String.join(", ", tables) + "}";
    }

    private static String python(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\'' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c > '~') {
                escaped.append(String.format(Locale.ROOT, "\\U%08x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    @Override
    public void write(OutputStream out) throws IOException {
        CaveQuery parameters = new CaveQuery(call);
        try {
            if (isArrow()) {
                Map<String, String> metadata = new LinkedHashMap<>();
                metadata.put("pandas", PandasTypes.metadata(answer.columns(),
                        parameters.flag("direct_sql_pandas", false)));
                if (total >= 0) {
                    metadata.put("total_rows", Long.toString(total));
                }
                answer.writeArrow(out, compression(), metadata);
            } else {
                answer.writeJson(out, parameters.flag("int64_as_str", false));
            }
        } catch (InputException e) {
            throw wrong(e);
        }
    }

    private Compression compression() {
        String accepted = call.headers().get("Accept-Encoding").orElse("").toLowerCase(Locale.ROOT);
        if (!parameters("ipc_compress")) {
            return Compression.NONE;
        }
        return accepted.contains("lz4")
                ? Compression.LZ4_FRAME
                : accepted.contains("zstd") ? Compression.ZSTD : Compression.NONE;
    }

    private boolean parameters(String name) {
        return new CaveQuery(call).flag(name, true);
    }

    @Override
    public void close() throws IOException {
        try (moment) {
            answer.close();
        }
    }
}
