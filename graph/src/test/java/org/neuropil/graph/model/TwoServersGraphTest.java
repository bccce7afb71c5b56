package org.neuropil.graph.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.MemoryStore;

/// Two servers over one store, of which each sees at once what the other does.
class TwoServersGraphTest extends StoredGraphAgreesWithModel {
    private final List<Graph> servers = new ArrayList<>();
    private GraphStore rows = new MemoryStore();

    @Override
    protected GraphStore fresh() {
        rows = new MemoryStore();
        return new Shared(rows);
    }

    @Override
    protected Graph open(SmallWorld world) throws IOException {
        servers.clear();
        servers.add(super.open(world));
        servers.add(live(world, new Shared(rows)));
        return servers.getFirst();
    }

    @Override
    protected Graph again(SmallWorld world, Graph graph) {
        return servers.get(1 - servers.indexOf(graph));
    }

    /// A store that others write to as well; it outlives those who use it.
    private record Shared(GraphStore rows) implements GraphStore {
        @Override
        public byte @Nullable [] get(Table table, byte[] key) throws IOException {
            return rows.get(table, key);
        }

        @Override
        public List<byte @Nullable []> get(Table table, List<byte[]> keys) throws IOException {
            return rows.get(table, keys);
        }

        @Override
        public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
            rows.scan(table, from, to, visitor);
        }

        @Override
        public @Nullable Row last(Table table, byte[] from, byte @Nullable [] to) throws IOException {
            return rows.last(table, from, to);
        }

        @Override
        public void put(List<Put> some) throws IOException {
            rows.put(some);
        }

        @Override
        public boolean replace(Table table, byte[] key, byte @Nullable [] expected, byte @Nullable [] value)
                throws IOException {
            return rows.replace(table, key, expected, value);
        }

        @Override
        public void load(Table table, Iterator<Row> some) throws IOException {
            rows.load(table, some);
        }

        @Override
        public boolean isExclusive() {
            return false;
        }

        @Override
        public void close() {}
    }
}
