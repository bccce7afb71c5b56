package org.neuropil.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.GivenFile;
import org.neuropil.coregister.GivenNuclei;
import org.neuropil.coregister.MatchChoice;
import org.neuropil.coregister.MatchFigures;
import org.neuropil.coregister.MatchRow;
import org.neuropil.coregister.MatchTable;
import org.neuropil.coregister.MatchWords;
import org.neuropil.coregister.Matching;
import org.neuropil.coregister.NucleusTable;
import org.neuropil.coregister.fit.Work;
import org.neuropil.coregister.report.CoregistrationReport;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.space.InputException;

import tools.jackson.databind.JsonNode;

/// Imaged cells and their nuclei: `neuropil coregister match` and `report`.
///
/// @param models of the dataset
/// @param computations for what is matched
/// @param tables that nuclei may be of
record MatchApi(ServedModels models, Computations computations, TablesApi tables) {
    private static final String HTML = "text/html; charset=utf-8";
    private static final Pattern TABLE = Pattern.compile("([^@]+)(?:@(.+))?");

    /// Cells to be matched, with the options of 'coregister match'. Rows are the text of a CSV file, or a list of objects.
    ///
    /// @param cells rows
    /// @param nuclei rows
    /// @param nucleiTable a table of the dataset instead, as nuclei or nuclei@1300
    /// @param model name of one of the dataset's; cells are in EM if there is none
    /// @param fitted what 'coregister fit' wrote, instead
    /// @param manual rows of matches that are known
    /// @param unit of the cells
    /// @param columns of the cells' places
    /// @param nucleiUnit of the nuclei
    /// @param nucleiColumns of their places
    /// @param nucleiId column of their ids
    /// @param schema kind of annotation of the result
    /// @param oneToOne true to give no nucleus to two cells
    /// @param per with one_to_one, among cells that share these
    /// @param seed of the cells that errors are estimated from if there are many
    /// @param duplicates keep, best-probability, best-separation or drop
    /// @param minProbability of a row
    /// @param score separation or probability
    record Asked(@Nullable JsonNode cells, @Nullable JsonNode nuclei, @Nullable String nucleiTable,
            @Nullable String model, @Nullable JsonNode fitted, @Nullable JsonNode manual, @Nullable String unit,
            @Nullable List<@Nullable String> columns, @Nullable String nucleiUnit,
            @Nullable List<@Nullable String> nucleiColumns, @Nullable String nucleiId, @Nullable String schema,
            @Nullable Boolean oneToOne, @Nullable List<@Nullable String> per, @Nullable Long seed,
            @Nullable String duplicates, @Nullable Double minProbability, @Nullable String score) {
        MatchWords words() {
            return new MatchWords(Optional.ofNullable(unit),
                    columns == null ? MatchWords.COLUMNS : LandmarksApi.list(columns, "columns"),
                    Optional.ofNullable(nucleiUnit),
                    nucleiColumns == null
                            ? NucleusTable.COLUMNS
                            : LandmarksApi.list(nucleiColumns, "nuclei_columns"),
                    nucleiId == null ? MatchWords.ID : nucleiId, Optional.ofNullable(schema),
                    Boolean.TRUE.equals(oneToOne), LandmarksApi.list(per, "per"),
                    seed == null ? MatchWords.SEED : seed);
        }

        MatchChoice choice() {
            return MatchChoice.of(minProbability == null ? 0 : minProbability,
                    duplicates == null ? MatchChoice.KEEP : duplicates,
                    score == null ? MatchChoice.SEPARATION : score);
        }
    }

    /// The routes.
    static List<Route> routes(ServedModels models, Computations computations, TablesApi tables) {
        MatchApi api = new MatchApi(models, computations, tables);
        return List.of(
                new Route(List.of("POST"), CoregisterApi.PATH + "match", "coregister-match",
                        "Finds the nucleus of each imaged cell, with its probability: a row for each match",
                        List.of(TableRows.FORMAT), Asked.class, TableRows.TYPES, TableRows.Shape.class, api::match),
                new Route(List.of("POST"), CoregisterApi.PATH + "match/figures", "coregister-match-figures",
                        "What there is to say of matches as a whole, and how they agree with known ones", List.of(),
                        Asked.class, MediaTypes.JSON, Map.class, api::figures),
                new Route(List.of("POST"), CoregisterApi.PATH + "report", "coregister-report",
                        "One page on a model, on matches, or both", List.of(), Asked.class, HTML, null, api::report));
    }

    private interface Made {
        Answer of(Matching matching) throws IOException;
    }

    private Answer match(Call call) throws IOException {
        String type = TableRows.type(call);
        Asked asked = JsonRequest.read(call, Asked.class);
        return matched(call, asked, matching -> {
            MatchChoice choice = asked.choice();
            List<MatchRow> rows = choice.rows(matching);
            MatchFigures figures = MatchFigures.of(matching, rows);
            List<String> notes = new ArrayList<>(figures.warning().stream().map(TablesApi::words).toList());
            notes.addAll(figures.notes());
            return ResultRows.of(type, MatchTable.of(matching, rows, choice.likely()), notes);
        });
    }

    private Answer figures(Call call) throws IOException {
        Asked asked = JsonRequest.read(call, Asked.class);
        return matched(call, asked, matching -> GraphApi.answer(
                MatchFigures.of(matching, asked.choice().rows(matching)).json(matching)));
    }

    private Answer report(Call call) throws IOException {
        Asked asked = JsonRequest.read(call, Asked.class);
        if (!GivenRows.isMissing(asked.cells())) {
            return matched(call, asked, matching -> page(CoregistrationReport.of(matching)));
        }
        if (!GivenRows.isMissing(asked.nuclei()) || asked.nucleiTable() != null
                || !GivenRows.isMissing(asked.manual())) {
            throw new Problem(400, "is missing", "cells",
                    "nuclei and known matches go with cells; leave them out for a "
                            + "page on the model alone");
        }
        GivenFile model = models.given(asked.model(), asked.fitted()).orElseThrow(() -> new Problem(400,
                "there is nothing to report", "model", "give a model, or cells and nuclei"));
        return computations.run(() -> {
            try {
                return page(CoregistrationReport.of(model));
            } catch (InputException e) {
                throw TablesApi.problem(e);
            }
        });
    }

    private static Answer page(CoregistrationReport report) {
        return new Answer.Result(HTML, report.html().getBytes(StandardCharsets.UTF_8));
    }

    private Answer matched(Call call, Asked asked, Made made) throws IOException {
        GivenFile cells = GivenRows.needed(asked.cells(), "cells");
        Optional<GivenFile> manual = GivenRows.isMissing(asked.manual())
                ? Optional.empty()
                : Optional.of(GivenRows.needed(asked.manual(), "manual"));
        MatchWords words = asked.words();
        Optional<GivenFile> model = models.given(asked.model(), asked.fitted());
        try {
            asked.choice();
            words.check(model.isPresent(), asked.nucleiTable() != null);
        } catch (InputException e) {
            throw TablesApi.problem(e);
        }
        GivenNuclei nuclei = nuclei(call, asked);
        return computations.run(() -> {
            try {
                return made.of(Matching.of(new Matching.Given(model, cells, nuclei, manual), words,
                        new Work(Computations.threads(), Computations.PROGRESS)));
            } catch (InputException e) {
                throw TablesApi.problem(e);
            }
        });
    }

    private GivenNuclei nuclei(Call call, Asked asked) throws IOException {
        String table = asked.nucleiTable();
        if (table == null) {
            return new GivenNuclei.OfFile(GivenRows.needed(asked.nuclei(), "nuclei"));
        }
        Matcher named = TABLE.matcher(table);
        if (!GivenRows.isMissing(asked.nuclei()) || !named.matches()) {
            throw new Problem(400, "there are nuclei of two kinds, or the table has no name", "nuclei_table",
                    "give one of nuclei, rows, and nuclei_table, as nuclei or nuclei@1300");
        }
        String name = named.group(1);
        Optional<String> at = Optional.ofNullable(named.group(2));
        return tables.rows(call, at, name, (source, queries) -> {
            try (var answer = queries.ask(NucleusTable.query(name, source.columns()))) {
                return new GivenNuclei.OfTable(name,
                        at.map(moment -> moment.matches("\\d+") ? "version " + moment : moment).orElse("now"),
                        NucleusTable.of(answer.rows(), source.info().resolution(), name));
            }
        });
    }
}
