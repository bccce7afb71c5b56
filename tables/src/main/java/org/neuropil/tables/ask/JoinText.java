package org.neuropil.tables.ask;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;
import org.neuropil.tables.query.Join;
import org.neuropil.tables.query.QueryBuilder;

/// A join as people write it: `[left] TABLE [as NAME] on LEFT=RIGHT [many-to-one]`.
///
/// @param table its own name
/// @param name what the query calls it
/// @param left column of a table before it
/// @param right column of the table
/// @param kind what becomes of rows that meet none
/// @param cardinality many-to-many, which declares nothing, if it is not said
public record JoinText(String table, String name, String left, String right, Join.Kind kind,
        Join.Cardinality cardinality) {
    private static final Pattern FORM = Pattern
            .compile("\\s*(?:(left)\\s+)?(\\w+)(?:\\s+as\\s+(\\w+))?\\s+on\\s+([\\w.]+)"
                    + "\\s*=\\s*(?:(\\w+)\\.)?(\\w+)(?:\\s+((?:one|many)-to-(?:one|many)))?\\s*");

    /// Reads a join.
    ///
    /// @throws InputException if it is none
    public static JoinText parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new InputException("'" + text + "' is no join", "--join",
                    "write TABLE on LEFT=RIGHT many-to-one; 'left TABLE ...' keeps rows that meet none, 'TABLE as NAME "
                            + "...' gives it another name");
        }
        String name = form.group(3) == null ? form.group(2) : form.group(3);
        if (form.group(5) != null && !form.group(5).equals(name)) {
            throw new InputException("'" + form.group(5) + "' in '" + text + "' is not the table that is joined",
                    "--join", "write the column of " + name + " on the right");
        }
        return new JoinText(form.group(2), name, form.group(4), form.group(6),
                form.group(1) == null ? Join.Kind.INNER : Join.Kind.LEFT,
                form.group(7) == null
                        ? Join.Cardinality.MANY_TO_MANY
                        : Join.Cardinality.valueOf(form.group(7).toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    /// Adds it to a query.
    public void add(QueryBuilder query) {
        query.join(table, name, left, right, kind, cardinality);
    }
}
