package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one way in which Neuropil's own small JSON files are read and written: snake_case names, keys in alphabetical
/// order, two spaces, so that equal values give equal bytes.
public final class Json {
    /// Shared by all; immutable and safe for use by several threads.
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Json() {}

    /// A value as UTF-8 text that ends in a line feed.
    public static byte[] bytes(Object value) {
        return (MAPPER.writeValueAsString(value).replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Writes a value to a file, atomically.
    ///
    /// @param durable true to have it on the disk before this returns
    public static void write(Path file, Object value, boolean durable) throws IOException {
        FileStore.replace(file, bytes(value), durable);
    }

    /// Reads a file.
    ///
    /// @throws NoSuchFileException if it does not exist
    /// @throws InputException if it does not hold such a value; names file and place
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return parse(Files.readAllBytes(file), file.toString(), type);
    }

    /// Reads a file's bytes.
    ///
    /// @param file its name, for errors
    /// @throws InputException if they are not such a value; names file and place
    public static <T> T parse(byte[] bytes, String file, Class<T> type) {
        return read(MAPPER.readerFor(type), bytes, file);
    }

    /// Reads bytes that people wrote by hand: what has no meaning is an error, since it may be a name misspelt.
    ///
    /// @param file its name, for errors
    /// @throws InputException if they are not such a value; names file and place
    public static <T> T exactly(byte[] bytes, String file, Class<T> type) {
        return read(MAPPER.readerFor(type).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES), bytes, file);
    }

    private static <T> T read(ObjectReader reader, byte[] bytes, String file) {
        try {
            T value = reader.readValue(bytes);
            if (value == null) {
                throw new InputException("holds null", file, "");
            }
            return value;
        } catch (JacksonException e) {
            // Jackson adds where in the stream it was, which says nothing here.
            String words = e.getOriginalMessage().replaceAll("(?s)\\s*(at )?\\[Source:.*", "");
            throw new InputException("is not what was expected: " + words, file,
                    "mend it, or make it again with --fresh --force", e);
        }
    }

    /// SHA-256 of bytes, in lower-case hexadecimal.
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
