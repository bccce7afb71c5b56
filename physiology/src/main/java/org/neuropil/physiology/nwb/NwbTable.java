package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Chunks;
import org.neuropil.physiology.nwb.tree.Group;
import org.neuropil.physiology.nwb.tree.Part;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.nwb.tree.Tree;
import org.neuropil.space.InputException;

/// A `DynamicTable`: a group with an array for each column.
final class NwbTable {
    /// What files write where there is no number.
    private static final Set<String> NOTHING = Set.of("", "nan", "none", "null", "n/a", "na", "<na>", "-");
    private static final long MOST_ROWS = 1L << 24;

    private final Tree tree;
    private final Group group;
    private final int rows;

    private NwbTable(Tree tree, Group group, int rows) {
        this.tree = tree;
        this.group = group;
        this.rows = rows;
    }

    /// @throws InputException if it has too many rows
    static NwbTable of(Tree tree, Group group) throws IOException {
        Optional<Array> ids = tree.array(group.path() + "/id");
        if (ids.isEmpty()) {
            ids = tree.array(group.path() + "/start_time");
        }
        long rows = ids.map(Array::size).orElse(0L);
        if (rows > MOST_ROWS) {
            throw new InputException("has " + rows + " rows, and at most " + MOST_ROWS + " are read", group.where(),
                    "");
        }
        return new NwbTable(tree, group, (int) rows);
    }

    int rows() {
        return rows;
    }

    Group group() {
        return group;
    }

    /// Names of its columns, sorted.
    List<String> columns() throws IOException {
        return group.names().stream().filter(name -> !name.equals("id")).toList();
    }

    /// A column; empty if there is none.
    Optional<Array> column(String name) throws IOException {
        return tree.array(group.path() + "/" + name);
    }

    /// A column that has one element for each row; empty if there is none.
    Optional<Array> plain(String name) throws IOException {
        Optional<Array> column = column(name);
        if (column.isPresent() && column.get().shape().length == 1 && column.get().size() != rows
                && column(name + "_index").isEmpty()) {
            throw new InputException("has " + column.get().size() + " elements, and its table " + rows + " rows",
                    column.get().where(), "");
        }
        return column.filter(array -> array.shape().length == 1 && array.size() == rows);
    }

    /// Numbers of a column, from texts too; NaN where there is none, or no such column.
    ///
    /// @throws InputException if a text is no number
    double[] numbers(String name) throws IOException {
        Optional<Array> column = plain(name);
        if (column.isEmpty()) {
            double[] none = new double[rows];
            Arrays.fill(none, Double.NaN);
            return none;
        }
        if (column.get().plain().isPresent()) {
            return Slab.doubles(column.get());
        }
        List<String> texts = column.get().texts();
        double[] numbers = new double[texts.size()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = number(texts.get(row), column.get(), row);
        }
        return numbers;
    }

    /// The number that a text is; NaN if it says that there is none.
    private static double number(String text, Array column, int row) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (NOTHING.contains(word)) {
            return Double.NaN;
        }
        if (word.equals("true") || word.equals("false")) {
            return word.equals("true") ? 1 : 0;
        }
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new InputException("'" + (word.length() > 40 ? word.substring(0, 40) + "…" : text)
                    + "' is no number", column.where() + ", row " + row, "write nan, null or nothing if there is none",
                    e);
        }
    }

    /// A column as words; empty ones if there is no such column. Whole numbers have no point.
    List<String> words(String name) throws IOException {
        Optional<Array> column = plain(name);
        if (column.isEmpty()) {
            return Collections.nCopies(rows, "");
        }
        if (column.get().parts().isEmpty()) {
            return column.get().texts();
        }
        List<String> words = new ArrayList<>();
        for (double number : Slab.doubles(column.get())) {
            words.add(Double.isNaN(number)
                    ? ""
                    : number == Math.rint(number) && Math.abs(number) < 1e15
                            ? Long.toString((long) number)
                            : Double.toString(number));
        }
        return words;
    }

    /// Ends of each row's part of a column of lists.
    ///
    /// @throws InputException if they do not rise, or lie beyond the list
    long[] ends(Array index, long length) throws IOException {
        Part part = index.plain().orElseThrow(() -> new InputException("has no numbers", index.where(), ""));
        long[] ends = Slab.longs(Chunks.NONE, index, part, new int[1],
                index.shape());
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] < (i == 0 ? 0 : ends[i - 1]) || ends[i] > length) {
                throw new InputException("row " + i + " ends at " + ends[i] + " of " + length, index.where(), "");
            }
        }
        return ends;
    }
}
