package org.neuropil.server.cave;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.store.AnnotationStore.Stored;

import tools.jackson.databind.JsonNode;

/// What is said of a table, in CAVE's words.
final class AnnotationMetadata {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS",
            Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String NAME = "table_name";
    private static final String SCHEMA = "schema_type";
    private static final String METADATA = "metadata";
    private static final String DESCRIPTION = "description";
    private static final String NOTICE = "notice_text";
    private static final String SEGMENTATION = "flat_segmentation_source";
    private static final String USER = "user_id";
    private static final String READ = "read_permission";
    private static final String WRITE = "write_permission";
    private static final String RESOLUTION = "voxel_resolution_";
    private static final String REFERENCES = "table_metadata";
    private static final String REFERENCE = "reference_table";
    private static final String TRACKING = "track_target_id_updates";
    private static final List<String> CHANGEABLE = List.of(DESCRIPTION, NOTICE, SEGMENTATION, USER, READ, WRITE);
    private static final List<String> ALL = List.of(DESCRIPTION, NOTICE, SEGMENTATION, USER, READ, WRITE,
            RESOLUTION + "x", RESOLUTION + "y", RESOLUTION + "z", REFERENCES);
    private static final int LONGEST = 80;

    private AnnotationMetadata() {}

    /// The table that a body asks to be made.
    ///
    /// @param user who asks; owns it unless the body names somebody else
    /// @throws Problem 404 if it is not described, 400 if something else is wrong or missing
    static TableInfo made(JsonNode body, String user) {
        check(body, "body", List.of(NAME, SCHEMA, METADATA));
        String name = wanted(text(body, NAME), NAME, "name the table");
        String schema = wanted(text(body, SCHEMA), SCHEMA, "/schema/api/v2/type lists what there is");
        JsonNode said = body.path(METADATA);
        check(said, METADATA, ALL);
        String description = text(said, DESCRIPTION);
        if (description == null) {
            throw new Problem(404, "Table description required", DESCRIPTION, "say what the table holds");
        }
        JsonNode references = said.path(REFERENCES);
        if (!isNothing(references)) {
            check(references, REFERENCES, List.of(REFERENCE, TRACKING));
        }
        try {
            return new TableInfo(name, schema, description, resolution(said), owner(said, user),
                    Optional.ofNullable(text(references, REFERENCE)), flag(references, TRACKING),
                    Objects.requireNonNullElse(text(said, SEGMENTATION), ""), notice(said, ""),
                    permission(said, WRITE, Permission.PRIVATE), permission(said, READ, Permission.PUBLIC));
        } catch (InputException e) {
            throw AnnotationAccess.problem(400, e);
        }
    }

    /// The name of the table that a body says something else of.
    ///
    /// @throws Problem 400 if it names none
    static String name(JsonNode body) {
        check(body, "body", List.of(NAME, METADATA));
        return wanted(text(body, NAME), NAME, "name the table");
    }

    /// A table with what a body says of it; what it does not say stays.
    ///
    /// @throws Problem 400 if something is wrong, or cannot change
    static TableInfo changed(TableInfo before, JsonNode body) {
        JsonNode said = body.path(METADATA);
        check(said, METADATA, CHANGEABLE);
        return new TableInfo(before.name(), before.schema(),
                Objects.requireNonNullElse(text(said, DESCRIPTION), before.description()), before.resolution(),
                owner(said, before.user()), before.reference(), before.tracksTargets(),
                Objects.requireNonNullElse(text(said, SEGMENTATION), before.segmentation()),
                notice(said, before.notice()), permission(said, WRITE, before.write()),
                permission(said, READ, before.read()));
    }

    /// All of it.
    static Map<String, @Nullable Object> json(Stored stored) {
        TableInfo info = stored.info();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", stored.number());
        json.put(NAME, info.name());
        json.put(SCHEMA, info.schema());
        json.put("valid", stored.deleted().isEmpty());
        json.put("created", moment(stored.created()));
        json.put("deleted", stored.deleted().map(AnnotationMetadata::moment).orElse(null));
        json.put(USER, Long.toString(Users.id(info.user())));
        json.put(DESCRIPTION, info.description());
        json.put(NOTICE, info.notice().isEmpty() ? null : info.notice());
        json.put(REFERENCE, info.reference().orElse(null));
        json.put(SEGMENTATION, info.segmentation().isEmpty() ? null : info.segmentation());
        json.put(RESOLUTION + "x", info.resolution().x());
        json.put(RESOLUTION + "y", info.resolution().y());
        json.put(RESOLUTION + "z", info.resolution().z());
        json.put(WRITE, info.write());
        json.put(READ, info.read());
        json.put("last_modified", moment(stored.modified()));
        return json;
    }

    /// A moment as CAVE's clients read it: always with six digits of the second.
    static String moment(Instant moment) {
        return MOMENT.format(moment);
    }

    private static void check(JsonNode at, String where, List<String> known) {
        if (!at.isObject()) {
            throw new Problem(400, isNothing(at) ? "is missing" : "is no object", where,
                    "send an object with " + String.join(", ", known));
        }
        for (String key : at.propertyNames()) {
            if (!known.contains(key)) {
                throw new Problem(400, "'" + shorten(key) + "' cannot be said here", where,
                        "there are " + String.join(", ", known));
            }
        }
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String shorten(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static String wanted(@Nullable String text, String field, String hint) {
        if (text == null) {
            throw new Problem(400, "is missing", field, hint);
        }
        return text;
    }

    private static @Nullable String text(JsonNode at, String field) {
        JsonNode node = at.path(field);
        if (isNothing(node)) {
            return null;
        }
        if (!node.isString()) {
            throw new Problem(400, shorten(node.toString()) + " is no text", field, "");
        }
        String text = node.asString();
        if (text.codePoints().anyMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new Problem(400, "is no text of whole characters", field, "");
        }
        return text;
    }

    /// CAVE's clients say a word where they mean nothing.
    private static String notice(JsonNode said, String otherwise) {
        String notice = Objects.requireNonNullElse(text(said, NOTICE), otherwise);
        return notice.equalsIgnoreCase("none") ? "" : notice;
    }

    private static String owner(JsonNode said, String otherwise) {
        JsonNode node = said.path(USER);
        String given = node.isIntegralNumber() ? node.asString() : text(said, USER);
        String owner = given == null ? otherwise : given;
        if (!OriginGuard.isName(owner) || owner.startsWith("-")) {
            throw new Problem(400, "'" + shorten(owner) + "' is no user", USER, "give the number of a user, or a name");
        }
        return owner;
    }

    private static boolean flag(JsonNode at, String field) {
        JsonNode node = at.path(field);
        if (!isNothing(node) && !node.isBoolean()) {
            throw new Problem(400, shorten(node.toString()) + " is neither true nor false", field, "");
        }
        return node.isBoolean() && node.asBoolean();
    }

    private static Permission permission(JsonNode said, String field, Permission otherwise) {
        String text = text(said, field);
        if (text == null) {
            return otherwise;
        }
        return Arrays.stream(Permission.values()).filter(one -> one.name().equals(text)).findFirst()
                .orElseThrow(() -> new Problem(400, "'" + shorten(text) + "' is no permission", field,
                        "use PRIVATE, GROUP or PUBLIC"));
    }

    private static VoxelSize resolution(JsonNode said) {
        double[] lengths = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            String field = RESOLUTION + "xyz".charAt(axis);
            JsonNode node = said.path(field);
            if (!node.isNumber()) {
                throw new Problem(400, isNothing(node) ? "is missing" : shorten(node.toString()) + " is no number",
                        field, "give the size of voxels in nm");
            }
            lengths[axis] = node.doubleValue();
        }
        try {
            return new VoxelSize(lengths[0], lengths[1], lengths[2]);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, Arrays.toString(lengths) + " is no size of voxels", RESOLUTION + "x, y, z",
                    "give three lengths above zero in nm");
        }
    }
}
