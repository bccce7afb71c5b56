package org.neuropil.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What verbs have in common.
@Command(mixinStandardHelpOptions = true, versionProvider = Neuropil.Version.class, sortOptions = false, footerHeading = "%nExamples:%n", abbreviateSynopsis = true)
abstract class Verb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private CommonOptions common = new CommonOptions();

    /// Does it.
    ///
    /// @throws InputException if something given cannot be used
    abstract void run() throws Exception;

    /// The folder that it writes to or reads from; for messages about the disk.
    abstract Path folder();

    @Override
    public final Integer call() throws Exception {
        common.check();
        if (!formats().contains(common.format())) {
            throw usage("--format " + common.format() + " is for rows of tables; there are "
                    + String.join(", ", formats().stream().map(Format::name).toList()));
        }
        try {
            run();
            return 0;
        } catch (OutOfMemoryError e) {
            throw new InputException("not enough memory", "", "give more with --memory, or use fewer --threads", e);
        } finally {
            common.close();
            out().flush();
        }
    }

    /// The formats that its result can be had in.
    Set<Format> formats() {
        return EnumSet.of(Format.text, Format.json, Format.csv);
    }

    final CommandSpec spec() {
        return spec;
    }

    final CommonOptions common() {
        return common;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// Stdout for bytes; what was printed before comes before them.
    final OutputStream bytes() {
        out().flush();
        return root(spec).bytes();
    }

    final Terminal terminal() {
        return root(spec).terminal();
    }

    /// Tells something on stderr unless `--quiet` is given.
    final void say(String line) {
        if (!common.quiet()) {
            spec.commandLine().getErr().println(line);
        }
    }

    /// Tells on stderr what nobody may miss: that an answer is not whole.
    final void warn(String line) {
        spec.commandLine().getErr().println(line);
    }

    /// Prints a result to stdout in the format that is asked for.
    ///
    /// @param json the same as a JSON value
    final void print(Table table, Object json) {
        switch (common.format()) {
            case text -> out().print(hasHeader() ? table.text(terminal().out()) : table.body());
            case csv -> out().print(table.csv());
            case json -> out().print(new String(Json.bytes(json), StandardCharsets.UTF_8));
            case arrow, parquet -> throw usage("--format " + common.format() + " is for rows of tables");
        }
        out().flush();
    }

    /// The command line cannot be understood.
    final ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /// What is written goes to files of its own: one would replace the other.
    ///
    /// @param outputs null for what is not written
    /// @throws ParameterException if two are one file
    final void different(@Nullable Path... outputs) {
        Set<Path> seen = new HashSet<>();
        for (Path output : outputs) {
            if (output != null && !seen.add(output.toAbsolutePath().normalize())) {
                throw usage("two results would go to " + output + "; give each a file of its own");
            }
        }
    }

    /// False if its result is plain enough to be printed without the names of the columns.
    boolean hasHeader() {
        return true;
    }

    /// A folder as the stages take it: the current one by its whole name.
    static Path folder(Path given) {
        return given.normalize().toString().isEmpty() ? given.toAbsolutePath().normalize() : given;
    }

    /// The command above all.
    static Neuropil root(CommandSpec spec) {
        return (Neuropil) spec.root().userObject();
    }
}
