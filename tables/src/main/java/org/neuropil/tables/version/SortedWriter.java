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
    /// Groups of rows that tell how all lie, about.
    private static final int SAMPLE = 8;

    private final Connection connection;
    private final Sizes sizes;

    /// How rows are cut.
    ///
    /// @param file rows of a file. Its end is read for each question that its keys do not rule out, so it must not be long
    /// @param sorted rows that are sorted at a time, about
    /// @param buckets how many rows are put into before their number is known, and the most of all
    /// @param lanes how many groups of rows are in memory at a time
    record Sizes(int file, long sorted, int buckets, int lanes) {
        static final Sizes USUAL = new Sizes(1 << 20, 8 << 20, 48, 2);
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
            copies.add(sort(info, schema, order, List.of(new Buckets.Group(relation, count(relation), List.of())),
                    folder, NOTHING));
        }
        return done(info, schema, moment, folder, copies);
    }

    private static final SortedFiles.Use NOTHING = (connection, relation) -> {};

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
            came.add(connection, relation);
        }
        List<Buckets.Group> groups = came == null ? List.of() : came.groups(connection, most());
        String all = groups.isEmpty()
                ? Sql.none(schema.read())
                : "(" + String.join(" UNION ALL ", groups.stream().map(g -> "SELECT * FROM " + g.relation()).toList())
                        + ")";
        long rows = groups.stream().mapToLong(Buckets.Group::rows).sum();
        FrozenTable frozen;
        if (rows < large || orders.size() == 1) {
            frozen = write(info, schema, moment, all, folder, rows >= large);
        } else {
            frozen = done(info, schema, moment, folder, copies(info, schema, orders, groups, rows, folder));
        }
        if (came != null) {
            came.delete();
        }
        return frozen;
    }

    /// The copies of a large table: what is sorted for the first one goes on to the buckets of the others.
    private List<SortedCopy> copies(TableInfo info, TableSchema schema, List<Order> orders, List<Buckets.Group> groups,
            long rows, Path folder) throws IOException, SQLException {
        List<Buckets> others = new ArrayList<>();
        String some = sample(groups);
        for (Order order : orders.subList(1, orders.size())) {
            others.add(buckets(info, schema, order, folder,
                    Buckets.bounds(connection, info, order, some, parts(rows))));
        }
        List<SortedCopy> copies = new ArrayList<>();
        copies.add(sort(info, schema, orders.getFirst(), groups, folder, (lane, sorted) -> {
            for (Buckets other : others) {
                other.add(lane, sorted);
            }
        }));
        for (int i = 1; i < orders.size(); i++) {
            Buckets buckets = others.get(i - 1);
            copies.add(sort(info, schema, orders.get(i), buckets.groups(connection, most()), folder, NOTHING));
            buckets.delete();
        }
        return copies;
    }

    /// Rows from all over.
    private static String sample(List<Buckets.Group> groups) {
        int step = Math.max(1, groups.size() / SAMPLE);
        List<String> some = new ArrayList<>();
        for (int i = 0; i < groups.size(); i += step) {
            some.add("SELECT * FROM " + groups.get(i).relation());
        }
        return "(" + String.join(" UNION ALL ", some) + ")";
    }

    /// Bounds by the first rows of many, of which nobody knows how they go on.
    private long[] beginning(TableInfo info, Order order, String relation) throws SQLException {
        return Buckets.bounds(connection, info, order, "(SELECT * FROM " + relation + " LIMIT " + sizes.file() + ")",
                sizes.buckets());
    }

    /// A sorted copy of groups that follow each other.
    private SortedCopy sort(TableInfo info, TableSchema schema, Order order, List<Buckets.Group> groups, Path folder,
            SortedFiles.Use then) throws IOException, SQLException {
        SortedFiles files = new SortedFiles(info, schema.read(), order, folder, sizes.file());
        List<Buckets> split = new ArrayList<>();
        List<Lanes.Work<List<SortedCopy.File>>> works = new ArrayList<>();
        int first = 0;
        for (Buckets.Group group : split(info, schema, order, groups, folder, split)) {
            int number = first;
            first += files.count(group.rows());
            works.add(lane -> {
                List<SortedCopy.File> written = files.write(lane, group.relation(), number, then);
                group.delete();
                return written;
            });
        }
        List<SortedCopy.File> all = new ArrayList<>();
        Lanes.run(connection, sizes.lanes(), works).forEach(all::addAll);
        for (Buckets buckets : split) {
            buckets.delete();
        }
        return new SortedCopy(order, all.isEmpty() ? List.of(files.empty(connection)) : all);
    }

    /// The same rows in groups that can be sorted in the memory.
    private List<Buckets.Group> split(TableInfo info, TableSchema schema, Order order, List<Buckets.Group> groups,
            Path folder, List<Buckets> split) throws IOException, SQLException {
        List<Buckets.Group> all = new ArrayList<>();
        for (Buckets.Group group : groups) {
            long[] bounds = group.rows() > 2 * sizes.sorted()
                    ? Buckets.bounds(connection, info, order, group.relation(), parts(group.rows()))
                    : new long[0];
            if (bounds.length == 0) {
                // Few; or one cell's, perhaps that of all that lies outside.
                all.add(group);
                continue;
            }
            Buckets buckets = buckets(info, schema, order, folder, bounds);
            split.add(buckets);
            buckets.add(connection, group.relation());
            group.delete();
            all.addAll(split(info, schema, order, buckets.groups(connection, most()), folder, split));
        }
        return all;
    }

    private int parts(long rows) {
        return Math.clamp((rows + sizes.sorted() - 1) / sizes.sorted(), 2, sizes.buckets());
    }

    private long most() {
        return sizes.sorted() + sizes.sorted() / 8;
    }

    private Buckets buckets(TableInfo info, TableSchema schema, Order order, Path folder, long[] bounds)
            throws IOException {
        return new Buckets(info, schema.read(), order, Files.createTempDirectory(folder, order.name() + "-"), bounds);
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
