package org.neuropil.cli;

import java.util.Set;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil plot`: pictures of what imaged cells did.
@Command(name = "plot", mixinStandardHelpOptions = true, header = "Draws what imaged cells did: tuning, fields, rasters, populations; a report of a session.", description = {
    "",
    "Pictures are SVG or PNG, as the ending of --out says, with their data beside them as CSV if --data is given. SVG is "
            + "light or dark as its reader likes it."}, synopsisSubcommandLabel = "WHAT", commandListHeading = "%nWhat:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil plot tuning neuropil-v1dd/physiology/M409828_13 --roi c1v3p0r5 --out tuning.svg",
                "  neuropil plot report neuropil-v1dd/physiology/M409828_13 --out report.html"}, subcommands = {
                    PlotTuningVerb.class, PlotRfVerb.class, PlotTrialsVerb.class, PlotRasterVerb.class,
                    PlotDepthVerb.class, PlotCorrelationsVerb.class, PlotReportVerb.class})
final class PlotGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        Set<String> known = spec.subcommands().keySet();
        throw new ParameterException(spec.commandLine(), "which picture is not said; there are "
                + String.join(", ", known));
    }
}
