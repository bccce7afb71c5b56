package org.neuropil.tables.version;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.neuropil.pipeline.Json;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

/// Rows of a table as they were at a moment, in sorted copies. Any reader of Parquet can read each copy's files.
public final class FrozenTable implements Source {
    /// Tells what is in a table's folder.
    static final String FILE = "table.json";

    private final Path folder;
    private final Manifest manifest;

    /// `table.json`.
    record Manifest(TableInfo info, TableSchema schema, Instant moment, long rows, List<SortedCopy> copies) {}

    FrozenTable(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /// Opens a table's folder.
    ///
    /// @throws org.neuropil.space.InputException if it is not one
    static FrozenTable open(Path folder) throws IOException {
        return new FrozenTable(folder, Json.read(folder.resolve(FILE), Manifest.class));
    }

    @Override
    public TableInfo info() {
        return manifest.info();
    }

    /// Where it lies.
    Path folder() {
        return folder;
    }

    /// When the rows were as they are here.
    public Instant moment() {
        return manifest.moment();
    }

    /// The fields of its rows.
    public TableSchema schema() {
        return manifest.schema();
    }

    @Override
    public List<Column> columns() {
        return manifest.schema().read();
    }

    /// How many rows there are.
    public long rows() {
        return manifest.rows();
    }

    /// Whether it was written as a large table, in the copies that those have.
    boolean isLarge() {
        return !manifest.copies().stream().map(SortedCopy::order).toList().equals(Order.of(manifest.schema(), false));
    }

    @Override
    public String relation(Hint hint) {
        // Where nothing is known, SQL most often asks for cells, and DuckDB compares that with what files hold.
        SortedCopy copy = hint.equals(Hint.NONE)
                ? manifest.copies().getFirst()
                : manifest.copies().stream().min(Comparator.comparingDouble(c -> c.cost(hint))).orElseThrow();
        List<SortedCopy.File> files = copy.files(hint);
        if (files.isEmpty()) {
            return "(SELECT * FROM " + Sql.parquet(paths(copy.files().subList(0, 1))) + " LIMIT 0)";
        }
        return Sql.parquet(paths(files));
    }

    /// The files of all copies.
    List<Path> files() {
        return manifest.copies().stream().flatMap(copy -> paths(copy.files()).stream()).toList();
    }

    private List<Path> paths(List<SortedCopy.File> files) {
        return files.stream().map(file -> folder.resolve(file.path())).toList();
    }
}
