package org.neuropil.server.cave;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON bodies, whatever content type they claim. Lists of ids are read as they come, not into a tree.
final class JsonBody {
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private JsonBody() {}

    /// The ids of a list in an object: `{"node_ids": [1, "2"]}`. A list without an object around it is taken too.
    ///
    /// @throws Problem if the body is something else
    static long[] ids(Call call, String field) throws IOException {
        byte[] bytes = call.payload().bytes();
        if (bytes.length == 0) {
            throw missing(field);
        }
        try (JsonParser json = MAPPER.createParser(bytes)) {
            JsonToken first = json.nextToken();
            long[] found = null;
            if (first == JsonToken.START_ARRAY) {
                found = list(json, field);
            } else if (first == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean wanted = json.currentName().equals(field);
                    JsonToken value = json.nextToken();
                    if (!wanted) {
                        json.skipChildren();
                    } else if (value == JsonToken.START_ARRAY) {
                        found = list(json, field);
                    } else {
                        found = new long[]{id(json, value, field)};
                    }
                }
            }
            if (found == null) {
                throw missing(field);
            }
            if (json.nextToken() != null) {
                throw new Problem(400, "there is more after the body's end", "body", "send one JSON value");
            }
            return found;
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    private static long[] list(JsonParser json, String field) {
        long[] ids = new long[16];
        int count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
            }
            ids[count++] = id(json, token, field);
        }
        return Arrays.copyOf(ids, count);
    }

    private static long id(JsonParser json, JsonToken token, String field) {
        if (token == JsonToken.VALUE_STRING) {
            return CaveQuery.id(json.getString(), field);
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            BigInteger value = json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? json.getBigIntegerValue()
                    : BigInteger.valueOf(json.getLongValue());
            return id(value, field);
        }
        throw Problem.parameter(field, "holds " + words(token) + " where an id is due",
                "write ids as whole numbers or texts of digits");
    }

    private static String words(@Nullable JsonToken token) {
        return switch (token) {
            case VALUE_NUMBER_FLOAT -> "a broken number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case null, default -> "nothing";
        };
    }

    private static long id(BigInteger value, String field) {
        if (value.signum() < 0 || value.compareTo(LARGEST) > 0) {
            return CaveQuery.id(value.bitLength() > 128 ? "a number of " + value.bitLength() + " bits" : value + "",
                    field);
        }
        return value.longValue();
    }

    /// An id in a tree.
    static long id(JsonNode node, String field) {
        if (node.isIntegralNumber()) {
            return id(node.bigIntegerValue(), field);
        }
        return CaveQuery.id(node.isString() ? node.asString() : node.toString(), field);
    }

    /// The whole body as a tree; bodies of edits are small.
    static JsonNode tree(Call call) throws IOException {
        byte[] bytes = call.payload().bytes();
        if (bytes.length == 0) {
            throw new Problem(400, "the request has no body", "body", "send JSON");
        }
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    private static Problem missing(String field) {
        return new Problem(400, "the body has no list '" + field + "'", "body",
                "send {\"" + field + "\": [1, 2]}");
    }

    private static Problem notJson(JacksonException e) {
        String words = e.getOriginalMessage().replaceAll("(?s)\\s*(at )?\\[Source:.*", "");
        return new Problem(400, "the body is not JSON: " + words, "body", "");
    }
}
