package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.GivenFile;
import org.neuropil.coregister.GivenNuclei;
import org.neuropil.coregister.MatchWords;
import org.neuropil.coregister.Matching;
import org.neuropil.coregister.NucleusTable;
import org.neuropil.coregister.fit.Work;
import org.neuropil.space.InputException;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Source;

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
    private List<String> columns = MatchWords.COLUMNS;

    @Option(names = "--nuclei-unit", paramLabel = "UNIT", description = "Unit of the file of nuclei, likewise; that of the model's landmarks in EM if left out.")
    private @Nullable String nucleiUnit;

    @Option(names = "--nuclei-columns", paramLabel = "X,Y,Z", split = ",", description = "Columns of its places.")
    private List<String> nucleiColumns = NucleusTable.COLUMNS;

    @Option(names = "--nuclei-id", paramLabel = "COLUMN", description = "Column of its ids; id if left out.")
    private String nucleiId = MatchWords.ID;

    @Option(names = "--schema", paramLabel = "KIND", description = "Kind of annotation of the result: func_unit_ext_coreg, v1dd_func_unit_coreg, microns_func_unit_coreg or microns_func_coreg; told by the columns if left out.")
    private @Nullable String schema;

    @Option(names = "--one-to-one", description = "No nucleus is given to two cells.")
    private boolean oneToOne;

    @Option(names = "--per", paramLabel = "COLUMNS", split = ",", description = "With --one-to-one: among cells that share these, as session,scan_idx; a nucleus may be a cell in several of such groups.")
    private List<String> per = List.of();

    @Option(names = "--manual", paramLabel = "FILE", description = "Matches made by hand or known: the columns that name cells, and target_id, nucleus_id, or pt_position_x, pt_position_y, pt_position_z of the nucleus.")
    private @Nullable Path manual;

    @Option(names = "--seed", paramLabel = "N", description = "Of the cells that the model of errors is estimated from if there are many; 1 if left out.")
    private long seed = MatchWords.SEED;

    Optional<Path> model() {
        return Optional.ofNullable(model);
    }

    boolean hasNuclei() {
        return nuclei != null;
    }

    Optional<Path> manual() {
        return Optional.ofNullable(manual);
    }

    /// Reads everything and matches.
    ///
    /// @param file of the cells
    Matching match(Verb verb, Path file, Work work) throws IOException {
        if (nuclei == null) {
            throw verb.usage("--nuclei is missing: a file, or a table of --dataset");
        }
        MatchWords words = SessionOptions.understood(verb, () -> {
            MatchWords all = new MatchWords(Optional.ofNullable(unit), columns, Optional.ofNullable(nucleiUnit),
                    nucleiColumns, nucleiId, Optional.ofNullable(schema), oneToOne, per, seed);
            all.check(model != null, dataset != null);
            return all;
        });
        Optional<GivenFile> fitted = model == null ? Optional.empty() : Optional.of(CoregisterApplyVerb.given(model));
        GivenFile cells = CoregisterFitVerb.given(file);
        GivenNuclei given = nuclei(verb, nuclei);
        Optional<GivenFile> known = manual == null
                ? Optional.empty()
                : Optional.of(CoregisterFitVerb.given(manual));
        return Matching.of(new Matching.Given(fitted, cells, given, known), words, work);
    }

    private GivenNuclei nuclei(Verb verb, String named) throws IOException {
        if (dataset == null) {
            Path file = Path.of(named);
            if (!Files.isRegularFile(file)) {
                throw new InputException("is not there, or is no file", named,
                        "give a CSV file, or --dataset if it is a table of one");
            }
            return new GivenNuclei.OfFile(CoregisterFitVerb.given(file));
        }
        TableMoment.Named asked = SessionOptions.understood(verb, () -> TableMoment.named(named));
        try (OpenMoment open = OpenMoment.open(dataset, "", asked.at())) {
            Map<String, Source> sources = open.sources(List.of(asked.name()));
            Source source = sources.values().iterator().next();
            try (Answer answer = new Queries(open.engine(), sources)
                    .ask(NucleusTable.query(asked.name(), source.columns()))) {
                return new GivenNuclei.OfTable(asked.name(), asked.at().toString(),
                        NucleusTable.of(answer.rows(), source.info().resolution(), asked.name()));
            }
        }
    }
}
