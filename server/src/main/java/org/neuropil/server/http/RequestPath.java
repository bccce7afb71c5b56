package org.neuropil.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The path of a request, split and decoded once, so that nothing behind it decodes again.
///
/// A segment never is empty, `.` or `..` and never holds `/`, `\`, NUL or another control character, however it was
/// encoded; so segments joined to a folder cannot leave it by name. (They still can by a link in the folder.)
///
/// @param segments between the slashes, decoded
/// @param folder true if the path ends in a slash
public record RequestPath(List<String> segments, boolean folder) {
    /// Copies the list.
    public RequestPath {
        segments = List.copyOf(segments);
    }

    /// Reads the path as it stands in the request line, before the query.
    ///
    /// @return empty if it is no path of that kind: the client sent nonsense, or tries to climb
    public static Optional<RequestPath> parse(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return Optional.empty();
        }
        if (raw.length() == 1) {
            return Optional.of(new RequestPath(List.of(), true));
        }
        boolean folder = raw.charAt(raw.length() - 1) == '/';
        List<String> segments = new ArrayList<>();
        for (String part : raw.substring(1, folder ? raw.length() - 1 : raw.length()).split("/", -1)) {
            Optional<String> segment = decode(part);
            if (segment.isEmpty() || !isName(segment.get())) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return Optional.of(new RequestPath(segments, folder));
    }

    /// The segments with `/` between them, without one before or after.
    public String joined() {
        return String.join("/", segments);
    }

    private static boolean isName(String segment) {
        return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..")
                && segment.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    /// Undoes percent-encoding; empty if it is malformed or the bytes are not UTF-8.
    private static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0 && text.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(text);
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
