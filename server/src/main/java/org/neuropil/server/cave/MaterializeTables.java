package org.neuropil.server.cave;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.ColumnRef;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.store.AnnotationStore;
import org.neuropil.tables.version.Version;

/// What the materialize service tells of versions and of their tables. Versions never expire.
final class MaterializeTables {
    private static final int MOST_VALUES = 100_000;

    private final GraphCalls calls;
    private final MaterializeMoments moments;
    private final DatasetFacts.Source facts;

    MaterializeTables(GraphCalls calls, MaterializeMoments moments, DatasetFacts.Source facts) {
        this.calls = calls;
        this.moments = moments;
        this.facts = facts;
    }

    record VersionObject(int id, String datastack, int version, String timeStamp, boolean valid,
            @Nullable String expiresOn, @Nullable Integer parentVersion, String status, boolean isMerged) {}

    /// What is known of a table.
    ///
    /// @param modified when its rows last changed, as far as that is known
    private record Known(int number, TableInfo info, Instant created, Instant modified) {}

    /// `GET versions`. Where none has been made, the present is the one that there is: clients take the largest.
    Answer versions(Call call) throws IOException {
        return calls.onTables(() -> {
            List<Version> versions = moments.versions(call, expired(call));
            return CaveJson.answer(call, versions.isEmpty()
                    ? List.of(MaterializeMoments.LIVE)
                    : versions.stream().map(Version::number).toList());
        });
    }

    /// `GET metadata`.
    Answer metadata(Call call) throws IOException {
        return calls.onTables(() -> {
            List<VersionObject> all = new ArrayList<>();
            for (Version version : moments.versions(call, expired(call))) {
                all.add(object(call, version));
            }
            if (all.isEmpty()) {
                all.add(live(call));
            }
            return CaveJson.answer(call, all);
        });
    }

    private static boolean expired(Call call) {
        return new CaveQuery(call).flag("expired", false);
    }

    /// `GET version/{version}`.
    Answer version(Call call) throws IOException {
        return calls.onTables(() -> {
            int number = moments.number(call);
            if (number == MaterializeMoments.LIVE) {
                return CaveJson.answer(call, live(call));
            }
            return CaveJson.answer(call, object(call, moments.tables().versions().find(number)));
        });
    }

    private VersionObject live(Call call) throws IOException {
        try (Moment now = moments.present(call)) {
            return new VersionObject(MaterializeMoments.LIVE, call.variable("datastack"), MaterializeMoments.LIVE,
                    AnnotationMetadata.moment(now.time()), true, null, null, "LIVE", false);
        }
    }

    /// A version as clients know it.
    VersionObject object(Call call, Version version) throws IOException {
        boolean whole = moments.tables().versions().isThere(version);
        return new VersionObject(version.number(), call.variable("datastack"), version.number(),
                AnnotationMetadata.moment(version.time()),
                whole, null, null, whole ? "AVAILABLE" : "EXPIRED", true);
    }

    /// `GET version/{version}/tables`.
    Answer tables(Call call) throws IOException {
        return at(call, moment -> moment.tables().stream().sorted().toList());
    }

    /// `GET version/{version}/tables/metadata`.
    Answer tablesMetadata(Call call) throws IOException {
        return at(call, moment -> {
            List<Map<String, @Nullable Object>> all = new ArrayList<>();
            for (String table : moment.tables().stream().sorted().toList()) {
                all.add(describe(call, moment, table));
            }
            return all;
        });
    }

    /// `GET version/{version}/table/{name}/metadata`.
    Answer tableMetadata(Call call) throws IOException {
        return calls.onTables(() -> {
            try (Moment moment = moments.open(call)) {
                return described(call, moment);
            }
        });
    }

    /// `GET table/{name}/segmentation_metadata`: the same, now.
    Answer presentMetadata(Call call) throws IOException {
        return calls.onTables(() -> {
            try (Moment moment = moments.present(call)) {
                return described(call, moment);
            }
        });
    }

    private Answer described(Call call, Moment moment) throws IOException {
        String table = call.variable("name");
        MaterializeMoments.check(moment, table);
        Map<String, @Nullable Object> described = describe(call, moment, table);
        Answer.Result answer = CaveJson.answer(call, described);
        return described.get("notice_text") instanceof String notice
                ? answer.with("Warning", MaterializeRows.header("Table Owner Notice on " + table + ": " + notice))
                : answer;
    }

    /// `GET version/{version}/table/{name}/count`.
    Answer count(Call call) throws IOException {
        return at(call, moment -> {
            String table = call.variable("name");
            Map<String, Source> sources = moments.sources(call, moment, List.of(table));
            return (int) Math.min(Integer.MAX_VALUE, MaterializeRows
                    .number(new Queries(moments.tables().engine(), sources), MaterializeQuery.count(all(table))));
        });
    }

    /// `GET table/{name}/unique_string_values`: the texts of each column, in order.
    Answer uniqueValues(Call call) throws IOException {
        return calls.onTables(() -> {
            try (Moment moment = moments.present(call)) {
                String table = call.variable("name");
                Map<String, Source> sources = moments.sources(call, moment, List.of(table));
                Queries queries = new Queries(moments.tables().engine(), sources);
                Map<String, List<String>> values = new LinkedHashMap<>();
                for (Column column : sources.values().iterator().next().columns()) {
                    if (column.type() == ColumnType.TEXT) {
                        values.put(column.name(), distinct(queries, new ColumnRef(table, column.name())));
                    }
                }
                return CaveJson.answer(call, values);
            }
        });
    }

    private static List<String> distinct(Queries queries, ColumnRef column) throws IOException {
        Query query = new Query(List.of(new Query.Use(column.table(), column.table())), List.of(),
                List.of(new Filter.Null(column, true)), List.of(column), Map.of(), Query.Positions.PLAIN,
                Optional.empty(), List.of(new Query.Order(ColumnRef.ofAnswer(column.column()), false)),
                OptionalLong.of(MOST_VALUES + 1L), 0, Optional.empty(), Optional.empty(), true);
        try (org.neuropil.tables.query.Answer answer = queries.ask(query)) {
            List<String> values = new ArrayList<>();
            if (answer.rows().data().getFirst() instanceof ColumnData.Texts texts) {
                for (String text : texts.values()) {
                    values.add(String.valueOf(text));
                }
            }
            if (values.size() > MOST_VALUES) {
                throw new Problem(400, "there are more than " + MOST_VALUES + " different values", column.toString(),
                        "ask for them with a query");
            }
            return values;
        }
    }

    /// All rows of a table.
    static Query all(String table) {
        return new Query(List.of(new Query.Use(table, table)), List.of(), List.of(), List.of(), Map.of(),
                Query.Positions.PLAIN, Optional.empty(), List.of(), OptionalLong.empty(), 0, Optional.empty(),
                Optional.empty(), false);
    }

    private interface Told {
        Object of(Moment moment) throws IOException;
    }

    private Answer at(Call call, Told told) throws IOException {
        return calls.onTables(() -> {
            try (Moment moment = moments.open(call)) {
                return CaveJson.answer(call, told.of(moment));
            }
        });
    }

    private Map<String, @Nullable Object> describe(Call call, Moment moment, String name) throws IOException {
        Known known = known(moment, name);
        TableInfo info = known.info();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("id", known.number());
        all.put("aligned_volume", facts.now().name());
        all.put("schema", info.schema());
        all.put("table_name", name);
        all.put("valid", true);
        all.put("created", AnnotationMetadata.moment(known.created()));
        all.put("analysisversion", moment.version().isPresent() ? moment.version().getAsInt() : 0);
        all.put("schema_type", info.schema());
        all.put("user_id", Long.toString(Users.id(info.user())));
        all.put("description", info.description());
        all.put("notice_text", info.notice().isBlank() ? null : info.notice());
        all.put("reference_table", info.reference().orElse(null));
        all.put("flat_segmentation_source", info.segmentation().isEmpty() ? null : info.segmentation());
        all.put("voxel_resolution_x", info.resolution().x());
        all.put("voxel_resolution_y", info.resolution().y());
        all.put("voxel_resolution_z", info.resolution().z());
        all.put("write_permission", info.write().name());
        all.put("read_permission", info.read().name());
        all.put("last_modified", AnnotationMetadata.moment(known.modified()));
        all.put("segmentation_source", null);
        all.put("pcg_table_name", call.variable("datastack"));
        all.put("last_updated", AnnotationMetadata.moment(moment.time()));
        return all;
    }

    private Known known(Moment moment, String name) throws IOException {
        Optional<AnnotationStore.Stored> stored = moments.tables().store().table(name);
        if (moment.version().isEmpty() && stored.isPresent()) {
            return known(stored.get(), stored.get().info());
        }
        TableInfo info = moment.source(name).info();
        return stored.isPresent() ? known(stored.get(), info) : new Known(0, info, moment.time(), moment.time());
    }

    private static Known known(AnnotationStore.Stored stored, TableInfo info) {
        return new Known(stored.number(), info, stored.created(), stored.modified());
    }
}
