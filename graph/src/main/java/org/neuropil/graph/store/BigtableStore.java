package org.neuropil.graph.store;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ServerStream;
import com.google.cloud.bigtable.data.v2.BigtableDataClient;
import com.google.cloud.bigtable.data.v2.BigtableDataSettings;
import com.google.cloud.bigtable.data.v2.models.BulkMutation;
import com.google.cloud.bigtable.data.v2.models.ConditionalRowMutation;
import com.google.cloud.bigtable.data.v2.models.Query;
import com.google.cloud.bigtable.data.v2.models.RowMutationEntry;
import com.google.cloud.bigtable.data.v2.models.TableId;
import com.google.protobuf.ByteString;

/// Rows in a table of Bigtable, for several processes over one graph. What the server has acknowledged survives. Keys may be
/// empty and have at most 4 KB, values may be empty and have at most 100 MB, as Bigtable says.
///
/// Reads and puts are tried again when the server cannot be reached: doing them twice is doing them once. A [#replace] is
/// sent once. If there is no answer, be it that the server did not get it, that the answer was lost or that time was up, it
/// throws [IOException], and who called has to look at the row: it may have taken effect, or still do so. Were it sent
/// again, the second would find what the first wrote, and say no to a change that is there. So write values that tell who
/// wrote them.
///
/// If the instance has several clusters, it must route all to one of them (a single-cluster profile as its default): others
/// refuse a replace, and read late.
public final class BigtableStore implements GraphStore {
    private static final int KEYS_PER_READ = 1000;
    private static final int ROWS_PER_WRITE = 5000;
    private static final long BYTES_PER_WRITE = 8L << 20;
    private static final Duration REPLACE_TIME = Duration.ofSeconds(30);

    private final StoreAddress address;
    private final TableId id;
    private final BigtableDataClient client;
    private volatile boolean closed;

    private BigtableStore(StoreAddress address, BigtableDataClient client) {
        this.address = address;
        this.id = TableId.of(address.table());
        this.client = client;
    }

    /// Opens a graph's rows with the credentials of this machine; makes the table if there is none. If the environment names
    /// an emulator (`BIGTABLE_EMULATOR_HOST`, as `host:port`), it is used, without credentials.
    ///
    /// @throws org.neuropil.space.InputException if there is no such instance, or no permission
    public static BigtableStore open(StoreAddress address) throws IOException {
        return open(address, Optional.ofNullable(System.getenv(BigtableConnection.EMULATOR))
                .filter(host -> !host.isBlank()), builder -> builder);
    }

    /// Opens a graph's rows in an emulator.
    ///
    /// @param emulator `host:port`
    public static BigtableStore open(StoreAddress address, String emulator) throws IOException {
        return open(address, Optional.of(emulator), builder -> builder);
    }

    static BigtableStore open(StoreAddress address, Optional<String> emulator,
            UnaryOperator<BigtableDataSettings.Builder> change) throws IOException {
        BigtableConnection connection = new BigtableConnection(address, emulator);
        connection.makeTable();
        BigtableDataSettings.Builder settings = connection.data();
        // One attempt, even if the server's answer asks for another.
        settings.stubSettings().checkAndMutateRowSettings().setSimpleTimeoutNoRetriesDuration(REPLACE_TIME);
        return new BigtableStore(address, BigtableDataClient.create(change.apply(settings).build()));
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) throws IOException {
        return call(() -> {
            var row = client.readRow(id, BigtableRows.key(table, key), BigtableRows.values());
            return row == null ? null : BigtableRows.value(row);
        });
    }

    @Override
    public List<byte @Nullable []> get(Table table, List<byte[]> keys) throws IOException {
        return call(() -> {
            Map<ByteString, byte[]> found = new HashMap<>();
            for (int k = 0; k < keys.size(); k += KEYS_PER_READ) {
                Query query = Query.create(id).filter(BigtableRows.values());
                for (byte[] key : keys.subList(k, Math.min(keys.size(), k + KEYS_PER_READ))) {
                    query.rowKey(BigtableRows.key(table, key));
                }
                for (var row : client.readRows(query)) {
                    found.put(row.getKey(), BigtableRows.value(row));
                }
            }
            List<byte @Nullable []> values = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                byte[] value = found.get(BigtableRows.key(table, key));
                // Not one array for two that ask for the same.
                values.add(value == null ? null : value.clone());
            }
            return values;
        });
    }

    @Override
    public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
        call(() -> {
            if (isEmpty(from, to)) {
                return null;
            }
            ServerStream<com.google.cloud.bigtable.data.v2.models.Row> rows = client.readRows(range(table, from, to));
            try {
                for (var row : rows) {
                    if (!visitor.visit(BigtableRows.key(row), BigtableRows.value(row))) {
                        return null;
                    }
                }
            } finally {
                rows.cancel();
            }
            return null;
        });
    }

    @Override
    public @Nullable Row last(Table table, byte[] from, byte @Nullable [] to) throws IOException {
        return call(() -> {
            if (isEmpty(from, to)) {
                return null;
            }
            Row last = null;
            for (var row : client.readRows(range(table, from, to).reversed(true).limit(1))) {
                last = new Row(BigtableRows.key(row), BigtableRows.value(row));
            }
            return last;
        });
    }

    private static boolean isEmpty(byte[] from, byte @Nullable [] to) {
        return to != null && Arrays.compareUnsigned(from, to) >= 0;
    }

    private Query range(Table table, byte[] from, byte @Nullable [] to) {
        return Query.create(id).range(BigtableRows.key(table, from), BigtableRows.end(table, to))
                .filter(BigtableRows.values());
    }

    @Override
    public void put(List<Put> rows) throws IOException {
        // Bigtable writes the rows of a call in any order: of two of one key, the last alone is sent.
        Map<ByteString, Put> last = LinkedHashMap.newLinkedHashMap(rows.size());
        for (Put put : rows) {
            last.put(BigtableRows.key(put.table(), put.key()), put);
        }
        call(() -> {
            BulkMutation bulk = BulkMutation.create(id);
            int count = 0;
            long bytes = 0;
            for (Map.Entry<ByteString, Put> row : last.entrySet()) {
                RowMutationEntry entry = RowMutationEntry.create(row.getKey());
                BigtableRows.write(entry, row.getValue().value());
                bulk.add(entry);
                count++;
                bytes += row.getValue().value().length;
                if (count == ROWS_PER_WRITE || bytes >= BYTES_PER_WRITE) {
                    client.bulkMutateRows(bulk);
                    bulk = BulkMutation.create(id);
                    count = 0;
                    bytes = 0;
                }
            }
            if (count > 0) {
                client.bulkMutateRows(bulk);
            }
            return null;
        });
    }

    @Override
    public boolean replace(Table table, byte[] key, byte @Nullable [] expected, byte @Nullable [] value)
            throws IOException {
        if (expected == null && value == null) {
            return get(table, key) == null; // there is nothing to be done, which Bigtable would refuse to do
        }
        return call(() -> {
            ConditionalRowMutation change = ConditionalRowMutation.create(id, BigtableRows.key(table, key));
            if (expected == null) {
                change.condition(BigtableRows.values()).otherwise(BigtableRows.mutation(value));
                return !client.checkAndMutateRow(change);
            }
            change.condition(BigtableRows.hasValue(expected)).then(BigtableRows.mutation(value));
            return client.checkAndMutateRow(change);
        });
    }

    @Override
    public boolean isExclusive() {
        return false;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            client.close();
        }
    }

    private interface Call<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private <T extends @Nullable Object> T call(Call<T> call) throws IOException {
        if (closed) {
            throw new IllegalStateException("the graph's store " + address + " is closed");
        }
        try {
            return call.run();
        } catch (ApiException e) {
            throw new IOException("the graph's store " + address + " fails: " + e.getMessage(), e);
        }
    }
}
