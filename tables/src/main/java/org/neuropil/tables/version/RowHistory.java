package org.neuropil.tables.version;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.neuropil.tables.column.Rows;
import org.neuropil.tables.store.AnnotationStore;

/// What came of one table's rows, as an [AnnotationStore] tells it.
public interface RowHistory {
    /// See [AnnotationStore#changes].
    Rows changes(Instant since, Instant until) throws IOException;

    /// See [AnnotationStore#gone].
    default Rows gone(Instant since, Instant until) throws IOException {
        return new Rows(List.of(), List.of());
    }

    /// See [AnnotationStore#bound].
    default Rows bound(Instant since, Instant until) throws IOException {
        return new Rows(List.of(), List.of());
    }

    /// That of a table of a store.
    static RowHistory of(AnnotationStore store, String table) {
        return new RowHistory() {
            @Override
            public Rows changes(Instant since, Instant until) throws IOException {
                return store.changes(table, since, until);
            }

            @Override
            public Rows gone(Instant since, Instant until) throws IOException {
                return store.gone(table, since, until);
            }

            @Override
            public Rows bound(Instant since, Instant until) throws IOException {
                return store.bound(table, since, until);
            }
        };
    }
}
