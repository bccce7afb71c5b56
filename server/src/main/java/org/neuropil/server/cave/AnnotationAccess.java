package org.neuropil.server.cave;

import java.io.IOException;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Tokens;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.store.AnnotationStore.Stored;

/// Finds the annotation tables that calls name, and decides who may read and change them. A table that is not for all is
/// for its owner, or for members of the owner's groups too; without tokens there are no groups, so `GROUP` is as `PRIVATE`.
/// Where nobody says who they are, all are the same user, who owns what they made.
final class AnnotationAccess {
    private static final String VOLUME = "volume";
    private static final String TABLE = "table";
    private static final int LONGEST_NOTICE = 1000;

    private final GraphCalls calls;
    private final DatasetFacts.Source facts;
    private final AnnotationTables tables;

    AnnotationAccess(GraphCalls calls, DatasetFacts.Source facts, AnnotationTables tables) {
        this.calls = calls;
        this.facts = facts;
        this.tables = tables;
    }

    /// Works on tables.
    @FunctionalInterface
    interface Work<T> {
        /// @throws IOException if they cannot be read or written
        T of(Tables tables) throws IOException;
    }

    /// Works on the tables of the volume that a call names, on threads that are there for it.
    ///
    /// @throws Problem 404 if there is no such volume
    <T> T work(Call call, Work<T> work) throws IOException {
        String name = facts.now().name();
        if (!name.equals(call.variable(VOLUME))) {
            throw Problem.notFound("there is no aligned volume '" + call.variable(VOLUME) + "'", "",
                    "there is '" + name + "'");
        }
        return calls.annotations(() -> work.of(tables.get()));
    }

    /// Who asks for a change.
    ///
    /// @throws Problem 403 if its page may not change anything here
    String user(Call call) {
        return calls.guard().check(call);
    }

    /// The table that a call names, also a deleted one, if who asks may read it.
    ///
    /// @throws Problem 404 if there never was one, 403 if it is not for them
    Stored seen(Call call, Tables open) throws IOException {
        Stored stored = find(open, call.variable(TABLE));
        if (stored.info().read() != Permission.PUBLIC) {
            checkMember(call, stored, calls.guard().reader(call), stored.info().read(), "read");
        }
        return stored;
    }

    /// The table that a call names, if who asks may read it.
    ///
    /// @throws Problem 404 if there is none, 403 if it is not for them
    Stored read(Call call, Tables open) throws IOException {
        return standing(seen(call, open));
    }

    /// The table that a call names, if who asks may change its rows.
    ///
    /// @throws Problem 404 if there is none, 403 if it is not for them
    Stored write(Call call, Tables open) throws IOException {
        String user = user(call);
        Stored stored = standing(find(open, call.variable(TABLE)));
        if (stored.info().write() != Permission.PUBLIC) {
            checkMember(call, stored, user, stored.info().write(), "change rows of");
        }
        return stored;
    }

    /// A table, if who asks owns it.
    ///
    /// @throws Problem 404 if there is none, 403 if it is another's
    Stored own(Call call, Tables open, String name) throws IOException {
        String user = user(call);
        Stored stored = standing(find(open, name));
        checkOwner(stored, user, "change or delete");
        return stored;
    }

    /// The table that a call names, if who asks owns it.
    ///
    /// @throws Problem 404 if there is none, 403 if it is another's
    Stored own(Call call, Tables open) throws IOException {
        return own(call, open, call.variable(TABLE));
    }

    private static Stored find(Tables open, String name) throws IOException {
        return open.store().table(name).orElseThrow(() -> Problem.notFound("there is no table '"
                + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + "'", "table_name",
                "ask for the list of tables"));
    }

    private static Stored standing(Stored stored) {
        if (stored.deleted().isPresent()) {
            throw Problem.notFound("table '" + stored.info().name() + "' was deleted at " + stored.deleted().get(),
                    "table_name", "its rows can be queried at moments before");
        }
        return stored;
    }

    private void checkMember(Call call, Stored stored, String user, Permission permission, String what) {
        if (permission != Permission.GROUP || !calls.guard()
                .together(name -> Users.matches(stored.info().user(), name), call)) {
            checkOwner(stored, user, what);
        }
    }

    /// @throws Problem 403 if a table is to be somebody else's than whose token asks for it
    void checkGiven(Call call, String owner) {
        Tokens tokens = calls.guard().tokens();
        if (tokens.isOn() && !Users.matches(owner, user(call)) && !tokens.user(call).may(Tokens.ADMIN)) {
            throw new Problem(403, "user '" + user(call) + "' may not make tables for others", "user_id",
                    "leave it out");
        }
    }

    private static void checkOwner(Stored stored, String user, String what) {
        if (!Users.matches(stored.info().user(), user)) {
            throw new Problem(403, "user '" + user + "' may not " + what + " table '" + stored.info().name() + "'",
                    "", "its owner, user " + Users.id(stored.info().user()) + ", may");
        }
    }

    /// What a client is told of something that was given wrongly.
    static Problem problem(int status, InputException e) {
        return new Problem(status, e.what(), e.where(), e.hint());
    }

    /// An answer with what the owner of the table wants all readers to know.
    static Answer.Result withNotice(Answer.Result answer, TableInfo table) {
        if (table.notice().isEmpty()) {
            return answer;
        }
        // A header is one line.
        String line = table.notice().replaceAll("\\p{Cntrl}+", " ");
        return answer.with("Warning", "Table Owner Notice: "
                + (line.length() > LONGEST_NOTICE ? line.substring(0, LONGEST_NOTICE) + "..." : line));
    }
}
