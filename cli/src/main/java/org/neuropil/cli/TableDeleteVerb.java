package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil table delete`.
@Command(name = "delete", header = "Deletes rows of a table, a table, or a view.", description = "Past states keep them. All rows are deleted or none.", footer = {
    "  neuropil table delete neuropil-demo tags 17 18", "  neuropil table delete neuropil-demo tags --table"})
final class TableDeleteVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " NAME [ID...]", description = "Dataset, the name of the table, and ids of rows.")
    private List<String> words = List.of();

    @Option(names = "--ids", paramLabel = "FILE", description = "More ids, one a line.")
    private @Nullable Path file;

    @Option(names = "--table", description = "The table itself; its name is not free again.")
    private boolean table;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("name");
    }

    @Override
    Path folder() {
        return folder(Path.of(names() > 1 ? words.getFirst() : "."));
    }

    /// How many words stand before the ids.
    private int names() {
        return (int) words.stream().takeWhile(word -> !word.matches("[+-]?\\d.*")).count();
    }

    @Override
    void run() throws IOException {
        int names = names();
        if (names == 0) {
            throw usage("no name is given");
        }
        if (names > 2) {
            throw usage("'" + words.get(2) + "' is no id");
        }
        if (names == 1) {
            checkHere(words.getFirst(), "name");
        }
        String name = words.get(names - 1);
        List<String> given = words.subList(names, words.size());
        if (table && (!given.isEmpty() || file != null)) {
            throw usage("--table deletes the table, and ids are given too; leave one of them out");
        }
        if (!table && given.isEmpty() && file == null) {
            throw usage("no id is given; --table deletes the whole table");
        }
        long[] ids = LongStream.concat(given.stream().mapToLong(Asked::id),
                LongStream.of(file == null ? new long[0] : GraphRootsVerb.read(file))).toArray();
        try (LiveTables live = LiveTables.rowsOnly(folder(), rows())) {
            if (live.tables().views().find(name).isPresent()) {
                if (!table) {
                    throw usage("'" + name + "' is a view, which has no rows of its own; --table deletes it");
                }
                live.tables().views().delete(name);
                say("the view " + name + " was deleted");
                print(new Table("table", "deleted").add(name, "view"), Map.of("table", name, "deleted", "view"));
                return;
            }
            live.table(name);
            if (table) {
                live.tables().store().drop(name);
                say("the table " + name + " was deleted");
            } else {
                live.tables().store().delete(name, ids);
                say(String.format(Locale.ROOT, "%,d rows were deleted from %s, which has %,d", ids.length, name,
                        live.tables().count(name).standing()));
            }
        }
        print(new Table("table", "deleted").add(name, table ? "table" : String.valueOf(ids.length)),
                Map.of("table", name, "deleted", table ? "table" : String.valueOf(ids.length)));
    }
}
