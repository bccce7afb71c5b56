package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.GivenFile;
import org.neuropil.coregister.Landmark;
import org.neuropil.coregister.LandmarkCsv;
import org.neuropil.coregister.LandmarkWords;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil coregister landmarks`.
@Command(name = "landmarks", header = "Writes landmarks for another program: in other units, order, or form.", description = {
    "Reads what 'fit' reads. All landmarks are written, those that are not active or lack a point too; numbers whose unit "
            + "stays are not changed. Without --out the file goes to stdout."}, footer = {
                "  neuropil coregister landmarks landmarks.csv --em 4x4x40nm --two-photon mm --as bigwarp \\",
                "      --to-em um --to-two-photon um --to-first two-photon --out warp.csv",
                "  neuropil coregister landmarks warp.csv --em um --two-photon um --first two-photon --as csv \\",
                "      --to-em 4x4x40nm --to-two-photon mm --to-first em --out landmarks.csv"})
final class CoregisterLandmarksVerb extends Verb {
    @Parameters(index = "0", paramLabel = "LANDMARKS.csv", description = "The landmarks.")
    private Path file = Path.of("");

    @Option(names = "--as", paramLabel = "FORM", description = "csv (bare words) or bigwarp (all in quotes); csv if left out.")
    private String form = "csv";

    @Option(names = {"-o", "--out"}, paramLabel = "FILE", description = "Write to a file instead.")
    private @Nullable Path out;

    @Option(names = "--em", paramLabel = "UNIT", required = true, description = "Unit of points in EM: nm, um, mm, or the size of a voxel, as 4x4x40nm.")
    private String em = "";

    @Option(names = "--two-photon", paramLabel = "UNIT", required = true, description = "Unit of points in the two-photon stack, likewise.")
    private String twoPhoton = "";

    @Option(names = "--first", paramLabel = "SPACE", description = "The space whose points stand first in a line (BigWarp's moving ones): em or two-photon; em if left out.")
    private String first = "em";

    @Option(names = "--to-em", paramLabel = "UNIT", description = "Unit of points in EM in what is written; the same if left out.")
    private @Nullable String toEm;

    @Option(names = "--to-two-photon", paramLabel = "UNIT", description = "Unit of points in the two-photon stack in what is written; the same if left out.")
    private @Nullable String toTwoPhoton;

    @Option(names = "--to-first", paramLabel = "SPACE", description = "The space whose points stand first in what is written; the same if left out.")
    private @Nullable String toFirst;

    @Option(names = "--mirror-y", paramLabel = "TOP", description = "Count y of the two-photon stack from its other end: y becomes TOP - y, in um.")
    private @Nullable Double mirror;

    @Override
    Path folder() {
        return (out == null ? Path.of(".") : out).toAbsolutePath().normalize();
    }

    @Override
    void run() throws IOException {
        LandmarkWords words = SessionOptions.understood(this,
                () -> new LandmarkWords(first, em, twoPhoton, Optional.ofNullable(toFirst), Optional.ofNullable(toEm),
                        Optional.ofNullable(toTwoPhoton), Optional.ofNullable(mirror), form));
        if (out != null && Files.exists(out) && !common().force()) {
            throw new InputException("is there already", out.toString(), "--force replaces it");
        }
        GivenFile given = CoregisterFitVerb.given(file);
        List<Landmark> landmarks = words.convert(LandmarkCsv.parse(given.bytes(), given.name()));
        byte[] bytes = words.bytes(landmarks);
        if (out != null) {
            FileStore.replace(out.toAbsolutePath(), bytes, false);
        } else if (common().format() == Format.json) {
            print(new Table(), landmarks.stream().map(CoregisterLandmarksVerb::json).toList());
        } else {
            out().print(new String(bytes, StandardCharsets.UTF_8));
        }
        say(words.note(landmarks) + (out == null ? "" : "; wrote " + out));
    }

    private static Map<String, @Nullable Object> json(Landmark landmark) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", landmark.name());
        json.put("active", landmark.active());
        json.put("moving", point(landmark.moving()));
        json.put("fixed", point(landmark.fixed()));
        return json;
    }

    private static @Nullable List<Double> point(Optional<Point3> point) {
        return point.map(at -> List.of(at.x(), at.y(), at.z())).orElse(null);
    }
}
