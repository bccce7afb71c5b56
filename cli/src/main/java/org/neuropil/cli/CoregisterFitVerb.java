package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.Direction;
import org.neuropil.coregister.FitWords;
import org.neuropil.coregister.GivenFile;
import org.neuropil.coregister.Landmark;
import org.neuropil.coregister.LandmarkCsv;
import org.neuropil.coregister.ModelFile;
import org.neuropil.coregister.Settings;
import org.neuropil.coregister.Space;
import org.neuropil.coregister.fit.Candidate;
import org.neuropil.coregister.fit.HeldOut;
import org.neuropil.coregister.fit.Work;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil coregister fit`.
@Command(name = "fit", header = "Fits maps between two-photon and EM to landmarks.", description = {
    "Reads landmarks as BigWarp writes them: name, whether it is active, a point in each space; no header. Tries "
            + "recipes in each direction, chooses for each axis the one with the least mean error at landmarks that it did "
            + "not see, fits it to all, and writes FILE.",
    "The table holds errors in µm of the target space. 'chosen' is the whole procedure: in each fold the recipe is "
            + "chosen without looking at that fold."}, footer = {
                "  neuropil coregister fit landmarks.csv --em 4x4x40nm --two-photon mm --out model.json",
                "  neuropil coregister fit warp.csv --em nm --two-photon um --first two-photon \\",
                "    --kernel r,r3 --order 1,3 --smoothing 0.01,0.1 --out model.json"})
final class CoregisterFitVerb extends Verb {
    private static final String AXES = "xyz";

    @Parameters(index = "0", paramLabel = "LANDMARKS.csv", description = "The landmarks.")
    private Path file = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The model; JSON.")
    private Path out = Path.of("");

    @Option(names = "--em", paramLabel = "UNIT", required = true, description = "Unit of points in EM: nm, um, mm, or the size of a voxel, as 4x4x40nm.")
    private String em = "";

    @Option(names = "--two-photon", paramLabel = "UNIT", required = true, description = "Unit of points in the two-photon stack, likewise.")
    private String twoPhoton = "";

    @Option(names = "--first", paramLabel = "SPACE", description = "The space whose points stand first in a line (BigWarp's moving ones): em or two-photon; em if left out.")
    private String first = "em";

    @Option(names = "--mirror-y", paramLabel = "TOP", description = "Count y of the two-photon stack from its other end: y becomes TOP - y, in um.")
    private @Nullable Double mirror;

    @Option(names = "--kernel", paramLabel = "KERNEL", split = ",", description = "Kernels to try: r, r3, r^0.5 and the like, r2logr, matern1:0.5 (matern3, matern5; then its length, 1 being the landmarks' spread). A list that did well if left out, and so below.")
    private List<String> kernels = List.of();

    @Option(names = "--order", paramLabel = "N", split = ",", description = "Orders of polynomials to try, 0 to 3.")
    private List<Integer> orders = List.of();

    @Option(names = "--smoothing", paramLabel = "X", split = ",", description = "Smoothing to try; 0 goes through all landmarks.")
    private List<Double> smoothings = List.of();

    @Option(names = "--stretch", paramLabel = "X,Y,Z", description = "How much further kernels reach along each axis of the source, for example 1,3,3. Can be given several times.")
    private List<String> stretches = List.of();

    @Option(names = "--folds", paramLabel = "N", description = "Groups of landmarks that are left out in turn; 20 if left out.")
    private int folds = FitWords.FOLDS;

    @Option(names = "--seed", paramLabel = "N", description = "Of the groups; 1 if left out.")
    private long seed = FitWords.SEED;

    @Option(names = "--equal-weights", description = "Trust all landmarks alike. Left out, those are trusted less that are far off from what the others say.")
    private boolean equal;

    @Override
    Path folder() {
        return out.toAbsolutePath().normalize();
    }

    @Override
    void run() throws IOException {
        Settings settings = SessionOptions.understood(this,
                () -> new FitWords(first, em, twoPhoton, Optional.ofNullable(mirror), kernels, orders, smoothings,
                        stretches, folds, seed, equal).settings());
        if (Files.exists(out) && !common().force()) {
            throw new InputException("is there already", out.toString(), "--force replaces it");
        }
        GivenFile given = given(file);
        List<Landmark> landmarks = LandmarkCsv.parse(given.bytes(), given.name());
        Coregistration model = Coregistration.fit(landmarks, String.valueOf(file.getFileName()), given.digest(),
                settings, work(this, "coregister fit"));
        ModelFile.write(out, model);
        say(model.source().used() + " landmarks of " + landmarks.size() + " were used; " + model.source().inactive()
                + " are not active, " + model.source().unplaced() + " lack a point. Wrote " + out);
        print(table(model), Map.of("landmarks", model.source(), "to_em", json(model.toEm()), "to_two_photon",
                json(model.toTwoPhoton())));
    }

    /// On as many threads as are asked for, with progress on stderr.
    static Work work(Verb verb, String name) throws IOException {
        Progress progress = StageProgress.of(name, verb.spec().commandLine().getErr(), verb.terminal(),
                verb.common().quiet());
        return new Work(verb.common().run(progress).threads(), progress);
    }

    /// A file that the user named.
    static GivenFile given(Path file) throws IOException {
        try {
            return new GivenFile(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new InputException("does not exist", file.toString(), "", e);
        }
    }

    private static Table table(Coregistration model) {
        Table table = new Table("to", "recipe", "median um", "p90 um", "mean um", "x um", "y um", "z um", "chosen for");
        for (Space space : List.of(Space.EM, Space.TWO_PHOTON)) {
            Direction direction = model.to(space);
            for (Candidate candidate : direction.candidates()) {
                add(table, space, candidate.recipe().name(), candidate.heldOut(), candidate.axes().stream()
                        .map(axis -> AXES.substring(axis, axis + 1)).collect(Collectors.joining(" ")));
            }
            add(table, space, "chosen", direction.heldOut(), "");
        }
        return table;
    }

    private static void add(Table table, Space space, String recipe, HeldOut errors, String chosen) {
        table.add(space.word(), recipe, errors.median(), errors.p90(), errors.mean(), errors.axisMedian().get(0),
                errors.axisMedian().get(1), errors.axisMedian().get(2), chosen);
    }

    private static Map<String, Object> json(Direction direction) {
        List<Map<String, Object>> candidates = new ArrayList<>();
        for (Candidate candidate : direction.candidates()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("recipe", candidate.recipe().name());
            one.put("held_out", candidate.heldOut());
            one.put("chosen_for", candidate.axes().stream().map(axis -> AXES.substring(axis, axis + 1)).toList());
            candidates.add(one);
        }
        return Map.of("held_out", direction.heldOut(), "candidates", candidates);
    }
}
