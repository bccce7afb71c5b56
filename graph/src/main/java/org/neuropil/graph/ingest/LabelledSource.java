package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// Labels of any kind, cut at the borders of chunks.
record LabelledSource(GraphInput.Labelled input, Volume volume, List<Recipe.Input> inputs) implements IngestSource {
    /// Folder of [LabelFiles] in the part that is the graph.
    static final String LABELS = "labels";

    static LabelledSource open(GraphInput.Labelled input) throws IOException {
        Volume volume = input.labels().volume();
        if (volume.info().type().isFloat()) {
            throw new InputException("voxels are " + volume.info().type().text() + ", and labels are whole numbers",
                    input.labels().uri().toString(), "");
        }
        List<Recipe.Input> inputs = new ArrayList<>(List.of(input.labels().input(volume)));
        if (input.edges().isPresent()) {
            inputs.add(Digests.file("edges", input.edges().get()));
        }
        if (input.mapping().isPresent()) {
            inputs.add(Digests.file("mapping", input.mapping().get()));
        }
        return new LabelledSource(input, volume, inputs);
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> map = new TreeMap<>();
        map.put("chunk", List.of(input.chunk().x(), input.chunk().y(), input.chunk().z()));
        map.put("mip", input.labels().mip());
        map.put("box", input.labels().box().map(Box::toString).orElse("all"));
        map.put("supervoxels", input.supervoxels());
        input.threshold().ifPresent(least -> map.put("threshold", least));
        return map;
    }

    @Override
    public Map<String, Dataset.Kind> parts() {
        return Map.of(input.supervoxels(), Dataset.Kind.SEGMENTATION);
    }

    @Override
    public String supervoxels() {
        return input.supervoxels();
    }

    @Override
    public GraphPlan plan(Instant ingested) {
        return GraphPlan.of(input.labels().box(volume), input.chunk(), input.labels().scale(volume).voxelSize(),
                ingested);
    }

    @Override
    public ChunkSource prepare(StageRun run, String graph, GraphPlan plan, Map<String, Object> figures)
            throws IOException {
        FileStore scratch = new FileStore(run.scratch());
        Volume supervoxels = PrecomputedVolume.create(new FileStore(run.folder(input.supervoxels())),
                new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                        List.of(new VolumeInfo.Scale(plan.voxelSize(), plan.bounds(), plan.chunk()))),
                PrecomputedOptions.LABELS);
        RecordList list = null;
        long rows = 0;
        if (input.edges().isPresent()) {
            list = new RecordList(scratch, "affinities");
            rows = RecordList.ofEdges(input.edges().get(), list);
        }
        RecordList mapping = null;
        if (input.mapping().isPresent()) {
            mapping = new RecordList(scratch, "mapping");
            RecordList.ofMapping(input.mapping().get(), mapping);
        }
        LabelFiles files = new LabelFiles(new FileStore(run.folder(graph).resolve(LABELS)));
        LabelCut cut = new LabelCut(plan, volume, input.labels().mip(), supervoxels, files, list, mapping, scratch);
        Grid grid = plan.grid();
        run.run(BlockJob.of("cut", grid.count(), i -> grid.box(i).toString(), i -> cut.cut(grid.position(i))));
        run.run(BlockJob.of("contacts", grid.count(), i -> grid.box(i).toString(), i -> cut.touch(grid.position(i))));
        LabelCut.Rows used = cut.apart(rows);
        if (list != null) {
            figures.put("list_rows", rows);
            figures.put("list_rows_apart", used.apart());
            figures.put("list_rows_absent", used.absent());
        }
        boolean byAffinity = input.threshold().isPresent();
        Activity activity = byAffinity
                ? new Activity.Threshold(input.threshold().orElseThrow())
                : new Activity.SameSegment(plan.ids(), scratch, true);
        return new EdgeFiles(plan, scratch, activity, scratch, true);
    }

    /// The labels of the supervoxels of a graph that was made of labels.
    ///
    /// @param graph folder of the graph
    static @Nullable LabelFiles labels(Path graph) {
        Path folder = graph.resolve(LABELS);
        return java.nio.file.Files.isDirectory(folder) ? new LabelFiles(new FileStore(folder)) : null;
    }
}
