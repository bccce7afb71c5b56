package org.neuropil.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.neuropil.coregister.NucleusTable;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.query.Source;

/// Nuclei out of a table of a dataset.
final class NucleusRows {
    private static final String ID = "id";

    private NucleusRows() {}

    /// Reads a table, or a view, at a moment.
    ///
    /// @throws InputException if it is not there, or has no `id` and `pt_position`
    static NucleusTable read(Path dataset, TableMoment.Named asked) throws IOException {
        try (OpenMoment open = OpenMoment.open(dataset, "", asked.at())) {
            Map<String, Source> sources = open.sources(List.of(asked.name()));
            Source source = sources.values().iterator().next();
            for (String column : List.of(ID, NucleusTable.COLUMNS.getFirst())) {
                if (source.columns().stream().noneMatch(one -> one.name().equals(column))) {
                    throw new InputException("the table '" + asked.name() + "' has no column '" + column + "'",
                            "--nuclei", "take one that says where nuclei are");
                }
            }
            QueryBuilder query = QueryBuilder.from(asked.name()).select(ID, NucleusTable.COLUMNS.get(0),
                    NucleusTable.COLUMNS.get(1), NucleusTable.COLUMNS.get(2)).orderBy(ID, false);
            try (Answer answer = new Queries(open.engine(), sources).ask(query.build())) {
                return table(answer.rows(), source.info().resolution(), asked.name());
            }
        }
    }

    private static NucleusTable table(Rows rows, VoxelSize voxel, String name) {
        if (rows.size() < 2) {
            throw new InputException("the table '" + name + "' has " + rows.size() + " rows", "--nuclei",
                    "at least two nuclei are due");
        }
        double[] points = new double[3 * rows.size()];
        List<List<String>> positions = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> position = new ArrayList<>();
            for (int axis = 0; axis < 3; axis++) {
                Number value = number(rows.data().get(rows.index(NucleusTable.COLUMNS.get(axis))), i);
                points[3 * i + axis] = value.doubleValue() * voxel.get(axis) / 1000;
                position.add(value.toString());
            }
            positions.add(position);
        }
        return new NucleusTable(rows.longs(ID), positions, points);
    }

    private static Number number(ColumnData data, int row) {
        return switch (data) {
            case ColumnData.Longs longs -> longs.values()[row];
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> floats.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            case ColumnData.Booleans _,ColumnData.Texts _ ->
                throw new InputException("positions are no numbers", "--nuclei", "");
        };
    }

    /// Of ids and places.
    static String digest(NucleusTable table) {
        ByteBuffer bytes = ByteBuffer.allocate(32 * table.size());
        for (int i = 0; i < table.size(); i++) {
            bytes.putLong(table.ids()[i]);
            for (int axis = 0; axis < 3; axis++) {
                bytes.putDouble(table.points()[3 * i + axis]);
            }
        }
        return Json.sha256(bytes.array());
    }
}
