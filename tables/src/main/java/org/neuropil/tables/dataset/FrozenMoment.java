package org.neuropil.tables.dataset;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.version.TableState;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;

/// The tables of a version.
record FrozenMoment(Versions versions, Version frozen) implements Moment {
    @Override
    public Instant time() {
        return frozen.time();
    }

    @Override
    public OptionalInt version() {
        return OptionalInt.of(frozen.number());
    }

    @Override
    public List<String> tables() {
        return List.copyOf(frozen.tables().keySet());
    }

    @Override
    public TableSchema schema(String table) throws IOException {
        return source(table).schema();
    }

    @Override
    public TableState source(String table) throws IOException {
        return versions.table(frozen, table);
    }

    @Override
    public void close() {}
}
