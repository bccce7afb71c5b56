package org.neuropil.tables.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import org.neuropil.space.InputException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Bytes of JSON that can be read from several places at once.
///
/// @param name for errors
/// @param bytes gives the bytes from a place on
record JsonSource(String name, Bytes bytes) {
    // Python's writer gives NaN, which is no JSON, for what is absent.
    private static final JsonFactory FACTORY = JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.AUTO_CLOSE_SOURCE).disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
    private static final int SHOWN = 200;

    /// Gives bytes.
    interface Bytes {
        /// @param place of the first byte
        InputStream from(long place) throws IOException;
    }

    /// Reads something.
    interface Reading {
        void read(JsonParser json) throws IOException;
    }

    /// Reads from a place on.
    ///
    /// @throws InputException if the bytes are no JSON
    void read(long place, Reading reading) throws IOException {
        try (JsonParser json = at(place)) {
            guard(json, () -> reading.read(json));
        }
    }

    /// Work with parsers.
    interface Work {
        void run() throws IOException;
    }

    /// Does something with a parser.
    ///
    /// @throws InputException if the bytes are no JSON
    /// @throws IOException if they cannot be read
    void guard(JsonParser json, Work work) throws IOException {
        try {
            work.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw broken(json, e);
        }
    }

    /// A parser whose next token begins at a place; to be used within [#guard].
    ///
    /// @throws InputException if it cannot tell how the bytes are text
    JsonParser at(long place) throws IOException {
        // A parser takes an IOException for bytes that are no text.
        InputStream plain = bytes.from(place);
        boolean done = false;
        try {
            JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), unchecked(plain));
            done = true;
            return json;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            // It looks at the first bytes to tell their encoding.
            throw new InputException("is no JSON: " + shown(e.getOriginalMessage()), name, "write it in UTF-8", e);
        } finally {
            if (!done) {
                plain.close();
            }
        }
    }

    private static InputStream unchecked(InputStream plain) {
        return new InputStream() {
            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                try {
                    return plain.read(to, offset, length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void close() throws IOException {
                plain.close();
            }
        };
    }

    /// Where the token begins that was read last.
    ///
    /// @param from where its parser began
    /// @throws InputException if that cannot be told
    long place(JsonParser json, long from) {
        long place = json.currentTokenLocation().getByteOffset();
        if (place < 0) {
            throw new InputException("is not in UTF-8", name, "write it in UTF-8");
        }
        return from + place;
    }

    private InputException broken(JsonParser json, JacksonException e) {
        String words = e.getOriginalMessage().replaceAll("(?s)\\s*(at )?\\[Source:.*", "");
        String what = e instanceof UnexpectedEndOfInputException
                ? "ends in the middle"
                : (e instanceof StreamConstraintsException ? "cannot be read: " : "is no JSON: ") + shown(words);
        StringBuilder where = new StringBuilder(name);
        if (e.getLocation() != null && e.getLocation().getLineNr() > 0) {
            where.append(", line ").append(e.getLocation().getLineNr()).append(", column ")
                    .append(e.getLocation().getColumnNr());
        }
        String path = json.streamReadContext().pathAsPointer().toString();
        if (!path.isEmpty()) {
            where.append(", in ").append(shown(path));
        }
        return new InputException(what, where.toString(), "mend the file, or write it anew", e);
    }

    /// At most so much of a text, in one line.
    static String shown(String text) {
        String line = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return line.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }

    /// Goes over what is left of an object's or a list's content, if the last token began one.
    static void skip(JsonParser json) {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            json.skipChildren();
        }
    }
}
