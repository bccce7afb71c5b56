package org.neuropil.coregister;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.neuropil.space.InputException;

/// A kind of annotation that says which imaged cell is which in EM, as CAVE names it, with the fields that name a cell.
public enum CellKind {
    /// MICrONS, rows that refer to nuclei: `coregistration_manual_v4` and the automatic tables.
    EXTENDED("func_unit_ext_coreg", List.of("session", "scan_idx", "unit_id"), List.of("field"), true, true),
    /// V1DD, with a point of its own.
    V1DD("v1dd_func_unit_coreg", List.of("column", "volume", "roi"), List.of("plane"), false, true),
    /// MICrONS, with a point of its own.
    UNIT("microns_func_unit_coreg", List.of("session", "scan_idx", "unit_id"), List.of(), false, false),
    /// A number alone, with a point.
    PLAIN("microns_func_coreg", List.of("func_id"), List.of(), false, false);

    private final String word;
    private final List<String> keys;
    private final List<String> more;
    private final boolean refers;
    private final boolean scored;

    CellKind(String word, List<String> keys, List<String> more, boolean refers, boolean scored) {
        this.word = word;
        this.keys = keys;
        this.more = more;
        this.refers = refers;
        this.scored = scored;
    }

    /// Its name as a kind of table.
    public String word() {
        return word;
    }

    /// Fields that a cell must have.
    public List<String> keys() {
        return keys;
    }

    /// Fields that it may have.
    public List<String> more() {
        return more;
    }

    /// True if rows have `target_id`, the nucleus; otherwise they have `pt_position`.
    public boolean refers() {
        return refers;
    }

    /// True if rows have `residual` and `score`.
    public boolean isScored() {
        return scored;
    }

    /// Finds one by its name.
    ///
    /// @throws InputException if there is none
    public static CellKind parse(String text, String option) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(text)).findFirst().orElseThrow(
                () -> new InputException("'" + CsvText.shown(text) + "' is no kind of coregistration", option,
                        "there are " + Arrays.stream(values()).map(CellKind::word).collect(Collectors.joining(", "))));
    }

    /// The first kind whose fields a file has.
    public static Optional<CellKind> of(List<String> header) {
        return Arrays.stream(values()).filter(kind -> header.containsAll(kind.keys)).findFirst();
    }
}
