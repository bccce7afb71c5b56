package org.neuropil.coregister;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

/// Files of landmarks: a line each, without a header, of name, whether it is active, the moving point and the fixed
/// point. BigWarp writes these so, and the files that are passed around are BigWarp's, with or without its quotes. A
/// point that is not placed has `Infinity` for its coordinates.
public final class LandmarkCsv {
    private static final List<String> COLUMNS = List.of("name", "active", "moving x", "moving y", "moving z", "fixed x",
            "fixed y", "fixed z");
    private static final int MOVING = 2;
    private static final int FIXED = 5;
    private static final Pattern NOWHERE = Pattern.compile("[+-]?Infinity|NaN");
    private static final String ABSENT = "Infinity";

    private LandmarkCsv() {}

    /// How a file is written.
    public enum Form {
        /// `Pt-1,TRUE,284361,136378,14977,0.804354,0.934165,0.274648`.
        PLAIN,
        /// `"Pt-1","true","284361.0","136378.0","14977.0","0.804354","0.934165","0.274648"`.
        BIGWARP
    }

    /// Reads a file of either form.
    ///
    /// @throws InputException if it holds something else; names file, line and column
    public static List<Landmark> read(Path file) throws IOException {
        return parse(Files.readAllBytes(file), file.toString());
    }

    /// Reads a file's bytes.
    ///
    /// @param file its name, for errors
    /// @throws InputException if they are something else; names file, line and column
    public static List<Landmark> parse(byte[] bytes, String file) {
        List<Landmark> landmarks = new ArrayList<>();
        for (CsvText.Line line : CsvText.lines(bytes, file)) {
            if (line.cells().size() != COLUMNS.size()) {
                throw new InputException(line.cells().size() + " columns where there are " + COLUMNS.size(),
                        file + ", line " + line.number(),
                        line.cells().size() == 6
                                ? "landmarks of two dimensions cannot be used"
                                : "a line is " + String.join(", ", COLUMNS));
            }
            landmarks.add(new Landmark(line.cells().getFirst(), isActive(line), point(line, MOVING),
                    point(line, FIXED)));
        }
        return List.copyOf(landmarks);
    }

    private static boolean isActive(CsvText.Line line) {
        return switch (line.cells().get(1).strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InputException(
                    "'" + CsvText.shown(line.cells().get(1)) + "' is neither true nor false", line.where(1, "active"),
                    "a file of landmarks has no header, and says in its second column whether a landmark is active");
        };
    }

    private static Optional<Point3> point(CsvText.Line line, int from) {
        int absent = 0;
        for (int i = from; i < from + 3; i++) {
            if (NOWHERE.matcher(line.cells().get(i).strip()).matches()) {
                absent++;
            }
        }
        if (absent == 3) {
            return Optional.empty();
        }
        if (absent > 0) {
            throw new InputException("a point has some of its coordinates only", line.where(from, COLUMNS.get(from)),
                    "give all three, or Infinity for each if it is not placed");
        }
        return Optional.of(line.point(from, from + 1, from + 2, COLUMNS));
    }

    /// Writes landmarks, the inactive ones too; reading them gives equal ones.
    ///
    /// @return UTF-8, lines that end in LF
    public static byte[] bytes(List<Landmark> landmarks, Form form) {
        boolean quotes = form == Form.BIGWARP;
        StringBuilder text = new StringBuilder();
        for (Landmark landmark : landmarks) {
            String active = Boolean.toString(landmark.active());
            text.append(CsvText.quoted(landmark.name(), quotes)).append(',')
                    .append(CsvText.quoted(quotes ? active : active.toUpperCase(Locale.ROOT), quotes));
            append(text, landmark.moving(), quotes);
            append(text, landmark.fixed(), quotes);
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, Optional<Point3> point, boolean quotes) {
        for (int axis = 0; axis < 3; axis++) {
            int at = axis;
            String word = point.map(found -> quotes
                    ? Double.toString(found.get(at))
                    : CsvText.number(found.get(at))).orElse(ABSENT);
            text.append(',').append(CsvText.quoted(word, quotes));
        }
    }
}
