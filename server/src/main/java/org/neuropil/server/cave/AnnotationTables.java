package org.neuropil.server.cave;

import java.io.IOException;

import org.neuropil.tables.dataset.Tables;

/// The annotation tables of what is served: those of the dataset, which all its datastacks share.
@FunctionalInterface
public interface AnnotationTables {
    /// The tables, opened when they are first asked for.
    ///
    /// @throws org.neuropil.space.InputException if another process has them open
    Tables get() throws IOException;
}
