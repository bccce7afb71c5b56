package org.neuropil.graph.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;

/// What the log says of an operation: who asked for what.
final class Description {
    private Description() {}

    /// @param model before the operation
    static void check(ModelGraph model, Request request, Operation operation) {
        Kind kind;
        String user;
        List<EditPoint> sources = List.of();
        List<EditPoint> sinks = List.of();
        Optional<Long> target = Optional.empty();
        switch (request) {
            case Request.Merge merge -> {
                kind = Kind.MERGE;
                user = merge.merge().user();
                sources = List.of(merge.merge().source());
                sinks = List.of(merge.merge().sink());
            }
            case Request.Split split -> {
                kind = Kind.SPLIT;
                user = split.split().user();
                sources = split.split().sources();
                sinks = split.split().sinks();
            }
            case Request.Again again -> {
                kind = again.undo() ? Kind.UNDO : Kind.REDO;
                user = again.user();
                target = Optional.of(again.operation());
            }
        }
        assertThat(operation.id()).as("id").isEqualTo(model.epochs.size());
        assertThat(operation.kind()).as("kind").isEqualTo(kind);
        assertThat(operation.user()).as("user").isEqualTo(user);
        assertThat(operation.sources()).as("sources").isEqualTo(sources);
        assertThat(operation.sinks()).as("sinks").isEqualTo(sinks);
        assertThat(operation.sourceSupervoxels()).as("source supervoxels")
                .isEqualTo(Expected.supervoxels(model, sources));
        assertThat(operation.sinkSupervoxels()).as("sink supervoxels").isEqualTo(Expected.supervoxels(model, sinks));
        assertThat(operation.target()).as("target").isEqualTo(target);
        assertThat(operation.supervoxelSplits()).as("supervoxels that were cut").isEmpty();
    }
}
