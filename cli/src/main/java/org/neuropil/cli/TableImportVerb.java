package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.load.TableImport;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.store.AnnotationStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil table import`.
@Command(name = "import", header = "Adds the rows of a file to a table: CSV, Parquet, Arrow, Feather, JSON.", description = "Columns are found by their names: pt_position_x, or pt_position with all three. All rows are checked before the first is written. Points are bound to cells where the file has no supervoxels. JSON is a list of rows, a row in each line, or what pandas' DataFrame.to_json writes with any orient but 'values'.", footer = {
    "  neuropil table import neuropil-demo tags tags.csv --unit nm",
    "  neuropil table import neuropil-demo tags frame.json --column tag=label",
    "  neuropil table import neuropil-demo synapses synapses.parquet --column size=cleft_voxels"})
final class TableImportVerb extends TablesVerb {
    private static final int BATCH = 200_000;

    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " NAME FILE", description = "Dataset, the name of the table, and the file: .csv, .parquet, .feather, .arrow, .json, .jsonl; .csv and .json also as .gz.")
    private List<String> words = List.of();

    @Option(names = "--column", paramLabel = "FIELD=COLUMN", description = "What the file calls a column of the table. May be given several times.")
    private Map<String, String> columns = new HashMap<>();

    @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "voxel", description = "Of positions: ${COMPLETION-CANDIDATES}; voxels of the table if left out.")
    private GivenBox.Unit unit = GivenBox.Unit.VOXEL;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("name", "file");
    }

    @Override
    void run() throws IOException {
        String name = thing(0);
        String file = thing(1);
        try (LiveTables live = LiveTables.open(folder(), rows())) {
            AnnotationStore.Stored stored = live.table(name);
            long count = load(live, stored, Path.of(file));
            print(new Table("table", "rows").add(name, count), Map.of("table", name, "rows", count));
            say(String.format(Locale.ROOT, "%,d of %,d rows of %s were added to %s, which has %,d", count, count, file,
                    name, live.tables().count(name).standing()));
        }
    }

    private long load(LiveTables live, AnnotationStore.Stored stored, Path file) throws IOException {
        double nm = switch (unit) {
            case VOXEL -> 0;
            case NM -> 1;
            case UM -> 1000;
        };
        String name = stored.info().name();
        say("positions are read as " + (nm == 0 ? "voxels of " + stored.info().resolution() : unit.text()));
        try (TableImport load = TableImport.open(live.tables().engine(), file, stored.info(), stored.schema(),
                new TableImport.Options(columns, nm))) {
            if (!load.ignored().isEmpty()) {
                say("not read: " + String.join(", ", load.ignored()));
            }
            int batches = Math.toIntExact((load.rows() + BATCH - 1) / BATCH);
            Progress progress = StageProgress.of("table import", spec().commandLine().getErr(), terminal(),
                    common().quiet());
            if (load.columns().contains(TableSchema.ID)) {
                load.forEach(BATCH, rows -> checkFree(live.tables(), name, rows, file));
            }
            try (Progress.Task task = progress.begin(name + ", in batches of 200,000 rows", batches, 0)) {
                load.forEach(BATCH, rows -> {
                    live.tables().insert(name, rows);
                    task.step();
                });
            }
            return load.rows();
        }
    }

    /// @throws InputException if the table has a row of one of the ids
    private static void checkFree(Tables tables, String name, Rows rows, Path file) throws IOException {
        Rows there = tables.rows(name, rows.longs(TableSchema.ID.name()));
        if (there.size() > 0) {
            throw new InputException("id " + Ids.text(there.longs(TableSchema.ID.name())[0]) + " is that of a row of "
                    + name + (there.size() > 1 ? ", and so are others" : ""), file.toString(),
                    "leave out rows that are there; nothing was written");
        }
    }
}
