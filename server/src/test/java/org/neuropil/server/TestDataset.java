package org.neuropil.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.precomputed.ChunkCompression;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// Writes a small dataset with every kind of part, as stages would.
public final class TestDataset {
    /// Voxels of the volumes.
    public static final Box BOUNDS = Box.of(new Int3(64, 0, 32), new Int3(100, 70, 20));
    /// Bytes of the large mesh file, more than is read at once.
    public static final int LARGE = 3_000_001;
    /// Ids in the segmentation: rows of 10 voxels.
    public static final long FIRST_ID = -2_000L;

    private static final Int3 CHUNK = new Int3(64, 64, 16);
    private static final VoxelSize VOXEL = new VoxelSize(8, 8, 33);

    private TestDataset() {}

    /// Writes it.
    public static Dataset write(Path folder) throws IOException {
        Dataset dataset = Dataset.openOrCreate(folder,
                new Dataset.About("tiny", "A tiny dataset", "nobody", "CC0", "https://example.org/cc0"));
        run(dataset, recipe("import", List.of()), Map.of("em", Dataset.Kind.IMAGE), run -> {
            volume(run.folder("em"), Kind.IMAGE, DataType.UINT8, 2, ChunkCompression.GZIP);
        });
        Recipe segment = recipe("segment", List.of(dataset.input("em", "em")));
        run(dataset, segment, Map.of("segmentation", Dataset.Kind.SEGMENTATION, "supervoxels",
                Dataset.Kind.SEGMENTATION, "boundary", Dataset.Kind.IMAGE, "edges", Dataset.Kind.EDGES), run -> {
                    volume(run.folder("segmentation"), Kind.SEGMENTATION, DataType.UINT64, 1, ChunkCompression.GZIP);
                    volume(run.folder("supervoxels"), Kind.SEGMENTATION, DataType.UINT64, 1, ChunkCompression.NONE);
                    volume(run.folder("boundary"), Kind.IMAGE, DataType.UINT8, 1, ChunkCompression.NONE);
                    properties(run.folder("segmentation"));
                    Files.createDirectories(run.folder("edges"));
                    Files.write(run.folder("edges").resolve("0_0_0"), new byte[10]);
                });
        Recipe mesh = recipe("mesh", List.of(dataset.input("segmentation", "segmentation")));
        run(dataset, mesh, Map.of("meshes", Dataset.Kind.MESH), run -> meshes(run.folder("meshes")));
        run(dataset, recipe("score", List.of()), Map.of("score", Dataset.Kind.SCORE), run -> {
            Files.createDirectories(run.folder("score"));
            Json.write(run.folder("score").resolve("score.json"), Map.of("segmentation", "segmentation", "labels",
                    "labels", "adapted_rand_error", 0.25, "vi_split", 0.5, "vi_merge", 0.25, "vi_sum", 0.75,
                    "voxels_scored", 140_000, "rule", "all voxels"), false);
        });
        return dataset;
    }

    /// Random bytes of the large mesh file.
    public static byte[] large() {
        byte[] bytes = new byte[LARGE];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    private interface Stage {
        void write(StageRun run) throws IOException;
    }

    private static void run(Dataset dataset, Recipe recipe, Map<String, Dataset.Kind> parts, Stage stage)
            throws IOException {
        try (StageRun run = StageRun.open(dataset, recipe, parts, RunOptions.defaults())) {
            stage.write(run);
            run.commit(Map.of("blocks", 4));
        }
    }

    private static Recipe recipe(String verb, List<Recipe.Input> inputs) {
        return new Recipe(verb, Software.NAME, 0, Map.of("threshold", 0.5), inputs);
    }

    private static void volume(Path folder, Kind kind, DataType type, int mips, ChunkCompression compression)
            throws IOException {
        List<Scale> scales = IntStream.range(0, mips).mapToObj(mip -> {
            Int3 factor = new Int3(1 << mip, 1 << mip, 1);
            return new Scale(VOXEL.times(factor), BOUNDS.coarser(factor), CHUNK);
        }).toList();
        PrecomputedVolume volume = PrecomputedVolume.create(new FileStore(folder), new VolumeInfo(kind, type, scales),
                (kind == Kind.IMAGE ? PrecomputedOptions.RAW : PrecomputedOptions.LABELS).with(compression));
        for (int mip = 0; mip < mips; mip++) {
            Block block = Block.zeros(type, scales.get(mip).bounds());
            switch (block) {
                case Block.Bytes b -> new Random(mip).nextBytes(b.data());
                case Block.Longs b -> Arrays.setAll(b.data(), i -> FIRST_ID + i / 1000 % 7);
                default -> throw new IllegalArgumentException(type.text());
            }
            volume.write(mip, block);
        }
    }

    private static void properties(Path segmentation) throws IOException {
        List<String> ids = IntStream.range(0, 20).mapToObj(i -> Long.toUnsignedString(FIRST_ID + i)).toList();
        List<Integer> voxels = IntStream.range(0, 20).mapToObj(i -> 1000 - 100 * Math.min(i, 9)).toList();
        Json.write(segmentation.resolve("segment_properties/info"),
                Map.of("@type", "neuroglancer_segment_properties", "inline", Map.of("ids", ids, "properties",
                        List.of(Map.of("id", "voxels", "type", "number", "data_type", "uint32", "values", voxels)))),
                false);
    }

    private static void meshes(Path folder) throws IOException {
        Files.createDirectories(folder);
        Json.write(folder.resolve("info"), Map.of("@type", "neuroglancer_multilod_draco"), false);
        for (int i = 0; i < 3; i++) {
            Files.write(folder.resolve(Long.toUnsignedString(FIRST_ID + i) + ".index"), new byte[40]);
            Files.write(folder.resolve(Long.toUnsignedString(FIRST_ID + i)), i == 0 ? large() : new byte[5000]);
        }
    }
}
