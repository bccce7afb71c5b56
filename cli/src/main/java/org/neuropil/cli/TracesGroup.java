package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil traces`: from a movie to what its cells did.
@Command(name = "traces", mixinStandardHelpOptions = true, header = "Takes a movie to fluorescence, dF/F and events of its cells, step by step.", description = {
    "",
    "Traces are files: .npy, an array of frames x rois, or CSV with a column for each region, and perhaps 'time' in "
            + "seconds. Each step is one published definition, or has one for each name."}, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil traces extract movie.tif --masks masks.csv --out f.npy --neuropil n.npy",
                "  neuropil traces neuropil f.npy n.npy --out fc.npy",
                "  neuropil traces dff fc.npy --rate 6.1 --out dff.npy",
                "  neuropil traces events dff.npy --rate 6.1 --decay 0.7 --out events.npy"}, subcommands = {
                    TracesExtractVerb.class, TracesNeuropilVerb.class, TracesDemixVerb.class, TracesDffVerb.class,
                    TracesEventsVerb.class, TracesSnrVerb.class, TracesDuplicatesVerb.class})
final class TracesGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb on traces is not said; there are "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
