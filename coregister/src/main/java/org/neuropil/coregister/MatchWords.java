package org.neuropil.coregister;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;

/// How cells are matched to nuclei, in the words of command line and HTTP.
///
/// @param unit of the cells; that of the model's landmarks if empty
/// @param columns of the cells' x, y and z
/// @param nucleiUnit of nuclei out of a file, likewise
/// @param nucleiColumns of their x, y and z
/// @param nucleiId column of their ids
/// @param schema kind of annotation of the result; told by the columns if empty
/// @param oneToOne whether no nucleus is given to two cells
/// @param per fields; with `oneToOne` among the cells alone that share these
/// @param seed of the cells that errors are estimated from if there are many
public record MatchWords(Optional<String> unit, List<String> columns, Optional<String> nucleiUnit,
        List<String> nucleiColumns, String nucleiId, Optional<String> schema, boolean oneToOne, List<String> per,
        long seed) {
    /// Columns of the cells if no others are named.
    public static final List<String> COLUMNS = List.of("x", "y", "z");
    /// Column of the nuclei's ids if no other is named.
    public static final String ID = "id";
    /// Seed if no other is given.
    public static final long SEED = 1;
    private static final String UNIT = "--unit";
    private static final String NUCLEI_UNIT = "--nuclei-unit";
    private static final String SCHEMA = "--schema";

    /// Copies.
    public MatchWords {
        columns = List.copyOf(columns);
        nucleiColumns = List.copyOf(nucleiColumns);
        per = List.copyOf(per);
    }

    /// Looks at all that can be known before anything is read.
    ///
    /// @param model whether there is one
    /// @param table whether nuclei are those of a table
    /// @throws InputException if something is missing or means nothing; its place is the option, `--unit` and so on
    public void check(boolean model, boolean table) {
        three(columns, "--columns");
        three(nucleiColumns, "--nuclei-columns");
        if (!model && unit.isEmpty()) {
            throw new InputException("is missing", UNIT, "without --model nothing says the unit of the cells");
        }
        if (!model && !table && nucleiUnit.isEmpty()) {
            throw new InputException("is missing", NUCLEI_UNIT,
                    "without --model nothing says the unit of the nuclei");
        }
        if (!per.isEmpty() && !oneToOne) {
            throw new InputException("goes with --one-to-one", "--per", "");
        }
        unit.ifPresent(word -> PointUnit.parse(word, UNIT));
        nucleiUnit.ifPresent(word -> PointUnit.parse(word, NUCLEI_UNIT));
        schema.ifPresent(word -> CellKind.parse(word, SCHEMA));
    }

    private static void three(List<String> names, String option) {
        if (names.size() != 3 || new HashSet<>(names).size() != 3) {
            throw new InputException("'" + CsvText.shown(String.join(",", names)) + "' does not name three columns",
                    option, "");
        }
    }

    /// Unit of the cells.
    PointUnit cellUnit(Optional<Coregistration> model) {
        return unit.map(word -> PointUnit.parse(word, UNIT))
                .or(() -> model.map(found -> found.unit(Space.TWO_PHOTON))).orElse(PointUnit.MICROMETRE);
    }

    /// Unit of places in EM.
    PointUnit emUnit(Optional<Coregistration> model) {
        return nucleiUnit.map(word -> PointUnit.parse(word, NUCLEI_UNIT))
                .or(() -> model.map(found -> found.unit(Space.EM))).orElse(PointUnit.MICROMETRE);
    }

    /// Kind of the cells of a file.
    CellKind kind(GivenFile cells) {
        return schema.map(word -> CellKind.parse(word, SCHEMA))
                .orElseGet(() -> CellTable.kind(cells.bytes(), cells.name()));
    }

    /// The number of each cell's group, for one-to-one assignment; none if all are one.
    int[] groups(CellTable cells) {
        if (per.isEmpty()) {
            return new int[0];
        }
        int[] at = new int[per.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = cells.fields().indexOf(per.get(i));
            if (at[i] < 0) {
                throw new InputException("cells are not named by '" + CsvText.shown(per.get(i)) + "'", "--per",
                        "there are " + String.join(", ", cells.fields()));
            }
        }
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        int[] groups = new int[cells.size()];
        for (int i = 0; i < groups.length; i++) {
            List<Integer> name = cells.names().get(i);
            List<Integer> key = Arrays.stream(at).mapToObj(name::get).toList();
            groups[i] = numbers.computeIfAbsent(key, _ -> numbers.size());
        }
        return groups;
    }
}
