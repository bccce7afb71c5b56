package org.neuropil.graph.trial;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.SplitRequest;

/// An edit that somebody asks for.
///
/// @param user who
/// @param source supervoxel of a merge or split, else 0
/// @param sink supervoxel of a merge or split, else 0
/// @param target operation of an undo or redo, else 0
record Ask(Kind kind, String user, long source, long sink, long target) {
    /// Asks a graph for it.
    EditResult of(Graph graph, Links links) throws IOException {
        return switch (kind) {
            case MERGE -> graph.merge(new MergeRequest(user, links.point(links.place(source)),
                    links.point(links.place(sink)), Integer.MAX_VALUE, false));
            case SPLIT -> graph.split(SplitRequest.of(user, List.of(links.point(links.place(source))),
                    List.of(links.point(links.place(sink)))));
            case UNDO -> graph.undo(user, target);
            case REDO -> graph.redo(user, target);
        };
    }

    /// True if an operation of the log is what was asked for.
    boolean isOf(Operation operation) {
        boolean points = kind == Kind.MERGE || kind == Kind.SPLIT;
        return operation.kind() == kind && operation.user().equals(user)
                && Arrays.equals(operation.sourceSupervoxels(), points ? new long[]{source} : new long[0])
                && Arrays.equals(operation.sinkSupervoxels(), points ? new long[]{sink} : new long[0])
                && operation.target().orElse(0L) == target;
    }

    /// In one line.
    String line() {
        return kind + " " + user + " " + source + " " + sink + " " + target;
    }

    /// The inverse of [#line].
    static Ask parse(String line) {
        String[] words = line.split(" ", -1);
        return new Ask(Kind.valueOf(words[0]), words[1], Long.parseLong(words[2]), Long.parseLong(words[3]),
                Long.parseLong(words[4]));
    }
}
