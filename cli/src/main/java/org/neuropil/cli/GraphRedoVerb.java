package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.graph.EditResult;

import picocli.CommandLine.Command;

/// `neuropil graph redo`.
@Command(name = "redo", header = "Makes an edit again that was taken back.", footer = {
    "  neuropil graph redo neuropil-demo 1", "  neuropil graph redo neuropil-demo 1 --user anna"})
final class GraphRedoVerb extends ReversalVerb {
    @Override
    EditResult reverse(OpenGraph open, long operation) throws IOException {
        return open.graph().redo(user(), operation);
    }
}
