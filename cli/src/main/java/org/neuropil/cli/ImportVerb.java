package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.volumes.ImportStage;
import org.neuropil.pipeline.volumes.Plan;
import org.neuropil.pipeline.volumes.VolumeImport;
import org.neuropil.pipeline.volumes.VolumePart;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.format.Format;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.stack.SectionStack;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil import`: a stack of sections, or a volume that others wrote, becomes a volume of a dataset.
@Command(name = "import", header = "Makes a volume of a dataset from sections, or from a volume of any format.", description = {
    "SOURCE is a folder of PNG or TIFF files, one per section and in the order of their numbers, or a TIFF file of "
            + "several pages; grey, 8 or 16 bits, labels in TIFF up to 32. Or it is the address of a volume as "
            + "'convert' takes it, which keeps its place in space; labels become uint64."}, footer = {
                "  neuropil import samples/fib25/raw --voxel-size 10x10x10nm --out neuropil-demo",
                "  neuropil import samples/fib25/labels --labels --voxel-size 10x10x10nm --out neuropil-demo",
                "  neuropil import neuropil-demo/em --box 0,0,0:128,128,64 --out smaller"})
final class ImportVerb extends Verb {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "Folder of sections, a TIFF file, or the address of a volume.")
    @SuppressWarnings("NullAway.Init") // required
    private String source;

    @Option(names = "--voxel-size", paramLabel = "SIZE", description = "For example 10x10x40nm; needed where the files do not say it, as PNG does not.")
    private @Nullable VoxelSize voxelSize;

    @Option(names = {"-o",
        "--out"}, paramLabel = "DATASET", defaultValue = ".", description = "The dataset; made if it does not exist. The current folder if left out.")
    private Path out = Path.of(".");

    @Option(names = "--part", paramLabel = "NAME", description = "Of the volume; em, or labels for ids.")
    private @Nullable String part;

    @Option(names = "--labels", description = "Voxels are ids, not intensities, whatever the files say.")
    private boolean labels;

    @Option(names = "--image", description = "Voxels are intensities, whatever the files say.")
    private boolean image;

    @Option(names = "--channel", paramLabel = "N", description = "Which of a volume's several channels, from 0 on.")
    private @Nullable Integer channel;

    @Option(names = "--time", paramLabel = "N", description = "Which of a volume's several points of time, from 0 on.")
    private @Nullable Integer time;

    @Mixin
    private PartOptions of = new PartOptions();

    @Option(names = "--chunk", paramLabel = "X,Y,Z", description = "Voxels of a chunk; 64,64,64 if left out.")
    private Int3 chunk = ImportStage.DEFAULT_CHUNK;

    @Option(names = "--dry-run", description = "Print the plan, with blocks, memory and disk, and write nothing.")
    private boolean dryRun;

    @Option(names = "--name", paramLabel = "NAME", description = "Of a new dataset; the folder's name if left out.")
    private @Nullable String name;

    @Option(names = "--title", paramLabel = "TEXT", description = "Of a new dataset, one line.")
    private String title = "";

    @Option(names = "--attribution", paramLabel = "TEXT", description = "Whom to cite.")
    private String attribution = "";

    @Option(names = "--licence", paramLabel = "TEXT", description = "Under which the data may be used.")
    private String licence = "";

    @Option(names = "--licence-url", paramLabel = "URL", description = "Where it can be read.")
    private String licenceUrl = "";

    @Override
    Path folder() {
        return folder(out);
    }

    @Override
    void run() throws IOException {
        if (labels && image) {
            throw usage("voxels cannot be --labels and --image");
        }
        if (isStack()) {
            sections();
        } else {
            volume();
        }
    }

    /// True for sections, which have a stage of their own; a part of them is taken as of any volume.
    private boolean isStack() throws IOException {
        VolumeUri uri = VolumeOptions.uri(source, "SOURCE");
        if (!uri.isLocal() || !of.isAll() || channel != null || time != null) {
            return false;
        }
        Path path = uri.path();
        return uri.format().isPresent()
                ? uri.format().get() == Format.STACK
                : !Files.exists(path)
                        || (Volumes.exists(uri) || uri.byEnding().isPresent()
                                ? Volumes.format(uri) == Format.STACK
                                : !Files.exists(path.resolve(Dataset.FILE)));
    }

    private void sections() throws IOException {
        Path sections = VolumeOptions.uri(source, "SOURCE").path();
        if (voxelSize == null && (!Files.exists(sections) || SectionStack.open(sections).voxelSize().isEmpty())) {
            throw usage("Missing required option: '--voxel-size=SIZE', which sections of PNG, and most of TIFF, do not "
                    + "tell");
        }
        // Looked at first, so that a stack that cannot be used leaves no empty dataset behind.
        SectionStack stack = SectionStack.open(sections);
        VoxelSize size = voxelSize != null ? voxelSize : stack.voxelSize().orElseThrow();
        ImportStage.Parameters parameters = new ImportStage.Parameters(sections, part(labels),
                labels ? Dataset.Kind.SEGMENTATION : Dataset.Kind.IMAGE, size, chunk);
        tell(stack);
        if (dryRun) {
            Plans.print(this, ImportStage.plan(parameters));
            return;
        }
        try (Dataset dataset = openOrCreate()) {
            new Stage(this, false).runAndPrint("import " + parameters.part(),
                    options -> ImportStage.run(dataset, parameters, options));
        }
    }

    /// Which files are taken in which order is worth a look: nobody else sees that a picture of something else is one.
    private void tell(SectionStack stack) {
        List<Path> files = stack.files();
        say(files.size() + " sections, from " + files.getFirst().getFileName() + " to " + files.getLast().getFileName()
                + (stack.ignored().isEmpty()
                        ? ""
                        : "; left aside: " + stack.ignored().stream().map(file -> file.getFileName().toString())
                                .collect(Collectors.joining(", "))));
    }

    private void volume() throws IOException {
        VolumeInfo.Kind kind = labels ? VolumeInfo.Kind.SEGMENTATION : image ? VolumeInfo.Kind.IMAGE : null;
        VolumePart given = of.part(this, source,
                VolumeOptions.open(voxelSize, kind, channel, time));
        boolean ids = given.volume().info().kind() == VolumeInfo.Kind.SEGMENTATION;
        VolumeImport.Parameters parameters = new VolumeImport.Parameters(given, part(ids), chunk);
        Plan plan = VolumeImport.plan(parameters);
        if (dryRun) {
            Plans.print(this, plan);
            return;
        }
        try (Dataset dataset = openOrCreate()) {
            new Stage(this, false).runAndPrint("import " + parameters.part(),
                    options -> VolumeImport.run(dataset, parameters, options));
        }
    }

    private String part(boolean ids) {
        return part != null ? part : ids ? "labels" : "em";
    }

    private Dataset openOrCreate() throws IOException {
        if (name == null && Files.exists(folder().resolve(Dataset.FILE))) {
            return Dataset.open(folder());
        }
        return Dataset.openOrCreate(folder(),
                new Dataset.About(name == null ? folderName() : name, title, attribution, licence, licenceUrl));
    }

    private String folderName() {
        Path last = out.toAbsolutePath().normalize().getFileName();
        String plain = last == null ? "" : last.toString().replaceAll("[^A-Za-z0-9_.-]", "-").replaceAll("^[-_.]+", "");
        return plain.isEmpty() ? "dataset" : plain.substring(0, Math.min(100, plain.length()));
    }
}
