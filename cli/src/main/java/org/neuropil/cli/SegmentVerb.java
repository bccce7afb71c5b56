package org.neuropil.cli;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.segment.SegmentStage;
import org.neuropil.space.Int3;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil segment`: an image volume becomes cells.
@Command(name = "segment", header = "Finds the cells in an image volume.", description = "Makes the parts boundary, supervoxels, edges and segmentation.", footer = {
    "  neuropil segment neuropil-demo", "  neuropil segment neuropil-demo --threshold 0.4 --force"})
final class SegmentVerb extends DatasetVerb {
    @Option(names = "--image", paramLabel = "PART", defaultValue = "em", description = "The image; em if left out.")
    private String image = "em";

    @Option(names = "--threshold", paramLabel = "T", description = "Mean affinity from which on boundaries are kept, 0 (all is one segment) to 1 (none is joined); 0.47 if left out.")
    private @Nullable Double threshold;

    @Option(names = "--min-voxels", paramLabel = "N", description = "Smallest segment that is listed by name; 1000 if left out.")
    private @Nullable Long minVoxels;

    @Option(names = "--chunk", paramLabel = "X,Y,Z", description = "Voxels of a chunk of the proofreading graph; 64,64,64 if left out.")
    private @Nullable Int3 chunk;

    @Override
    void run() throws IOException {
        SegmentStage.Parameters parameters = SegmentStage.Parameters.defaults().withImage(image);
        if (threshold != null) {
            parameters = parameters.withThreshold(threshold);
        }
        if (minVoxels != null) {
            parameters = parameters.withMinVoxels(minVoxels);
        }
        if (chunk != null) {
            parameters = parameters.withChunk(chunk);
        }
        SegmentStage.Parameters all = parameters;
        try (Dataset dataset = Dataset.open(folder())) {
            new Stage(this, false).runAndPrint("segment", options -> SegmentStage.run(dataset, all, options));
        }
    }
}
