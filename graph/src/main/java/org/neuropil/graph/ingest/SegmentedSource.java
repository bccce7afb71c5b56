package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.graph.NodeIds;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.StageRun;
import org.neuropil.segment.SupervoxelIds;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.store.FileStore;

/// Supervoxels whose ids are those of a graph already.
///
/// @param volume of the supervoxels
/// @param segmentation of their segments; the supervoxels again if segments are not asked for
record SegmentedSource(GraphInput.Segmented input, Volume volume, Volume segmentation, Path edges,
        List<Recipe.Input> inputs) implements IngestSource {
    static SegmentedSource open(Dataset dataset, GraphInput.Segmented input) throws IOException {
        Volume volume = ids(dataset, input.supervoxels(), "--supervoxels");
        List<Recipe.Input> inputs = new ArrayList<>(List.of(dataset.input("supervoxels", input.supervoxels())));
        Path edges = edges(dataset, input.edges(), inputs);
        Volume segmentation = volume;
        switch (input.joined()) {
            case GraphInput.BySegmentation by -> {
                segmentation = ids(dataset, by.part(), "--segmentation");
                inputs.add(dataset.input("segmentation", by.part()));
                if (!segmentation.info().scale(0).bounds().equals(volume.info().scale(0).bounds())) {
                    throw new InputException("part '" + by.part() + "' has bounds "
                            + segmentation.info().scale(0).bounds() + " and not those of the supervoxels, "
                            + volume.info().scale(0).bounds(), "--segmentation", "");
                }
                if (input.fromEdges()) {
                    throw new InputException("is to be read, and voxels are not", "--segmentation",
                            "give a threshold or components instead");
                }
            }
            case GraphInput.ByAffinity _ -> {
            }
            case GraphInput.ByComponents by -> inputs.add(Digests.folder("components", by.folder()));
        }
        return new SegmentedSource(input, volume, segmentation, edges, inputs);
    }

    /// A part of the dataset, or a folder of such files from elsewhere.
    private static Path edges(Dataset dataset, String name, List<Recipe.Input> inputs) throws IOException {
        Dataset.Part part = dataset.parts().get(name);
        if (part != null && part.kind() == Dataset.Kind.EDGES) {
            inputs.add(dataset.input("edges", name));
            return dataset.path(name);
        }
        if (part != null || name.isEmpty() || !Files.isDirectory(Path.of(name))) {
            throw new InputException("there is no part '" + name + "' of edges, and no folder", "--edges",
                    "make it with 'neuropil segment', or name a folder of files edges_x_y_z.proto.zst");
        }
        inputs.add(Digests.folder("edges", Path.of(name)));
        return Path.of(name);
    }

    private static Volume ids(Dataset dataset, String part, String field) throws IOException {
        Volume volume = dataset.volume(part);
        if (volume.info().kind() != VolumeInfo.Kind.SEGMENTATION) {
            throw new InputException("part '" + part + "' is an image and no volume of ids", field, "");
        }
        return volume;
    }

    private Int3 chunk() {
        return input.chunk().orElse(volume.info().scale(0).chunk());
    }

    private int bits() {
        Int3 shape = new Grid(volume.info().scale(0).bounds(), chunk()).shape();
        return input.spatialBits().orElse(SupervoxelIds.forGrid(shape).bits());
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> map = new TreeMap<>();
        map.put("chunk", List.of(chunk().x(), chunk().y(), chunk().z()));
        map.put("spatial_bits", bits());
        map.put("from_edges", input.fromEdges());
        map.put("supervoxels", input.supervoxels());
        map.put("joined", switch (input.joined()) {
            case GraphInput.BySegmentation _ -> "segmentation";
            case GraphInput.ByAffinity by -> by.least();
            case GraphInput.ByComponents _ -> "components";
        });
        return map;
    }

    @Override
    public Map<String, Dataset.Kind> parts() {
        return Map.of();
    }

    @Override
    public String supervoxels() {
        return input.supervoxels();
    }

    @Override
    public GraphPlan plan(Instant ingested) {
        VolumeInfo.Scale scale = volume.info().scale(0);
        Int3 shape = new Grid(scale.bounds(), chunk()).shape();
        int layers = SupervoxelIds.layers(shape);
        int most = Math.max(shape.x(), Math.max(shape.y(), shape.z()));
        int bits = bits();
        if (bits < Math.max(1, layers - 2) || bits > 17 || most > 1 << bits) {
            throw new InputException(bits + " spatial bits do not hold a grid of " + shape + " chunks",
                    "--spatial-bits", "leave it out, or give what the ids were made with");
        }
        return new GraphPlan(scale.bounds(), chunk(), scale.voxelSize(), new NodeIds(layers, bits), ingested);
    }

    @Override
    public ChunkSource prepare(StageRun run, String graph, GraphPlan plan, Map<String, Object> figures)
            throws IOException {
        FileStore scratch = new FileStore(run.scratch());
        if (!input.fromEdges()) {
            VoxelTables tables = new VoxelTables(plan, volume, segmentation, scratch);
            Grid grid = plan.grid();
            run.run(BlockJob.of("supervoxels", grid.count(), i -> "chunk " + grid.position(i),
                    i -> tables.write(grid.position(i))));
        }
        Activity activity = switch (input.joined()) {
            case GraphInput.BySegmentation _ -> new Activity.SameSegment(plan.ids(), scratch, false);
            case GraphInput.ByAffinity by -> new Activity.Threshold(by.least());
            case GraphInput.ByComponents by -> new Activity.SameComponent(new FileStore(by.folder()));
        };
        return new EdgeFiles(plan, new FileStore(edges), activity, scratch, !input.fromEdges());
    }
}
