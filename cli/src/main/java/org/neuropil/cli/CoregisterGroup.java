package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil coregister`: the bridge from two-photon space to EM.
@Command(name = "coregister", mixinStandardHelpOptions = true, header = "Joins the space of a two-photon stack and that of EM.", description = {
    "",
    "Landmarks are places that somebody found in both. A model fitted to them maps points in both directions, and says "
            + "how far it is off at landmarks that it did not see."}, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil coregister landmarks landmarks.csv --em 4x4x40nm --two-photon mm --as bigwarp --out warp.csv",
                "  neuropil coregister fit landmarks.csv --em 4x4x40nm --two-photon mm --out model.json",
                "  neuropil coregister apply model.json cells.csv --to em --unit um",
                "  neuropil coregister match rois.csv --model model.json --nuclei nuclei.csv --out matches.csv",
                "  neuropil coregister report --model model.json --out report"}, subcommands = {
                    CoregisterLandmarksVerb.class, CoregisterFitVerb.class, CoregisterApplyVerb.class,
                    CoregisterMatchVerb.class, CoregisterReportVerb.class})
final class CoregisterGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb of coregistration is not said; there are "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
