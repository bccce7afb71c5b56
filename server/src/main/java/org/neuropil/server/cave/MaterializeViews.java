package org.neuropil.server.cave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.View;
import org.neuropil.tables.dataset.Views;
import org.neuropil.tables.query.SqlView;

/// What the materialize service tells of views. They are queries, so all can be asked live.
final class MaterializeViews {
    private final GraphCalls calls;
    private final MaterializeMoments moments;

    MaterializeViews(GraphCalls calls, MaterializeMoments moments) {
        this.calls = calls;
        this.moments = moments;
    }

    private interface Told {
        Object of(Moment moment) throws IOException;
    }

    private Answer at(Call call, Told told) throws IOException {
        return calls.onTables(() -> {
            try (Moment moment = moments.open(call)) {
                return CaveJson.answer(call, told.of(moment));
            }
        });
    }

    /// `GET version/{version}/views`: those whose tables the version has.
    Answer all(Call call) throws IOException {
        return at(call, moment -> {
            Map<String, Object> all = new LinkedHashMap<>();
            for (String name : moment.views()) {
                all.put(name, metadata(call, name));
            }
            return all;
        });
    }

    /// `GET version/{version}/views/schemas`.
    Answer schemas(Call call) throws IOException {
        return at(call, moment -> {
            Map<String, Object> all = new LinkedHashMap<>();
            for (String name : moment.views()) {
                all.put(name, schema(find(moment, name)));
            }
            return all;
        });
    }

    /// `GET version/{version}/views/{name}/metadata`.
    Answer metadata(Call call) throws IOException {
        return at(call, moment -> metadata(call, find(moment, call.variable("name")).info().name()));
    }

    /// `GET version/{version}/views/{name}/schema`.
    Answer schema(Call call) throws IOException {
        return at(call, moment -> schema(find(moment, call.variable("name"))));
    }

    /// @throws Problem 404 if there is no such view, or one of its tables is not there
    static SqlView find(Moment moment, String name) throws IOException {
        Optional<SqlView> found;
        try {
            found = moment.view(name);
        } catch (InputException e) {
            throw Problem.notFound(e.what(), "view", e.hint());
        }
        return found.orElseThrow(() -> none(moment, name));
    }

    private static Problem none(Moment moment, String name) {
        List<String> known;
        try {
            known = moment.views();
        } catch (IOException e) {
            known = List.of();
        }
        return Problem.notFound("there is no view '" + MaterializeFilters.shown(name) + "'", "view",
                known.isEmpty() ? "there are none" : "there are " + String.join(", ", known));
    }

    private Map<String, @Nullable Object> metadata(Call call, String name) throws IOException {
        Views views = moments.tables().views();
        List<View> all = new ArrayList<>();
        for (String known : views.names()) {
            views.find(known).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(View::created).thenComparing(View::name));
        int at = 0;
        while (!all.get(at).name().equals(name)) {
            at++;
        }
        View view = all.get(at);
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("id", at + 1);
        told.put("table_name", name);
        told.put("datastack_name", call.variable("datastack"));
        told.put("description", view.description());
        told.put("voxel_resolution_x", view.resolution().x());
        told.put("voxel_resolution_y", view.resolution().y());
        told.put("voxel_resolution_z", view.resolution().z());
        told.put("notice_text", view.notice().isBlank() ? null : view.notice());
        told.put("live_compatible", true);
        return told;
    }

    /// Types by columns; the three of a point are one.
    private static Map<String, Object> schema(SqlView view) {
        List<String> names = view.columns().stream().map(Column::name).toList();
        Map<String, Object> columns = new LinkedHashMap<>();
        for (Column column : view.columns()) {
            String name = column.name();
            String point = name.matches(".+_position_[xyz]") ? name.substring(0, name.length() - 2) : "";
            if (!point.isEmpty() && names.containsAll(List.of(point + "_x", point + "_y", point + "_z"))) {
                columns.put(point, Map.of("type", "SpatialPoint"));
            } else {
                columns.put(name, switch (column.type()) {
                    case ID, INT64, INT32 -> Map.of("type", "integer");
                    case FLOAT32, FLOAT64 -> Map.of("type", "float");
                    case BOOLEAN -> Map.of("type", "boolean");
                    case TEXT -> Map.of("type", "string");
                    case TIMESTAMP -> Map.of("type", "string", "format", "date-time");
                });
            }
        }
        return columns;
    }
}
