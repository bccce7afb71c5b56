package org.neuropil.server.cave;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.schema.AnnotationChanges;
import org.neuropil.tables.schema.Annotations;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.store.AnnotationStore.Stored;

/// The annotation service's rows. Those of a request are read as they come and are all written, or none; there is no
/// limit but that of a body.
final class AnnotationRows {
    private static final String IDS = "annotation_ids";
    /// Kinds whose rows say who wrote them, which is filled in where it is left out.
    private static final String OF_USERS = "_user";
    private static final String AUTHOR = "user_id";
    /// Where the store says that the rows of a change are not there, or stand no more.
    private static final String STANDING = "ids";
    /// Where it says that a table is not there.
    private static final String TABLE = "table";
    /// Where it says that an id is taken.
    private static final String ID = "id";

    private static final String KEY = "Idempotency-Key";

    private final AnnotationAccess access;
    private final Repeats repeats = new Repeats();

    AnnotationRows(AnnotationAccess access) {
        this.access = access;
    }

    /// `GET annotations?annotation_ids=1,2`: rows, also those that do not stand any more, ascending by id.
    Answer get(Call call) throws IOException {
        long[] ids = ids(call);
        return access.work(call, tables -> {
            Stored stored = access.read(call, tables);
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            Annotations.write(stored.schema(), tables.rows(stored.info().name(), ids), json);
            return AnnotationAccess.withNotice(new Answer.Result(MediaTypes.JSON, json.toByteArray()), stored.info());
        });
    }

    private static long[] ids(Call call) {
        String text = call.parameter(IDS).orElse("");
        if (text.isBlank()) {
            throw Problem.parameter(IDS, "is missing", "write " + IDS + "=1,2");
        }
        return Arrays.stream(text.split(",", -1)).mapToLong(id -> CaveQuery.id(id.strip(), IDS)).distinct().toArray();
    }

    /// `POST annotations`: adds rows. The answer is their ids, in order. A request with the `Idempotency-Key` of one before it
    /// adds nothing, and gets the same answer.
    Answer insert(Call call) throws IOException {
        Stored stored = access.work(call, tables -> access.write(call, tables));
        String user = access.user(call);
        TableSchema schema = filledIn(stored.schema(), Users.id(user));
        Optional<String> key = call.headers().get(KEY);
        key.ifPresent(Repeats::check);
        Rows rows;
        DigestInputStream body = new DigestInputStream(call.payload().stream(), sha256());
        body.on(key.isPresent());
        try {
            rows = Annotations.read(schema, body);
        } catch (InputException e) {
            throw AnnotationAccess.problem(422, e);
        }
        if (key.isEmpty()) {
            return CaveJson.answer(call, add(call, stored, rows));
        }
        body.transferTo(OutputStream.nullOutputStream());
        String digest = HexFormat.of().formatHex(body.getMessageDigest().digest());
        return CaveJson.answer(call, repeats.once(user + "\n" + stored.info().name() + "\n" + key.get(), digest,
                () -> add(call, stored, rows)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private long[] add(Call call, Stored stored, Rows rows) throws IOException {
        return access.work(call, tables -> {
            try {
                return tables.insert(stored.info().name(), rows);
            } catch (InputException e) {
                throw AnnotationAccess.problem(switch (e.where()) {
                    case TABLE -> 404;
                    case ID -> 409;
                    default -> 422;
                }, e);
            }
        });
    }

    /// A kind whose author is filled in where a row does not say it.
    private static TableSchema filledIn(TableSchema schema, long user) {
        if (!schema.name().endsWith(OF_USERS)) {
            return schema;
        }
        List<Field> fields = schema.fields().stream()
                .map(field -> field instanceof Field.Value value && value.name().equals(AUTHOR)
                        ? new Field.Value(AUTHOR, false, value.type(), value.nullable(), value.oneOf(), value.unit(),
                                value.description(), value.indexed(), Optional.of(Long.toString(user)))
                        : field)
                .toList();
        return new TableSchema(schema.name(), fields);
    }

    /// `PUT annotations`: puts rows in the place of others, of which each says its `id` and what changes. The answer is an
    /// object with the id of the new row by that of the old one.
    Answer update(Call call) throws IOException {
        Stored stored = access.work(call, tables -> access.write(call, tables));
        String name = stored.info().name();
        AnnotationChanges changes;
        try {
            changes = Annotations.changes(stored.schema(), call.payload().stream());
        } catch (InputException e) {
            throw AnnotationAccess.problem(422, e);
        }
        long[] old = changes.ids();
        long[] fresh = access.work(call, tables -> {
            Rows whole;
            try {
                whole = changes.over(tables.rows(name, old));
            } catch (InputException e) {
                throw AnnotationAccess.problem(404, e);
            }
            try {
                return tables.update(name, old, whole);
            } catch (InputException e) {
                throw refused(tables, name, old, e);
            }
        });
        Map<String, Long> by = new LinkedHashMap<>();
        for (int i = 0; i < old.length; i++) {
            by.put(Long.toUnsignedString(old[i]), fresh[i]);
        }
        return CaveJson.answer(call, by);
    }

    /// `DELETE annotations`: the rows stand no more. The answer is their ids.
    Answer delete(Call call) throws IOException {
        Stored stored = access.work(call, tables -> access.write(call, tables));
        String name = stored.info().name();
        long[] ids = JsonBody.ids(call, IDS);
        access.work(call, tables -> {
            try {
                tables.store().delete(name, ids);
            } catch (InputException e) {
                throw refused(tables, name, ids, e);
            }
            return true;
        });
        return CaveJson.answer(call, ids);
    }

    /// Why rows could not be replaced or deleted: 404 if one never was, 409 if one stands no more, 404 if the table is
    /// gone, 422 for what is wrong with what was given.
    private static Problem refused(Tables tables, String table, long[] ids, InputException e) throws IOException {
        int status = switch (e.where()) {
            case STANDING -> tables.rows(table, ids).size() < ids.length ? 404 : 409;
            case TABLE -> 404;
            default -> 422;
        };
        return AnnotationAccess.problem(status, e);
    }
}
