package org.neuropil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `neuropil graph`: the proofreading graph.
@Command(name = "graph", mixinStandardHelpOptions = true, header = "Proofreads: which supervoxels are one cell, at any moment.", description = {
    "",
    "A cell is a root: an id that stands for exactly its supervoxels. An edit makes new roots and never changes old "
            + "ones, so each past state can be asked for. A moment is written @2025-01-13T10:10:00Z; left out, it is now. "
            + "A point is x,y,z in voxels of the supervoxel volume, or with --unit in nm or um. A graph that a server "
            + "has open cannot be opened by a verb."}, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n", footerHeading = "%nExamples:%n", footer = {
                "  neuropil graph find neuropil-demo 120,120,60", "  neuropil graph log neuropil-demo"}, subcommands = {
                    GraphIngestVerb.class, GraphInfoVerb.class, GraphFindVerb.class, GraphRootsVerb.class,
                    GraphLeavesVerb.class, GraphMergeVerb.class, GraphSplitVerb.class, GraphPreviewVerb.class,
                    GraphUndoVerb.class, GraphRedoVerb.class, GraphRollbackVerb.class, GraphLogVerb.class,
                    GraphLineageVerb.class, GraphChangesVerb.class, GraphVirtualGroup.class, GraphBackupVerb.class,
                    GraphRestoreVerb.class})
final class GraphGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb on the graph is not said; there are "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
