package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.neuropil.physiology.nwb.tree.Group;
import org.neuropil.physiology.nwb.tree.Tree;
import org.neuropil.space.InputException;

/// What a session holds and NWB has no place for: a table of texts at [#TABLE], which Neuropil's own files have. Where it is,
/// the file says all of the session, so that nothing is guessed or converted.
public final class NwbFacts {
    /// Path of the table.
    public static final String TABLE = "analysis/neuropil_session";
    /// Column: path of the object that a row is about; `/` for the session.
    public static final String OBJECT = "object";
    /// Column: what is told of it.
    public static final String FIELD = "field";
    /// Column: what it is.
    public static final String VALUE = "value";
    /// Path of the session.
    public static final String SESSION = "/";
    /// Field: name of the session, or of the plane whose table of ROIs it is told of.
    public static final String NAME = "name";
    /// Field: the animal's id.
    public static final String SUBJECT = "subject";
    /// Field: a sentence about the session.
    public static final String NOTE = "note";
    /// Beginning of a field: the name of a property follows.
    public static final String PROPERTY = "property ";
    /// Field: name of a signal, of its time series.
    public static final String SIGNAL = "signal";
    /// Field: unit of a signal, which may be empty.
    public static final String UNIT = "unit";
    /// Field: stimulus of a template, of its time series.
    public static final String STIMULUS = "stimulus";
    /// Field: degrees of a template's squares.
    public static final String DEGREES = "degrees";

    private final boolean isThere;
    private final List<Fact> facts;

    /// A row of the table.
    ///
    /// @param object path of what it is about
    /// @param field what is told
    /// @param value what it is
    public record Fact(String object, String field, String value) {}

    private NwbFacts(boolean isThere, List<Fact> facts) {
        this.isThere = isThere;
        this.facts = List.copyOf(facts);
    }

    /// Those of a file.
    ///
    /// @throws InputException if the table lacks a column
    static NwbFacts of(Tree tree) throws IOException {
        Optional<Group> group = tree.group(TABLE);
        if (group.isEmpty()) {
            return new NwbFacts(false, List.of());
        }
        NwbTable table = NwbTable.of(tree, group.get());
        for (String column : List.of(OBJECT, FIELD, VALUE)) {
            if (table.plain(column).filter(array -> array.parts().isEmpty()).isEmpty()) {
                throw new InputException("has no column " + column + " of texts", group.get().where(),
                        "remove the table to read the file as one of another program");
            }
        }
        List<String> objects = table.words(OBJECT);
        List<String> fields = table.words(FIELD);
        List<String> values = table.words(VALUE);
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            facts.add(new Fact(objects.get(i), fields.get(i), values.get(i)));
        }
        return new NwbFacts(true, facts);
    }

    /// Whether the file has the table.
    boolean isThere() {
        return isThere;
    }

    /// What is told of an object; empty if nothing is.
    Optional<String> of(String object, String field) {
        return facts.stream().filter(fact -> fact.object().equals(object) && fact.field().equals(field))
                .map(Fact::value).findFirst();
    }

    /// All that is told of the session, in the order of the table.
    List<Fact> ofSession() {
        return facts.stream().filter(fact -> fact.object().equals(SESSION)).toList();
    }

    /// The place of an object among those of which a field is told; behind them if it is not told.
    int place(String object, String field) {
        List<String> objects = facts.stream().filter(fact -> fact.field().equals(field)).map(Fact::object).toList();
        int place = objects.indexOf(object);
        return place < 0 ? objects.size() : place;
    }
}
