package org.neuropil.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.live.GraphBackup;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Progress;
import org.neuropil.server.DatasetServer;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `neuropil graph backup`: a copy of a graph.
@Command(name = "backup", header = "Copies a graph with all its history.", description = "The supervoxels are not copied: no edit changes them. An earlier backup is replaced only with --force. "
        + "While a server has the graph open, it alone can copy it, and does so while others edit: with --server it "
        + "writes a backup of the NAME that is given, or of one that it chooses, into its folder for backups.", footer = {
            "  neuropil graph backup neuropil-demo graph-backup",
            "  neuropil graph backup --server http://localhost:8080 before-the-workshop"})
final class GraphBackupVerb extends NamedVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " FOLDER | [NAME]", description = "Dataset, and the folder to be made; with --server, the backup's name.")
    private List<String> words = List.of();

    @Option(names = "--graph", paramLabel = "NAME", defaultValue = "", description = "Which graph; the dataset's graph if left out.")
    private String name = "";

    @Option(names = "--server", paramLabel = "URL", description = "The server that has the graph open: the link that 'neuropil serve' printed.")
    private @Nullable String server;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void run() throws IOException {
        if (server != null) {
            served(server);
            return;
        }
        Path folder = Path.of(thing("folder for the backup"));
        try (Dataset dataset = Dataset.open(folder()); OpenGraph open = open(dataset)) {
            GraphBackup.write(dataset, open.part(), open.live(), folder, common().force());
            print(folder.toString(), open.part(), GraphFacts.operations(open.live()));
        }
    }

    private OpenGraph open(Dataset dataset) throws IOException {
        try {
            return OpenGraph.open(dataset, name);
        } catch (InputException e) {
            if (GraphFolder.open(dataset, OpenGraph.find(dataset, name).part()).isInUse()) {
                throw new InputException(e.what(), e.where(), "if a server has it open, let that write the backup: "
                        + "neuropil graph backup --server URL NAME, where URL is the link that 'neuropil serve' printed; "
                        + "it will be " + dataset.folder().resolve(DatasetServer.BACKUPS).resolve("NAME"), e);
            }
            throw e;
        }
    }

    private void served(String url) throws IOException {
        if (words.size() > 1) {
            throw usage(
                    "'" + words.get(1) + "' is one argument too many; with --server only the backup's name is given");
        }
        try (HttpClient client = ServedBackup.client()) {
            Progress progress = StageProgress.of("graph backup", spec().commandLine().getErr(), terminal(),
                    common().quiet());
            JsonNode backup = new ServedBackup(url, client).write(words.isEmpty() ? "" : words.getFirst(), name,
                    common().force(), progress);
            print(backup.path("name").asString(""), backup.path("graph").asString(""),
                    backup.path("operations").asLong(0));
            say("it is in the server's folder for backups: 'backups' in the dataset, or what 'neuropil serve "
                    + "--backups' was given; edits of the time it took may be in it, too");
        }
    }

    private void print(String backup, String graph, long operations) {
        print(new Table("backup", "graph", "operations").add(backup, graph, operations),
                Map.of("backup", backup, "graph", graph, "operations", operations));
    }
}
