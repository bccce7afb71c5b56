package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.neuropil.circuits.ask.AnswerFolder;
import org.neuropil.circuits.ask.Answered;
import org.neuropil.circuits.ask.Asking;
import org.neuropil.circuits.ask.Question;
import org.neuropil.circuits.ask.Tested;
import org.neuropil.circuits.wiring.WiringChoice;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.tables.published.Published;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A question of a dataset's tables at a moment.
abstract class AskVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = "[DATASET[@MOMENT]]", description = "Folder that holds dataset.json, the current one if left out, and the version or time that is meant.")
    private List<String> words = List.of();

    @Option(names = {"-o",
        "--out"}, paramLabel = "DIR", required = true, description = "Folder of the answer: report.html, tables, figures, answer.json.")
    private Path out = Path.of("");

    @Option(names = "--seed", paramLabel = "S", description = "Of all that is drawn; 0 if left out.")
    private long seed;

    @Option(names = "--viewer", paramLabel = "URL", description = "Neuroglancer that links lead to, as http://localhost:8080/viewer/; a public one if left out.")
    private String viewer = Asking.VIEWER;

    @Mixin
    private WiringOptions wiring = new WiringOptions();

    /// What is asked.
    ///
    /// @throws InputException if a parameter is out of range
    abstract Question question();

    @Override
    final List<String> words() {
        return words;
    }

    @Override
    final List<String> things() {
        return List.of();
    }

    @Override
    final Path folder() {
        return folder(Path.of(words.isEmpty() ? "." : SqlVerb.named(words.getFirst())));
    }

    @Override
    final void run() throws IOException {
        if (words.size() > 1) {
            throw usage("'" + words.get(1) + "' is one argument too many");
        }
        if (!viewer.matches("https?://.+")) {
            throw usage("--viewer " + viewer + " is no address; write http://localhost:8080/viewer/");
        }
        TableMoment at;
        Question question;
        try {
            at = words.isEmpty() ? TableMoment.NOW : SqlVerb.moment(words.getFirst());
            question = question();
        } catch (InputException e) {
            throw usage(e.sentence());
        }
        AnswerFolder.check(out, common().force());
        String name;
        try (Dataset dataset = Dataset.open(folder())) {
            name = dataset.about().name();
        }
        Progress progress = StageProgress.of("ask", spec().commandLine().getErr(), terminal(), common().quiet());
        WiringChoice choice = wiring.choice();
        int threads = common().run(progress).threads();
        Answered answered;
        List<String> files;
        try (OpenMoment open = OpenMoment.open(folder(), rows(), at)) {
            try (Progress.Task task = progress.begin(question.id(), question.steps() + 1, 0)) {
                Asking asking = Asking.read(name, Published.of(folder()).map(Published::dataset), choice,
                        open.engine(), open.moment());
                task.step();
                answered = asking.ask(question, seed, threads, viewer, _ -> task.step());
            }
            files = AnswerFolder.write(out, answered, open.engine(), common().force());
        }
        print(answered, files);
    }

    private void print(Answered answered, List<String> files) {
        Table table = new Table("test", "effect", "low", "high", "p", "n", "of", "n needed", "decides");
        for (Tested one : answered.findings().tests()) {
            table.add(one.id(), one.effect(), one.low(), one.high(), one.p(), one.size(), one.unit(), one.needed(),
                    one.decides() ? "yes" : "no");
        }
        print(table, Map.of("folder", out.toString(), "files", files, "record", answered.record()));
        say("wrote " + out.resolve(AnswerFolder.PAGE) + " and " + (files.size() - 1) + " files beside it");
    }
}
