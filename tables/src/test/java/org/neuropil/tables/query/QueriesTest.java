package org.neuropil.tables.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers against looking at every combination of rows.
@NullUnmarked
class QueriesTest {
    @TempDir
    static Path folder;
    private static Engine engine;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.open(new Engine.Settings(256L << 20, 2, folder.resolve("temporary"), 2));
    }

    @AfterAll
    static void stop() throws IOException {
        engine.close();
    }

    @Test
    void fiveHundredRandomQueriesGiveWhatBruteForceGives() throws IOException, SQLException {
        Map<String, TestTable> tables = Map.of();
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            if (seed % 50 == 0) {
                tables = TestWorld.make(engine, random);
            }
            QueryBuilder builder = RandomQuery.make(tables, random);
            Query query = builder.build();
            List<List<Object>> wanted = Oracle.answer(tables, query);
            boolean ordered = query.uses().size() > 1 || query.distinct() || query.grouping().isPresent()
                    || !query.order().isEmpty();
            Queries queries = new Queries(engine, new HashMap<>(tables));
            try (Answer answer = queries.ask(query)) {
                assertThat(answer.total()).isEqualTo(wanted.size());
                Answers.Read read = Answers.read(answer, Answer.Compression.values()[seed % 3]);
                if (ordered) {
                    assertSame(read.rows(), wanted, seed, query);
                }
            }
            if (seed % 3 == 0) {
                assertSame(pages(queries, builder.offset(0).limit(1 + wanted.size() / 3), wanted.size()), wanted, seed,
                        query);
            }
            if (seed % 3 != 1) {
                continue;
            }
            int limit = random.nextInt(wanted.size() + 3);
            int offset = random.nextInt(wanted.size() + 2);
            try (Answer answer = queries.ask(builder.limit(limit).offset(offset).build())) {
                List<List<Object>> part = wanted.subList(Math.min(offset, wanted.size()),
                        Math.min(offset + limit, wanted.size()));
                assertThat(answer.total()).isEqualTo(wanted.size());
                assertThat(answer.returned()).isEqualTo(part.size());
                assertSame(Answers.read(answer, Answer.Compression.NONE).rows(), part, seed, query);
            }
        }
    }

    private static List<List<Object>> pages(Queries queries, QueryBuilder builder, long total) throws IOException {
        List<List<Object>> all = new ArrayList<>();
        Optional<String> token = Optional.of("");
        for (int page = 0; token.isPresent(); page++) {
            assertThat(page).isLessThan(5);
            try (Answer answer = queries.ask((page == 0 ? builder : builder.page(token.get())).build())) {
                token = answer.next();
                assertThat(answer.total()).isEqualTo(total);
                all.addAll(Answers.read(answer, Answer.Compression.NONE).rows());
            }
        }
        return all;
    }

    private static void assertSame(List<List<Object>> rows, List<List<Object>> wanted, int seed, Query query) {
        boolean same = rows.size() == wanted.size();
        for (int i = 0; i < rows.size() && same; i++) {
            same = rows.get(i).size() == wanted.get(i).size();
            for (int j = 0; j < rows.get(i).size() && same; j++) {
                same = isSame(rows.get(i).get(j), wanted.get(i).get(j));
            }
        }
        if (!same) {
            throw new AssertionError(seed + " " + query + "\n" + rows + "\n" + wanted);
        }
    }

    private static boolean isSame(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return Oracle.compare(x, y) == 0 || Math.abs(x - y) <= 1e-12 * Math.max(Math.abs(x), Math.abs(y));
        }
        if (a == null || b == null || a instanceof List<?>) {
            return Objects.equals(a, b);
        }
        return a.getClass() == b.getClass() && Oracle.compare(a, b) == 0;
    }
}
