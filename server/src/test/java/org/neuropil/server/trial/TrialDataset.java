package org.neuropil.server.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// A dataset with a segmentation of cells that are slabs, for rows that are bound to them.
final class TrialDataset {
    static final String NAME = "trial";
    /// Length of the volume's edges, in voxels.
    static final int EDGE = 64;
    private static final int SLAB = 8;
    private static final VoxelSize VOXEL = new VoxelSize(16, 16, 40);

    private TrialDataset() {}

    /// The cell at a voxel.
    static long cell(int x) {
        return 1L + x / SLAB;
    }

    /// Writes it.
    static void write(Path folder) throws IOException {
        try (Dataset dataset = Dataset.openOrCreate(folder,
                new Dataset.About(NAME, "A dataset under trial", "nobody", "CC0", "https://example.org/cc0"));
                StageRun run = StageRun.open(dataset, new Recipe("segment", Software.NAME, 0, Map.of(), List.of()),
                        Map.of("segmentation", Dataset.Kind.SEGMENTATION), RunOptions.defaults())) {
            Box bounds = Box.of(new Int3(0, 0, 0), new Int3(EDGE, EDGE, EDGE));
            PrecomputedVolume volume = PrecomputedVolume.create(new FileStore(run.folder("segmentation")),
                    new VolumeInfo(Kind.SEGMENTATION, DataType.UINT64,
                            List.of(new Scale(VOXEL, bounds, new Int3(EDGE, EDGE, EDGE)))),
                    PrecomputedOptions.LABELS);
            Block.Longs block = (Block.Longs) Block.zeros(DataType.UINT64, bounds);
            // x varies fastest
            Arrays.setAll(block.data(), i -> cell(i % EDGE));
            volume.write(0, block);
            run.commit(Map.of("blocks", 1));
        }
    }

    /// Freezes what there is, while no server has it open or its rows are in a database that several may use.
    ///
    /// @param rows as for [OpenTables#open]
    /// @return number of the version
    static int freeze(Path folder, String rows) throws IOException {
        try (Dataset dataset = Dataset.open(folder);
                Tables tables = OpenTables.of(folder, rows, dataset.volume("segmentation"))) {
            return tables.freeze(OptionalInt.empty(), "after a kill").number();
        }
    }
}
