package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.space.InputException;
import org.neuropil.volume.array.Fields;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Texts in chunks of Zarr, in the forms of the package numcodecs.
final class ZarrObjects {
    /// What writes them: hdmf-zarr's usual one is `vlen-utf8` today, and was `pickle` before.
    static final List<String> CODECS = List.of("vlen-utf8", "vlen-bytes", "json2", "pickle");
    /// The most bytes of texts in a chunk.
    static final int MOST_BYTES = 1 << 28;

    private ZarrObjects() {}

    /// The texts of a chunk.
    ///
    /// @param count how many there may be
    /// @throws IOException if they are damaged, or something else
    static List<String> texts(byte[] bytes, String codec, int count, String where) throws IOException {
        try {
            return switch (codec) {
                case "json2" -> json(bytes);
                case "pickle" -> Pickle.texts(bytes);
                default -> lengths(bytes, count);
            };
        } catch (BufferUnderflowException e) {
            throw new IOException("a chunk of " + where + " is cut short", e);
        } catch (IOException e) {
            throw new IOException("a chunk of " + where + " " + e.getMessage(), e);
        } catch (InputException e) {
            throw new IOException("a chunk of " + where + " " + e.what(), e);
        }
    }

    /// How many there are, then each behind its length.
    private static List<String> lengths(byte[] bytes, int count) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int all = in.getInt();
        if (all < 0 || all > count) {
            throw new IOException("says that it has " + Integer.toUnsignedString(all) + " texts, more than " + count);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IOException("is cut short");
            }
            texts.add(new String(bytes, in.position(), length, StandardCharsets.UTF_8));
            in.position(in.position() + length);
        }
        return texts;
    }

    /// A list of the elements, then type and shape.
    private static List<String> json(byte[] bytes) throws IOException {
        JsonNode list;
        try {
            list = Fields.MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new IOException("is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!list.isArray() || list.size() < 2) {
            throw new IOException("is no list of elements, type and shape");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size() - 2; i++) {
            JsonNode one = list.get(i);
            if (!one.isString() && !one.isNumber() && !one.isNull()) {
                throw new IOException("has no texts for elements");
            }
            // Numbers among objects, such as the zeros that fill a last chunk up.
            texts.add(one.isNull() ? "" : one.isString() ? one.stringValue() : one.toString());
        }
        return texts;
    }

    /// Texts of one length, filled with zeros.
    static List<String> fixed(byte[] bytes, int width, boolean wide, boolean bigEndian) {
        Charset charset = !wide
                ? StandardCharsets.UTF_8
                : bigEndian ? Charset.forName("UTF-32BE") : Charset.forName("UTF-32LE");
        List<String> texts = new ArrayList<>();
        for (int at = 0; at + width <= bytes.length; at += width) {
            String text = new String(bytes, at, width, charset);
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == 0) {
                end--;
            }
            texts.add(text.substring(0, end));
        }
        return texts;
    }
}
