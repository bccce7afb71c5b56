package org.neuropil.tables.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.Roots;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.schema.Annotations;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.store.DuckStore;
import org.neuropil.tables.version.Version;

class TablesTest {
    private static final TableSchema TAG = Schemas.known("bound_tag");

    private final Path folder;

    /// A supervoxel is ten voxels long; the root of all is 100 until they are parted at a place.
    private final TreeMap<Instant, Integer> cuts = new TreeMap<>();
    private boolean failing;
    private final Roots roots = new Roots() {
        @Override
        public Instant head() {
            return cuts.isEmpty() ? Instant.EPOCH : cuts.lastKey();
        }

        @Override
        public long[] roots(long[] supervoxels, Instant at) throws IOException {
            if (failing) {
                throw new IOException("roots cannot be read");
            }
            var cut = cuts.floorEntry(at);
            return Arrays.stream(supervoxels).map(id -> id == 0
                    ? 0
                    : cut == null
                            ? 100
                            : 100 + 2L * cuts.headMap(at, true).size() + (id <= cut.getValue() ? 0 : 1))
                    .toArray();
        }

        @Override
        public boolean[] isLatest(long[] asked, Instant at) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long[] changed(Instant from, Instant to) {
            int before = cuts.headMap(from, true).size();
            int after = cuts.headMap(to, true).size();
            return before == after ? new long[0] : new long[]{100 + 2L * before, 101 + 2L * before};
        }

        @Override
        public long[] cut(Instant at) {
            return new long[0];
        }
    };
    private Tables tables;

    TablesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        tables = open();
    }

    private Tables open() throws IOException {
        return new Tables(folder, Engine.open(new Engine.Settings(64 << 20, 2, folder.resolve("scratch"), 4)),
                DuckStore.open(folder.resolve("live.duckdb"), Clock.systemUTC()), roots,
                (x, _, _, _, _) -> Arrays.stream(x).mapToLong(p -> 1 + p / 10).toArray());
    }

    @AfterEach
    void close() throws Exception {
        tables.close();
    }

    private void table(String name) throws IOException {
        tables.store().create(new TableInfo(name, TAG.name(), "made", new VoxelSize(4, 4, 40), "ada", Optional.empty(),
                false, "", "", Permission.PRIVATE, Permission.PUBLIC), TAG);
    }

    private static Rows tags(String... tagged) throws IOException {
        StringBuilder json = new StringBuilder();
        for (String tag : tagged) {
            json.append(json.isEmpty() ? "[" : ",").append("{\"tag\": \"").append(tag)
                    .append("\", \"pt\": {\"position\": [").append(tag.replaceAll("\\D", "")).append(", 5, 6]}}");
        }
        return Annotations.read(TAG,
                new ByteArrayInputStream(json.append("]").toString().getBytes(StandardCharsets.UTF_8)));
    }

    /// Tags and roots of the tags of a table, in the order of their ids.
    private String read(Moment moment) throws IOException {
        Query query = QueryBuilder.from("tags").select("tag", "pt_root_id").orderBy("id", false).build();
        try (Answer answer = new Queries(tables.engine(), Map.of("tags", moment.source("tags"))).ask(query)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            answer.writeCsv(out);
            return out.toString(StandardCharsets.UTF_8).replace("\r\n", " ").replace("tag,pt_root_id ", "").strip();
        }
    }

    private String now() throws IOException {
        try (Moment moment = tables.now()) {
            return read(moment);
        }
    }

    private String at(Instant time) throws IOException {
        try (Moment moment = tables.at(time)) {
            return read(moment);
        }
    }

    @Test
    void whatIsWrittenAndWhatIsEditedIsSeenByTheNextQueryAndThePastStays() throws Exception {
        table("tags");
        assertThat(now()).isEmpty();
        long[] ids = tables.insert("tags", tags("a5", "b15", "c25"));
        Instant first = tables.now().time();
        assertThat(now()).isEqualTo("a5,100 b15,100 c25,100");
        cuts.put(tables.store().head().plusMillis(1), 1);
        // Somebody who reads for long sees the state that they began with, and nobody waits for them.
        try (Moment slow = tables.now()) {
            slow.source("tags");
            tables.store().delete("tags", new long[]{ids[1]});
            tables.update("tags", new long[]{ids[2]}, tags("d35"));
            assertThat(now()).isEqualTo("a5,102 d35,103");
            assertThat(read(slow)).isEqualTo("a5,102 b15,103 c25,103");
        }
        assertThat(at(first)).isEqualTo("a5,100 b15,100 c25,100");
        assertThatThrownBy(() -> tables.at(Instant.now().plusSeconds(60))).isInstanceOf(InputException.class)
                .hasMessageContaining("future");
        tables.close();
        tables = open();
        assertThat(now()).isEqualTo("a5,102 d35,103");
        assertThat(at(first)).isEqualTo("a5,100 b15,100 c25,100");
    }

    @Test
    void aVersionStaysAndTheNextStatesStandOnIt() throws Exception {
        table("tags");
        tables.insert("tags", tags("a5", "b15"));
        Version one = tables.freeze(OptionalInt.empty(), "the first");
        assertThat(one.number()).isEqualTo(1);
        tables.insert("tags", tags("c25"));
        cuts.put(tables.store().head().plusMillis(1), 2);
        while (tables.store().head().isBefore(cuts.lastKey())) {
            Thread.onSpinWait();
        }
        Version seven = tables.freeze(OptionalInt.of(7), "the second");
        Version eight = tables.freeze(OptionalInt.empty(), "the same again");
        assertThat(eight.number()).isEqualTo(8);
        assertThat(eight.tables()).isEqualTo(seven.tables());
        tables.close();
        tables = open();
        try (Moment moment = tables.version(1)) {
            assertThat(moment.time()).isEqualTo(one.time());
            assertThat(moment.tables()).containsExactly("tags");
            assertThat(read(moment)).isEqualTo("a5,100 b15,100");
        }
        try (Moment moment = tables.version(7)) {
            assertThat(read(moment)).isEqualTo("a5,102 b15,102 c25,103");
        }
        assertThat(at(one.time())).isEqualTo("a5,100 b15,100");
        assertThat(now()).isEqualTo("a5,102 b15,102 c25,103");
        assertThatThrownBy(() -> tables.version(2)).isInstanceOf(InputException.class)
                .hasMessageContaining("there is no version 2");
        try (Moment moment = tables.version(8)) {
            assertThatThrownBy(() -> moment.source("others")).isInstanceOf(InputException.class)
                    .hasMessageContaining("others");
        }
    }

    private Map<String, byte[]> files(String version) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve("versions").resolve(version))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Test
    void filesOfAVersionThatWereDroppedComeBackTheSame() throws Exception {
        table("tags");
        long[] ids = tables.insert("tags", tags("a5", "b15"));
        Version one = tables.freeze(OptionalInt.empty(), "the first");
        tables.insert("tags", tags("c25"));
        tables.store().delete("tags", new long[]{ids[0]});
        tables.freeze(OptionalInt.empty(), "the second");
        tables.freeze(OptionalInt.empty(), "the same");
        Map<String, byte[]> before = files("1");
        assertThat(before.keySet()).anyMatch(path -> path.endsWith(".parquet"));
        assertThat(tables.drop(1)).isPositive();
        assertThat(files("1").keySet()).noneMatch(path -> path.endsWith(".parquet"));
        assertThatThrownBy(() -> tables.drop(1)).isInstanceOf(InputException.class)
                .hasMessageContaining("were dropped");
        try (Moment moment = tables.version(1)) {
            assertThatThrownBy(() -> read(moment)).isInstanceOf(InputException.class)
                    .hasMessageContaining("were dropped");
        }
        // States that stood on it are worked out anew.
        assertThat(at(one.time())).isEqualTo("a5,100 b15,100");
        assertThat(tables.rebuild(1)).isEqualTo(one);
        assertThat(files("1")).usingRecursiveComparison().isEqualTo(before);
        assertThatThrownBy(() -> tables.rebuild(1)).isInstanceOf(InputException.class)
                .hasMessageContaining("has its files");
        assertThatThrownBy(() -> tables.drop(2)).isInstanceOf(InputException.class)
                .hasMessageContaining("version 3 stands on");
        assertThatThrownBy(() -> tables.drop(3)).isInstanceOf(InputException.class)
                .hasMessageContaining("no files of its own");
    }

    @Test
    void filesOfAVersionThatWouldNotComeBackTheSameAreKept() throws Exception {
        table("tags");
        long[] ids = tables.insert("tags", tags("a5"));
        tables.freeze(OptionalInt.empty(), "");
        tables.store().bind("tags", "pt_supervoxel_id", ids, new long[]{77});
        Map<String, byte[]> before = files("1");
        assertThatThrownBy(() -> tables.drop(1)).isInstanceOf(InputException.class)
                .hasMessageContaining("does not come out the same");
        assertThat(files("1")).usingRecursiveComparison().isEqualTo(before);
    }

    /// How many relations of states the engine holds.
    private long relations() throws Exception {
        try (Engine.Lease lease = tables.engine().lease();
                Statement statement = lease.connection().createStatement();
                ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'overlay%'")) {
            count.next();
            return count.getLong(1);
        }
    }

    @Test
    void aStateThatCannotBeWorkedOutLeavesNothing() throws Exception {
        table("tags");
        tables.insert("tags", tags("a5"));
        failing = true;
        assertThatThrownBy(this::now).isInstanceOf(IOException.class).hasMessageContaining("roots cannot be read");
        assertThat(relations()).isZero();
        failing = false;
        assertThat(now()).isEqualTo("a5,100");
        assertThat(relations()).isEqualTo(3);
        tables.insert("tags", tags("b15"));
        failing = true;
        assertThatThrownBy(this::now).isInstanceOf(IOException.class);
        assertThat(relations()).isZero();
        failing = false;
        assertThat(now()).isEqualTo("a5,100 b15,100");
    }

    @Test
    void statesThatStoodOnDroppedFilesGoOnceNobodyReadsThem() throws Exception {
        table("tags");
        tables.insert("tags", tags("a5"));
        tables.freeze(OptionalInt.empty(), "");
        tables.insert("tags", tags("b15"));
        try (Moment read = tables.now()) {
            assertThat(read(read)).isEqualTo("a5,100 b15,100");
            tables.insert("tags", tags("c25"));
            assertThat(now()).isEqualTo("a5,100 b15,100 c25,100");
            assertThat(relations()).isEqualTo(6);
            tables.drop(1);
            assertThat(relations()).isEqualTo(3);
        }
        assertThat(relations()).isZero();
        assertThat(now()).isEqualTo("a5,100 b15,100 c25,100");
    }
}
