package org.neuropil.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.neuropil.pipeline.Dataset;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.dataset.View;
import org.neuropil.tables.dataset.Views;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.store.AnnotationStore;
import org.neuropil.tables.version.TableState;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil table list`.
@Command(name = "list", header = "Lists the tables and views of a dataset.", footer = {
    "  neuropil table list neuropil-demo",
    "  neuropil table list neuropil-demo --all --format json"})
final class TableListVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET, description = "Folder that holds dataset.json; the current one if left out.")
    private List<String> words = List.of();

    @Option(names = "--all", description = "Also those that were deleted.")
    private boolean all;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of();
    }

    @Override
    void run() throws IOException {
        if (words.size() > 1) {
            throw usage("'" + words.get(1) + "' is one argument too many");
        }
        List<String> header = new ArrayList<>(List.of("table", "kind", "rows", "resolution", "description"));
        if (all) {
            header.add("deleted");
        }
        Table table = new Table(header.toArray(String[]::new));
        List<Map<String, Object>> json = new ArrayList<>();
        Dataset.open(folder()).close();
        if (OpenTables.hasRows(folder(), rows())) {
            try (LiveTables live = LiveTables.rowsOnly(folder(), rows())) {
                AnnotationStore store = live.tables().store();
                for (AnnotationStore.Stored stored : store.tables()) {
                    if (all || stored.deleted().isEmpty()) {
                        add(table, json, stored.info(), stored.schema().name(), stored.deleted(),
                                live.tables().count(stored.info().name()).standing());
                    }
                }
            }
        }
        addFrozen(table, json);
        Views views = new Views(folder());
        for (String name : views.names()) {
            Optional<View> view = views.find(name);
            if (view.isPresent()) {
                addView(table, json, view.get());
            }
        }
        print(table, json);
    }

    /// Tables that only versions have: no live rows were opened by now, which would make these known.
    private void addFrozen(Table table, List<Map<String, Object>> json) throws IOException {
        Set<Object> told = json.stream().map(row -> row.get("table")).collect(Collectors.toSet());
        Versions versions = new Versions(folder());
        TreeMap<String, Version> last = new TreeMap<>();
        for (Version version : versions.list()) {
            if (versions.isThere(version)) {
                version.tables().keySet().forEach(name -> last.merge(name, version,
                        (one, other) -> other.time().isBefore(one.time()) ? one : other));
            }
        }
        for (Map.Entry<String, Version> one : last.entrySet()) {
            Version.Table frozen = one.getValue().tables().get(one.getKey());
            if (frozen != null && told.add(one.getKey())) {
                TableState state = versions.table(one.getValue(), one.getKey());
                add(table, json, state.info(), state.schema().name(), Optional.empty(), frozen.rows());
            }
        }
    }

    /// A view has as many rows as its question gives when it is asked.
    private void addView(Table table, List<Map<String, Object>> json, View view) {
        List<Object> cells = new ArrayList<>(List.of(view.name(), View.KIND, "", view.resolution().toString(),
                view.description()));
        if (all) {
            cells.add("");
        }
        table.add(cells.toArray());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("table", view.name());
        row.put("kind", View.KIND);
        row.put("sql", view.sql());
        row.put("resolution", view.resolution().toString());
        row.put("description", view.description());
        json.add(row);
    }

    private void add(Table table, List<Map<String, Object>> json, TableInfo info, String kind,
            Optional<Instant> ended, long rows) {
        String deleted = ended.map(Object::toString).orElse("");
        List<Object> cells = new ArrayList<>(List.of(info.name(), kind, rows, info.resolution().toString(),
                info.description()));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("table", info.name());
        row.put("kind", kind);
        row.put("rows", rows);
        row.put("resolution", info.resolution().toString());
        row.put("description", info.description());
        if (all) {
            cells.add(deleted);
            row.put("deleted", deleted);
        }
        table.add(cells.toArray());
        json.add(row);
    }
}
