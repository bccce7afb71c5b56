package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.ask.FoundRows;
import org.neuropil.tables.ask.Matrix;
import org.neuropil.tables.query.Engine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil matrix`.
@Command(name = "matrix", header = "Counts synapses from type to type.", description = "A row for each type of the cells that make synapses, a column for each of those that get them. Synapses of a cell onto itself and those of cells without a type are left out. Arrow and Parquet have a row for each two types: pre_type, post_type, and the value.", footer = {
    "  neuropil matrix neuropil-demo --table synapses --types cell_types",
    "  neuropil matrix neuropil-demo@1 --table synapses --types cell_types --value sum --format csv"})
final class MatrixVerb extends RowsVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = "[DATASET[@MOMENT]]", description = "Folder that holds dataset.json, the current one if left out, and the moment that is meant.")
    private List<String> words = List.of();

    @Mixin
    private SynapsesOption synapses = new SynapsesOption();

    @Option(names = "--types", paramLabel = "TABLE", required = true, description = "Tells types of cells by its column cell_type; its rows may refer to those of a table that has cells.")
    private String types = "";

    @Option(names = "--value", paramLabel = "VALUE", defaultValue = "count", description = "${COMPLETION-CANDIDATES}: of synapses, or of their sizes; count if left out.")
    private Matrix.Value value = Matrix.Value.COUNT;

    @Mixin
    private OutFile file = new OutFile();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of();
    }

    @Override
    Optional<Path> file() {
        return file.file();
    }

    @Override
    Path folder() {
        return folder(Path.of(words.isEmpty() ? "." : SqlVerb.named(words.getFirst())));
    }

    @Override
    void run() throws IOException {
        if (words.size() > 1) {
            throw usage("'" + words.get(1) + "' is one argument too many");
        }
        TableMoment at;
        try {
            at = words.isEmpty() ? TableMoment.NOW : SqlVerb.moment(words.getFirst());
        } catch (InputException e) {
            throw usage(e.sentence());
        }
        checkOut();
        try (OpenMoment open = OpenMoment.open(folder(), rows(), at)) {
            Matrix asked = new Matrix(synapses.name(folder(), open), types, value);
            open.check(asked.tables(open.moment()));
            Matrix.Found found = asked.of(open.engine(), open.moment());
            if (found.leftOut() > 0) {
                say(String.format(Locale.ROOT, "left out: %,d cells that have several types in %s", found.leftOut(),
                        types));
            }
            print(open.engine(), found);
        }
    }

    private void print(Engine engine, Matrix.Found found) throws IOException {
        SortedSet<String> targets = FoundRows.targets(found);
        List<String> header = new ArrayList<>(List.of(FoundRows.FROM_TO));
        header.addAll(targets);
        Table table = new Table(header.toArray(String[]::new));
        found.values().forEach((from, row) -> {
            List<@Nullable Object> cells = new ArrayList<>(List.of(from));
            targets.forEach(to -> cells.add(switch (value) {
                case MEAN -> row.get(to);
                case SUM -> row.getOrDefault(to, 0.0);
                case COUNT -> Math.round(row.getOrDefault(to, 0.0));
            }));
            table.add(cells.toArray());
        });
        print(engine, table, found.values(), FoundRows.pairs(found, value));
    }
}
