package org.neuropil.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.neuropil.pipeline.Dataset;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;

import picocli.CommandLine.Command;

/// `neuropil version list`.
@Command(name = "list", header = "Lists the versions of a dataset.", footer = {"  neuropil version list neuropil-demo",
    "  neuropil version list neuropil-demo --format json"})
final class VersionListVerb extends DatasetVerb {
    @Override
    void run() throws IOException {
        Dataset.open(folder()).close();
        Versions versions = new Versions(folder());
        Table table = new Table("version", "time", "tables", "rows", "description", "files");
        List<Map<String, Object>> json = new ArrayList<>();
        for (Version version : versions.list()) {
            long rows = version.tables().values().stream().mapToLong(Version.Table::rows).sum();
            boolean there = versions.isThere(version);
            table.add(version.number(), version.time().toString(), version.tables().size(), rows,
                    version.description(), there ? "" : "dropped");
            Map<String, Object> one = VersionCreateVerb.json(version);
            one.put("files", there);
            json.add(one);
        }
        print(table, json);
    }

    /// What a version has of a table.
    static String files(Version version, Version.Table table) {
        String own = Versions.FOLDER + "/" + version.number() + "/";
        return table.base().startsWith(own)
                ? "all rows"
                : "those of " + table.base() + (table.changes().isPresent() ? ", and changes" : "");
    }
}
