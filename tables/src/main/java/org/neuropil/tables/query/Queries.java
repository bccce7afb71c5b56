package org.neuropil.tables.query;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnType;

/// Answers queries over some tables.
public final class Queries {
    private final Engine engine;
    private final Map<String, Source> sources;

    /// @param sources tables by the names that queries use
    public Queries(Engine engine, Map<String, Source> sources) {
        this.engine = engine;
        this.sources = Map.copyOf(sources);
    }

    /// Answers a query. The answer has to be closed.
    ///
    /// @throws InputException if the query is wrong, or rows break what it declares of a join; names what and where
    public Answer ask(Query query) throws IOException {
        return open(query, null);
    }

    /// Answers a query that may take so long, with all that is done with the answer.
    public Answer ask(Query query, Duration most) throws IOException {
        return open(query, most);
    }

    private Answer open(Query query, @Nullable Duration most) throws IOException {
        Compiled compiled = QueryCompiler.compile(query, sources, engine::newName);
        Answer.Frame frame = new Answer.Frame(compiled.columns(), compiled.rows(), compiled.count(), query.limit(),
                query.offset() > 0 || query.page().isPresent(), query.offset(),
                (returned, answer) -> next(query, compiled, returned, answer));
        return Answer.open(engine, engine.reading(), frame, compiled.lists(), answer -> check(compiled, answer), most);
    }

    private static void check(Compiled compiled, Answer answer) throws IOException {
        for (String pattern : compiled.patterns()) {
            try {
                answer.ask(BoundSql.of("SELECT regexp_matches('', ").value(ColumnType.TEXT, pattern).add(", 's')"), 1);
            } catch (IOException e) {
                throw new InputException("'" + pattern + "' is no regular expression: " + e.getMessage(), "regex",
                        "write it as RE2 has it: no back references, nothing that looks ahead", e);
            }
        }
        for (Compiled.Check check : compiled.checks()) {
            List<List<@Nullable Object>> twice = answer.ask(check.twice(), 1);
            if (!twice.isEmpty()) {
                Join join = check.join();
                throw new InputException(
                        check.column() + " has " + twice.getFirst().get(0) + " in " + twice.getFirst().get(1)
                                + " rows, though the join of " + join.left() + " and " + join.right() + " is declared "
                                + join.cardinality(),
                        "joins", "filter such rows out, or declare it otherwise");
            }
        }
    }

    private static Optional<String> next(Query query, Compiled compiled, long returned, Answer answer)
            throws IOException {
        if (!compiled.pageable()) {
            return Optional.empty();
        }
        // The last row of the page, and one more if there is one.
        List<List<@Nullable Object>> rows = answer.ask(
                new BoundSql().add(compiled.key())
                        .add(" LIMIT 2 OFFSET " + Math.addExact(query.offset(), returned - 1)),
                2);
        return rows.size() < 2
                ? Optional.empty()
                : Optional.of(PageToken.write(query, new ArrayList<>(rows.getFirst())));
    }
}
