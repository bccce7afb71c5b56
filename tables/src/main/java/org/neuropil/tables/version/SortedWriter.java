package org.neuropil.tables.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.pipeline.Json;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

/// Writes rows into sorted copies. Equal rows give equal bytes, whatever the number of threads. Of long tables as much is
/// in memory as is sorted at a time; the disk holds the rows of all copies once, whether they are sorted by now or not.
final class SortedWriter {
    /// From here on a table is worth several copies.
    static final long LARGE = 1_000_000;

    private final Connection connection;
    private final Sizes sizes;

    /// How rows are cut.
    ///
    /// @param file rows of a file. Its end is read for each question that its keys do not rule out, so it must not be long
    /// @param sorted rows that are sorted at a time, about
    /// @param buckets how many rows are put into before their number is known
    record Sizes(int file, long sorted, int buckets) {
        static final Sizes USUAL = new Sizes(1 << 20, 8 << 20, 96);
    }

    /// @param connection to the database that relations are of
    SortedWriter(Connection connection) {
        this(connection, Sizes.USUAL);
    }

    SortedWriter(Connection connection, Sizes sizes) {
        this.connection = connection;
        this.sizes = sizes;
    }

    /// Writes a table's folder.
    ///
    /// @param moment of the rows
    /// @param relation with the columns of [TableSchema#read]; read once for each copy
    /// @param folder made by this; must not exist
    FrozenTable write(TableInfo info, TableSchema schema, Instant moment, String relation, Path folder, boolean large)
            throws IOException, SQLException {
        Files.createDirectories(folder);
        List<SortedCopy> copies = new ArrayList<>();
        for (Order order : Order.of(schema, large)) {
            SortedFiles files = files(info, schema, order, folder);
            sort(info, schema, order, relation, count(relation), folder, files, NOTHING);
            copies.add(files.done());
        }
        return done(info, schema, moment, folder, copies);
    }

    private static final SortedFiles.Use NOTHING = relation -> {};

    /// Writes a table's folder from rows that come piece by piece.
    ///
    /// @param moment of the rows
    /// @param folder made by this; must not exist
    /// @param large number of rows from which on a table has several copies
    FrozenTable write(Incoming table, Instant moment, Path folder, long large) throws IOException, SQLException {
        TableInfo info = table.info();
        TableSchema schema = table.schema();
        Files.createDirectories(folder);
        List<Order> orders = Order.of(schema, true);
        Order first = orders.getFirst();
        Buckets came = null;
        for (String relation = table.pieces().next(connection); relation != null; relation = table.pieces()
                .next(connection)) {
            if (came == null) {
                came = buckets(info, schema, first, folder, beginning(info, first, relation));
            }
            came.add(relation);
        }
        List<Buckets.Group> groups = came == null ? List.of() : came.groups(most());
        String all = groups.isEmpty()
                ? Sql.none(schema.read())
                : "(" + String.join(" UNION ALL ", groups.stream().map(g -> "SELECT * FROM " + g.relation()).toList())
                        + ")";
        long rows = groups.stream().mapToLong(Buckets.Group::rows).sum();
        FrozenTable frozen;
        if (rows < large || orders.size() == 1) {
            frozen = write(info, schema, moment, all, folder, rows >= large);
        } else {
            frozen = done(info, schema, moment, folder, copies(info, schema, orders, groups, all, rows, folder));
        }
        if (came != null) {
            came.delete();
        }
        return frozen;
    }

    /// The copies of a large table: what is sorted for the first one goes on to the buckets of the others.
    private List<SortedCopy> copies(TableInfo info, TableSchema schema, List<Order> orders, List<Buckets.Group> groups,
            String all, long rows, Path folder) throws IOException, SQLException {
        List<Buckets> others = new ArrayList<>();
        for (Order order : orders.subList(1, orders.size())) {
            others.add(buckets(info, schema, order, folder,
                    Buckets.bounds(connection, info, order, all, parts(rows))));
        }
        List<SortedCopy> copies = new ArrayList<>();
        SortedFiles files = files(info, schema, orders.getFirst(), folder);
        sort(info, schema, orders.getFirst(), groups, folder, files, sorted -> {
            for (Buckets other : others) {
                other.add(sorted);
            }
        });
        copies.add(files.done());
        for (int i = 1; i < orders.size(); i++) {
            SortedFiles next = files(info, schema, orders.get(i), folder);
            Buckets buckets = others.get(i - 1);
            sort(info, schema, orders.get(i), buckets.groups(most()), folder, next, NOTHING);
            buckets.delete();
            copies.add(next.done());
        }
        return copies;
    }

    /// Bounds by the first rows of many, of which nobody knows how they go on.
    private long[] beginning(TableInfo info, Order order, String relation) throws SQLException {
        return Buckets.bounds(connection, info, order, "(SELECT * FROM " + relation + " LIMIT " + sizes.file() + ")",
                sizes.buckets());
    }

    private void sort(TableInfo info, TableSchema schema, Order order, List<Buckets.Group> groups, Path folder,
            SortedFiles files, SortedFiles.Use then) throws IOException, SQLException {
        for (Buckets.Group group : groups) {
            if (group.isOne()) {
                sort(info, schema, order, group.relation(), group.rows(), folder, files, then);
            } else {
                files.add(group.relation(), then);
            }
            group.delete();
        }
    }

    /// Sorts rows; what is too much for the memory in buckets.
    private void sort(TableInfo info, TableSchema schema, Order order, String relation, long rows, Path folder,
            SortedFiles files, SortedFiles.Use then) throws IOException, SQLException {
        long[] bounds = rows > 2 * sizes.sorted()
                ? Buckets.bounds(connection, info, order, relation, parts(rows))
                : new long[0];
        if (bounds.length == 0) {
            // One cell's, perhaps that of all that lies outside; or few.
            files.add(relation, then);
            return;
        }
        Buckets buckets = buckets(info, schema, order, folder, bounds);
        buckets.add(relation);
        sort(info, schema, order, buckets.groups(most()), folder, files, then);
        buckets.delete();
    }

    private int parts(long rows) {
        // Groups of buckets come closer to the size that is wanted than single ones would.
        return Math.clamp(2 * rows / sizes.sorted(), 2, sizes.buckets());
    }

    private long most() {
        return sizes.sorted() + sizes.sorted() / 8;
    }

    private Buckets buckets(TableInfo info, TableSchema schema, Order order, Path folder, long[] bounds)
            throws IOException {
        return new Buckets(connection, info, schema.read(), order,
                Files.createTempDirectory(folder, order.name() + "-"), bounds);
    }

    private SortedFiles files(TableInfo info, TableSchema schema, Order order, Path folder) throws IOException {
        return new SortedFiles(connection, info, schema.read(), order, folder, sizes.file());
    }

    private static FrozenTable done(TableInfo info, TableSchema schema, Instant moment, Path folder,
            List<SortedCopy> copies) throws IOException {
        long rows = copies.getFirst().files().stream().mapToLong(SortedCopy.File::rows).sum();
        FrozenTable.Manifest manifest = new FrozenTable.Manifest(info, schema, moment, rows, copies);
        Json.write(folder.resolve(FrozenTable.FILE), manifest, true);
        return new FrozenTable(folder, manifest);
    }

    private long count(String relation) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + relation + " t")) {
            row.next();
            return row.getLong(1);
        }
    }
}
