package org.neuropil.coregister;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.coregister.fit.Work;
import org.neuropil.coregister.match.Matches;
import org.neuropil.coregister.match.Nuclei;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

/// Cells that were matched to nuclei, with all that this stands on.
///
/// @param fitted the model, if cells were in two-photon space
/// @param places x, y, z of each cell in micrometres of EM
/// @param known matches that are known, if some were given
/// @param digests of what was read, by its part: `model`, `cells`, `nuclei`, `manual`
/// @param parameters that decide the result
@SuppressWarnings("ArrayRecordComponent")
public record Matching(Optional<Coregistration> fitted, CellTable cells, double[] places, NucleusTable nuclei,
        Matches matches, Optional<KnownMatches> known, Map<String, String> digests, Map<String, Object> parameters) {
    /// Copies the maps.
    public Matching {
        digests = new LinkedHashMap<>(digests);
        parameters = new LinkedHashMap<>(parameters);
    }

    /// What is read.
    ///
    /// @param model what [ModelFile] holds; cells are then in two-photon space, else in EM
    /// @param cells CSV, see [CellTable]
    /// @param nuclei that they are matched to
    /// @param manual CSV, see [KnownMatches]
    public record Given(Optional<GivenFile> model, GivenFile cells, GivenNuclei nuclei, Optional<GivenFile> manual) {}

    /// Reads everything and matches.
    ///
    /// @param work how it is done; the result does not depend on it
    /// @throws InputException if something is missing, means nothing, or is no such file; names file, line and column
    public static Matching of(Given given, MatchWords words, Work work) {
        words.check(given.model().isPresent(), given.nuclei() instanceof GivenNuclei.OfTable);
        Map<String, String> digests = new LinkedHashMap<>();
        Optional<Coregistration> fitted = given.model().map(file -> ModelFile.parse(file.bytes(), file.name()));
        given.model().ifPresent(file -> digests.put("model", file.digest()));
        PointUnit cellUnit = words.cellUnit(fitted);
        PointUnit emUnit = words.emUnit(fitted);
        digests.put("cells", given.cells().digest());
        CellKind kind = words.kind(given.cells());
        CellTable cells = CellTable.parse(given.cells().bytes(), given.cells().name(), kind, words.columns());
        NucleusTable table = switch (given.nuclei()) {
            case GivenNuclei.OfFile(GivenFile file) -> {
                digests.put("nuclei", file.digest());
                yield NucleusTable.parse(file.bytes(), file.name(), words.nucleiId(), words.nucleiColumns(), emUnit);
            }
            case GivenNuclei.OfTable(String name, String at, NucleusTable nuclei) -> {
                digests.put("nuclei", "table " + name + " at " + at + ", " + nuclei.digest());
                yield nuclei;
            }
        };
        given.manual().ifPresent(file -> digests.put("manual", file.digest()));
        Optional<KnownMatches> known = given.manual()
                .map(file -> KnownMatches.parse(file.bytes(), file.name(), cells, table, emUnit));
        List<Point3> points = cells.points().stream().map(cellUnit::toMicrometres).toList();
        double[] landmarks = fitted.map(found -> found.toLandmarks(points)).orElseGet(() -> new double[cells.size()]);
        double[] places = places(points, fitted);
        Matches matches = Matches.of(places, landmarks, Nuclei.of(table.points()),
                new Matches.Settings(words.oneToOne(), words.groups(cells), words.seed()), work);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("schema", kind.word());
        parameters.put("unit", cellUnit.toString());
        parameters.put("nuclei_unit", emUnit.toString());
        parameters.put("one_to_one", words.oneToOne());
        parameters.put("per", words.per());
        parameters.put("seed", words.seed());
        return new Matching(fitted, cells, places, table, matches, known, digests, parameters);
    }

    private static double[] places(List<Point3> points, Optional<Coregistration> fitted) {
        double[] places = new double[3 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            Point3 at = fitted.isPresent() ? fitted.get().toEm().transform().apply(points.get(i)) : points.get(i);
            places[3 * i] = at.x();
            places[3 * i + 1] = at.y();
            places[3 * i + 2] = at.z();
        }
        return places;
    }
}
