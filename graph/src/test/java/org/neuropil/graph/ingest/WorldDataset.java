package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.StageRun;
import org.neuropil.segment.ChunkEdges;
import org.neuropil.segment.Edge;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// A dataset with the parts that `segment` leaves, of a [RandomWorld].
final class WorldDataset {
    private WorldDataset() {}

    static RunOptions options(int threads) {
        return new RunOptions(threads, Progress.NONE, false, false);
    }

    /// Writes it.
    ///
    /// @param segment of each supervoxel
    static Dataset write(Path folder, RandomWorld world, LongUnaryOperator segment) throws IOException {
        Dataset dataset = Dataset.openOrCreate(folder, Dataset.About.named("world"));
        Recipe recipe = new Recipe("segment", "test", 0, Map.of(), List.of());
        try (StageRun run = StageRun.open(dataset, recipe, Map.of("supervoxels", Dataset.Kind.SEGMENTATION, "edges",
                Dataset.Kind.EDGES, "segmentation", Dataset.Kind.SEGMENTATION), options(1))) {
            Volume supervoxels = volume(run.folder("supervoxels"), world.plan);
            Volume segmentation = volume(run.folder("segmentation"), world.plan);
            Grid grid = world.plan.grid();
            for (int i = 0; i < grid.count(); i++) {
                Int3 chunk = grid.position(i);
                Box box = grid.box(chunk);
                long[] ids = new long[box.voxels()];
                long[] segments = new long[ids.length];
                long[] numbers = world.supervoxels.get(i);
                for (int v = 0; v < ids.length && numbers.length > 0; v++) {
                    // Some voxels of background.
                    ids[v] = v % 7 == 6 ? 0 : world.ids.id(1, chunk, numbers[v % numbers.length]);
                    segments[v] = ids[v] == 0 ? 0 : segment.applyAsLong(ids[v]);
                }
                supervoxels.write(0, new Block.Longs(box, ids));
                segmentation.write(0, new Block.Longs(box, segments));
                Files.createDirectories(run.folder("edges"));
                Files.write(run.folder("edges").resolve(ChunkEdges.fileName(chunk)), edges(world, chunk).toBytes());
            }
            run.commit(Map.of());
        }
        return dataset;
    }

    static Volume volume(Path folder, GraphPlan plan) throws IOException {
        return PrecomputedVolume.create(new FileStore(folder),
                new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                        List.of(new VolumeInfo.Scale(plan.voxelSize(), plan.bounds(), plan.chunk()))),
                PrecomputedOptions.LABELS);
    }

    private static ChunkEdges edges(RandomWorld world, Int3 chunk) {
        long own = world.ids.id(1, chunk, 0);
        List<Edge> inside = new ArrayList<>();
        List<Edge> cut = new ArrayList<>();
        List<Edge> between = new ArrayList<>();
        for (RandomWorld.Link link : world.links) {
            boolean first = world.ids.chunkId(link.a()) == own;
            boolean second = world.ids.chunkId(link.b()) == own;
            if (first || second) {
                Edge edge = first
                        ? new Edge(link.a(), link.b(), link.affinity(), link.area())
                        : new Edge(link.b(), link.a(), link.affinity(), link.area());
                (first && second ? inside : edge.isCut() ? cut : between).add(edge);
            }
        }
        return new ChunkEdges(inside, cut, between);
    }
}
