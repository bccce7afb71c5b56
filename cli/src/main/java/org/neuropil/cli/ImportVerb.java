package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.volumes.ImportStage;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.stack.SectionStack;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil import`: a stack of sections becomes a volume of a dataset.
@Command(name = "import", header = "Makes a volume of a dataset from a stack of sections.", description = "Takes a folder of PNG or TIFF files, one per section and in the order of their numbers, or a "
        + "TIFF file of several pages; grey, 8 or 16 bits, labels in TIFF up to 32.", footer = {
            "  neuropil import samples/fib25/raw --voxel-size 10x10x10nm --out neuropil-demo",
            "  neuropil import samples/fib25/labels --labels --voxel-size 10x10x10nm --out neuropil-demo"})
final class ImportVerb extends Verb {
    @Parameters(index = "0", paramLabel = "SECTIONS", description = "Folder of sections, or a TIFF file.")
    @SuppressWarnings("NullAway.Init") // required
    private Path sections;

    @Option(names = "--voxel-size", paramLabel = "SIZE", required = true, description = "For example 10x10x40nm.")
    @SuppressWarnings("NullAway.Init") // required
    private VoxelSize voxelSize;

    @Option(names = {"-o",
        "--out"}, paramLabel = "DATASET", defaultValue = ".", description = "The dataset; made if it does not exist. The current folder if left out.")
    private Path out = Path.of(".");

    @Option(names = "--part", paramLabel = "NAME", description = "Of the volume; em, or labels with --labels.")
    private @Nullable String part;

    @Option(names = "--labels", description = "Voxels are ids, not intensities.")
    private boolean labels;

    @Option(names = "--chunk", paramLabel = "X,Y,Z", description = "Voxels of a chunk; 64,64,64 if left out.")
    private Int3 chunk = ImportStage.DEFAULT_CHUNK;

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
        // Looked at first, so that a stack that cannot be used leaves no empty dataset behind.
        SectionStack.open(sections);
        Dataset.Kind kind = labels ? Dataset.Kind.SEGMENTATION : Dataset.Kind.IMAGE;
        String made = part != null ? part : labels ? "labels" : "em";
        try (Dataset dataset = openOrCreate()) {
            new Stage(this, false).runAndPrint("import " + made, options -> ImportStage.run(dataset,
                    new ImportStage.Parameters(sections, made, kind, voxelSize, chunk), options));
        }
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
