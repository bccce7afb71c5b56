package org.neuropil.server.cave;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Map;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.store.AnnotationStore.Stored;

import tools.jackson.databind.JsonNode;

/// The annotation service's tables: making and deleting them, and what is said of them.
final class AnnotationEndpoints {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TIMESTAMP = "timestamp";
    private static final String REFERENCE = "reference_table";

    private final AnnotationAccess access;

    AnnotationEndpoints(AnnotationAccess access) {
        this.access = access;
    }

    /// `GET table`: names, in the order in which tables were made. With `filter_valid=False` deleted ones too; with
    /// `timestamp` those that stood at that moment.
    Answer names(Call call) throws IOException {
        boolean valid = new CaveQuery(call).flag("filter_valid", true);
        Optional<Instant> at = call.parameter(TIMESTAMP).filter(text -> !text.isBlank())
                .map(AnnotationEndpoints::moment);
        List<String> names = access.work(call, tables -> tables.store().tables().stream()
                .filter(table -> at.isPresent() ? stood(table, at.get()) : !valid || table.deleted().isEmpty())
                .map(table -> table.info().name()).toList());
        return CaveJson.answer(call, names);
    }

    private static boolean stood(Stored table, Instant at) {
        return !table.created().isAfter(at) && table.deleted().map(deleted -> deleted.isAfter(at)).orElse(true);
    }

    private static Instant moment(String text) {
        try {
            return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)$")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw Problem.parameter(TIMESTAMP, "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
                    + "' is no moment", "write it as 2026-11-26T10:10:00.000000, in UTC");
        }
    }

    /// `POST table`: makes one. The answer is its name, not as JSON.
    Answer create(Call call) throws IOException {
        String user = access.user(call);
        TableInfo info = AnnotationMetadata.made(JsonBody.tree(call), user);
        access.checkGiven(call, info.user());
        Stored made = access.work(call, tables -> {
            TableSchema schema = tables.schemas().find(info.schema()).orElseThrow(() -> new Problem(400,
                    "there is no schema of that name", "schema_type", "/schema/api/v2/type lists what there is"));
            checkReference(tables, info, schema);
            try {
                tables.checkFree(info.name());
                return tables.store().create(info, schema);
            } catch (InputException e) {
                throw AnnotationAccess.problem(400, e);
            }
        });
        return new Answer.Result(HTML, made.info().name().getBytes(StandardCharsets.UTF_8));
    }

    private static void checkReference(Tables tables, TableInfo info, TableSchema schema) throws IOException {
        boolean refers = schema.fields().stream().anyMatch(Field.Reference.class::isInstance);
        if (info.reference().isEmpty()) {
            if (refers) {
                throw new Problem(400, "rows of schema '" + schema.name() + "' refer to another table", REFERENCE,
                        "name it in table_metadata");
            }
            return;
        }
        if (!refers) {
            throw new Problem(400, "Reference table must be a ReferenceAnnotation schema type, which '"
                    + schema.name() + "' is not", "schema_type", "leave " + REFERENCE + " out");
        }
        Optional<Stored> target = tables.store().table(info.reference().get());
        if (target.isEmpty() || target.get().deleted().isPresent()) {
            throw Problem.notFound("there is no table of that name to refer to", REFERENCE,
                    "ask for the list of tables");
        }
    }

    /// `PUT table`: says other things of one.
    Answer change(Call call) throws IOException {
        JsonNode body = JsonBody.tree(call);
        String name = AnnotationMetadata.name(body);
        Map<String, ?> changed = access.work(call, tables -> {
            TableInfo before = access.own(call, tables, name).info();
            TableInfo info = AnnotationMetadata.changed(before, body);
            if (!info.user().equals(before.user())) {
                access.checkGiven(call, info.user());
            }
            try {
                return AnnotationMetadata.json(tables.store().alter(info));
            } catch (InputException e) {
                throw AnnotationAccess.problem(e.where().equals("table") ? 404 : 400, e);
            }
        });
        return CaveJson.answer(call, changed);
    }

    /// `GET table/{table}`: what is said of it; of a deleted one too. The status is CAVE's.
    Answer metadata(Call call) throws IOException {
        Stored stored = access.work(call, tables -> access.seen(call, tables));
        Answer.Result answer = CaveJson.answer(call, AnnotationMetadata.json(stored));
        return AnnotationAccess.withNotice(new Answer.Result(201, answer.type(), answer.headers(), answer.bytes()),
                stored.info());
    }

    /// `DELETE table/{table}`: its name is not free again.
    Answer delete(Call call) throws IOException {
        access.work(call, tables -> {
            String name = access.own(call, tables).info().name();
            try {
                tables.store().drop(name);
            } catch (InputException e) {
                throw AnnotationAccess.problem(404, e);
            }
            return true;
        });
        return CaveJson.answer(call, true);
    }

    /// `GET table/{table}/count`: all rows that ever were.
    Answer count(Call call) throws IOException {
        long all = access.work(call, tables -> tables.count(access.read(call, tables).info().name()).all());
        return CaveJson.answer(call, BigInteger.valueOf(all));
    }
}
