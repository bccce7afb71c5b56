package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.neuropil.physiology.movie.Demix;
import org.neuropil.physiology.movie.Demix.Failed;
import org.neuropil.physiology.movie.Extraction;
import org.neuropil.physiology.movie.Roi;
import org.neuropil.physiology.movie.file.MaskFiles;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.physiology.movie.file.VolumeMovie;
import org.neuropil.pipeline.Progress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil traces demix`.
@Command(name = "demix", header = "Tells the light of overlapping regions apart.", description = {"",
    "Extracts the traces of a movie, in each frame unmixed by the overlaps of the masks, whose weights do not count. A "
            + "frame that cannot be solved is missing in the regions that hang together; a region whose trace comes out "
            + "negative is missing throughout. Both are counted, and listed."}, footer = {
                "  neuropil traces demix movie.tif --masks masks.csv --out demixed.npy",
                "  neuropil traces demix movie.npy --masks masks.csv --out demixed.csv --failed raw"})
final class TracesDemixVerb extends TracesVerb {
    @Parameters(index = "0", paramLabel = "MOVIE", description = "A TIFF of several pages, .npy of (frames, y, x), or any volume whose z are frames.")
    private String movie = "";

    @Option(names = "--masks", required = true, paramLabel = "FILE", description = "CSV of roi, x, y, or a label image.")
    private String masks = "";

    @Option(names = {"-o",
        "--out"}, required = true, paramLabel = "FILE", description = "Traces to write, .npy or CSV.")
    private Path out = Path.of("");

    @Option(names = "--failed", paramLabel = "WHAT", description = "In place of what cannot be demixed: missing (nan) or raw (as it was); missing if not given.")
    private String failed = "missing";

    @Override
    Path target() {
        return out;
    }

    @Override
    void run() throws IOException {
        if (!failed.equals("missing") && !failed.equals("raw")) {
            throw usage("--failed '" + failed + "' is neither missing nor raw");
        }
        checkFree(out);
        VolumeMovie frames = VolumeMovie.open(movie, "MOVIE");
        List<Roi> rois = MaskFiles.read(masks, "--masks");
        Demix found;
        try (Progress.Task task = begin("slabs of frames", Extraction.slabs(frames))) {
            found = Demix.of(frames, rois, failed.equals("raw") ? Failed.RAW : Failed.MISSING, threads(), task::step);
        }
        TraceFiles.write(out, new TraceTable(Roi.names(rois), found.traces(), Optional.empty()));
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < rois.size(); i++) {
            rows.add(List.of(rois.get(i).name(), found.failedFrames()[i], found.negative()[i]));
        }
        answer(List.of("roi", "failed_frames", "negative"), rows);
        long bad = IntStream.range(0, rois.size()).filter(i -> found.failedFrames()[i] > 0 || found.negative()[i])
                .count();
        say(rois.size() + " traces of " + frames.frames() + " frames in " + out
                + (bad == 0 ? "" : "; of " + bad + " some frames, or all, could not be demixed"));
    }
}
