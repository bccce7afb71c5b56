package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;
import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil version export`.
@Command(name = "export", header = "Writes the tables of a version into one file each.", description = "--format says which files: parquet, csv, or arrow (which is Feather); parquet if left out.", footer = {
    "  neuropil version export neuropil-demo 1 --out tables",
    "  neuropil version export neuropil-demo 1 --out tables --table synapses --format csv"})
final class VersionExportVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " N", description = "Dataset, and the number of the version.")
    private List<String> words = List.of();

    @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "Where files NAME.parquet go.")
    private Path out = Path.of("");

    @Option(names = "--table", paramLabel = "NAME", description = "One table; all if left out.")
    private @Nullable String table;

    @Override
    Set<Format> formats() {
        return EnumSet.complementOf(EnumSet.of(Format.json));
    }

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("number");
    }

    /// @throws picocli.CommandLine.ParameterException if it is no number of a version
    static int number(Verb verb, String word) {
        if (!word.matches("@?[1-9]\\d{0,8}")) {
            throw verb.usage("'" + word + "' is no number of a version");
        }
        return Integer.parseInt(word.replace("@", ""));
    }

    @Override
    void run() throws IOException {
        int number = number(this, thing(0));
        Dataset.open(folder()).close();
        try (FrozenTables frozen = OpenTables.frozen(folder()); Moment moment = frozen.version(number)) {
            if (table != null && !moment.tables().contains(table)) {
                throw new InputException("version " + number + " has no table '" + table + "'", "--table",
                        "it has " + String.join(", ", moment.tables()));
            }
            List<String> names = table == null ? moment.tables() : List.of(table);
            for (String name : names) {
                if (Files.exists(file(name)) && !common().force()) {
                    throw new InputException("is there already", file(name).toString(), "--force replaces it");
                }
            }
            Files.createDirectories(out);
            Table told = new Table("table", "rows", "file");
            for (String name : names) {
                try (Answer answer = new Queries(frozen.engine(), Map.of(name, moment.source(name)))
                        .ask(QueryBuilder.from(name).build())) {
                    AnswerFiles.write(answer, file(name));
                    told.add(name, answer.returned(), file(name).toString());
                }
            }
            out().print(told.text(terminal().out()));
        }
    }

    private Path file(String name) {
        Format written = common().format() == Format.text ? Format.parquet : common().format();
        return out.resolve(name + "." + written);
    }
}
