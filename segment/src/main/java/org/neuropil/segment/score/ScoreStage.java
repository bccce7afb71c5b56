package org.neuropil.segment.score;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.store.FileStore;

/// The verb `score`: compares a segmentation with labels, voxel by voxel at the finest mip.
public final class ScoreStage {
    private static final String FILE = "score.json";

    private ScoreStage() {}

    /// What to compare.
    ///
    /// @param segmentation part to be judged
    /// @param labels part that is held to be true
    public record Parameters(String segmentation, String labels) {
        /// Name of the part that holds the result.
        public String part() {
            return "score-" + segmentation + "-" + labels;
        }
    }

    /// Compares, and leaves `score.json`. A score of an earlier segmentation is replaced: it tells of something that is
    /// no longer there.
    ///
    /// @throws InputException if a part is missing or no segmentation, or their bounds or voxel sizes differ, or no
    ///         voxel has a label
    public static Provenance run(Dataset dataset, Parameters parameters, RunOptions options) throws IOException {
        Volume segmentation = volume(dataset, parameters.segmentation(), "--segmentation");
        Volume labels = volume(dataset, parameters.labels(), "--labels");
        VolumeInfo.Scale scale = segmentation.info().scale(0);
        if (!scale.bounds().equals(labels.info().scale(0).bounds())
                || !scale.voxelSize().equals(labels.info().scale(0).voxelSize())) {
            throw new InputException("'" + parameters.segmentation() + "' (" + words(scale) + ") and '"
                    + parameters.labels() + "' (" + words(labels.info().scale(0)) + ") do not lie on the same voxels",
                    dataset.folder().toString(), "compare volumes of the same bounds and voxel size");
        }
        Recipe recipe = new Recipe("score", Software.NAME, 0, Map.of("rule", Score.RULE),
                List.of(dataset.input("segmentation", parameters.segmentation()),
                        dataset.input("labels", parameters.labels())));
        try (StageRun run = StageRun.open(dataset, recipe, Map.of(parameters.part(), Dataset.Kind.SCORE),
                options.forced())) {
            if (run.finished().isPresent()) {
                return run.finished().get();
            }
            Grid grid = segmentation.info().scale(0).grid();
            FileStore pairs = new FileStore(run.scratch());
            run.run(BlockJob.of("compare", grid.count(), block -> grid.box(block).toString(), block -> {
                Contingency part = new Contingency();
                part.add(labels.read(0, grid.box(block)).ids().data(),
                        segmentation.read(0, grid.box(block)).ids().data());
                pairs.put("pairs_" + block, part.toBytes());
            }));
            Contingency all = new Contingency();
            for (int block = 0; block < grid.count(); block++) {
                all.add(Contingency.of(Files.readAllBytes(run.scratch().resolve("pairs_" + block))));
            }
            Score score = all.score();
            if (score.voxelsScored() == 0) {
                throw new InputException("no voxel of '" + parameters.labels() + "' has a label",
                        dataset.path(parameters.labels()).toString(), "give labels other than 0");
            }
            Map<String, Object> figures = figures(parameters, score);
            Json.write(run.folder(parameters.part()).resolve(FILE), figures, true);
            return run.commit(figures);
        }
    }

    /// The score that a run has left.
    ///
    /// @throws InputException if there is none
    public static Score read(Dataset dataset, String segmentation, String labels) throws IOException {
        return Json.read(dataset.path(new Parameters(segmentation, labels).part()).resolve(FILE), Score.class);
    }

    private static Map<String, Object> figures(Parameters parameters, Score score) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("segmentation", parameters.segmentation());
        map.put("labels", parameters.labels());
        map.put("adapted_rand_error", score.adaptedRandError());
        map.put("rand_precision", score.randPrecision());
        map.put("rand_recall", score.randRecall());
        map.put("vi_split", score.viSplit());
        map.put("vi_merge", score.viMerge());
        map.put("vi_sum", score.viSum());
        map.put("label_count", score.labelCount());
        map.put("segment_count", score.segmentCount());
        map.put("voxels_scored", score.voxelsScored());
        map.put("voxels_ignored", score.voxelsIgnored());
        map.put("rule", score.rule());
        return map;
    }

    private static Volume volume(Dataset dataset, String part, String option) throws IOException {
        Volume volume = dataset.volume(part);
        if (volume.info().kind() != VolumeInfo.Kind.SEGMENTATION) {
            throw new InputException("part '" + part + "' is an image, not a segmentation", option,
                    "name a segmentation, as 'neuropil info' lists them");
        }
        return volume;
    }

    private static String words(VolumeInfo.Scale scale) {
        return scale.bounds() + " at " + scale.voxelSize();
    }
}
