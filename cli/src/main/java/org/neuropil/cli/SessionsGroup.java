package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil sessions`: recordings of calcium imaging, whatever files they lie in.
@Command(name = "sessions", mixinStandardHelpOptions = true, header = "Lists, shows and exports sessions of calcium imaging: NWB, MATLAB, NPY and CSV.", description = {
    "",
    "A session is a file of NWB (HDF5), a folder of NWB in Zarr, a MATLAB file of version 5, or a folder of NPY and CSV "
            + "files; the layouts of V1DD and MICrONS are known."}, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil sessions list recordings/",
                "  neuropil sessions show recordings/M409828_13_20180921.nwb",
                "  neuropil sessions export film.mat film/"}, subcommands = {SessionsListVerb.class,
                    SessionsShowVerb.class, SessionsExportVerb.class})
final class SessionsGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb on sessions is not said; there are "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
