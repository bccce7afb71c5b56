package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.graph.EditResult;

import picocli.CommandLine.Command;

/// `neuropil graph undo`.
@Command(name = "undo", header = "Takes an edit back.", description = "The undo is an edit of its own. It leaves alone what others did since.", footer = {
    "  neuropil graph undo neuropil-demo 1", "  neuropil graph undo neuropil-demo 1 --user anna"})
final class GraphUndoVerb extends ReversalVerb {
    @Override
    EditResult reverse(OpenGraph open, long operation) throws IOException {
        return open.graph().undo(user(), operation);
    }
}
