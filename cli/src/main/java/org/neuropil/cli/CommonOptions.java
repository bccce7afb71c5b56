package org.neuropil.cli;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Retry;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Runner;
import org.neuropil.pipeline.Runners;
import org.neuropil.pipeline.ThreadRunner;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What every verb understands. Each can also be given as `NEUROPIL_<NAME>` in the environment.
final class CommonOptions {
    private static final Pattern MEMORY = Pattern.compile("([1-9]\\d{2,5})[mM]|([1-9]\\d{0,3})[gG]");
    private static final String YES = "(?i)1|true|yes|on";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--threads", paramLabel = "N", order = 100, description = "Threads at work; all processors if left out. The result does not depend on it.")
    private @Nullable Integer threads;

    @Option(names = "--memory", paramLabel = "SIZE", order = 101, description = "Java's heap, for example 512m or 4g; 1g if left out.")
    private @Nullable String memory;

    @Option(names = "--format", paramLabel = "FORMAT", order = 102, defaultValue = "text", description = "Of what goes to stdout: text, json, csv, or of rows of tables arrow or parquet; text if left out.")
    private Format format = Format.text;

    @Option(names = "--runner", paramLabel = "NAME", order = 103, description = "Where blocks are worked on: threads of this process, or spark if submitted to it; threads if left out. The result does not depend on it.")
    private String runnerName = ThreadRunner.NAME;

    @Option(names = "--fresh", order = 104, description = "Begin anew instead of going on with interrupted work.")
    private boolean fresh;

    @Option(names = "--force", order = 105, description = "Replace what exists.")
    private boolean force;

    @Option(names = {"-q", "--quiet"}, order = 106, description = "Print results and errors only.")
    private boolean quiet;

    @Option(names = {"-v", "--verbose"}, order = 107, description = "Print the stack of an error.")
    private boolean verbose;

    private @Nullable Runner runner;

    /// @throws ParameterException if a value is out of its range
    /// @throws org.neuropil.space.InputException if the runner is known but not on the class path
    void check() {
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads " + threads + " is not at least 1");
        }
        if (memory != null && !MEMORY.matcher(memory).matches()) {
            throw new ParameterException(spec.commandLine(),
                    "--memory '" + memory + "' is not a size of at least 100m; write for example 512m or 4g");
        }
        if (!Runners.names().contains(runnerName)) {
            throw new ParameterException(spec.commandLine(),
                    "--runner '" + runnerName + "' is not one of " + String.join(", ", Runners.names())
                            + Nearest.to(runnerName, Runners.names()).map(near -> "; did you mean " + near + "?")
                                    .orElse(""));
        }
        Runners.find(runnerName);
    }

    /// How many threads are at work.
    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    Format format() {
        return format;
    }

    boolean force() {
        return flag(force, "--force");
    }

    boolean quiet() {
        return flag(quiet, "--quiet");
    }

    boolean verbose() {
        return flag(verbose, "--verbose");
    }

    /// How a stage is run.
    RunOptions run(Progress progress) throws IOException {
        if (runner == null) {
            runner = Runners.find(runnerName).open(threads == null ? OptionalInt.empty() : OptionalInt.of(threads));
        }
        return new RunOptions(runner, Retry.DEFAULT, progress, flag(fresh, "--fresh"), force());
    }

    /// How many threads may work.
    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /// Lets go of the runner, which all stages of the verb share.
    void close() {
        if (runner != null) {
            runner.close();
        }
    }

    private boolean flag(boolean given, String option) {
        return given || Verb.root(spec).environment(option).filter(value -> value.matches(YES)).isPresent();
    }
}
