package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.kernel.Mips;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.stack.SectionStack;
import org.neuropil.volume.store.FileStore;

/// The verb `import`: a stack of sections becomes a multi-resolution precomputed volume.
public final class ImportStage {
    /// Chunks of 64 voxels an edge: 256 KiB of 8-bit image, what Neuroglancer likes to fetch.
    public static final Int3 DEFAULT_CHUNK = Int3.all(64);

    /// A block decodes each of its sections once and holds at most this many voxels (but at least one chunk's column).
    private static final long BLOCK_VOXELS = 1 << 26;

    private ImportStage() {}

    /// What to import.
    ///
    /// @param sections folder of PNG or TIFF sections, or one multi-page TIFF; grey of 8 or 16 bits, TIFF also of 32
    /// @param part name of the part to make
    /// @param kind [Dataset.Kind#IMAGE], or [Dataset.Kind#SEGMENTATION] for labels, which become uint64
    /// @param voxelSize of a section's pixel and of the distance between sections
    /// @param chunk of the volume, in voxels
    public record Parameters(Path sections, String part, Dataset.Kind kind, VoxelSize voxelSize, Int3 chunk) {
        /// @throws InputException if the kind is no volume's or the chunk is not of a sensible size
        public Parameters {
            if (kind != Dataset.Kind.IMAGE && kind != Dataset.Kind.SEGMENTATION) {
                throw new InputException("'" + kind + "' is not what sections can become", "kind",
                        "use IMAGE or SEGMENTATION");
            }
            checkChunk(chunk);
        }
    }

    /// @throws InputException if a chunk is not of a sensible size
    static void checkChunk(Int3 chunk) {
        if (Math.min(chunk.x(), Math.min(chunk.y(), chunk.z())) < 1
                || Math.max(chunk.x(), Math.max(chunk.y(), chunk.z())) > 1024 || chunk.volume() > 1 << 24) {
            throw new InputException("chunk " + chunk + " is not between 1,1,1 and 1024 an edge with at most 2^24 "
                    + "voxels", "--chunk", "use for example 64,64,64");
        }
    }

    /// Works out what [#run] would do, without writing anything.
    ///
    /// @throws InputException if the sections cannot be used; names the file
    public static Plan plan(Parameters parameters) throws IOException {
        SectionStack stack = open(parameters);
        VolumeInfo info = info(stack, parameters);
        Grid blocks = new Grid(info.scale(0).bounds(), blockSize(stack.size(), parameters.chunk()));
        int width = stack.type().bytes();
        return Plan.of(info, 0, blocks, width == info.type().bytes() ? width : width + info.type().bytes(), 1);
    }

    /// Imports the sections. Does nothing if the part exists and the same sections made it.
    ///
    /// @throws InputException if the sections cannot be used; names the file
    /// @throws IOException if one cannot be read, or the volume not be written
    public static Provenance run(Dataset dataset, Parameters parameters, RunOptions options) throws IOException {
        SectionStack stack = open(parameters);
        Recipe recipe = new Recipe("import", Software.NAME, 0,
                Map.of("part", parameters.part(), "kind", parameters.kind().name(), "voxel_size_nm",
                        List.of(parameters.voxelSize().x(), parameters.voxelSize().y(), parameters.voxelSize().z()),
                        "chunk", List.of(parameters.chunk().x(), parameters.chunk().y(), parameters.chunk().z())),
                List.of(new Recipe.Input("sections", parameters.sections().toAbsolutePath().normalize().toString(),
                        digest(stack.files()))));
        try (StageRun run = StageRun.open(dataset, recipe, Map.of(parameters.part(), parameters.kind()), options)) {
            if (run.finished().isPresent()) {
                return run.finished().get();
            }
            VolumeInfo info = info(stack, parameters);
            Volume volume = PrecomputedVolume.create(new FileStore(run.folder(parameters.part())), info,
                    parameters.kind() == Dataset.Kind.IMAGE ? PrecomputedOptions.RAW : PrecomputedOptions.LABELS);
            run.run(importJob(stack, volume));
            MipJobs.run(run, parameters.part(), volume);
            return run.commit(Map.of("sections", stack.size().z(), "voxels", stack.size().volume(), "mips",
                    info.scales().size()));
        }
    }

    private static SectionStack open(Parameters parameters) throws IOException {
        SectionStack stack = SectionStack.open(parameters.sections());
        if (parameters.kind() == Dataset.Kind.SEGMENTATION && stack.type().isFloat()) {
            throw new InputException("ids are whole numbers, and voxels are " + stack.type().text(),
                    parameters.sections().toString(), "import them as an image");
        }
        return stack;
    }

    private static VolumeInfo info(SectionStack stack, Parameters parameters) {
        boolean image = parameters.kind() == Dataset.Kind.IMAGE;
        return Mips.volume(image ? VolumeInfo.Kind.IMAGE : VolumeInfo.Kind.SEGMENTATION,
                image ? stack.type() : DataType.UINT64, parameters.voxelSize(), Box.of(Int3.ZERO, stack.size()),
                parameters.chunk());
    }

    private static BlockJob importJob(SectionStack stack, Volume volume) {
        VolumeInfo.Scale scale = volume.info().scale(0);
        Grid blocks = new Grid(scale.bounds(), blockSize(stack.size(), scale.chunk()));
        return BlockJob.of("sections", blocks.count(),
                block -> "sections " + blocks.box(block).min().z() + " to " + (blocks.box(block).max().z() - 1),
                block -> {
                    Block voxels = stack.read(blocks.box(block));
                    volume.write(0, volume.info().kind() == VolumeInfo.Kind.IMAGE ? voxels : ids(voxels, stack));
                });
    }

    /// Voxels as ids. Programs also write labels as signed numbers, of which none is below 0.
    private static Block ids(Block voxels, SectionStack stack) {
        for (int i = 0; voxels.type().isSigned() && i < voxels.box().voxels(); i++) {
            if (voxels.value(i) < 0) {
                throw new InputException("has a voxel of " + (long) voxels.value(i) + ", and ids are not below 0",
                        stack.files().get(voxels.box().min().z() + i / section(voxels)).toString(), "");
            }
        }
        return voxels.ids();
    }

    private static int section(Block voxels) {
        return voxels.box().size().x() * voxels.box().size().y();
    }

    /// Whole sections over one chunk's depth if these are not too many voxels, else halved in y, then in x.
    private static Int3 blockSize(Int3 stack, Int3 chunk) {
        Int3 chunks = stack.ceilDiv(chunk).with(2, 1);
        while (chunks.times(chunk).volume() > BLOCK_VOXELS && chunks.x() * chunks.y() > 1) {
            chunks = chunks.y() > 1 ? chunks.with(1, (chunks.y() + 1) / 2) : chunks.with(0, (chunks.x() + 1) / 2);
        }
        return chunks.times(chunk);
    }

    /// SHA-256 over the names and contents of the files, in their order.
    private static String digest(List<Path> files) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file);
                    DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
                digest.transferTo(java.io.OutputStream.nullOutputStream());
                all.append(HexFormat.of().formatHex(digest.getMessageDigest().digest())).append(' ')
                        .append(file.getFileName()).append('\n');
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
        return Json.sha256(all.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
