package org.neuropil.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.neuropil.space.InputException;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.Annotations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `neuropil table insert`.
@Command(name = "insert", header = "Adds rows to a table, and binds their points to cells.", description = "Rows are a JSON list of objects, nested ({\"pt\": {\"position\": [1, 2, 3]}}) or flat (\"pt_position\": [1, 2, 3]). All are added or none.", footer = {
    "  neuropil table insert neuropil-demo tags rows.json",
    "  echo '[{\"pt_position\": [10, 20, 5], \"tag\": \"here\"}]' | neuropil table insert neuropil-demo tags -"})
final class TableInsertVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " NAME FILE", description = "Dataset, the name of the table, and the rows; - for stdin.")
    private List<String> words = List.of();

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
            Rows rows = read(file, live, name);
            long[] ids = live.tables().insert(name, rows);
            Table table = new Table("id");
            for (long id : ids) {
                table.add(Ids.text(id));
            }
            print(table, Map.of("table", name, "ids", Ids.list(ids)));
            say(String.format(java.util.Locale.ROOT, "%,d rows were added to %s", ids.length, name));
        }
    }

    private static Rows read(String file, LiveTables live, String name) throws IOException {
        if (!file.equals("-") && !Files.isRegularFile(Path.of(file))) {
            throw new InputException("is not there, or is no file", file, "give the file of rows, or - for stdin");
        }
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            return Annotations.read(live.table(name).schema(), in);
        } catch (InputException e) {
            throw new InputException(e.what(), (file.equals("-") ? "stdin" : file) + (e.where().isEmpty() ? "" : ", ")
                    + e.where(), e.hint(), e);
        }
    }
}
