package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.volumes.ConvertStage;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.format.WriteOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil convert`: a volume in another format.
@Command(name = "convert", header = "Writes a volume in another format.", description = {
    "SOURCE and TARGET are addresses as the field writes them: precomputed://, zarr:// (zarr2://, zarr3://), n5:// "
            + "with a path, a URL, s3:// or gs:// after it; file.h5:/volumes/raw; a .nrrd or TIFF file; a folder of "
            + "sections. A plain path is looked at. Coarser mips are made anew unless --mips says otherwise."}, footer = {
                "  neuropil convert neuropil-demo/em zarr3://em.zarr",
                "  neuropil convert neuropil-demo/segmentation precomputed://cells --shard 512,512,512 --dry-run"})
final class ConvertVerb extends Verb {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "The volume to read.")
    @SuppressWarnings("NullAway.Init") // required
    private String source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "Where the new one is to be.")
    @SuppressWarnings("NullAway.Init") // required
    private String target;

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Option(names = "--mip", paramLabel = "N", description = "Of SOURCE, which becomes the finest of TARGET; 0 if left out.")
    private int mip;

    @Option(names = "--box", paramLabel = "BOX", description = "Part to copy, x0,y0,z0:x1,y1,z1 in voxels of that mip; all if left out.")
    private @Nullable String box;

    @Option(names = "--mips", paramLabel = "WHICH", defaultValue = "build", description = "Coarser mips: build, copy or none; build if left out.")
    private ConvertStage.Levels levels = ConvertStage.Levels.BUILD;

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    @Override
    Path folder() {
        return Path.of(".");
    }

    @Override
    void run() throws IOException {
        VolumeUri from = VolumeOptions.uri(source, "SOURCE");
        VolumeUri to = Volumes.target(VolumeUri.parse(target, "TARGET"));
        runConversion(this, new ConvertStage.Parameters("convert", from, volume.open(), to, mip,
                VolumeOptions.box(box), levels, layout.chunk(), layout.unit(), layout.write()), layout.dryRun());
    }

    /// Prints the plan, or does it.
    static void runConversion(Verb verb, ConvertStage.Parameters parameters, boolean dryRun) throws IOException {
        if (!dryRun) {
            new Stage(verb, false).runAndPrint(parameters.verb() + " " + parameters.target(),
                    options -> ConvertStage.run(parameters, options));
            return;
        }
        ConvertStage.Plan plan = ConvertStage.plan(parameters);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("voxels", plan.info().scale(0).bounds().size().toString());
        json.put("mips", plan.info().scales().size());
        json.put("blocks", plan.blocks());
        json.put("mib_per_thread", Math.ceilDiv(plan.largestBlockBytes(), 1 << 20));
        json.put("mib_before_compression", Math.ceilDiv(plan.bytes(), 1 << 20));
        json.put("source_voxels_decoded_per_voxel", Math.round(plan.readPerVoxel() * 100) / 100.0);
        Table table = new Table("plan", "value");
        json.forEach((name, value) -> table.add(name.replace('_', ' '), value));
        verb.print(table, json);
    }

    /// How a new volume is laid out; shared by the verbs that write volumes.
    static final class LayoutOptions {
        @Option(names = "--chunk", paramLabel = "X,Y,Z", description = "Voxels of a chunk; 64,64,64 if left out.")
        private Int3 chunk = Int3.all(64);

        @Option(names = "--shard", paramLabel = "X,Y,Z", description = "Voxels of a file that holds many chunks; without it each chunk has its own.")
        private @Nullable Int3 shard;

        @Option(names = "--encoding", paramLabel = "NAME", description = "Of precomputed chunks: raw, compressed_segmentation, jpeg or png.")
        private @Nullable String encoding;

        @Option(names = "--compression", paramLabel = "NAME", description = "Of chunks: none, gzip; for Zarr and N5 also zstd or blosc.")
        private @Nullable String compression;

        @Option(names = "--dry-run", description = "Print the plan, with blocks, memory and disk, and write nothing.")
        private boolean dryRun;

        Int3 chunk() {
            if (!chunk.max(Int3.all(1)).equals(chunk)) {
                throw new InputException("'" + chunk + "' is no size", "--chunk", "give three numbers from 1 on");
            }
            return chunk;
        }

        Int3 unit() {
            if (shard == null) {
                return chunk();
            }
            if (!shard.max(chunk()).equals(shard) || !shard.ceilDiv(chunk).times(chunk).equals(shard)) {
                throw new InputException("'" + shard + "' is not made of whole chunks of " + chunk, "--shard",
                        "give a multiple of --chunk on each axis");
            }
            return shard;
        }

        WriteOptions write() {
            return new WriteOptions(Optional.ofNullable(encoding), Optional.ofNullable(compression));
        }

        boolean dryRun() {
            return dryRun;
        }
    }
}
