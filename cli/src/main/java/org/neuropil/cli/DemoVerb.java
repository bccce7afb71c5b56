package org.neuropil.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.ingest.GraphIngest;
import org.neuropil.graph.ingest.GraphInput;
import org.neuropil.morphology.MeshStage;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Memory;
import org.neuropil.pipeline.volumes.ImportStage;
import org.neuropil.segment.SegmentStage;
import org.neuropil.segment.score.Score;
import org.neuropil.segment.score.ScoreStage;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil demo`: all stages on the sample that comes with the program, then the server.
///
/// Its output folder is its own: parts that an earlier version of the software made are replaced without `--force`.
@Command(name = "demo", header = "Goes all the way with a small sample: from sections to cells in the browser.", description = "Imports and segments the sample, makes its proofreading graph, meshes and scores it, prints what came out, and serves it. Given "
        + "again, it goes on where it was stopped and keeps what is done. Parts that an earlier version made in "
        + "its folder are replaced; --fresh makes all anew. A graph that was edited stays, unless --force is given.", footer = {
            "  neuropil demo",
            "  neuropil demo --no-serve --out my-demo"})
final class DemoVerb extends Verb {
    /// Property of the JVM: the folder that holds the samples; the launcher sets it.
    static final String HOME = "neuropil.home";

    private static final String SAMPLE = "samples/fib25";
    private static final VoxelSize VOXEL = new VoxelSize(10, 10, 10);

    @Option(names = {"-o",
        "--out"}, paramLabel = "DATASET", defaultValue = "neuropil-demo", description = "Folder for the dataset; neuropil-demo if left out.")
    private Path out = Path.of("neuropil-demo");

    @Option(names = "--port", paramLabel = "PORT", description = "8080 if left out; 0 for any that is free.")
    private int port = ServeVerb.PORT;

    @Option(names = "--no-serve", description = "End when the stages are done.")
    private boolean noServe;

    private final List<Stage.Outcome> outcomes = new ArrayList<>();

    @Override
    Path folder() {
        return folder(out);
    }

    @Override
    void run() throws IOException, InterruptedException {
        Path sample = sample();
        ServerOptions listen = ServerOptions.loopback(port);
        if (!noServe) {
            checkPort(listen);
        }
        Score score;
        try (Dataset dataset = Dataset.openOrCreate(folder(), about(sample))) {
            score = stages(dataset, sample);
        }
        if (noServe) {
            print(score, null);
            return;
        }
        try (DatasetServer server = ServeVerb.start(folder(), listen)) {
            print(score, ServeVerb.link(server, listen.host()));
            say("serving " + out + " until Ctrl-C; 'neuropil serve " + out + "' serves it again");
            server.join();
        }
    }

    private Score stages(Dataset dataset, Path sample) throws IOException {
        Stage stage = new Stage(this, true);
        outcomes.add(stage.run("import em", options -> ImportStage.run(dataset, new ImportStage.Parameters(
                sample.resolve("raw"), "em", Dataset.Kind.IMAGE, VOXEL, ImportStage.DEFAULT_CHUNK), options)));
        outcomes.add(stage.run("import labels", options -> ImportStage.run(dataset,
                new ImportStage.Parameters(sample.resolve("labels"), "labels", Dataset.Kind.SEGMENTATION, VOXEL,
                        ImportStage.DEFAULT_CHUNK),
                options)));
        outcomes.add(stage.run("segment",
                options -> SegmentStage.run(dataset, SegmentStage.Parameters.defaults(), options)));
        // Edits that somebody made are not the demo's to replace.
        Stage graph = new Stage(this, !GraphFacts.isEdited(dataset, OpenGraph.MAIN));
        outcomes.add(graph.run("graph ingest", options -> GraphIngest.run(dataset,
                GraphIngest.Parameters.of(GraphInput.Segmented.usual()), options)));
        outcomes.add(stage.run("mesh", options -> MeshStage.run(dataset,
                MeshStage.Parameters.defaults(dataset, "segmentation"), options)));
        outcomes.add(stage.run("score", options -> ScoreStage.run(dataset,
                new ScoreStage.Parameters("segmentation", "labels"), options)));
        return ScoreStage.read(dataset, "segmentation", "labels");
    }

    private void print(Score score, @Nullable URI link) {
        long peak = Memory.peakMib();
        for (Stage.Outcome outcome : outcomes) {
            peak = Math.max(peak, outcome.provenance().timing().peakMib());
        }
        Table table = new Table("measure", "value", "unit");
        double sum = 0;
        for (Stage.Outcome outcome : outcomes) {
            table.add(outcome.name() + (outcome.already() ? " (already done)" : ""), outcome.seconds(), "s");
            sum += outcome.seconds();
        }
        table.add("all stages", Math.round(sum * 1000) / 1000.0, "s");
        ScoreVerb.addTo(table, score);
        if (peak > 0) {
            table.add("peak memory", peak, "MiB");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataset", out.toString());
        Map<String, Object> stages = new LinkedHashMap<>();
        outcomes.forEach(outcome -> stages.put(outcome.name(), outcome.json()));
        json.put("stages", stages);
        json.put("score", score);
        json.put("peak_mib", peak);
        if (link != null) {
            json.put("link", link.toString());
        }
        print(table, json);
        if (link != null && common().format() == Format.text) {
            out().println(link);
            out().flush();
        } else if (link != null) {
            say(link.toString());
        }
    }

    /// Told before the work begins, not after it.
    private static void checkPort(ServerOptions listen) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(listen.host(), listen.port()));
        } catch (BindException e) {
            String words = String.valueOf(e.getMessage());
            throw new InputException(
                    "port " + listen.port() + (words.contains("in use") ? " is in use" : " cannot be used: " + words),
                    "--port",
                    "choose another, 0 for any that is free, or --no-serve", e);
        }
    }

    private static Path sample() {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw new InputException("the folder of the samples is not known", HOME,
                    "start the demo by the script 'neuropil', or give -D" + HOME + "=FOLDER to java");
        }
        Path sample = Path.of(home).resolve(SAMPLE);
        if (!Files.isDirectory(sample.resolve("raw")) || !Files.isDirectory(sample.resolve("labels"))) {
            throw new InputException("the sample is missing: there is no folder raw or labels", sample.toString(),
                    "get Neuropil again with its samples");
        }
        return sample;
    }

    private static Dataset.About about(Path sample) throws IOException {
        Path file = sample.resolve("about.json");
        if (!Files.exists(file)) {
            return Dataset.About.named("fib25");
        }
        About said = Json.read(file, About.class);
        return new Dataset.About(said.name() == null ? "fib25" : said.name(), orEmpty(said.title()),
                orEmpty(said.attribution()), orEmpty(said.licence()), orEmpty(said.licenceUrl()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// The file as it may be.
    private record About(@Nullable String name, @Nullable String title, @Nullable String attribution,
            @Nullable String licence, @Nullable String licenceUrl) {}
}
