package org.neuropil.server.cave;

import java.io.IOException;

import org.neuropil.server.http.Call;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.Tables;

/// Decides who may read a table.
public final class TableReaders {
    private TableReaders() {}

    /// @param name of a table, or of a view, which may be read by who may read its tables
    /// @throws Problem 404 if there is none, 403 if whoever asks may not read it
    public static void check(Call call, OriginGuard guard, Tables tables, Moment moment, String name)
            throws IOException {
        if (!moment.tables().contains(name) && tables.views().find(name).isPresent()) {
            for (String table : MaterializeViews.find(moment, name).tables()) {
                check(call, guard, tables, moment.info(table));
            }
        } else {
            MaterializeMoments.check(moment, name);
            check(call, guard, tables, moment.info(name));
        }
    }

    /// Whether who asks may read a table or a view.
    ///
    /// @param name of one that there is
    public static boolean may(Call call, OriginGuard guard, Tables tables, Moment moment, String name)
            throws IOException {
        try {
            check(call, guard, tables, moment, name);
            return true;
        } catch (Problem e) {
            return false;
        }
    }

    /// The present state of what is said of a table counts, not that of when a version was made.
    private static void check(Call call, OriginGuard guard, Tables tables, TableInfo frozen) throws IOException {
        TableInfo now = tables.store().table(frozen.name()).map(stored -> stored.info()).orElse(frozen);
        if (now.read() != Permission.PUBLIC && !Users.matches(now.user(), guard.reader(call))
                && !(now.read() == Permission.GROUP && guard.together(name -> Users.matches(now.user(), name), call))) {
            throw new Problem(403, "table '" + now.name() + "' may be read by its owner"
                    + (now.read() == Permission.GROUP ? " and members of their groups" : "") + " only", "table",
                    "ask its owner for it");
        }
    }
}
