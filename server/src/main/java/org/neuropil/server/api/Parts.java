package org.neuropil.server.api;

import java.util.List;
import java.util.Optional;

import org.neuropil.pipeline.Dataset;

/// Which parts of a dataset are meant where only one can be shown.
public final class Parts {
    /// Usual name of the image volume.
    public static final String IMAGE = "em";
    /// Usual name of the segmentation.
    public static final String SEGMENTATION = "segmentation";

    /// Usual name of the proofreading graph.
    public static final String GRAPH = "graph";

    private Parts() {}

    /// The part with the usual name, or else the first of the kind.
    public static Optional<String> main(Dataset dataset, Dataset.Kind kind, String usual) {
        List<String> names = names(dataset, kind);
        return names.contains(usual) ? Optional.of(usual) : names.stream().findFirst();
    }

    /// Names of the parts of a kind, in alphabetical order.
    public static List<String> names(Dataset dataset, Dataset.Kind kind) {
        return dataset.parts().entrySet().stream().filter(e -> e.getValue().kind() == kind).map(e -> e.getKey())
                .toList();
    }
}
