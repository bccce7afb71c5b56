package org.neuropil.tables.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.query.Source;

class VersionsTest {
    @TempDir
    Path folder;

    private final MadeWorld world = new MadeWorld(11);
    private final Connection connection;

    VersionsTest() throws Exception {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            world.step();
        }
    }

    private Version create(Versions versions, int number, @Nullable FrozenTable base, Instant at) throws Exception {
        Overlay overlay = new Overlay(MadeWorld.INFO, MadeWorld.SCHEMA, base, base == null ? at : base.moment(),
                world::changes, world, (x, y, z, size, moment) -> world.at(x, moment));
        overlay.move(connection, at, at);
        return versions.create(connection, number, at, "made", List.of(overlay.state()));
    }

    private FrozenTable base(Versions versions, Version version) throws Exception {
        return (FrozenTable) Objects.requireNonNull(versions.table(version, "synapses").base());
    }

    private static Version.Table table(Version version) {
        return Objects.requireNonNull(version.tables().get("synapses"));
    }

    private Map<Long, String> read(Source source) throws Exception {
        Map<Long, String> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, pre_pt_root_id, post_pt_root_id, pre_pt_position_x "
                        + "FROM " + source.relation(Hint.NONE) + " t")) {
            while (row.next()) {
                rows.put(row.getLong(1), row.getLong(2) + " " + row.getLong(3) + " " + row.getInt(4));
            }
        }
        return rows;
    }

    @Test
    void aVersionStaysWhatItWasAndTheNextOneKeepsItsRows() throws Exception {
        Versions versions = new Versions(folder, 20);
        steps(400);
        Instant first = world.now();
        Version one = create(versions, 1, null, first);
        steps(3);
        Instant second = world.now();
        Version two = create(versions, 2, base(versions, one), second);
        Version same = create(versions, 3, base(versions, one), first);
        steps(200);
        Version four = create(versions, 4, base(versions, two), world.now());
        assertThat(versions.list()).containsExactly(one, two, same, four);
        assertThat(read(versions.table(one, "synapses"))).isEqualTo(world.expected(first));
        assertThat(read(versions.table(two, "synapses"))).isEqualTo(world.expected(second));
        assertThat(read(versions.table(four, "synapses"))).isEqualTo(world.expected(world.now()));
        // Few changes are kept beside the rows that they change, none need nothing, many make all rows anew.
        assertThat(table(two)).isEqualTo(new Version.Table(world.expected(second).size(),
                "versions/1/synapses", Optional.of("versions/2/synapses")));
        assertThat(same.tables()).isEqualTo(one.tables());
        assertThat(table(four).base()).isEqualTo("versions/4/synapses");
        assertThat(versions.before(second)).contains(two);
        assertThat(versions.before(first.minusMillis(1))).isEmpty();
    }

    @Test
    void aVersionMadeAgainHasTheSameBytes() throws Exception {
        steps(300);
        try (Statement statement = connection.createStatement()) {
            for (int threads = 1; threads <= 2; threads++) {
                statement.execute("SET threads = " + threads);
                create(new Versions(folder.resolve("" + threads), 20), 1, null, world.now());
            }
        }
        try (Stream<Path> files = Files.walk(folder.resolve("1"))) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSizeGreaterThan(4);
            for (Path file : all) {
                Path other = folder.resolve("2").resolve(folder.resolve("1").relativize(file));
                assertThat(Arrays.mismatch(Files.readAllBytes(file), Files.readAllBytes(other))).as("%s", file)
                        .isEqualTo(-1);
            }
        }
    }

    private static TableInfo named(String name) {
        TableInfo made = MadeWorld.INFO;
        return new TableInfo(name, made.schema(), made.description(), made.resolution(), made.user(),
                made.reference(), made.tracksTargets(), made.segmentation(), made.notice(), made.write(), made.read());
    }

    /// The second one comes while the first one reads its rows.
    @Test
    void twoWhoChangeVersionsAtATimeLoseNothing() throws Exception {
        Versions versions = new Versions(folder);
        steps(5);
        Version one = create(versions, 1, null, world.now());
        Incoming other = new Incoming(named("b"), MadeWorld.SCHEMA, _ -> null);
        List<String> refused = new ArrayList<>();
        Version added = versions.add(connection, 1, new Incoming(named("a"), MadeWorld.SCHEMA, _ -> {
            for (ThrowingCallable change : List.<ThrowingCallable>of(
                    () -> new Versions(folder).add(connection, 1, other),
                    () -> create(new Versions(folder), 2, null, world.now()),
                    () -> new Versions(folder).drop(connection, one,
                            List.of(new Versions(folder).table(one, "synapses"))))) {
                assertThatThrownBy(change).isInstanceOfSatisfying(InputException.class, e -> refused.add(e.what()));
            }
            return null;
        }));
        assertThat(refused).hasSize(3).allMatch(what -> what.contains("by somebody else"));
        assertThat(versions.list()).containsExactly(added);
        assertThat(versions.add(connection, 1, other).tables()).containsOnlyKeys("a", "b", "synapses");
        assertThat(read(versions.table(versions.find(1), "synapses"))).isEqualTo(world.expected(world.now()));
        assertThat(folder.resolve(".work")).doesNotExist();
    }

    @Test
    void aNumberIsTakenOnce() throws Exception {
        Versions versions = new Versions(folder);
        create(versions, 7, null, world.now());
        assertThatThrownBy(() -> create(versions, 7, null, world.now())).isInstanceOf(InputException.class)
                .hasMessageContaining("version 7");
        assertThatThrownBy(() -> versions.find(8)).isInstanceOf(InputException.class)
                .hasMessageContaining("there is no version 8");
        assertThatThrownBy(() -> versions.table(versions.find(7), "nuclei")).isInstanceOf(InputException.class)
                .hasMessageContaining("nuclei");
        assertThat(table(versions.find(7)).rows()).isZero();
        assertThat(read(versions.table(versions.find(7), "synapses"))).isEmpty();
        try (Stream<Path> left = Files.list(folder.resolve("versions"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("7");
        }
    }
}
