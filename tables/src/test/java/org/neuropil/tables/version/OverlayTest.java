package org.neuropil.tables.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.tables.query.Hint;

class OverlayTest {
    @TempDir
    Path folder;

    private static Map<Long, String> read(Connection connection, String relation, String where) throws Exception {
        Map<Long, String> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, pre_pt_root_id, post_pt_root_id, pre_pt_position_x "
                        + "FROM " + relation + " t " + where)) {
            while (row.next()) {
                String text = row.getLong(2) + " " + row.getLong(3) + " " + row.getInt(4);
                assertThat(rows.put(row.getLong(1), text)).as("a row comes once").isNull();
            }
        }
        return rows;
    }

    private static Overlay overlay(MadeWorld world, @Nullable FrozenTable base, Instant at) {
        return new Overlay(MadeWorld.INFO, MadeWorld.SCHEMA, base, at, world::changes, world,
                (x, y, z, size, moment) -> world.at(x, moment));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aStateIsTheSameFromAnyOther(long seed) throws Exception {
        Random random = new Random(seed);
        MadeWorld world = new MadeWorld(seed);
        List<Instant> moments = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            moments.add(world.now());
            world.step();
        }
        moments.add(world.now());
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            Instant frozenAt = moments.get(random.nextInt(moments.size()));
            FrozenTable base;
            Overlay whole = overlay(world, null, frozenAt);
            whole.move(connection, frozenAt, frozenAt);
            assertThat(read(connection, whole.state().relation(Hint.NONE), "")).isEqualTo(world.expected(frozenAt));
            base = new SortedWriter(connection, new SortedWriter.Sizes(7, 1 << 20, 8, 2)).write(MadeWorld.INFO,
                    MadeWorld.SCHEMA, frozenAt,
                    whole.state().relation(Hint.NONE), folder.resolve("base"), seed % 2 == 0);
            base = FrozenTable.open(folder.resolve("base"));
            assertThat(read(connection, base.relation(Hint.NONE), "")).isEqualTo(world.expected(frozenAt));
            assertThat(base.rows()).isEqualTo(world.expected(frozenAt).size());
            // One that moves on step by step, and one for each moment by itself, also before the base.
            Overlay moving = overlay(world, base, frozenAt);
            for (int i = 0; i < moments.size(); i += 1 + random.nextInt(8)) {
                Instant at = moments.get(i);
                if (!at.isBefore(frozenAt)) {
                    moving.move(connection, at, at);
                    check(connection, world, moving.state(), at, random);
                }
                if (random.nextInt(4) == 0) {
                    Overlay alone = overlay(world, base, frozenAt);
                    alone.move(connection, at, at);
                    check(connection, world, alone.state(), at, random);
                    alone.drop(connection);
                }
            }
        }
    }

    private static void check(Connection connection, MadeWorld world, TableState state, Instant at, Random random)
            throws Exception {
        Map<Long, String> expected = world.expected(at);
        assertThat(read(connection, state.relation(Hint.NONE), "")).as("at %s", at).isEqualTo(expected);
        if (!expected.isEmpty()) {
            List<String> rows = List.copyOf(expected.values());
            String post = rows.get(random.nextInt(rows.size())).split(" ")[1];
            Hint hint = new Hint(Map.of("post_pt_root_id", new long[]{Long.parseLong(post)}));
            Map<Long, String> some = new TreeMap<>(expected);
            some.values().removeIf(row -> !row.split(" ")[1].equals(post));
            assertThat(read(connection, state.relation(hint), "WHERE post_pt_root_id = " + post)).isEqualTo(some);
        }
    }
}
