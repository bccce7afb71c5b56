package org.neuropil.cli;

import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Software;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil` without a verb; holds what all verbs share.
@Command(name = "neuropil", mixinStandardHelpOptions = true, versionProvider = Neuropil.Version.class, sortOptions = false, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n", header = "From serial-section electron microscopy to a functional connectome.", description = {
    "",
    "A DATASET is a folder that holds dataset.json; left out, it is the current folder. What was asked for "
            + "goes to stdout, everything else to stderr. A command that was stopped goes on when it is "
            + "given again. 'neuropil VERB --help' tells more. Options that all verbs have, and --out of a dataset, "
            + "can stand in the environment: NEUROPIL_THREADS=2, NEUROPIL_QUIET=1."}, footerHeading = "%nExamples:%n", footer = {
                "  neuropil demo", "  neuropil info neuropil-demo",
                "", "Exit codes: 0 done, 1 something is wrong with what was given or found, 2 wrong usage, 130 stopped "
                        + "by Ctrl-C."}, subcommands = {DemoVerb.class, GetVerb.class, ImportVerb.class,
                            ImportPhysiologyVerb.class, PhantomVerb.class,
                            SegmentVerb.class,
                            MeshVerb.class, ScoreVerb.class, ConvertVerb.class, ReshardVerb.class, ComponentsVerb.class,
                            DownsampleVerb.class, CutoutVerb.class,
                            InfoVerb.class, GraphGroup.class, TableGroup.class, QueryVerb.class, SqlVerb.class,
                            PartnersVerb.class, MatrixVerb.class, CellsVerb.class, VersionGroup.class,
                            CoregisterGroup.class,
                            TracesGroup.class, MetricsGroup.class, DecodeVerb.class, ServeVerb.class,
                            SessionsGroup.class, PlotGroup.class, AskGroup.class,
                            TokenVerb.class,
                            FigureVerb.class,
                            CompletionVerb.class})
final class Neuropil implements Runnable {
    private final Function<String, @Nullable String> environment;
    private final Terminal terminal;
    private final OutputStream bytes;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    Neuropil(Function<String, @Nullable String> environment, Terminal terminal, OutputStream bytes) {
        this.bytes = bytes;
        this.environment = environment;
        this.terminal = terminal;
    }

    /// The value of `NEUROPIL_<NAME>` in the environment, if it is set and not empty.
    ///
    /// @param option `--threads`
    Optional<String> environment(String option) {
        String name = "NEUROPIL_" + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
        return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank());
    }

    /// Where the output goes.
    Terminal terminal() {
        return terminal;
    }

    /// The output for bytes.
    OutputStream bytes() {
        return bytes;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb is given; start with 'neuropil demo', or see "
                + "'neuropil --help'");
    }

    /// `--version`.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{Software.NAME + " (Java " + Runtime.version().feature() + ")"};
        }
    }
}
