package org.neuropil.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a `Range` header asks for (RFC 9110, 14).
public sealed interface ByteRange {
    /// Everything: there is no header, or one that a server may and does ignore (another unit, several ranges, text
    /// that is no range).
    record Whole() implements ByteRange {}

    /// Bytes `from` (inclusive) to `to` (exclusive); at least one.
    record Slice(long from, long to) implements ByteRange {}

    /// Bytes that do not exist: 416.
    record Unsatisfiable() implements ByteRange {}

    /// Reads a header.
    ///
    /// @param header the header's value
    /// @param size bytes that there are
    static ByteRange parse(String header, long size) {
        Matcher match = Syntax.SINGLE.matcher(header);
        if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
            return new Whole();
        }
        if (match.group(1).isEmpty()) {
            long length = Syntax.number(match.group(2));
            return length == 0 || size == 0 ? new Unsatisfiable() : new Slice(Math.max(0, size - length), size);
        }
        long from = Syntax.number(match.group(1));
        long last = match.group(2).isEmpty() ? Long.MAX_VALUE : Syntax.number(match.group(2));
        if (last < from) {
            return new Whole();
        }
        return from >= size ? new Unsatisfiable() : new Slice(from, last >= size ? size : last + 1);
    }

    /// The form of one range.
    final class Syntax {
        private static final Pattern SINGLE = Pattern
                .compile("(?i)bytes=[ \\t]{0,9}(\\d{0,99})-(\\d{0,99})[ \\t]{0,9}");
        private static final int DIGITS = 18;

        private Syntax() {}

        /// A number as large as it may be written; larger than any file where it does not fit.
        private static long number(String digits) {
            String bare = digits.replaceFirst("^0+(?=.)", "");
            return bare.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(bare);
        }
    }
}
