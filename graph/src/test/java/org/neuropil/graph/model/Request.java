package org.neuropil.graph.model;

import java.io.IOException;

import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.SplitRequest;

/// An edit that a user asks for.
sealed interface Request {
    /// Asks a graph for it.
    EditResult askOf(Graph graph) throws IOException;

    record Merge(MergeRequest merge) implements Request {
        @Override
        public EditResult askOf(Graph graph) throws IOException {
            return graph.merge(merge);
        }
    }

    record Split(SplitRequest split) implements Request {
        @Override
        public EditResult askOf(Graph graph) throws IOException {
            return graph.split(split);
        }
    }

    /// @param undo false for a redo
    record Again(String user, long operation, boolean undo) implements Request {
        @Override
        public EditResult askOf(Graph graph) throws IOException {
            return undo ? graph.undo(user, operation) : graph.redo(user, operation);
        }
    }
}
