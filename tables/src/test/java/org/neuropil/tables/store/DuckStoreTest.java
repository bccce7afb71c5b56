package org.neuropil.tables.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;
import org.neuropil.tables.sql.Sql;

class DuckStoreTest extends AnnotationStoreContract {
    @Override
    AnnotationStore open(Clock with, Existing existing) throws IOException {
        return DuckStore.open(Path.of(address()), with, existing);
    }

    @Override
    String address() {
        return temp.resolve("it's a \"folder\" #1").resolve("live.duckdb").toString();
    }

    @Test
    void aSecondOfTheProcessIsRefused() throws IOException {
        DuckStore store = DuckStore.open(temp.resolve("a"), clock);
        refused(() -> DuckStore.open(temp.resolve("x/../a"), clock), "open already");
        store.close();
        DuckStore.open(temp.resolve("a"), clock).close();
    }

    @Test
    void anotherProcessIsToldWhoHasTheFile() throws Exception {
        Path file = temp.resolve("a");
        try (DuckStore store = DuckStore.open(file, clock)) {
            assertThat(store.tables()).isEmpty();
            Path said = temp.resolve("said");
            Process other = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                    System.getProperty("java.class.path"), Opening.class.getName(), file.toString())
                    .redirectErrorStream(true).redirectOutput(said.toFile()).start();
            assertThat(other.waitFor()).isZero();
            assertThat(Files.readString(said)).contains("another process has it open")
                    .contains(Long.toString(ProcessHandle.current().pid())).contains("neuropil serve")
                    .doesNotContain("Exception");
        }
    }

    /// A process that opens a store and says how it was refused.
    static final class Opening {
        private Opening() {}

        /// Opens a file.
        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws IOException {
            try (DuckStore store = DuckStore.open(Path.of(arguments[0]), Clock.systemUTC())) {
                System.out.println(store.tables());
            } catch (InputException e) {
                System.out.println(e.sentence());
            }
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("text"), "no database, but text ".repeat(1000));
        assertThatThrownBy(() -> DuckStore.open(file, clock)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.sentence()).startsWith(file.toString()).contains("cannot be opened as a DuckDB file");
            assertThat(e.sentence().lines()).hasSize(1);
        });
        refused(() -> DuckStore.open(temp.resolve("a;threads=1"), clock), "cannot hold annotations");
        refused(() -> DuckStore.open(temp.resolve("a?b"), clock), "cannot hold annotations");
        assertThat(List.of(temp.toFile().list())).doesNotContain("a");
    }

    /// The last head that was given out is kept ahead of a crash, of which the copy of the files is one.
    @Test
    void headsSurviveACrash() throws IOException {
        Path file = temp.resolve("a");
        Path copy = temp.resolve("b");
        Instant head;
        try (DuckStore store = DuckStore.open(file, clock)) {
            store.create(Samples.cells("cells"), Samples.CELL);
            clock.millis.addAndGet(100_000);
            head = store.head();
            Files.copy(file, copy);
            Files.copy(temp.resolve("a.wal"), temp.resolve("b.wal"));
        }
        clock.millis.addAndGet(-200_000);
        try (DuckStore store = DuckStore.open(copy, clock)) {
            store.insert("cells", Samples.cells(1));
            assertThat(Sql.instant(store.rows("cells", new long[]{1}).longs("created")[0])).isAfter(head)
                    .isBefore(head.plusSeconds(2));
        }
    }
}
