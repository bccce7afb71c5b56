package org.neuropil.volume.array;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.InputException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An object of a JSON file, read field by field; what does not fit is an [InputException] that names file, field and
/// value.
///
/// @param file its name, for errors
/// @param at the path of the object in the file, with a dot at the end; empty for the file's own
public record Fields(String file, String at, ObjectNode node) {
    /// Reads and writes such files. Python writes NaN and Infinity as they are.
    public static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    /// A file's object.
    ///
    /// @throws InputException if the text is not a JSON object
    public static Fields parse(byte[] text, String file) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new InputException("is not JSON: " + e.getOriginalMessage(), file, "", e);
        }
        if (root instanceof ObjectNode object) {
            return new Fields(file, "", object);
        }
        throw new InputException("is not a JSON object", file, "");
    }

    /// True if there is such a field and it is not null.
    public boolean has(String name) {
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    /// A field that must be there; it may be null.
    public JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new InputException("the field is missing", where(name), "");
        }
        return value;
    }

    /// A text.
    public String string(String name) {
        JsonNode value = required(name);
        if (!value.isString()) {
            throw wrong(name, "expected a text", "");
        }
        return value.stringValue();
    }

    /// A text; empty if there is none.
    public Optional<String> optionalString(String name) {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    /// A text out of a list.
    public String choice(String name, String... choices) {
        String value = string(name);
        if (!List.of(choices).contains(value)) {
            throw wrong(name, "expected " + String.join(" or ", choices), "");
        }
        return value;
    }

    /// A whole number.
    public int integer(String name, int least, int most) {
        return integer(name, required(name), least, most);
    }

    /// A whole number; `otherwise` if there is none.
    public int integer(String name, int least, int most, int otherwise) {
        return has(name) ? integer(name, least, most) : otherwise;
    }

    /// True or false; false if there is none.
    public boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        if (!required(name).isBoolean()) {
            throw wrong(name, "expected true or false", "");
        }
        return required(name).booleanValue();
    }

    /// Whole numbers.
    public int[] integers(String name, int least, int most) {
        List<JsonNode> list = list(name);
        int[] numbers = new int[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = integer(name, list.get(i), least, most);
        }
        return numbers;
    }

    /// Numbers, all finite.
    ///
    /// @param count how many there must be
    public double[] numbers(String name, int count) {
        List<JsonNode> list = list(name);
        if (list.size() != count) {
            throw wrong(name, "expected " + count + " numbers", "");
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(name, list.get(i));
        }
        return numbers;
    }

    /// Texts, empty ones for those that are null.
    public List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        for (JsonNode one : list(name)) {
            if (!one.isString() && !one.isNull()) {
                throw wrong(name, "expected a list of texts", "");
            }
            strings.add(one.isNull() ? "" : one.stringValue());
        }
        return strings;
    }

    /// An object.
    public Fields object(String name) {
        if (required(name) instanceof ObjectNode object) {
            return new Fields(file, at + name + ".", object);
        }
        throw wrong(name, "expected an object", "");
    }

    /// An object; an empty one if there is none.
    public Fields optionalObject(String name) {
        return has(name) ? object(name) : new Fields(file, at + name + ".", MAPPER.createObjectNode());
    }

    /// A list of objects; empty if there is none.
    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode one : has(name) ? list(name) : List.<JsonNode>of()) {
            if (!(one instanceof ObjectNode object)) {
                throw wrong(name, "expected a list of objects", "");
            }
            objects.add(new Fields(file, at + name + "[" + objects.size() + "].", object));
        }
        return objects;
    }

    /// A list.
    public List<JsonNode> list(String name) {
        JsonNode value = required(name);
        if (!value.isArray()) {
            throw wrong(name, "expected a list", "");
        }
        List<JsonNode> list = new ArrayList<>();
        for (Iterator<JsonNode> all = value.iterator(); all.hasNext();) {
            list.add(all.next());
        }
        return list;
    }

    /// A finite number that stands in a field.
    public double number(String name, JsonNode value) {
        // A text is no number here; one too large for a double becomes infinite or cannot be had.
        double number = value.isNumber() && !value.isBigInteger() ? value.doubleValue() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw wrong(name, "expected finite numbers", "");
        }
        return number;
    }

    private int integer(String name, JsonNode value, int least, int most) {
        // True for 64 and 64.0.
        if (!value.isNumber() || !value.canConvertToInt() || !value.canConvertToExactIntegral()
                || value.intValue() < least || value.intValue() > most) {
            throw wrong(name, "expected whole numbers from " + least + " to " + most, "");
        }
        return value.intValue();
    }

    /// What to throw when a field's value does not fit.
    public InputException wrong(String name, String why, String hint) {
        JsonNode value = node.get(name);
        String text = value == null ? "missing" : value.toString();
        return new InputException(at + name + " is " + (text.length() > 80 ? text.substring(0, 80) + "…" : text)
                + ", but " + why, where(name), hint);
    }

    /// File and field, for errors.
    public String where(String name) {
        return file + ", field " + at + name;
    }
}
