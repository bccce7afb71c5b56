package org.neuropil.server.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Software;
import org.neuropil.server.http.Dialect;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Route;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategy;

/// The description of the API, OpenAPI 3.1, made from the routes that answer it and from the records that they answer
/// with.
public final class OpenApi {
    private static final Map<String, Object> ERROR = Map.of("description", "what is wrong", "content",
            Map.of(MediaTypes.JSON, Map.of("schema", Map.of("$ref", "#/components/schemas/Error"))));

    private static final PropertyNamingStrategy NAMING = PropertyNamingStrategies.SNAKE_CASE;

    private OpenApi() {}

    /// The document.
    public static Map<String, Object> document(List<Route> routes) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            // What CAVE's paths answer, CAVE decides.
            if (Dialect.of(route.path()) == Dialect.OWN) {
                // Several routes can have one path, each with methods of its own.
                Map<String, Object> methods = paths.computeIfAbsent(route.template(), _ -> new LinkedHashMap<>());
                route.methods().forEach(method -> methods.put(method.toLowerCase(Locale.ROOT), operation(route)));
            }
        }
        String version = Software.NAME.substring(Software.NAME.indexOf(' ') + 1);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Neuropil", "version", version));
        document.put("paths", paths);
        Map<String, Object> text = Map.of("type", "string");
        document.put("components", Map.of("schemas", Map.of("Error", Map.of("type", "object", "required",
                List.of("error", "where", "hint"), "properties", Map.of("error", text, "where", text, "hint", text)))));
        return document;
    }

    private static Map<String, Object> operation(Route route) {
        List<Object> parameters = new ArrayList<>();
        for (Route.Parameter parameter : route.parameters()) {
            parameters.add(Map.of("name", parameter.name(), "in", parameter.place(), "required",
                    parameter.place().equals("path"), "description", parameter.summary(), "schema",
                    Map.of("type", parameter.type()), "example", parameter.example()));
        }
        Class<?> shape = route.shape();
        Map<String, Object> content = shape == null ? Map.of() : Map.of("schema", schema(shape));
        Map<String, Object> types = new LinkedHashMap<>();
        for (String type : route.produces().split(", ", -1)) {
            types.put(type, type.equals(MediaTypes.JSON) || types.isEmpty() ? content : Map.of());
        }
        Map<String, Object> responses = Map.of("200", Map.of("description", route.summary(), "content", types),
                "default", ERROR);
        Map<String, Object> operation = new LinkedHashMap<>(Map.of("operationId", route.name(), "summary",
                route.summary(), "parameters", parameters, "responses", responses));
        Class<?> takes = route.takes();
        if (takes != null) {
            operation.put("requestBody", Map.of("required", true, "content",
                    Map.of(MediaTypes.JSON, Map.of("schema", schema(takes)))));
        }
        return operation;
    }

    /// The JSON schema of what Jackson makes of a type.
    static Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return Map.of("type", "array", "items", schema(generic.getActualTypeArguments()[0]));
        }
        if (!(type instanceof Class<?> plain)) {
            return Map.of("type", "object");
        }
        if (plain.isRecord()) {
            return record(plain);
        }
        if (plain == String.class) {
            return Map.of("type", "string");
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (plain == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (plain == int.class || plain == long.class || plain == Integer.class || plain == Long.class) {
            return Map.of("type", "integer");
        }
        return plain == double.class || plain == Double.class ? Map.of("type", "number") : Map.of("type", "object");
    }

    private static Map<String, Object> record(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = NAMING.nameForField(null, null, component.getName());
            names.add(name);
            Map<String, Object> schema = schema(component.getGenericType());
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            properties.put(name, nullable ? Map.of("anyOf", List.of(schema, Map.of("type", "null"))) : schema);
        }
        return Map.of("type", "object", "required", names, "properties", properties);
    }
}
