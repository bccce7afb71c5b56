package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.ingest.GraphInput;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.volumes.VolumePart;
import org.neuropil.segment.SegmentStage;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.format.OpenOptions;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a graph is made from.
final class IngestOptions {
    @Option(names = "--supervoxels", paramLabel = "PART", defaultValue = "supervoxels", description = "The supervoxels, whose ids are those of a graph; with --labels, the part to be made of them. supervoxels if left out.")
    private String supervoxels = "supervoxels";

    @Option(names = "--edges", paramLabel = "PART|FOLDER|FILE", description = "Part with the files of edges, edges if left out, or a folder of PyChunkedGraph's files edges_x_y_z.proto.zst, one for each chunk; with --labels, a CSV file of sv1,sv2,affinity[,area], where sv are labels.")
    private @Nullable String edges;

    @Option(names = "--segmentation", paramLabel = "PART", description = "Edges within a segment of this part join; segmentation if nothing else says what joins.")
    private @Nullable String segmentation;

    @Option(names = "--threshold", paramLabel = "T", description = "Edges of at least this affinity join.")
    private @Nullable Float threshold;

    @Option(names = "--components", paramLabel = "FOLDER", description = "Edges within a component of PyChunkedGraph's files components_x_y_z.proto join.")
    private @Nullable Path components;

    @Option(names = "--from-edges", description = "Supervoxels are those that have edges; do not look at the voxels.")
    private boolean fromEdges;

    @Option(names = "--chunk", paramLabel = "X,Y,Z", description = "Voxels of a chunk; left out, the chunk of the supervoxels' volume, or 64,64,64 of labels.")
    private @Nullable Int3 chunk;

    @Option(names = "--spatial-bits", paramLabel = "N", description = "Of the ids, per axis of the grid of chunks; left out, what 'segment' gives such a grid.")
    private @Nullable Integer spatialBits;

    @Option(names = "--labels", paramLabel = "SOURCE", description = "Labels of any kind instead: a part of the dataset, or a volume's address.")
    private @Nullable String labels;

    @Option(names = "--mapping", paramLabel = "FILE", description = "With --labels: a CSV file of sv,segment; labels of one segment that touch are joined.")
    private @Nullable Path mapping;

    @Mixin
    private PartOptions part = new PartOptions();

    /// @throws picocli.CommandLine.ParameterException if options do not go together
    void check(Verb verb) {
        if (labels != null) {
            if (segmentation != null || components != null || fromEdges || spatialBits != null) {
                throw verb
                        .usage("--segmentation, --components, --from-edges and --spatial-bits are of supervoxels, and "
                                + "--labels are given");
            }
            return;
        }
        if (mapping != null || !part.isAll()) {
            throw verb.usage("--mapping, --mip, --box and --unit are of --labels, and there are none");
        }
        int joins = (segmentation == null ? 0 : 1) + (threshold == null ? 0 : 1) + (components == null ? 0 : 1);
        if (joins > 1) {
            throw verb.usage("--segmentation, --threshold and --components each say what joins; give one of them");
        }
    }

    /// What is given.
    GraphInput input(Verb verb, Dataset dataset) throws IOException {
        return labels == null ? segmented() : labelled(verb, dataset, labels);
    }

    private GraphInput segmented() {
        GraphInput.Joined joined = threshold != null
                ? new GraphInput.ByAffinity(threshold)
                : components != null
                        ? new GraphInput.ByComponents(components)
                        : new GraphInput.BySegmentation(segmentation == null ? "segmentation" : segmentation);
        return new GraphInput.Segmented(supervoxels, edges == null ? "edges" : edges, joined, fromEdges,
                Optional.ofNullable(chunk), spatialBits == null ? OptionalInt.empty() : OptionalInt.of(spatialBits));
    }

    private GraphInput labelled(Verb verb, Dataset dataset, String source) throws IOException {
        String place = dataset.parts().containsKey(source) && !Files.exists(Path.of(source))
                ? dataset.path(source).toString()
                : source;
        VolumePart volume = part.part(verb, place, OpenOptions.NONE);
        if (dataset.parts().containsKey(supervoxels)
                && dataset.path(supervoxels).toAbsolutePath().normalize().equals(Path.of(place).toAbsolutePath()
                        .normalize())) {
            throw new InputException("'" + supervoxels + "' is the volume of labels itself", "--supervoxels",
                    "name another part");
        }
        return new GraphInput.Labelled(volume, chunk == null ? SegmentStage.Parameters.defaults().chunk() : chunk,
                supervoxels, Optional.ofNullable(edges).map(Path::of), Optional.ofNullable(mapping),
                Optional.ofNullable(threshold));
    }
}
