package org.neuropil.server;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// Bodies of requests in our own grammar. What is not known is refused, as it is in a query: a misspelt field would
/// otherwise do something else than was meant.
final class JsonRequest {
    private static final JsonMapper STRICT = Json.MAPPER.rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).build();
    private static final String HINT = "/api/v1/openapi.json says what it is";
    private static final String BODY = "body";
    private static final int LONGEST = 100;

    private JsonRequest() {}

    /// Reads a body.
    ///
    /// @throws Problem if it is something else; names field and value
    static <T> T read(Call call, Class<T> type) throws IOException {
        byte[] bytes = call.payload().bytes();
        try {
            T value = STRICT.readValue(bytes, type);
            if (value != null) {
                return value;
            }
        } catch (UnrecognizedPropertyException e) {
            Collection<Object> known = e.getKnownPropertyIds();
            throw new Problem(400, "there is no field '" + e.getPropertyName() + "'", field(e.getPath()),
                    known == null
                            ? HINT
                            : "there are " + String.join(", ", known.stream().map(String::valueOf).sorted().toList()));
        } catch (MismatchedInputException e) {
            throw bytes.length == 0
                    ? nothing()
                    : new Problem(400, value(bytes, e.getPath()) + " is not " + words(e.getTargetType()),
                            field(e.getPath()), HINT);
        } catch (InputCoercionException e) {
            throw new Problem(400, value(bytes, e.getPath()) + " is not a whole number in the range of those",
                    field(e.getPath()), HINT);
        } catch (JacksonException e) {
            String words = e.getOriginalMessage().replaceAll("(?s)\\s*(at )?\\[Source:.*", "");
            throw new Problem(400, "the body is not JSON: " + words, BODY, HINT);
        }
        throw nothing();
    }

    private static Problem nothing() {
        return new Problem(400, "the body holds nothing", BODY, HINT);
    }

    private static String field(List<JacksonException.Reference> path) {
        StringBuilder field = new StringBuilder();
        for (JacksonException.Reference step : path) {
            if (step.getPropertyName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return field.isEmpty() ? BODY : field.toString();
    }

    private static String value(byte[] bytes, List<JacksonException.Reference> path) {
        JsonNode at = STRICT.readTree(bytes);
        for (JacksonException.Reference step : path) {
            at = step.getPropertyName() == null ? at.path(step.getIndex()) : at.path(step.getPropertyName());
        }
        String text = at.isContainer() ? (at.isArray() ? "a list" : "an object") : at.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    private static String words(@Nullable Class<?> type) {
        if (type == Long.class || type == Integer.class || type == long.class || type == int.class) {
            return "a whole number";
        } else if (type == Double.class || type == double.class) {
            return "a number";
        } else if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        } else if (type == String.class) {
            return "a text";
        }
        return type != null && Collection.class.isAssignableFrom(type) ? "a list" : "what is expected here";
    }
}
