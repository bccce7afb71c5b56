package org.neuropil.cli;

import java.io.IOException;
import java.util.List;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.version.Version;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil version create`.
@Command(name = "create", header = "Freezes all tables as they are now, with the cells of now.", description = "What did not change since the last version takes no room.", footer = {
    "  neuropil version create neuropil-demo",
    "  neuropil version create neuropil-demo --number 1300 --description 'January'"})
final class VersionCreateVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET, description = "Folder that holds dataset.json; the current one if left out.")
    private List<String> words = List.of();

    @Option(names = "--number", paramLabel = "N", description = "Its number; the next one if left out.")
    private @Nullable Integer number;

    @Option(names = "--description", paramLabel = "TEXT", defaultValue = "", description = "For people.")
    private String description = "";

    @Option(names = "--again", description = "Make the files of version --number again, which 'neuropil version drop-cache' deleted.")
    private boolean again;

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
        if (number != null && number < 1) {
            throw usage("--number " + number + " is not at least 1");
        }
        if (again && number == null) {
            throw usage("--again needs --number, which says the version");
        }
        try (LiveTables live = LiveTables.open(folder(), rows())) {
            Version version = again
                    ? live.tables().rebuild(number == null ? 0 : number)
                    : live.tables().freeze(number == null ? OptionalInt.empty() : OptionalInt.of(number), description);
            Table table = new Table("table", "rows", "files");
            version.tables().forEach((name, one) -> table.add(name, one.rows(), VersionListVerb.files(version, one)));
            print(table, json(version));
            say("version " + version.number() + " is of " + version.time());
        }
    }

    /// A version as JSON.
    static Map<String, Object> json(Version version) {
        Map<String, Object> tables = new LinkedHashMap<>();
        version.tables().forEach((name, table) -> tables.put(name, table.rows()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version.number());
        json.put("time", version.time().toString());
        json.put("description", version.description());
        json.put("rows", tables);
        return json;
    }
}
