package org.neuropil.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.server.figure.SectionFigure;
import org.neuropil.space.InputException;
import org.neuropil.volume.Volume;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil figure section`: a section with the segments over it.
@Command(name = "section", header = "Draws a section of the image with the segments over it, as PNG.", footer = {
    "  neuropil figure section neuropil-demo --out section.png",
    "  neuropil figure section neuropil-demo --z 100 --plain --out em.png"})
final class FigureSectionVerb extends DatasetVerb {
    @Option(names = {"-o", "--out"}, paramLabel = "FILE", required = true, description = "The picture.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Option(names = "--z", paramLabel = "Z", description = "Section, in voxels of mip 0; the middle if left out.")
    private @Nullable Integer z;

    @Option(names = "--size", paramLabel = "N", description = "Most pixels along an edge; 1024 if left out.")
    private int size = SectionFigure.SIZE;

    @Option(names = "--image", paramLabel = "PART", defaultValue = "em", description = "The image; em if left out.")
    private String image = "em";

    @Option(names = "--segmentation", paramLabel = "PART", defaultValue = "segmentation", description = "The segments; segmentation if left out.")
    private String segmentation = "segmentation";

    @Option(names = "--plain", description = "Draw the image alone.")
    private boolean plain;

    @Override
    boolean hasHeader() {
        return false;
    }

    @Override
    void run() throws IOException {
        if (size < 16 || size > 16_384) {
            throw new InputException("size " + size + " is out of range", "--size", "use 16 to 16384 pixels");
        }
        if (Files.exists(out) && !common().force()) {
            throw new InputException("exists", out.toString(), "give --force to replace it, or another --out");
        }
        try (Dataset dataset = Dataset.open(folder())) {
            Volume em = dataset.volume(image);
            SectionFigure figure = (z == null ? SectionFigure.middle(em) : SectionFigure.at(z)).withSize(size);
            BufferedImage picture = plain ? figure.draw(em) : figure.draw(em, dataset.volume(segmentation));
            FileStore.replace(out.toAbsolutePath(), SectionFigure.png(picture), false);
            print(new Table("file").add(out.toString()), Map.of("file", out.toString(), "width", picture.getWidth(),
                    "height", picture.getHeight(), "z", figure.z()));
        }
    }
}
