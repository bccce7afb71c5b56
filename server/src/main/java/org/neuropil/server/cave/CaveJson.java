package org.neuropil.server.cave;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// JSON as CAVE's services write it: snake case, no blanks. Every `long` of a reply is an id and unsigned; with
/// `int64_as_str` it is written as text, because scripts in browsers would round it. Counts are `int`.
final class CaveJson {
    private static final JsonMapper NUMBERS = mapper(false);
    private static final JsonMapper TEXTS = mapper(true);
    /// Reads as infinity everywhere and is a number of JSON, which `Infinity` is not.
    private static final String INFINITE = "1e999";

    private CaveJson() {}

    /// A value as JSON.
    ///
    /// @param texts true to write ids as text
    static byte[] bytes(Object value, boolean texts) {
        return (texts ? TEXTS : NUMBERS).writeValueAsBytes(value);
    }

    /// An object whose fields keep their order, so that its bytes are the same each time.
    ///
    /// @param pairs a name, its value, and so on
    static Map<String, Object> object(Object... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return object;
    }

    /// A value as text.
    static String text(Object value) {
        return new String(bytes(value, false), StandardCharsets.UTF_8);
    }

    /// The answer to a call, with ids as it asks for them.
    static Answer.Result answer(Call call, Object value) throws IOException {
        return new Answer.Result(MediaTypes.JSON, bytes(value, new CaveQuery(call).flag("int64_as_str", false)));
    }

    private static JsonMapper mapper(boolean texts) {
        SimpleModule module = new SimpleModule().addSerializer(long[].class, new Ids(texts))
                .addSerializer(Long.class, new Id(texts)).addSerializer(long.class, new Id(texts))
                .addSerializer(float[].class, new Floats());
        return JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).addModule(module)
                .build();
    }

    private static void write(long id, boolean texts, JsonGenerator json) {
        if (texts) {
            json.writeString(Long.toUnsignedString(id));
        } else if (id >= 0) {
            json.writeNumber(id);
        } else {
            json.writeNumber(Long.toUnsignedString(id));
        }
    }

    private static final class Id extends StdSerializer<Long> {
        private final boolean texts;

        Id(boolean texts) {
            super(Long.class);
            this.texts = texts;
        }

        @Override
        public void serialize(Long id, JsonGenerator json, SerializationContext context) {
            write(id, texts, json);
        }
    }

    private static final class Ids extends StdSerializer<long[]> {
        private final boolean texts;

        Ids(boolean texts) {
            super(long[].class);
            this.texts = texts;
        }

        @Override
        public void serialize(long[] ids, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            for (long id : ids) {
                write(id, texts, json);
            }
            json.writeEndArray();
        }
    }

    private static final class Floats extends StdSerializer<float[]> {
        Floats() {
            super(float[].class);
        }

        @Override
        public void serialize(float[] values, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            for (float value : values) {
                if (Float.isInfinite(value)) {
                    json.writeNumber(value > 0 ? INFINITE : "-" + INFINITE);
                } else {
                    json.writeNumber(value);
                }
            }
            json.writeEndArray();
        }
    }
}
