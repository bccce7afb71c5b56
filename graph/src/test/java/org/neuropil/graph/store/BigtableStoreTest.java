package org.neuropil.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuropil.graph.store.GraphStore.Put;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.space.InputException;

import com.google.cloud.bigtable.admin.v2.BigtableTableAdminClient;
import com.google.cloud.bigtable.admin.v2.BigtableTableAdminSettings;
import com.google.cloud.bigtable.admin.v2.models.CreateTableRequest;
import com.google.cloud.bigtable.emulator.v2.Emulator;

/// Against Google's emulator, a server of its own.
class BigtableStoreTest extends GraphStoreThreads {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static Emulator emulator;

    private StoreAddress address = new StoreAddress("lab", "graphs", "none");

    @BeforeAll
    static void start() throws Exception {
        emulator = Emulator.createBundled();
        emulator.start();
    }

    @AfterAll
    static void stop() {
        emulator.stop();
    }

    private static String host() {
        return "localhost:" + emulator.getPort();
    }

    @Override
    GraphStore fresh() throws IOException {
        address = new StoreAddress("lab", "graphs", "graph" + TABLES.incrementAndGet());
        return BigtableStore.open(address, host());
    }

    @Override
    boolean exclusive() {
        return false;
    }

    @Override
    int steps() {
        return 1500;
    }

    @Test
    void anotherProcessSeesWhatWasWritten() throws IOException {
        try (BigtableStore other = BigtableStore.open(address, host())) {
            put(Table.META, Bytes.of(1), Bytes.of(2));
            assertThat(other.get(Table.META, Bytes.of(1))).isEqualTo(Bytes.of(2));
            assertThat(other.replace(Table.META, Bytes.of(1), Bytes.of(2), Bytes.of(3))).isTrue();
            assertThat(store.replace(Table.META, Bytes.of(1), Bytes.of(2), Bytes.of(4))).isFalse();
            assertThat(store.get(Table.META, Bytes.of(1))).isEqualTo(Bytes.of(3));
        }
    }

    @Test
    void manyMakeTheTableAtOnce() throws Exception {
        StoreAddress together = new StoreAddress("lab", "graphs", "together" + TABLES.incrementAndGet());
        AtomicInteger next = new AtomicInteger();
        GraphStoreThreads.onThreads(false, 4, () -> {
            try (BigtableStore one = BigtableStore.open(together, host())) {
                byte[] key = Bytes.of(next.getAndIncrement());
                assertThat(one.replace(Table.META, key, null, key)).isTrue();
            }
            return null;
        });
        try (BigtableStore one = BigtableStore.open(together, host())) {
            assertThat(one.get(Table.META, List.of(Bytes.of(0), Bytes.of(1), Bytes.of(2), Bytes.of(3))))
                    .doesNotContainNull();
        }
    }

    @Test
    void aTableWithoutTheFamilyGetsIt() throws IOException {
        try (BigtableTableAdminClient admin = BigtableTableAdminClient.create(BigtableTableAdminSettings
                .newBuilderForEmulator(emulator.getPort()).setProjectId("lab").setInstanceId("graphs").build())) {
            admin.createTable(CreateTableRequest.of("bare").addFamily("x"));
        }
        try (BigtableStore one = BigtableStore.open(new StoreAddress("lab", "graphs", "bare"), host())) {
            one.put(List.of(new Put(Table.META, Bytes.of(1), Bytes.of(1))));
            assertThat(one.get(Table.META, Bytes.of(1))).isEqualTo(Bytes.of(1));
        }
    }

    @Test
    void aHostThatIsNoneIsRefused() {
        for (String wrong : List.of("localhost", ":80", "localhost:x", "localhost:99999")) {
            assertThatThrownBy(() -> BigtableStore.open(address, wrong)).isInstanceOfSatisfying(InputException.class,
                    e -> assertThat(e.sentence()).contains("'" + wrong + "'").contains("localhost:8086"));
        }
    }

    @Test
    void aReplaceWithoutAnAnswerIsNeitherYesNorNo() throws IOException {
        LostAnswers lost = new LostAnswers("CheckAndMutateRow", Integer.MAX_VALUE);
        try (BigtableStore one = BigtableStore.open(address, Optional.of(host()), lost.of(emulator.getPort()))) {
            assertThatThrownBy(() -> one.replace(Table.META, Bytes.of(1), null, Bytes.of(1)))
                    .isInstanceOf(IOException.class).hasMessageContaining(address.toString());
            assertThat(lost.count()).isEqualTo(1);
            assertThat(one.get(Table.META, Bytes.of(1))).isEqualTo(Bytes.of(1));
        }
    }

    @Test
    void putsAndReadsWithoutAnAnswerAreTriedAgain() throws IOException {
        for (String method : List.of("MutateRows", "ReadRows")) {
            LostAnswers lost = new LostAnswers(method, 2);
            try (BigtableStore one = BigtableStore.open(address, Optional.of(host()), lost.of(emulator.getPort()))) {
                List<Put> puts = new ArrayList<>();
                for (int k = 0; k < 10; k++) {
                    puts.add(new Put(Table.NODES, Bytes.of(k), Bytes.of(k)));
                }
                one.put(puts);
                List<byte[]> keys = new ArrayList<>();
                one.scan(Table.NODES, new byte[0], null, (key, value) -> keys.add(key));
                assertThat(keys).hasSize(10);
                assertThat(one.get(Table.NODES, Bytes.of(3))).isEqualTo(Bytes.of(3));
                assertThat(lost.count()).isEqualTo(2);
            }
        }
    }
}
