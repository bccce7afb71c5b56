package org.neuropil.server.cave;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.graph.EditPoint;
import org.neuropil.server.http.Problem;

import tools.jackson.databind.JsonNode;

/// Points of bodies: `[id, x, y, z]`, in nm.
final class EditPoints {
    /// Nobody sets more by hand; each costs a search.
    private static final int MOST = 1000;

    private EditPoints() {}

    /// A list of points.
    ///
    /// @param field that it stands in, for the error
    /// @throws Problem if it is something else
    static List<EditPoint> list(JsonNode node, String field) {
        if (!node.isArray()) {
            throw new Problem(400, "this is no list of points", field, hint());
        }
        if (node.size() > MOST) {
            throw new Problem(400, node.size() + " points are too many", field, "send at most " + MOST);
        }
        List<EditPoint> points = new ArrayList<>();
        for (JsonNode point : node) {
            points.add(point(point, field + "[" + points.size() + "]"));
        }
        return points;
    }

    /// Exactly two points.
    static List<EditPoint> pair(JsonNode node, String field) {
        List<EditPoint> points = list(node, field);
        if (points.size() != 2) {
            throw new Problem(400, "there are " + points.size() + " points, and there must be two", field, hint());
        }
        return points;
    }

    private static EditPoint point(JsonNode node, String field) {
        if (!node.isArray() || node.size() != 4) {
            throw new Problem(400, "this is no point", field, hint());
        }
        long id = JsonBody.id(node.get(0), field);
        if (id == 0) {
            throw new Problem(400, "id 0 is the background", field, "click on a cell");
        }
        return new EditPoint(id, number(node.get(1), field), number(node.get(2), field), number(node.get(3), field));
    }

    private static double number(JsonNode node, String field) {
        double value = Double.NaN;
        if (node.isNumber()) {
            value = node.doubleValue();
        } else if (node.isString()) {
            try {
                value = Double.parseDouble(node.asString());
            } catch (NumberFormatException e) {
                value = Double.NaN;
            }
        }
        if (!(Math.abs(value) < 1e15)) {
            throw new Problem(400, "a position is no number of nm", field, hint());
        }
        return value;
    }

    private static String hint() {
        return "write a point as [id, x, y, z], in nm";
    }
}
