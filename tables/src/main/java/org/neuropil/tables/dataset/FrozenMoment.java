package org.neuropil.tables.dataset;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.neuropil.tables.TableInfo;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlView;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;

/// The tables of a version, and the dataset's views over them.
record FrozenMoment(Versions versions, Version frozen, Views stored, Engine engine) implements Moment {
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
        return versions.table(frozen, table).schema();
    }

    @Override
    public TableInfo info(String table) throws IOException {
        return versions.table(frozen, table).info();
    }

    @Override
    public List<String> views() throws IOException {
        return own().names();
    }

    @Override
    public Optional<SqlView> view(String name) throws IOException {
        return own().find(name, false);
    }

    private MomentViews own() {
        return new MomentViews(stored, engine, this);
    }

    @Override
    public Source source(String table) throws IOException {
        Optional<SqlView> view = own().find(table, true);
        return view.isPresent() ? view.get() : versions.table(frozen, table);
    }

    @Override
    public void close() {}
}
