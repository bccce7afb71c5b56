package org.neuropil.server.cave;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.ColumnRef;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Join;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.Source;

/// The queries of the materialize service. What CAVE does otherwise than its documentation says is done as that says:
/// exclusions count, all tables of a join are joined, also by roots, a limit is put on the rows that were asked for, which
/// come in the order of their ids, and how many there are without it is told.
final class MaterializeEndpoints {
    /// How far the clock of a client may be ahead before it is told.
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final GraphCalls calls;
    private final MaterializeMoments moments;

    MaterializeEndpoints(GraphCalls calls, MaterializeMoments moments) {
        this.calls = calls;
        this.moments = moments;
    }

    /// `POST version/{version}/table/{name}/query`.
    Answer table(Call call) throws IOException {
        MaterializeBody body = MaterializeBody.read(call);
        MaterializeBody.Joined joined = new MaterializeBody.Joined(List.of(call.variable("name")), List.of());
        return calls.onTables(() -> frozen(call, body, joined));
    }

    /// `POST version/{version}/views/{name}/query`.
    Answer view(Call call) throws IOException {
        MaterializeBody body = MaterializeBody.read(call);
        String name = call.variable("name");
        return calls.onTables(() -> {
            try (Moment moment = moments.open(call)) {
                MaterializeViews.find(moment, name);
            }
            return frozen(call, body, new MaterializeBody.Joined(List.of(name), List.of()));
        });
    }

    /// `POST version/{version}/query`.
    Answer join(Call call) throws IOException {
        MaterializeBody body = MaterializeBody.read(call);
        MaterializeBody.Joined joined = body.tables();
        return calls.onTables(() -> frozen(call, body, joined));
    }

    private Answer frozen(Call call, MaterializeBody body, MaterializeBody.Joined joined) throws IOException {
        List<Filter> filters = MaterializeFilters.read(body.node(), joined.tables());
        Moment moment = moments.open(call);
        return answer(call, body, joined, moment, filters, true, List.of());
    }

    /// `POST query`: at any moment.
    Answer live(Call call) throws IOException {
        MaterializeBody body = MaterializeBody.read(call);
        MaterializeBody.Joined joined = body.joins();
        Instant time = body.timestamp();
        return calls.onTables(() -> live(call, body, joined, time));
    }

    private Answer live(Call call, MaterializeBody body, MaterializeBody.Joined asked, Instant time)
            throws IOException {
        Moment moment = moments.at(call, time);
        boolean done = false;
        try {
            List<String> warnings = new ArrayList<>();
            if (time.isAfter(moment.time().plus(SKEW)) && moments.end(call).isEmpty()) {
                warnings.add("The timestamp " + time + " lies in the future: the rows are those of " + moment.time());
            }
            MaterializeBody.Joined joined = new CaveQuery(call).flag("merge_reference", false)
                    ? merged(moment, asked)
                    : asked;
            MaterializeRoots.Checked checked = MaterializeRoots.check(
                    MaterializeFilters.read(body.node(), joined.tables()), moments.tables().roots(), moment.time(),
                    new CaveQuery(call).flag("allow_invalid_root_ids", false));
            checked.warning().ifPresent(warnings::add);
            Answer answer = answer(call, body, joined, moment, checked.filters(), false, warnings);
            done = true;
            return answer;
        } finally {
            if (!done) {
                moment.close();
            }
        }
    }

    /// With the table that the first one refers to. Views have no such table, as in CAVE.
    private static MaterializeBody.Joined merged(Moment moment, MaterializeBody.Joined joined) throws IOException {
        String table = joined.tables().getFirst();
        // A view refers to nothing; whether the name is one at all is told where it is read.
        String reference = moment.tables().contains(table) ? moment.info(table).reference().orElse("") : "";
        if (reference.isEmpty() || joined.tables().contains(reference)) {
            return joined;
        }
        List<String> tables = new ArrayList<>(joined.tables());
        List<Join> joins = new ArrayList<>(joined.joins());
        tables.add(reference);
        joins.add(new Join(new ColumnRef(table, "target_id"), new ColumnRef(reference, "id"), Join.Kind.INNER,
                Join.Cardinality.MANY_TO_MANY));
        return new MaterializeBody.Joined(tables, joins);
    }

    /// Closes the moment if it fails; closing twice does nothing.
    private Answer answer(Call call, MaterializeBody body, MaterializeBody.Joined joined, Moment moment,
            List<Filter> filters, boolean supervoxels, List<String> warnings) throws IOException {
        boolean begun = false;
        try {
            Map<String, Source> sources = moments.sources(call, moment, joined.tables());
            MaterializeQuery asked = new MaterializeQuery(call, body, joined, sources);
            Query query = asked.query(filters, supervoxels);
            boolean count = asked.isCount();
            begun = true;
            return MaterializeRows.ask(call, moments.tables().engine(), moment, sources, query, count, warnings);
        } finally {
            if (!begun) {
                moment.close();
            }
        }
    }
}
