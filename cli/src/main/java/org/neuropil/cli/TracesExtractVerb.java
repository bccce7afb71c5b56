package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
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

/// `neuropil traces extract`.
@Command(name = "extract", header = "Makes fluorescence traces from a movie and masks.", description = {"",
    "F is the weighed mean over a mask. With --neuropil also the mean of the pixels around each region that no region "
            + "has: those whose distance to it (diagonal steps count 1) is above --inner and at most --outer."}, footer = {
                "  neuropil traces extract movie.tif --masks masks.csv --out f.npy",
                "  neuropil traces extract movie.npy --masks labels.npy --out f.csv --neuropil n.csv --outer 10"})
final class TracesExtractVerb extends TracesVerb {
    @Parameters(index = "0", paramLabel = "MOVIE", description = "A TIFF of several pages, .npy of (frames, y, x), or any volume whose z are frames.")
    private String movie = "";

    @Option(names = "--masks", required = true, paramLabel = "FILE", description = "CSV of roi, x, y and perhaps weight, or a label image.")
    private String masks = "";

    @Option(names = {"-o",
        "--out"}, required = true, paramLabel = "FILE", description = "Traces to write, .npy or CSV.")
    private Path out = Path.of("");

    @Option(names = "--neuropil", paramLabel = "FILE", description = "Traces of the surroundings to write.")
    private @Nullable Path neuropil;

    @Option(names = "--inner", paramLabel = "N", description = "Pixels around a region that are left out; 0 if not given.")
    private int inner;

    @Option(names = "--outer", paramLabel = "N", description = "Pixels around a region that are its surroundings; 13 if not given.")
    private int outer = 13;

    @Override
    Path target() {
        return out;
    }

    @Override
    void run() throws IOException {
        if (inner < 0 || outer <= inner) {
            throw usage("--outer " + outer + " is not above --inner " + inner + ", or that is below 0");
        }
        checkFree(out, neuropil);
        VolumeMovie frames = VolumeMovie.open(movie, "MOVIE");
        List<Roi> rois = MaskFiles.read(masks, "--masks");
        List<String> names = Roi.names(rois);
        int slabs = Extraction.slabs(frames);
        try (Progress.Task task = begin("slabs of frames", neuropil == null ? slabs : 2 * slabs)) {
            TraceFiles.write(out, new TraceTable(names, Extraction.traces(frames, rois, threads(), task::step),
                    Optional.empty()));
            if (neuropil != null) {
                TraceFiles.write(neuropil, new TraceTable(names,
                        Extraction.neuropil(frames, rois, inner, outer, threads(), task::step), Optional.empty()));
            }
        }
        int[][] rings = neuropil == null
                ? new int[0][]
                : Extraction.rings(frames.width(), frames.height(), rois, inner, outer);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < rois.size(); i++) {
            List<Object> row = new ArrayList<>(List.of(names.get(i), rois.get(i).pixels()));
            if (neuropil != null) {
                row.add(rings[i].length);
            }
            rows.add(row);
        }
        answer(neuropil == null ? List.of("roi", "pixels") : List.of("roi", "pixels", "neuropil_pixels"), rows);
        say(rois.size() + " traces of " + frames.frames() + " frames in " + out);
    }
}
