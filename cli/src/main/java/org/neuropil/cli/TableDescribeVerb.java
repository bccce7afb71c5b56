package org.neuropil.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.View;
import org.neuropil.tables.query.SqlView;
import org.neuropil.tables.store.AnnotationStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `neuropil table describe`.
@Command(name = "describe", header = "Tells what a table holds: its columns with types and units, points, counts.", footer = {
    "  neuropil table describe neuropil-demo synapses",
    "  neuropil table describe neuropil-demo synapses --format json"})
final class TableDescribeVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " NAME", description = "Dataset, and the name of the table.")
    private List<String> words = List.of();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("name");
    }

    @Override
    void run() throws IOException {
        String name = thing(0);
        try (LiveTables live = LiveTables.rowsOnly(folder(), rows())) {
            Optional<View> view = live.tables().views().find(name);
            if (view.isPresent()) {
                describe(live, view.get());
                return;
            }
            AnnotationStore.Stored stored = live.table(name);
            AnnotationStore.Count count = live.tables().count(name);
            Map<String, Object> facts = facts(stored, count);
            Table table = new Table("column", "type", "unit", "");
            List<Map<String, Object>> columns = new ArrayList<>();
            for (Column column : stored.schema().read()) {
                String type = column.type().name().toLowerCase(Locale.ROOT) + (column.nullable() ? ", or nothing" : "");
                String unit = unit(stored, column);
                String words = words(stored, column);
                table.add(column.name(), type, unit, words);
                columns.add(Map.of("name", column.name(), "type", column.type().name().toLowerCase(Locale.ROOT),
                        "nullable", column.nullable(), "unit", unit, "description", words));
            }
            if (common().format() == Format.text) {
                Table about = new Table("", "");
                facts.forEach(about::add);
                out().print(about.body());
                out().println();
            }
            facts.put("columns", columns);
            print(table, facts);
        }
    }

    private void describe(LiveTables live, View view) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("table", view.name());
        facts.put("kind", View.KIND);
        facts.put("description", view.description());
        facts.put("notice", view.notice());
        facts.put("resolution", view.resolution().toString());
        facts.put("owner", view.user());
        facts.put("created", view.created().toString());
        facts.put("sql", view.sql());
        Table table = new Table("column", "type", "unit");
        List<Map<String, Object>> columns = new ArrayList<>();
        try (Moment now = live.tables().now()) {
            SqlView read = now.view(view.name()).orElseThrow();
            facts.put("reads", String.join(", ", read.tables()));
            for (Column column : read.columns()) {
                String type = column.type().name().toLowerCase(Locale.ROOT);
                String unit = column.name().matches(".*position_[xyz]") ? "voxel of " + view.resolution() : "";
                table.add(column.name(), type, unit);
                columns.add(Map.of("name", column.name(), "type", type, "unit", unit));
            }
        }
        if (common().format() == Format.text) {
            Table about = new Table("", "");
            facts.forEach(about::add);
            out().print(about.body());
            out().println();
        }
        facts.put("columns", columns);
        print(table, facts);
    }

    private static Map<String, Object> facts(AnnotationStore.Stored stored, AnnotationStore.Count count) {
        TableInfo info = stored.info();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("table", info.name());
        facts.put("kind", info.schema());
        facts.put("description", info.description());
        facts.put("notice", info.notice());
        facts.put("resolution", info.resolution().toString());
        facts.put("reference", info.reference().orElse(""));
        facts.put("owner", info.user());
        facts.put("read", info.read().name().toLowerCase(Locale.ROOT));
        facts.put("write", info.write().name().toLowerCase(Locale.ROOT));
        facts.put("rows", count.standing());
        facts.put("rows ever", count.all());
        facts.put("created", stored.created().toString());
        facts.put("modified", stored.modified().toString());
        return facts;
    }

    private static String unit(AnnotationStore.Stored stored, Column column) {
        if (column.name().matches(".*position_[xyz]")) {
            return "voxel of " + stored.info().resolution();
        }
        return stored.schema().fields().stream().filter(Field.Value.class::isInstance).map(Field.Value.class::cast)
                .filter(value -> value.name().equals(column.name())).map(Field.Value::unit).findFirst().orElse("");
    }

    private static String words(AnnotationStore.Stored stored, Column column) {
        for (Field field : stored.schema().fields()) {
            if (field instanceof Field.Point point) {
                if (column.name().equals(point.position("x"))) {
                    return point.description();
                }
            } else if (field.name().equals(column.name())) {
                return field.description();
            }
        }
        return "";
    }
}
