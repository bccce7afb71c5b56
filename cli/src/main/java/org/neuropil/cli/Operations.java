package org.neuropil.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation;
import org.neuropil.graph.voxels.Position;
import org.neuropil.graph.history.VoxelPoints;
import org.neuropil.space.Int3;

/// Edits as they are printed: a row each, or all that is known of them as JSON.
final class Operations {
    private final GraphInfo info;
    private final GivenBox.Unit unit;
    private final Table table;
    private final List<Map<String, Object>> json = new ArrayList<>();

    /// @param unit of points in the table; JSON has voxels and nm
    Operations(GraphInfo info, GivenBox.Unit unit) {
        this.info = info;
        this.unit = unit;
        this.table = new Table("operation", "time", "user", "kind", "before", "after", "sources " + unit.text(),
                "sinks " + unit.text(), "undone");
    }

    Table table() {
        return table;
    }

    List<Map<String, Object>> json() {
        return json;
    }

    /// Adds an operation.
    ///
    /// @param undone whether a later one reversed it, null if that was not looked for
    void add(Operation operation, @Nullable Boolean undone) {
        String kind = operation.kind().name().toLowerCase(Locale.ROOT)
                + operation.target().map(target -> " of " + target).orElse("");
        table.add(Long.toString(operation.id()), operation.time().toString(), operation.user(), kind,
                Ids.text(operation.before()), Ids.text(operation.after()), text(operation.sources()),
                text(operation.sinks()), undone);
        json.add(json(operation, undone));
    }

    private String text(List<EditPoint> points) {
        return points.stream().map(point -> {
            if (unit == GivenBox.Unit.VOXEL) {
                return VoxelPoints.of(info, point).toString();
            }
            double divisor = unit == GivenBox.Unit.UM ? 1000 : 1;
            return new Position(point.x() / divisor, point.y() / divisor, point.z() / divisor).toString()
                    .replace(" nm", "");
        }).collect(Collectors.joining(" "));
    }

    private Map<String, Object> json(Operation operation, @Nullable Boolean undone) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("operation", operation.id());
        one.put("time", operation.time().toString());
        one.put("user", operation.user());
        one.put("kind", operation.kind().name().toLowerCase(Locale.ROOT));
        operation.target().ifPresent(target -> one.put("of", target));
        if (undone != null) {
            one.put("undone", undone);
        }
        one.put("before", Ids.list(operation.before()));
        one.put("after", Ids.list(operation.after()));
        one.put("sources", points(operation.sources(), operation.sourceSupervoxels()));
        one.put("sinks", points(operation.sinks(), operation.sinkSupervoxels()));
        one.put("added_edges", pairs(operation.added()));
        one.put("removed_edges", pairs(operation.removed()));
        one.put("supervoxel_cuts", operation.supervoxelSplits().stream()
                .map(cut -> Map.of("whole", Ids.text(cut.whole()), "parts", Ids.list(cut.parts()))).toList());
        return one;
    }

    private List<Map<String, Object>> points(List<EditPoint> points, long[] supervoxels) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            EditPoint point = points.get(i);
            Int3 voxel = VoxelPoints.of(info, point);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("node", Ids.text(point.node()));
            if (i < supervoxels.length) {
                one.put("supervoxel", Ids.text(supervoxels[i]));
            }
            one.put("nm", List.of(point.x(), point.y(), point.z()));
            one.put("voxel", Plans.numbers(voxel));
            all.add(one);
        }
        return all;
    }

    private static List<List<String>> pairs(List<Operation.Pair> pairs) {
        return pairs.stream().map(pair -> List.of(Ids.text(pair.a()), Ids.text(pair.b()))).toList();
    }
}
