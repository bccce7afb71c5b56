package org.neuropil.server.cave;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// The parameters of a call as CAVE's clients write them. Those that no endpoint knows are without effect, as in CAVE.
///
/// @param call that they are of
record CaveQuery(Call call) {
    private static final Pattern SECONDS = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{0,30})?([eE][+-]?\\d{1,2})?");
    private static final Pattern SPAN = Pattern.compile("(-?\\d{1,18})-(-?\\d{1,18})");
    private static final double LAST_SECOND = 1e11;

    /// An id of the path.
    ///
    /// @throws Problem if it is none
    long id(String variable) {
        return id(call.variable(variable), variable);
    }

    /// An id written in digits.
    ///
    /// @param field that it stands in, for the error
    /// @throws Problem if it is none
    static long id(String text, String field) {
        try {
            if (!text.startsWith("+")) {
                return Long.parseUnsignedLong(text);
            }
        } catch (NumberFormatException e) {
            throw notAnId(text, field);
        }
        throw notAnId(text, field);
    }

    private static Problem notAnId(String text, String field) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return Problem.parameter(field, "'" + shown + "' is not an id",
                "ids are whole numbers from 0 to 18446744073709551615");
    }

    /// Yes or no, as Python, JavaScript and people write it; an empty value is none.
    ///
    /// @throws Problem if it is something else
    boolean flag(String name, boolean otherwise) {
        return call.parameter(name).map(text -> switch (text) {
            case "True", "true", "TRUE", "1" -> true;
            case "False", "false", "FALSE", "0" -> false;
            case "" -> otherwise;
            default -> throw Problem.parameter(name, "'" + text + "' is neither true nor false", "write True or False");
        }).orElse(otherwise);
    }

    /// A moment, in seconds since 1970 with a fraction; whole milliseconds, rounded down.
    ///
    /// @throws Problem if it is none
    Optional<Instant> moment(String name) {
        return call.parameter(name).filter(text -> !text.isEmpty()).map(text -> moment(text, name));
    }

    /// The moment of which the state is asked for: `timestamp`, or else the present.
    Instant at() {
        return moment("timestamp").orElse(Graph.NOW);
    }

    private static Instant moment(String text, String name) {
        if (!SECONDS.matcher(text.strip()).matches() || Math.abs(Double.parseDouble(text)) > LAST_SECOND) {
            throw Problem.parameter(name, "'" + text + "' is not a moment",
                    "write seconds since 1970 in UTC, such as 1735689600.5");
        }
        // A fraction as Python has it is not exact; CAVE rounds it to microseconds first.
        BigDecimal micros = new BigDecimal(text.strip()).setScale(6, RoundingMode.HALF_EVEN).movePointRight(3);
        return Instant.ofEpochMilli(micros.setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    /// A box in voxels of mip 0, written `x0-x1_y0-y1_z0-z1`, ends exclusive; null if there is none.
    ///
    /// @throws Problem if it is none
    @Nullable
    Box bounds() {
        String text = call.parameter("bounds").filter(t -> !t.isEmpty()).orElse(null);
        if (text == null) {
            return null;
        }
        String[] spans = text.split("_", -1);
        if (spans.length != 3) {
            throw notBounds(text, "are not three spans");
        }
        int[] from = new int[3];
        int[] to = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            Matcher span = SPAN.matcher(spans[axis]);
            if (!span.matches()) {
                throw notBounds(text, "have no span at '" + spans[axis] + "'");
            }
            from[axis] = clamp(Long.parseLong(span.group(1)));
            to[axis] = clamp(Long.parseLong(span.group(2)));
            if (to[axis] <= from[axis]) {
                throw notBounds(text, "hold nothing: " + spans[axis]);
            }
        }
        return new Box(new Int3(from[0], from[1], from[2]), new Int3(to[0], to[1], to[2]));
    }

    /// Far outside of every volume, but not so far that sizes overflow.
    private static int clamp(long value) {
        return Math.clamp(value, -(1 << 30), 1 << 30);
    }

    private static Problem notBounds(String text, String what) {
        return Problem.parameter("bounds",
                "'" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "' " + what,
                "write voxels as in 0-512_0-512_0-64");
    }

    /// A layer, 1 to that of the roots.
    ///
    /// @throws Problem if it is none
    int layer(String name, int otherwise, int layers) {
        return call.parameter(name).filter(text -> !text.isEmpty()).isPresent()
                ? call.integer(name, 1, layers).orElse(otherwise)
                : otherwise;
    }
}
