package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.pipeline.Dataset;
import org.neuropil.segment.score.Score;
import org.neuropil.segment.score.ScoreStage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil score`: how near a segmentation is to the truth.
@Command(name = "score", header = "Compares a segmentation with labels made by people.", description = "Prints the adapted Rand error and the variation of information; 0 is best for both.", footer = {
    "  neuropil score neuropil-demo", "  neuropil score neuropil-demo --format json"})
final class ScoreVerb extends DatasetVerb {
    @Option(names = "--segmentation", paramLabel = "PART", defaultValue = "segmentation", description = "What is judged; segmentation if left out.")
    private String segmentation = "segmentation";

    @Option(names = "--labels", paramLabel = "PART", defaultValue = "labels", description = "What is taken for true; labels if left out.")
    private String labels = "labels";

    @Override
    void run() throws IOException {
        try (Dataset dataset = Dataset.open(folder())) {
            new Stage(this, false).run("score", options -> ScoreStage.run(dataset,
                    new ScoreStage.Parameters(segmentation, labels), options));
            Score score = ScoreStage.read(dataset, segmentation, labels);
            Table table = new Table("measure", "value", "unit");
            addTo(table, score);
            print(table, score);
        }
    }

    /// Adds a score's rows to a table of measure, value and unit.
    static void addTo(Table table, Score score) {
        table.add("adapted Rand error", score.adaptedRandError(), "");
        table.add("variation of information, split", score.viSplit(), "bit");
        table.add("variation of information, merge", score.viMerge(), "bit");
        table.add("variation of information, sum", score.viSum(), "bit");
        table.add("voxels scored", score.voxelsScored(), "voxels");
    }
}
