package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.CellKind;
import org.neuropil.coregister.CellTable;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.KnownMatches;
import org.neuropil.coregister.NucleusTable;
import org.neuropil.coregister.PointUnit;
import org.neuropil.coregister.Space;
import org.neuropil.coregister.fit.Work;
import org.neuropil.coregister.match.Matches;
import org.neuropil.coregister.match.Nuclei;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;

import picocli.CommandLine.Option;

/// What is matched, and how; of verbs that match cells to nuclei.
final class MatchOptions {
    @Option(names = "--model", paramLabel = "MODEL", description = "What 'coregister fit' wrote; cells are then in two-photon space. Left out, cells are in EM already.")
    private @Nullable Path model;

    @Option(names = "--nuclei", paramLabel = "NUCLEI", description = "CSV file with id and pt_position_x, pt_position_y, pt_position_z (or pt_position), or a table of --dataset as TABLE or TABLE@1300.")
    private @Nullable String nuclei;

    @Option(names = "--dataset", paramLabel = "DATASET", description = "Folder of the dataset whose table --nuclei names.")
    private @Nullable Path dataset;

    @Option(names = "--unit", paramLabel = "UNIT", description = "Unit of the cells: nm, um, mm, or the size of a voxel; that of the model's landmarks if left out.")
    private @Nullable String unit;

    @Option(names = "--columns", paramLabel = "X,Y,Z", split = ",", description = "Columns of the cells' places; x,y,z if left out.")
    private List<String> columns = List.of("x", "y", "z");

    @Option(names = "--nuclei-unit", paramLabel = "UNIT", description = "Unit of the file of nuclei, likewise; that of the model's landmarks in EM if left out.")
    private @Nullable String nucleiUnit;

    @Option(names = "--nuclei-columns", paramLabel = "X,Y,Z", split = ",", description = "Columns of its places.")
    private List<String> nucleiColumns = NucleusTable.COLUMNS;

    @Option(names = "--nuclei-id", paramLabel = "COLUMN", description = "Column of its ids; id if left out.")
    private String nucleiId = "id";

    @Option(names = "--schema", paramLabel = "KIND", description = "Kind of annotation of the result: func_unit_ext_coreg, v1dd_func_unit_coreg, microns_func_unit_coreg or microns_func_coreg; told by the columns if left out.")
    private @Nullable String schema;

    @Option(names = "--one-to-one", description = "No nucleus is given to two cells.")
    private boolean oneToOne;

    @Option(names = "--per", paramLabel = "COLUMNS", split = ",", description = "With --one-to-one: among cells that share these, as session,scan_idx; a nucleus may be a cell in several of such groups.")
    private List<String> per = List.of();

    @Option(names = "--manual", paramLabel = "FILE", description = "Matches made by hand or known: the columns that name cells, and target_id, nucleus_id, or pt_position_x, pt_position_y, pt_position_z of the nucleus.")
    private @Nullable Path manual;

    @Option(names = "--seed", paramLabel = "N", description = "Of the cells that the model of errors is estimated from if there are many; 1 if left out.")
    private long seed = 1;

    /// All that was read and found.
    ///
    /// @param digests of what was read
    /// @param places x, y, z of each cell in micrometres of EM
    record Matched(Optional<Coregistration> fitted, CellTable cells, double[] places, NucleusTable nuclei,
            Matches matches, Optional<KnownMatches> known, Map<String, String> digests,
            Map<String, Object> parameters) {
        Matched {
            digests = new LinkedHashMap<>(digests);
            parameters = new LinkedHashMap<>(parameters);
        }
    }

    Optional<Path> model() {
        return Optional.ofNullable(model);
    }

    /// Reads everything and matches.
    ///
    /// @param file of the cells
    Matched match(Verb verb, Path file, Work work) throws IOException {
        check(verb);
        Map<String, String> digests = new LinkedHashMap<>();
        Optional<Coregistration> fitted = Optional.empty();
        if (model != null) {
            fitted = Optional.of(CoregisterApplyVerb.model(model));
            digests.put("model", digest(model));
        }
        PointUnit cellUnit = unit(unit, fitted.map(found -> found.unit(Space.TWO_PHOTON)));
        PointUnit emUnit = unit(nucleiUnit, fitted.map(found -> found.unit(Space.EM)));
        byte[] bytes = CoregisterFitVerb.bytes(file);
        digests.put("cells", Json.sha256(bytes));
        CellKind kind = schema == null
                ? CellTable.kind(bytes, file.toString())
                : CellKind.parse(schema, "--schema");
        CellTable cells = CellTable.parse(bytes, file.toString(), kind, columns);
        NucleusTable table = nuclei(verb, emUnit, digests);
        Optional<KnownMatches> known = Optional.empty();
        if (manual != null) {
            byte[] given = CoregisterFitVerb.bytes(manual);
            digests.put("manual", Json.sha256(given));
            known = Optional.of(KnownMatches.parse(given, manual.toString(), cells, table, emUnit));
        }
        List<Point3> points = cells.points().stream().map(cellUnit::toMicrometres).toList();
        double[] places = new double[3 * cells.size()];
        double[] landmarks = fitted.map(found -> found.toLandmarks(points)).orElseGet(() -> new double[cells.size()]);
        for (int i = 0; i < cells.size(); i++) {
            Point3 at = fitted.isPresent() ? fitted.get().toEm().transform().apply(points.get(i)) : points.get(i);
            places[3 * i] = at.x();
            places[3 * i + 1] = at.y();
            places[3 * i + 2] = at.z();
        }
        Matches matches = Matches.of(places, landmarks, Nuclei.of(table.points()),
                new Matches.Settings(oneToOne, groups(cells), seed), work);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("schema", kind.word());
        parameters.put("unit", cellUnit.toString());
        parameters.put("nuclei_unit", emUnit.toString());
        parameters.put("one_to_one", oneToOne);
        parameters.put("per", per);
        parameters.put("seed", seed);
        return new Matched(fitted, cells, places, table, matches, known, digests, parameters);
    }

    private void check(Verb verb) {
        if (nuclei == null) {
            throw verb.usage("--nuclei is missing: a file, or a table of --dataset");
        }
        if (columns.size() != 3) {
            throw verb.usage("--columns '" + String.join(",", columns) + "' does not name three columns");
        }
        if (nucleiColumns.size() != 3) {
            throw verb.usage("--nuclei-columns '" + String.join(",", nucleiColumns) + "' does not name three columns");
        }
        if (model == null && unit == null) {
            throw verb.usage("--unit is missing: without --model nothing says the unit of the cells");
        }
        if (model == null && dataset == null && nucleiUnit == null) {
            throw verb.usage("--nuclei-unit is missing: without --model nothing says the unit of the nuclei");
        }
        if (!per.isEmpty() && !oneToOne) {
            throw verb.usage("--per goes with --one-to-one");
        }
        try {
            PointUnit.parse(unit == null ? "um" : unit, "--unit");
            PointUnit.parse(nucleiUnit == null ? "um" : nucleiUnit, "--nuclei-unit");
            CellKind.parse(schema == null ? CellKind.EXTENDED.word() : schema, "--schema");
        } catch (InputException e) {
            throw verb.usage(e.sentence());
        }
    }

    private static PointUnit unit(@Nullable String given, Optional<PointUnit> otherwise) {
        return given == null ? otherwise.orElse(PointUnit.MICROMETRE) : PointUnit.parse(given, "--unit");
    }

    private NucleusTable nuclei(Verb verb, PointUnit emUnit, Map<String, String> digests) throws IOException {
        String named = nuclei == null ? "" : nuclei;
        if (dataset == null) {
            Path file = Path.of(named);
            if (!Files.isRegularFile(file)) {
                throw new InputException("is not there, or is no file", named,
                        "give a CSV file, or --dataset if it is a table of one");
            }
            byte[] bytes = CoregisterFitVerb.bytes(file);
            digests.put("nuclei", Json.sha256(bytes));
            return NucleusTable.parse(bytes, named, nucleiId, nucleiColumns, emUnit);
        }
        TableMoment.Named asked;
        try {
            asked = TableMoment.named(named);
        } catch (InputException e) {
            throw verb.usage(e.sentence());
        }
        NucleusTable table = NucleusRows.read(dataset, asked);
        digests.put("nuclei", "table " + asked.name() + " at " + asked.at() + ", " + NucleusRows.digest(table));
        return table;
    }

    private static String digest(Path file) throws IOException {
        return Json.sha256(Files.readAllBytes(file));
    }

    private int[] groups(CellTable cells) {
        if (per.isEmpty()) {
            return new int[0];
        }
        int[] at = new int[per.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = cells.fields().indexOf(per.get(i));
            if (at[i] < 0) {
                throw new InputException("cells are not named by '" + per.get(i) + "'", "--per",
                        "there are " + String.join(", ", cells.fields()));
            }
        }
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        int[] groups = new int[cells.size()];
        for (int i = 0; i < groups.length; i++) {
            List<Integer> name = cells.names().get(i);
            List<Integer> key = Arrays.stream(at).mapToObj(name::get).toList();
            groups[i] = numbers.computeIfAbsent(key, _ -> numbers.size());
        }
        return groups;
    }
}
