package org.neuropil.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.circuits.ask.Answered;
import org.neuropil.circuits.ask.Asking;
import org.neuropil.circuits.ask.FoundTable;
import org.neuropil.circuits.ask.Question;
import org.neuropil.circuits.ask.excitatory.ExcitatoryNetwork;
import org.neuropil.circuits.wiring.WiringChoice;
import org.neuropil.circuits.wiring.WiringReader;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;
import org.neuropil.space.InputException;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.published.Published;
import org.neuropil.tables.query.Engine;

/// Scientific questions: `neuropil ask`. An answer is its record as JSON, its page, or one of its tables.
///
/// @param computations for what is computed
/// @param tables that are asked
record AskApi(Computations computations, TablesApi tables) {
    private static final String PATH = "/api/v1/ask";
    private static final String HTML = "text/html; charset=utf-8";
    private static final Parameter TABLE = Parameter.query("result", "string",
            "one of the answer's tables, as format says; the record, or the page, if left out", "tests");
    private static final Parameter FORMAT = Parameter.query("format", "string",
            "json or html; of a table json, arrow (a stream), parquet or csv; json if left out", "html");

    /// A question with its parameters, in the words of the command line.
    ///
    /// @param at version or time; now if left out
    /// @param table of synapses
    /// @param types table
    /// @param nuclei table
    /// @param proofreading table
    /// @param strategies of proofreading after which an axon counts
    /// @param axons roots or nuclei whose axons count, as text; or `["all"]`
    /// @param dendrites roots or nuclei onto which synapses count, as text
    /// @param excitatory types
    /// @param inhibitory types
    /// @param seed of all that is drawn
    /// @param viewer address of a Neuroglancer
    /// @param draws from each null model
    /// @param bin of distance, µm
    /// @param farthest distance from which on all is one bin, µm
    record Asked(@Nullable String at, @Nullable String table, @Nullable String types, @Nullable String nuclei,
            @Nullable String proofreading, @Nullable List<@Nullable String> strategies,
            @Nullable List<@Nullable String> axons, @Nullable List<@Nullable String> dendrites,
            @Nullable List<@Nullable String> excitatory, @Nullable List<@Nullable String> inhibitory,
            @Nullable Long seed, @Nullable String viewer, @Nullable Integer draws, @Nullable Double bin,
            @Nullable Double farthest) {
        WiringChoice choice() {
            boolean all = axons != null && axons.equals(List.of("all"));
            return new WiringChoice(Optional.ofNullable(table), Optional.ofNullable(types), Optional.ofNullable(nuclei),
                    Optional.ofNullable(proofreading), words(strategies, "strategies"),
                    all ? Optional.empty() : cells(axons, "axons"), cells(dendrites, "dendrites"), all,
                    words(excitatory, "excitatory"), words(inhibitory, "inhibitory"));
        }

        private static Set<String> words(@Nullable List<@Nullable String> list, String field) {
            return LandmarksApi.list(list, field).stream().collect(Collectors.toSet());
        }

        private static Optional<WiringChoice.GivenCells> cells(@Nullable List<@Nullable String> list, String field) {
            if (list == null) {
                return Optional.empty();
            }
            List<Long> ids = new ArrayList<>();
            for (String word : LandmarksApi.list(list, field)) {
                try {
                    ids.add(Long.parseUnsignedLong(word.strip()));
                } catch (NumberFormatException e) {
                    throw new Problem(400, "'" + (word.length() > 40 ? word.substring(0, 40) + "…" : word)
                            + "' is no id", field, "write roots or nuclei as text");
                }
            }
            if (ids.isEmpty()) {
                throw new Problem(400, "holds no id", field, "write roots or nuclei as text, or leave it out");
            }
            return Optional.of(new WiringChoice.GivenCells("the request", ids));
        }

        Question network() {
            ExcitatoryNetwork usual = ExcitatoryNetwork.USUAL;
            return new ExcitatoryNetwork(draws == null ? usual.draws() : draws, bin == null ? usual.bin() : bin,
                    farthest == null ? usual.farthest() : farthest);
        }
    }

    /// A question that there is.
    ///
    /// @param question its name
    /// @param asks what, in a sentence
    /// @param parameters with their usual values
    record Entry(String question, String asks, Map<String, Object> parameters) {}

    /// All questions.
    record Entries(List<Entry> questions) {}

    /// The routes.
    static List<Route> routes(Computations computations, TablesApi tables) {
        AskApi api = new AskApi(computations, tables);
        Question network = ExcitatoryNetwork.USUAL;
        return List.of(new Route(PATH, "questions", "The scientific questions that can be asked", List.of(),
                MediaTypes.JSON, Entries.class,
                _ -> GraphApi.answer(new Entries(
                        List.of(new Entry(network.id(), network.asks(), network.parameters()))))),
                new Route(List.of("POST"), PATH + "/" + network.id(), "ask-" + network.id(), network.asks(),
                        List.of(TABLE, FORMAT), Asked.class, MediaTypes.JSON + ", text/html, " + TableRows.TYPES,
                        Map.class,
                        call -> api.ask(call, Asked::network)));
    }

    /// What was read, and what writes its tables: as the command line does.
    private record Read(Asking asking, Engine engine) {}

    private interface Asks {
        Question of(Asked asked);
    }

    private Answer ask(Call call, Asks asks) throws IOException {
        Optional<String> table = call.parameter("result");
        Optional<String> format = call.parameter("format");
        boolean page = table.isEmpty() && format.map("html"::equals).orElseGet(
                () -> call.headers().get("Accept").orElse("").contains("text/html"));
        if (table.isEmpty() && format.isPresent() && !Set.of("html", "json").contains(format.get())) {
            throw Problem.parameter("format", "an answer as a whole is json or html",
                    "with result=NAME a table of it is arrow, parquet or csv, too");
        }
        String type = table.isPresent() ? TableRows.type(call) : MediaTypes.JSON;
        Asked asked = JsonRequest.read(call, Asked.class);
        String viewer = Objects.requireNonNullElse(asked.viewer(), Asking.VIEWER);
        if (!viewer.matches("https?://.+")) {
            throw new Problem(400, "'" + viewer + "' is no address", "viewer", "write http://localhost:8080/viewer/");
        }
        Question question;
        WiringChoice choice = asked.choice();
        try {
            question = asks.of(asked);
        } catch (InputException e) {
            throw TablesApi.problem(e);
        }
        return computations.run(() -> {
            Read read = tables.read(Optional.ofNullable(asked.at()), (all, moment) -> {
                String name;
                try (Dataset dataset = Dataset.open(all.folder())) {
                    name = dataset.about().name();
                }
                Optional<PublicDataset> published = Published.of(all.folder()).map(Published::dataset);
                tables.sources(call, all, moment,
                        new WiringReader(all.engine(), moment, published, choice).tables().values());
                return new Read(Asking.read(name, published, choice, all.engine(), moment), all.engine());
            });
            try (Progress.Task task = Computations.PROGRESS.begin(question.id(), question.steps(), 0)) {
                return answer(read.engine,
                        read.asking.ask(question, asked.seed() == null ? 0 : asked.seed(), Computations.threads(),
                                viewer, _ -> task.step()),
                        table, type, page);
            } catch (InputException e) {
                throw TablesApi.problem(e);
            }
        });
    }

    private static Answer answer(Engine engine, Answered answered, Optional<String> table, String type, boolean page)
            throws IOException {
        if (table.isPresent()) {
            List<FoundTable> made = answered.findings().tables();
            FoundTable found = made.stream().filter(one -> one.name().equals(table.get())).findFirst()
                    .orElseThrow(() -> Problem.parameter("result", "the answer has no such table",
                            "there are " + String.join(", ", made.stream().map(FoundTable::name).toList())));
            return TableRows.of(engine, found.rows(), type, 0);
        }
        return page
                ? new Answer.Result(HTML, answered.html().getBytes(StandardCharsets.UTF_8))
                : new Answer.Result(200, MediaTypes.JSON, Map.of("Vary", "Accept"), Json.bytes(answered.record()));
    }
}
