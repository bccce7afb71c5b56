package org.neuropil.tables.dataset;

import java.io.IOException;
import java.nio.file.Path;

import org.neuropil.tables.query.Engine;
import org.neuropil.tables.version.Versions;

/// The versions of a dataset alone. Neither live rows nor a graph are opened, so a server may hold these meanwhile. May be
/// used by any number of threads.
public final class FrozenTables implements AutoCloseable {
    private final Engine engine;
    private final Versions versions;
    private final Views views;

    /// @param dataset its folder
    /// @param engine answers queries; closed with this
    public FrozenTables(Path dataset, Engine engine) {
        this.engine = engine;
        versions = new Versions(dataset);
        views = new Views(dataset);
    }

    /// Answers queries over what [Moment#source] gives.
    public Engine engine() {
        return engine;
    }

    /// The frozen states.
    public Versions versions() {
        return versions;
    }

    /// A version.
    ///
    /// @throws org.neuropil.space.InputException if there is none of that number
    public Moment version(int number) throws IOException {
        return new FrozenMoment(versions, versions.find(number), views, engine);
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}
