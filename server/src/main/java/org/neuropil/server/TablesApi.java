package org.neuropil.server;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.cave.AnnotationTables;
import org.neuropil.server.cave.GraphCalls;
import org.neuropil.server.cave.TableReaders;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;
import org.neuropil.server.http.Tokens;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.ask.CellNames;
import org.neuropil.tables.ask.QueryText;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.Nuclei;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.dataset.View;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlQuery;
import org.neuropil.tables.version.Version;

/// Tables in our own grammar: the verbs of the command line with the same words. Ids are text, because scripts would round
/// them.
final class TablesApi {
    static final String PATH = "/api/v1/";
    private static final Parameter AT = Parameter.query("at", "string",
            "the moment: the number of a version, or a time as 2025-01-13T10:10:00Z; now if left out", "1");
    private static final Parameter SYNAPSES = Parameter.query("table", "string",
            "of synapses; synapses, or that of the published dataset, if left out", "synapses");

    private static final Pattern OPTION = Pattern.compile("(?<![-\\w])--([a-z][a-z0-9]*(?:-[a-z0-9]+)*)");

    private final GraphCalls calls;
    private final AnnotationTables annotations;

    TablesApi(GraphCalls calls, AnnotationTables annotations) {
        this.calls = calls;
        this.annotations = annotations;
    }

    /// A version.
    ///
    /// @param there false if its rows were dropped
    record VersionEntry(int version, Instant time, String description, boolean there, List<String> tables) {}

    /// All versions.
    record VersionList(List<VersionEntry> versions) {}

    /// A table or a view.
    ///
    /// @param kind of its rows; `view` for a view
    /// @param rows how many stand; null for a view
    /// @param resolution size of its voxels, nm
    /// @param reference the table that its rows refer to
    /// @param versions that have it
    /// @param sql of a view
    record Entry(String table, String kind, @Nullable Long rows, List<Double> resolution, String description,
            String notice, @Nullable String reference, String owner, String read, String write, List<Integer> versions,
            @Nullable String sql) {}

    /// All tables and views.
    record Entries(List<Entry> tables) {}

    /// A column.
    ///
    /// @param type `id`, `int64`, `int32`, `float32`, `float64`, `boolean`, `text`, `timestamp`
    record ColumnEntry(String name, String type, boolean nullable) {}

    /// What a table holds.
    record Described(String table, List<ColumnEntry> columns) {}

    /// A question, in the words of `neuropil query`.
    ///
    /// @param box by points: `x0,y0,z0:x1,y1,z1`
    record Ask(@Nullable String table, @Nullable String at, @Nullable List<@Nullable String> where,
            @Nullable List<@Nullable String> join,
            @Nullable List<@Nullable String> select, @Nullable Map<String, String> box, @Nullable String unit,
            @Nullable List<@Nullable String> groupBy, @Nullable Boolean count,
            @Nullable List<@Nullable String> countDistinct,
            @Nullable List<@Nullable String> sum, @Nullable List<@Nullable String> mean,
            @Nullable List<@Nullable String> min,
            @Nullable List<@Nullable String> max, @Nullable List<@Nullable String> orderBy, @Nullable Long limit,
            @Nullable String page,
            @Nullable Long sample, @Nullable Long seed, @Nullable String positionUnit) {}

    /// A question in SQL.
    record AskSql(@Nullable String sql, @Nullable String at, @Nullable Long limit) {}

    /// A view to be made.
    record NewView(@Nullable String name, @Nullable String sql, @Nullable String description, @Nullable String notice,
            @Nullable List<Double> resolution) {}

    /// The routes.
    static List<Route> routes(GraphCalls calls, AnnotationTables annotations) {
        TablesApi api = new TablesApi(calls, annotations);
        ConnectionsApi connections = new ConnectionsApi(api);
        List<String> post = List.of("POST");
        return List.of(
                new Route(PATH + "versions", "versions", "The versions", List.of(), MediaTypes.JSON, VersionList.class,
                        call -> api.on(api::versions)),
                new Route(PATH + "tables", "tables", "The tables and views that whoever asks may read", List.of(AT),
                        MediaTypes.JSON, Entries.class,
                        call -> api.at(call.parameter("at"),
                                (tables, moment) -> GraphApi.answer(api.tables(call, tables, moment)))),
                new Route(PATH + "tables/{table}", "table", "What a table or view holds",
                        List.of(Parameter.path("table", "its name", "synapses"), AT), MediaTypes.JSON, Described.class,
                        call -> api.at(call.parameter("at"),
                                (tables, moment) -> GraphApi.answer(api.describe(call, tables, moment)))),
                new Route(post, PATH + "query", "query", "Asks a table: filters, boxes, joins, groups, at any moment",
                        List.of(TableRows.FORMAT), Ask.class, TableRows.TYPES, TableRows.Shape.class, api::query),
                new Route(post, PATH + "sql", "sql", "Asks in SQL, which only reads", List.of(TableRows.FORMAT),
                        AskSql.class,
                        TableRows.TYPES, TableRows.Shape.class, api::sql),
                new Route(PATH + "partners", "partners", "The cells that a cell has synapses with",
                        List.of(Parameter.query("cell", "string", "its root, or nucleus:ID", "864691135000000001"), AT,
                                SYNAPSES,
                                Parameter.query("direction", "string", "in or out; both if left out", "in"),
                                Parameter.query("types", "string", "table that tells types of cells", "cell_types"),
                                Parameter.query("somata", "string", "table of nuclei", "nuclei"), TableRows.FORMAT),
                        TableRows.TYPES, ConnectionsApi.PartnersAnswer.class, connections::partners),
                new Route(PATH + "matrix", "matrix", "Synapses from type to type",
                        List.of(Parameter.query("types", "string", "table that tells types of cells", "cell_types"), AT,
                                SYNAPSES, Parameter.query("value", "string", "count, sum or mean", "count"),
                                TableRows.FORMAT),
                        TableRows.TYPES, ConnectionsApi.MatrixAnswer.class, connections::matrix),
                new Route(post, PATH + "views", "view-add", "Makes a view: a question that is read like a table",
                        List.of(GraphApi.USER), NewView.class, MediaTypes.JSON, Described.class, api::makeView),
                new Route(List.of("DELETE"), PATH + "views/{view}", "view-delete", "Deletes a view",
                        List.of(Parameter.path("view", "its name", "single_somas"), GraphApi.USER), null,
                        MediaTypes.JSON, Entries.class, api::deleteView));
    }

    private interface Work {
        Answer of(Tables tables) throws IOException;
    }

    interface AtMoment {
        Answer of(Tables tables, Moment moment) throws IOException;
    }

    /// What is wrong with a question is 400, with the words of the command line but for its dashes.
    private Answer on(Work work) throws IOException {
        return calls.onTables(() -> {
            try {
                return work.of(annotations.get());
            } catch (InputException e) {
                throw problem(e);
            }
        });
    }

    static Problem problem(InputException e) {
        String where = e.where().startsWith("--") ? e.where().substring(2).replace('-', '_') : e.where();
        return new Problem(400, words(e.what()), where, words(e.hint()));
    }

    /// A sentence of the command line in which options are called as the fields of HTTP are.
    static String words(String sentence) {
        return OPTION.matcher(sentence).replaceAll(found -> found.group(1).replace('-', '_'));
    }

    /// Answers out of all tables at a moment, which is closed at the end.
    Answer at(Optional<String> at, AtMoment work) throws IOException {
        return on(tables -> {
            try (Moment moment = open(tables, at)) {
                return work.of(tables, moment);
            }
        });
    }

    /// Reads something at a moment.
    interface Reading<T> {
        T of(Tables tables, Moment moment) throws IOException;
    }

    /// Reads at a moment what is computed with elsewhere.
    ///
    /// @param at the moment; now if empty
    <T> T read(Optional<String> at, Reading<T> work) throws IOException {
        return calls.onTables(() -> {
            Tables tables = annotations.get();
            try (Moment moment = open(tables, at)) {
                return work.of(tables, moment);
            } catch (InputException e) {
                throw problem(e);
            }
        });
    }

    /// Asks one table or view.
    interface Asking<T> {
        T of(Source source, Queries queries) throws IOException;
    }

    /// Asks a table or view at a moment, if the caller may read it.
    ///
    /// @param at the moment; now if empty
    /// @throws Problem if there is none, or it may not be read
    <T> T rows(Call call, Optional<String> at, String name, Asking<T> work) throws IOException {
        return calls.onTables(() -> {
            Tables tables = annotations.get();
            try (Moment moment = open(tables, at)) {
                Map<String, Source> sources = sources(call, tables, moment, List.of(name));
                return work.of(sources.values().iterator().next(), new Queries(tables.engine(), sources));
            } catch (InputException e) {
                throw problem(e);
            }
        });
    }

    private static Moment open(Tables tables, Optional<String> at) throws IOException {
        String text = at.map(String::strip).orElse("");
        if (text.isEmpty()) {
            return tables.now();
        }
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            Version version = tables.versions().list().stream().filter(one -> one.number() == number).findFirst()
                    .orElseThrow(() -> Problem.notFound("there is no version " + number, "at",
                            "/api/v1/versions lists what there is"));
            if (!tables.versions().isThere(version)) {
                throw new Problem(410, "the rows of version " + number + " were dropped", "at", "ask another one");
            }
            return tables.version(number);
        }
        try {
            return tables.at(Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli()));
        } catch (DateTimeException | ArithmeticException e) {
            throw Problem.parameter("at", "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
                    + "' is no moment", "write the number of a version, or 2025-01-13T10:10:00Z");
        }
    }

    /// Some tables, if the caller may read them.
    Map<String, Source> sources(Call call, Tables tables, Moment moment, Collection<String> names)
            throws IOException {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (String name : names) {
            TableReaders.check(call, calls.guard(), tables, moment, name);
            sources.put(name, moment.source(name));
        }
        return sources;
    }

    private Answer versions(Tables tables) throws IOException {
        List<VersionEntry> all = new ArrayList<>();
        for (Version version : tables.versions().list()) {
            all.add(new VersionEntry(version.number(), version.time(), version.description(),
                    tables.versions().isThere(version), List.copyOf(version.tables().keySet())));
        }
        return GraphApi.answer(new VersionList(all));
    }

    private Entries tables(Call call, Tables tables, Moment moment) throws IOException {
        List<Version> versions = tables.versions().list();
        List<Entry> all = new ArrayList<>();
        for (String name : moment.tables().stream().sorted().toList()) {
            if (!TableReaders.may(call, calls.guard(), tables, moment, name)) {
                continue;
            }
            long rows = moment.version().isPresent()
                    ? rows(versions, moment.version().getAsInt(), name)
                    : tables.count(name).standing();
            all.add(entry(moment.info(name), rows, null, versions));
        }
        for (String name : moment.views()) {
            Optional<View> view = tables.views().find(name);
            if (view.isPresent() && TableReaders.may(call, calls.guard(), tables, moment, name)) {
                all.add(entry(view.get().info(), null, view.get().sql(), versions));
            }
        }
        return new Entries(all);
    }

    private static long rows(List<Version> versions, int number, String table) {
        for (Version version : versions) {
            Version.Table found = version.tables().get(table);
            if (version.number() == number && found != null) {
                return found.rows();
            }
        }
        return 0;
    }

    private static Entry entry(TableInfo info, @Nullable Long rows, @Nullable String sql, List<Version> versions) {
        VoxelSize size = info.resolution();
        return new Entry(info.name(), info.schema(), rows, List.of(size.x(), size.y(), size.z()), info.description(),
                info.notice(), info.reference().orElse(null), info.user(), word(info.read()), word(info.write()),
                versions.stream().filter(one -> one.tables().containsKey(info.name())).map(Version::number).toList(),
                sql);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private Described describe(Call call, Tables tables, Moment moment) throws IOException {
        String name = call.variable("table");
        TableReaders.check(call, calls.guard(), tables, moment, name);
        return new Described(name, columns(moment.tables().contains(name)
                ? moment.schema(name).read()
                : moment.view(name).orElseThrow().columns()));
    }

    private static List<ColumnEntry> columns(List<Column> columns) {
        return columns.stream().map(column -> new ColumnEntry(column.name(), word(column.type()), column.nullable()))
                .toList();
    }

    private Answer query(Call call) throws IOException {
        Ask ask = JsonRequest.read(call, Ask.class);
        return on(tables -> {
            QueryText text = text(ask);
            List<String> names = text.tables();
            return TableRows.ask(call, open(tables, Optional.ofNullable(ask.at())), moment -> {
                Map<String, Source> sources = sources(call, tables, moment, names);
                long[] named = text.nuclei();
                return new Queries(tables.engine(), sources).ask(text.query(sources, named.length == 0
                        ? Map.of()
                        : nuclei(tables, moment).sureRoots(named)));
            });
        });
    }

    /// By which nuclei are looked up.
    static Nuclei nuclei(Tables tables, Moment moment) throws IOException {
        return CellNames.nuclei(tables.folder(), tables.engine(), moment, Optional.empty());
    }

    private static QueryText text(Ask ask) {
        if (ask.table() == null) {
            throw new Problem(400, "no table is named", "table", "/api/v1/tables lists what there is");
        }
        Map<String, double[]> boxes = new LinkedHashMap<>();
        if (ask.box() != null) {
            ask.box().forEach((point, box) -> boxes.put(point, QueryText.box(String.valueOf(box))));
        }
        Map<Query.Function, List<String>> aggregates = new LinkedHashMap<>();
        aggregates.put(Query.Function.COUNT_DISTINCT, list(ask.countDistinct(), "count_distinct"));
        aggregates.put(Query.Function.SUM, list(ask.sum(), "sum"));
        aggregates.put(Query.Function.MEAN, list(ask.mean(), "mean"));
        aggregates.put(Query.Function.MIN, list(ask.min(), "min"));
        aggregates.put(Query.Function.MAX, list(ask.max(), "max"));
        String positions = ask.positionUnit();
        return new QueryText(ask.table(), list(ask.where(), "where"), list(ask.join(), "join"),
                list(ask.select(), "select"), boxes, unit(ask.unit()), list(ask.groupBy(), "group_by"),
                Boolean.TRUE.equals(ask.count()), aggregates, list(ask.orderBy(), "order_by"),
                positions == null
                        ? Optional.empty()
                        : Optional.of(positions.equals("nm")
                                ? new VoxelSize(1, 1, 1)
                                : VoxelSize.parse(positions, "position_unit")),
                number(ask.limit(), "limit"), Optional.ofNullable(ask.page()), number(ask.sample(), "sample"),
                ask.seed() == null ? 0 : ask.seed());
    }

    private static Filter.Unit unit(@Nullable String unit) {
        for (Filter.Unit one : Filter.Unit.values()) {
            if (word(one).equals(unit == null ? "nm" : unit)) {
                return one;
            }
        }
        throw new Problem(400, "'" + unit + "' is no unit", "unit", "write voxel, nm or um");
    }

    private static List<String> list(@Nullable List<@Nullable String> given, String where) {
        List<String> all = new ArrayList<>();
        if (given != null) {
            for (String one : given) {
                if (one == null) {
                    throw new Problem(400, "null is no text", where, "leave it out");
                }
                all.add(one);
            }
        }
        return all;
    }

    private static OptionalLong number(@Nullable Long given, String where) {
        if (given != null && given < 0) {
            throw new Problem(400, given + " is below 0", where, "");
        }
        return given == null ? OptionalLong.empty() : OptionalLong.of(given);
    }

    private Answer sql(Call call) throws IOException {
        AskSql ask = JsonRequest.read(call, AskSql.class);
        return on(tables -> {
            if (ask.sql() == null) {
                throw new Problem(400, "there is no statement", "sql", "give one SELECT");
            }
            SqlQuery query = new SqlQuery(ask.sql(), number(ask.limit(), "limit"), Optional.empty());
            return TableRows.ask(call, open(tables, Optional.ofNullable(ask.at())), moment -> {
                return query.ask(tables.engine(),
                        sources(call, tables, moment, query.tables(tables.engine(), known(moment))));
            });
        });
    }

    private static List<String> known(Moment moment) throws IOException {
        List<String> known = new ArrayList<>(moment.tables());
        known.addAll(moment.views());
        return known;
    }

    private Answer makeView(Call call) throws IOException {
        String user = calls.guard().check(call);
        NewView asked = JsonRequest.read(call, NewView.class);
        return on(tables -> {
            if (asked.name() == null || asked.sql() == null) {
                throw new Problem(400, "is missing", asked.name() == null ? "name" : "sql", "give name and sql");
            }
            Optional<VoxelSize> size = Optional.empty();
            if (asked.resolution() != null) {
                size = Optional.of(VoxelSize.parse(
                        String.join(",", asked.resolution().stream().map(String::valueOf).toList()), "resolution"));
            }
            // What is told of its columns is told of those of the tables.
            try (Moment now = tables.now()) {
                for (String table : SqlQuery.of(asked.sql()).tables(tables.engine(), known(now))) {
                    TableReaders.check(call, calls.guard(), tables, now, table);
                }
            }
            View made = tables.createView(asked.name(), asked.sql(),
                    asked.description() == null ? "" : asked.description(), size, user,
                    asked.notice() == null ? "" : asked.notice(), false);
            try (Moment now = tables.now()) {
                return GraphApi
                        .answer(new Described(made.name(), columns(now.view(made.name()).orElseThrow().columns())));
            }
        });
    }

    private Answer deleteView(Call call) throws IOException {
        String user = calls.guard().check(call);
        return on(tables -> {
            String name = call.variable("view");
            View view = tables.views().find(name)
                    .orElseThrow(() -> Problem.notFound("there is no view '" + name + "'", "view", ""));
            if (!mayDelete(call, user, view)) {
                throw new Problem(403, "user '" + user + "' may not delete view '" + name + "'", "view",
                        view.user().isEmpty() ? "an administrator may" : "its owner may");
            }
            tables.views().delete(name);
            try (Moment now = tables.now()) {
                return GraphApi.answer(tables(call, tables, now));
            }
        });
    }

    /// Its maker may, and an administrator. Where nobody has to say who they are, a view of nobody is for all; what was made
    /// so is an administrator's where tokens are asked for.
    private boolean mayDelete(Call call, String user, View view) {
        Tokens tokens = calls.guard().tokens();
        if (!tokens.isOn()) {
            return view.user().isEmpty() || view.user().equals(user);
        }
        Tokens.User known = tokens.user(call);
        return known.may(Tokens.ADMIN) || known.known() && view.user().equals(user);
    }
}
