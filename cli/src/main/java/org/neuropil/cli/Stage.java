package org.neuropil.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.RunOptions;

/// Runs stages for a verb: with progress, a word on how to go on if it is stopped, and a line at the end.
final class Stage {
    private final Verb verb;
    private final boolean force;

    /// @param force true to replace parts even if the user did not ask for it
    Stage(Verb verb, boolean force) {
        this.verb = verb;
        this.force = force;
    }

    /// A stage of the Java API, with everything but how it is run.
    @FunctionalInterface
    interface Function {
        /// Runs it.
        Provenance run(RunOptions options) throws IOException;
    }

    /// What a stage did.
    ///
    /// @param name of the stage
    /// @param provenance of what it made, now or earlier
    /// @param already true if there was nothing to do
    record Outcome(String name, Provenance provenance, boolean already) {
        /// `done` or `already done`.
        String state() {
            return already ? "already done" : "done";
        }

        double seconds() {
            return provenance.timing().seconds();
        }

        /// The figures as a table.
        Table table() {
            Table table = new Table("figure", "value");
            new TreeMap<>(provenance.figures()).forEach((name, value) -> table.add(name.replace('_', ' '), value));
            return table;
        }

        /// The same for programs.
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("run", provenance.run());
            json.put("state", state());
            json.put("seconds", seconds());
            json.put("figures", provenance.figures());
            return json;
        }
    }

    /// Runs a stage.
    Outcome run(String name, Function stage) throws IOException {
        PrintWriter err = verb.spec().commandLine().getErr();
        Progress progress = StageProgress.of(name, err, verb.terminal(), verb.common().quiet());
        RunOptions options = verb.common().run(progress);
        Instant before = Instant.now();
        try (Interruption _ = Interruption.watch(err)) {
            Provenance provenance = stage.run(force ? options.forced() : options);
            boolean already = provenance.timing().started().isBefore(before);
            Outcome outcome = new Outcome(name, provenance, already);
            verb.say(String.format(Locale.ROOT, "%s: %s %s %.1f s", name, outcome.state(),
                    already ? "earlier, took" : "in", outcome.seconds()));
            return outcome;
        }
    }

    /// Runs the only stage of a verb and prints its figures.
    void runAndPrint(String name, Function stage) throws IOException {
        Outcome outcome = run(name, stage);
        verb.print(outcome.table(), outcome.json());
    }
}
