package org.neuropil.tables.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The columns of a point while rows are read.
final class PointCells {
    private static final String LIST = "give it as [x, y, z], in voxels of the table";
    private static final List<String> AXES = List.of("x", "y", "z");

    private final Field.Point point;
    private final List<Cell> coordinates;
    private final @Nullable Cell supervoxel;
    private int opened = -1;

    private PointCells(Field.Point point, List<Cell> coordinates, @Nullable Cell supervoxel) {
        this.point = point;
        this.coordinates = coordinates;
        this.supervoxel = supervoxel;
    }

    static PointCells of(Field.Point point) {
        return new PointCells(point,
                AXES.stream().map(axis -> Cell.coordinate(point.position(axis), !point.required())).toList(),
                point.bound() ? Cell.ids(point.supervoxel(), true) : null);
    }

    void addTo(Map<String, Cell> cells) {
        coordinates.forEach(cell -> cells.put(cell.column().name(), cell));
        if (supervoxel != null) {
            cells.put(point.supervoxel(), supervoxel);
        }
    }

    /// What may be said of it, by what stands behind its name where rows are flat. A root is taken and forgotten, as it
    /// depends on the moment.
    Map<String, Target> parts() {
        Map<String, Target> parts = new HashMap<>();
        parts.put("position", new Target.Position(this));
        for (int i = 0; i < AXES.size(); i++) {
            parts.put("position_" + AXES.get(i), new Target.Single(coordinates.get(i)));
        }
        if (supervoxel != null) {
            parts.put("supervoxel_id", new Target.Single(supervoxel));
            parts.put("root_id", new Target.Ignored());
        }
        return parts;
    }

    /// Remembers that a row has said something of it, which may turn out to be too little.
    void open(int row) {
        opened = row;
    }

    private boolean isGiven(int row) {
        for (Cell cell : coordinates) {
            if (cell.isGiven(row)) {
                return true;
            }
        }
        return false;
    }

    /// Gives null for the whole point.
    Cell.@Nullable Refusal giveNull(int row) {
        boolean given = isGiven(row);
        coordinates.forEach(cell -> cell.giveNull(row));
        if (given) {
            return new Cell.Refusal("is given twice", "give it once");
        }
        return point.required() ? new Cell.Refusal("null is given where a position has to be", LIST) : null;
    }

    /// Reads the position that a parser is at, to its end.
    ///
    /// @param where what the position is called
    void read(JsonParser json, int row, String where, Problems problems) {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            Cell.Refusal refusal = giveNull(row);
            if (refusal != null) {
                problems.add(row, where, refusal);
            }
            return;
        }
        boolean fits = false;
        if (isGiven(row)) {
            problems.add(row, where, new Cell.Refusal("is given twice", "give it once"));
            json.skipChildren();
        } else if (token == JsonToken.START_ARRAY) {
            fits = readList(json, row, where, problems);
        } else {
            problems.add(row, where, new Cell.Refusal(Cell.shown(json) + " is no list of coordinates", LIST));
            json.skipChildren();
        }
        if (!fits) {
            coordinates.forEach(cell -> cell.giveNull(row)); // so that it does not count as missing too
        }
    }

    private boolean readList(JsonParser json, int row, String where, Problems problems) {
        int count = 0;
        boolean fits = true;
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            if (count < coordinates.size()) {
                Cell.Refusal refusal = next == JsonToken.VALUE_NULL
                        ? new Cell.Refusal("null is no whole number", LIST)
                        : coordinates.get(count).read(json, row);
                if (refusal != null) {
                    problems.add(row, where + "[" + count + "]", refusal);
                    fits = false;
                }
            }
            json.skipChildren();
            count++;
        }
        if (fits && count != coordinates.size()) {
            problems.add(row, where, new Cell.Refusal("has " + count + " values, not 3", LIST));
            return false;
        }
        return fits;
    }

    /// Completes a row.
    ///
    /// @param partial whether what is not given stays as it was
    void end(int row, boolean partial, Problems problems) {
        int given = 0;
        int absent = 0;
        for (Cell cell : coordinates) {
            if (cell.isGiven(row)) {
                given++;
                absent += cell.isAbsent(row) ? 1 : 0;
            } else {
                cell.leave(row);
            }
        }
        boolean placed = given == coordinates.size() && absent == 0;
        boolean bound = supervoxel != null && supervoxel.isGiven(row);
        if (supervoxel != null && !bound) {
            supervoxel.leave(row);
        }
        if (given == 0) {
            boolean said = opened == row || bound && !partial;
            if (said || point.required() && !partial) {
                problems.add(row, point.column("position"), new Cell.Refusal("is missing", LIST));
            }
        } else if (given < coordinates.size() || absent > 0 && absent < coordinates.size()) {
            problems.add(row, point.column("position"), new Cell.Refusal("lacks a coordinate", LIST));
        } else if (!placed && supervoxel != null && bound && !supervoxel.isAbsent(row)) {
            problems.add(row, point.supervoxel(), new Cell.Refusal("is given for a point without a position",
                    "leave it out"));
        }
    }
}
