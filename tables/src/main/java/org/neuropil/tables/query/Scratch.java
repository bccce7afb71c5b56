package org.neuropil.tables.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;

/// A folder that one engine has to itself for what does not fit into memory: DuckDB numbers its files, so those of two
/// engines in one folder would be the same, and the first to end would delete both.
///
/// @param folder empty at first
/// @param hold keeps others from it; closing it deletes the folder
record Scratch(Path folder, WorkRun.Alone hold) implements AutoCloseable {
    /// As many as open tables of one dataset at once.
    private static final int MOST = 1000;

    /// Takes one, perhaps of a process that was killed, whose files go.
    ///
    /// @param parent for the folders of all engines of a dataset, made if it is not there
    static Scratch take(Path parent) throws IOException {
        for (int number = 0;; number++) {
            Path folder = parent.resolve(Integer.toString(number));
            WorkRun.Alone hold;
            try {
                hold = WorkRun.alone("queries", folder);
            } catch (InputException e) {
                if (number >= MOST) {
                    throw e;
                }
                continue;
            }
            boolean done = false;
            try {
                WorkRun.delete(folder);
                Files.createDirectories(folder);
                done = true;
                return new Scratch(folder, hold);
            } finally {
                if (!done) {
                    hold.close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        hold.close();
    }
}
