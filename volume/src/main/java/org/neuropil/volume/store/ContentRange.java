package org.neuropil.volume.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What HTTP calls `Content-Range` (RFC 9110, 14.4): which bytes of an object an answer has.
///
/// @param from first byte
/// @param to byte after the last; `from` if the answer has none
/// @param total length of the object; -1 if it is not told
record ContentRange(long from, long to, long total) {
    private static final Pattern FORM = Pattern
            .compile("bytes\\s+(?:(\\d{1,18})-(\\d{1,18})|\\*)/(?:(\\d{1,18})|\\*)", Pattern.CASE_INSENSITIVE);

    /// Reads the field's value; empty if it is not of this form or contradicts itself.
    static Optional<ContentRange> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        long total = form.group(3) == null ? -1 : Long.parseLong(form.group(3));
        if (form.group(1) == null) {
            return Optional.of(new ContentRange(0, 0, total));
        }
        long from = Long.parseLong(form.group(1));
        long to = Long.parseLong(form.group(2)) + 1;
        boolean possible = from < to && (total < 0 || to <= total);
        return possible ? Optional.of(new ContentRange(from, to, total)) : Optional.empty();
    }

    long length() {
        return to - from;
    }
}
