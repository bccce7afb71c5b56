package org.neuropil.tables.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnType;

/// Where an answer ended, as text for the next question: the digest of the query, and the last row's values of the columns
/// that order it.
final class PageToken {
    private static final int DIGEST = 32;

    private PageToken() {}

    /// A token.
    ///
    /// @param values as [TypedValue] has them, or null
    static String write(Query query, List<@Nullable Object> values) {
        StringBuilder text = new StringBuilder(digest(query));
        for (Object value : values) {
            String part = value == null ? "" : "v" + switch (value) {
                case Float number -> Integer.toString(Float.floatToIntBits(number));
                case Double number -> Long.toString(Double.doubleToLongBits(number));
                case String s -> HexFormat.of().formatHex(s.getBytes(StandardCharsets.UTF_8));
                default -> value.toString();
            };
            text.append('.').append(part);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The values of a token.
    ///
    /// @throws InputException if it is none, or one of another query
    static List<@Nullable Object> read(Query query, String token, List<ColumnType> types) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw broken(e);
        }
        if (text.length() < DIGEST || !text.startsWith(digest(query))) {
            if (!text.matches("(?s)[0-9a-f]{" + DIGEST + "}(\\..*)?")) {
                throw broken(null);
            }
            throw new InputException("the token belongs to another query", "page",
                    "ask the same query again, with nothing changed but token and limit");
        }
        String[] parts = text.substring(DIGEST).split("\\.", -1);
        if (parts.length != types.size() + 1 || !parts[0].isEmpty()) {
            throw broken(null);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String part = parts[i + 1];
            try {
                values.add(part.isEmpty() ? null : value(types.get(i), part.substring(1)));
            } catch (IllegalArgumentException e) {
                throw broken(e);
            }
        }
        return values;
    }

    private static Object value(ColumnType type, String text) {
        return switch (type) {
            case ID, INT64, TIMESTAMP -> Long.valueOf(text);
            case INT32 -> Integer.valueOf(text);
            case FLOAT32 -> Float.intBitsToFloat(Integer.parseInt(text));
            case FLOAT64 -> Double.longBitsToDouble(Long.parseLong(text));
            case BOOLEAN -> Boolean.valueOf(text);
            case TEXT -> new String(HexFormat.of().parseHex(text), StandardCharsets.UTF_8);
        };
    }

    private static InputException broken(@Nullable Exception cause) {
        InputException broken = new InputException("this is no token of a page", "page",
                "give the token of the answer before as it was");
        if (cause != null) {
            broken.initCause(cause);
        }
        return broken;
    }

    private static String digest(Query query) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(query.wholePages().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
