package org.neuropil.phantom.dataset;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;
import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.phantom.circuit.Tissue;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.published.PublicDataset.PublicTable;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.sql.DuckRows;
import org.neuropil.tables.sql.Sql;
import org.neuropil.tables.version.Incoming;

/// The tables of a made circuit, with the names, kinds and resolutions of the published dataset that it is like. What that
/// has no table for comes in tables of the circuit's own: vessels, and for V1DD types of cells that are no neurons and what
/// was measured of units.
final class MadeTables {
    /// Moment of all rows and roots.
    static final Instant TIME = Instant.parse("2025-01-01T00:00:00Z");
    /// The version that they are.
    static final int VERSION = 1;
    private static final String PIECE_TABLE = "made_piece";
    /// Table of nuclei.
    static final String NUCLEI = "nucleus_detection_v0";

    private final Tissue tissue;
    private final PublicDataset like;
    private final List<Made> made = new ArrayList<>();

    /// A table to be written.
    ///
    /// @param pieces of rows by number; empty when there are no more
    private record Made(PublicTable table, long rows, IntFunction<Optional<Rows>> pieces) {}

    MadeTables(MadeCircuit circuit) throws IOException {
        tissue = circuit.plan().tissue();
        like = PublicDataset.find(tissue.published());
        CellTables.add(this, circuit);
        SynapseTables.add(this, circuit);
        UnitTables.add(this, circuit);
    }

    /// What is known of the dataset, as of one that is published: roles of tables, frame, layers, types. Nothing of it lies
    /// elsewhere.
    PublicDataset description() {
        Map<String, String> roles = new TreeMap<>(like.roles());
        List<String> names = made.stream().map(one -> one.table.name()).toList();
        roles.values().removeIf(name -> !names.contains(name));
        return new PublicDataset(name(), "Made circuit like " + like.name(), "", "", "", "", "",
                like.viewerResolution(),
                new PublicDataset.Places("", List.of(), "", Map.of(), "", "", Map.of(), ""), Map.of(),
                Map.of(Integer.toString(VERSION), new PublicDataset.PublicVersion(TIME, true)), List.of(), List.of(),
                roles, like.frames(), like.layers(), like.layersFrame(), like.typeSystems(),
                made.stream().map(Made::table).toList());
    }

    String name() {
        return "phantom_" + tissue.name();
    }

    /// Rows of each table.
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        made.forEach(one -> counts.put(one.table.name(), one.rows));
        return counts;
    }

    /// The tables, to be written once.
    List<Incoming> incoming() {
        return made.stream().map(one -> new Incoming(one.table.info(name(), ""), one.table.tableSchema(),
                new Pieces(one))).toList();
    }

    /// Gives rows piece by piece, by way of a temporary table.
    private static final class Pieces implements Incoming.Pieces {
        private final Made made;
        private int next;

        private Pieces(Made made) {
            this.made = made;
        }

        @Override
        public @Nullable String next(Connection connection) throws SQLException {
            Optional<Rows> rows = made.pieces.apply(next++);
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS temp." + PIECE_TABLE);
                if (rows.isEmpty()) {
                    return null;
                }
                statement.execute("CREATE TEMP TABLE " + PIECE_TABLE + " ("
                        + Sql.definitions(made.table.tableSchema().read()) + ")");
            }
            DuckRows.append(connection, "temp", PIECE_TABLE, List.of(rows.get()));
            return "(SELECT * FROM temp." + PIECE_TABLE + ")";
        }
    }

    /// A table that the published dataset has.
    PublicTable published(String name) {
        return like.table(name).orElseThrow();
    }

    /// Adds a table with all its rows.
    void add(PublicTable table, TableRows rows) {
        Rows all = rows.rows();
        add(table, all.size(), number -> number == 0 ? Optional.of(all) : Optional.empty());
    }

    /// As published, with the number of rows that there are, and nowhere to fetch it from.
    void add(PublicTable table, long rows, IntFunction<Optional<Rows>> pieces) {
        made.add(new Made(new PublicTable(table.name(), table.schema(), table.fields(), table.description(),
                table.resolution(), table.reference(), "", null, null, Map.of("", rows), List.of()), rows, pieces));
    }

    /// A table of the circuit's own.
    PublicTable own(String name, String kind, List<Field> fields, String description, String reference) {
        return new PublicTable(name, kind, fields, description, published(NUCLEI).resolution(), reference, "", null,
                null, Map.of(), List.of());
    }
}
