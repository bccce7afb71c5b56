package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.graph.voxels.SupervoxelCut;
import org.neuropil.graph.voxels.SupervoxelPatch;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.StageRun;
import org.neuropil.server.http.Answer;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.precomputed.PrecomputedInfo;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;
import org.neuropil.volume.store.MemoryStore;

class PartSupervoxelsTest {
    private static final VoxelSize SIZE = new VoxelSize(8, 8, 8);
    private static final Box BOUNDS = Box.of(new Int3(16, 0, 8), new Int3(16, 8, 8));
    private static final Int3 CHUNK = Int3.all(8);
    private static final long WHOLE = 7;
    private static final long OTHER = 9;
    private static final long[] PARTS = {101, 102};

    @TempDir
    Path folder = Path.of("");

    @Test
    void chunksWithoutACutGoOutAsTheyLieThere() throws IOException {
        Dataset dataset = dataset(PrecomputedOptions.LABELS);
        PartSupervoxels served = served(dataset, List.of());
        PrecomputedVolume stored = PrecomputedVolume.open(new FileStore(dataset.path("supervoxels")));
        Answer.Resource file = served.file(stored.chunkKey(0, first())).orElseThrow();
        assertThat(file.etag()).doesNotStartWith("cut-");
        assertThat(served.file("8_8_8/0-8_0-8_0-8")).isEmpty();
        assertThat(served.file("info")).isPresent();
    }

    @Test
    void voxelsOfASupervoxelThatWasCutHaveTheIdsOfItsParts() throws IOException {
        for (PrecomputedOptions options : List.of(PrecomputedOptions.LABELS, PrecomputedOptions.RAW,
                PrecomputedOptions.LABELS.sharded())) {
            Dataset dataset = dataset(options);
            PartSupervoxels served = served(dataset, patches());
            PrecomputedVolume seen = seen(served);
            Block.Longs labels = seen.read(0, BOUNDS).ids();
            for (int i = 0; i < labels.data().length; i++) {
                long before = plain().data()[i];
                if (before == WHOLE) {
                    assertThat(labels.data()[i]).isIn(PARTS[0], PARTS[1]);
                } else {
                    assertThat(labels.data()[i]).isEqualTo(before);
                }
            }
            assertThat(labels.data()).contains(PARTS[0], PARTS[1]);
            assertThat(served.ids(first())).containsExactly(OTHER, PARTS[0], PARTS[1]);
            Block.Longs coarse = seen.read(1, new Box(new Int3(8, 0, 4), new Int3(16, 4, 8))).ids();
            assertThat(coarse.data()).doesNotContain(WHOLE).contains(PARTS[0], PARTS[1]);
        }
    }

    private static Box first() {
        return Box.of(BOUNDS.min(), CHUNK);
    }

    /// One supervoxel fills most of the first chunk; another is everywhere else.
    private static Block.Longs plain() {
        long[] labels = new long[BOUNDS.voxels()];
        for (int z = 8; z < 16; z++) {
            for (int y = 0; y < 8; y++) {
                for (int x = 16; x < 32; x++) {
                    labels[BOUNDS.index(x, y, z)] = x < 24 && y < 4 ? WHOLE : OTHER;
                }
            }
        }
        return new Block.Longs(BOUNDS, labels);
    }

    private static List<SupervoxelPatch> patches() {
        SupervoxelCut cut = SupervoxelCut.of(plain(), new long[]{WHOLE}, SIZE, List.of(new Int3(16, 1, 12)),
                List.of(new Int3(23, 1, 12)));
        return cut.patches(cut.ids(fragment -> PARTS[fragment.number() - 1]));
    }

    private Dataset dataset(PrecomputedOptions options) throws IOException {
        Dataset dataset = Dataset.openOrCreate(folder.resolve(Integer.toHexString(options.hashCode())),
                Dataset.About.named("cut"));
        VolumeInfo info = new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                List.of(new VolumeInfo.Scale(SIZE, BOUNDS, CHUNK), new VolumeInfo.Scale(SIZE.times(Int3.all(2)),
                        new Box(new Int3(8, 0, 4), new Int3(16, 4, 8)), CHUNK)));
        Recipe recipe = new Recipe("import", Software.NAME, 0, Map.of(), List.of());
        try (StageRun run = StageRun.open(dataset, recipe, Map.of("supervoxels", Dataset.Kind.SEGMENTATION),
                RunOptions.defaults())) {
            PrecomputedVolume volume = PrecomputedVolume.create(new FileStore(run.folder("supervoxels")), info, options);
            volume.write(0, plain());
            long[] coarse = new long[8 * 4 * 4];
            for (int i = 0; i < coarse.length; i++) {
                coarse[i] = i % 8 < 4 && i / 8 % 4 < 2 ? WHOLE : OTHER;
            }
            volume.write(1, new Block.Longs(info.scale(1).bounds(), coarse));
            run.commit(Map.of());
        }
        return dataset;
    }

    private static PartSupervoxels served(Dataset dataset, List<SupervoxelPatch> patches) throws IOException {
        SupervoxelVolume volume = SupervoxelVolume.of(dataset.volume("supervoxels"));
        PatchedSupervoxels patched = new PatchedSupervoxels(volume, new Grid(BOUNDS, CHUNK),
                chunk -> chunk.equals(Int3.ZERO) ? patches : List.of());
        return new PartSupervoxels(new LiveDataset(dataset.folder()), "supervoxels", patched);
    }

    /// The volume as a client reads it that knows nothing but what is served.
    private static PrecomputedVolume seen(PartSupervoxels served) throws IOException {
        MemoryStore files = new MemoryStore();
        files.put(PrecomputedInfo.KEY, Json.bytes(served.info()));
        PrecomputedVolume volume = PrecomputedVolume.open(files);
        for (int mip = 0; mip < 2; mip++) {
            Grid grid = new Grid(volume.info().scale(mip).bounds(), CHUNK);
            for (int i = 0; i < grid.count(); i++) {
                String key = volume.chunkKey(mip, grid.box(i));
                Answer.Resource file = served.file(key).orElseThrow();
                if (file.plain() != null) {
                    files.put(key, file.plain().read());
                } else if (file.gzip() != null) {
                    files.put(key + ".gz", file.gzip().read());
                }
            }
        }
        return volume;
    }
}
