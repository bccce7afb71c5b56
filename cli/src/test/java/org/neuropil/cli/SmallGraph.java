package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.graph.NodeIds;
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
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// A dataset as `segment` leaves it: two rows of voxels along x, y = 0 and y = 1, 16 long, cut in supervoxels of 4 voxels;
/// two chunks of 8. Each row is a cell. Neighbours in a row have an edge of affinity 0.8, neighbours across of 0.2.
final class SmallGraph {
    private static final Int3 CHUNK = new Int3(8, 2, 1);
    private static final Box BOUNDS = new Box(Int3.ZERO, new Int3(16, 2, 1));
    private static final NodeIds IDS = new NodeIds(3, 10);

    private SmallGraph() {}

    /// The supervoxel of a voxel.
    static long supervoxel(int x, int y) {
        return IDS.id(1, new Int3(x / 8, 0, 0), 1 + x % 8 / 4 + 2 * y);
    }

    static Path write(Path folder) throws IOException {
        Dataset dataset = Dataset.openOrCreate(folder, Dataset.About.named("small"));
        Recipe recipe = new Recipe("segment", "test", 0, Map.of(), List.of());
        try (StageRun run = StageRun.open(dataset, recipe,
                new TreeMap<>(Map.of("supervoxels", Dataset.Kind.SEGMENTATION, "edges", Dataset.Kind.EDGES,
                        "segmentation", Dataset.Kind.SEGMENTATION)),
                new RunOptions(1, Progress.NONE, false, false))) {
            Volume supervoxels = volume(run.folder("supervoxels"));
            Volume segmentation = volume(run.folder("segmentation"));
            Grid grid = new Grid(BOUNDS, CHUNK);
            Files.createDirectories(run.folder("edges"));
            for (int i = 0; i < grid.count(); i++) {
                Box box = grid.box(grid.position(i));
                long[] ids = new long[box.voxels()];
                long[] segments = new long[ids.length];
                for (int v = 0; v < ids.length; v++) {
                    int y = v / 8;
                    ids[v] = supervoxel(box.min().x() + v % 8, y);
                    segments[v] = supervoxel(0, y);
                }
                supervoxels.write(0, new Block.Longs(box, ids));
                segmentation.write(0, new Block.Longs(box, segments));
                Files.write(run.folder("edges").resolve(ChunkEdges.fileName(grid.position(i))),
                        edges(grid.position(i)).toBytes());
            }
            run.commit(Map.of());
        }
        return folder;
    }

    private static Volume volume(Path folder) throws IOException {
        return PrecomputedVolume.create(new FileStore(folder),
                new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                        List.of(new VolumeInfo.Scale(new VoxelSize(10, 10, 10), BOUNDS, CHUNK))),
                PrecomputedOptions.LABELS);
    }

    private static ChunkEdges edges(Int3 chunk) {
        List<Edge> inside = new ArrayList<>();
        List<Edge> between = new ArrayList<>();
        int x = chunk.x() * 8;
        for (int y = 0; y < 2; y++) {
            inside.add(new Edge(supervoxel(x, y), supervoxel(x + 4, y), 0.8f, 1));
            int own = chunk.x() == 0 ? 4 : 8;
            between.add(new Edge(supervoxel(own, y), supervoxel(12 - own, y), 0.8f, 1));
        }
        inside.add(new Edge(supervoxel(x, 0), supervoxel(x, 1), 0.2f, 4));
        inside.add(new Edge(supervoxel(x + 4, 0), supervoxel(x + 4, 1), 0.2f, 4));
        return new ChunkEdges(inside, List.of(), between);
    }
}
