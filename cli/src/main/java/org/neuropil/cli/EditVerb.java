package org.neuropil.cli;

import java.io.IOException;
import java.util.Objects;

import org.neuropil.graph.EditResult;
import org.neuropil.server.http.OriginGuard;

import picocli.CommandLine.Option;

/// A verb that changes a graph.
abstract class EditVerb extends GraphVerb {
    @Option(names = "--user", paramLabel = "NAME", description = "Whose edit it is; the user of this computer if left out.")
    private String user = System.getProperty("user.name", "");

    @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "voxel", description = "Of points: voxel, nm or um; voxel if left out.")
    private GivenBox.Unit unit = GivenBox.Unit.VOXEL;

    final String user() {
        return user;
    }

    final GivenBox.Unit unit() {
        return unit;
    }

    @Override
    void check(Asked asked) {
        checkNone(asked, true, true, true);
        checkUser(user);
    }

    final void checkUser(String name) {
        if (name.isBlank()) {
            throw usage("no user is known; say with --user whose edit it is");
        }
        if (!OriginGuard.isName(name)) {
            throw usage("--user '" + name.replaceAll("\\p{Cntrl}", "?")
                    + "' is no name of a user; use 1 to 100 letters, digits, blanks and . _ - + @");
        }
    }

    /// Prints the edit as the log has it.
    final void print(OpenGraph open, EditResult result) throws IOException {
        Operations operations = new Operations(open.info(), unit);
        if (result.operation().isPresent()) {
            operations.add(Objects.requireNonNull(open.graph().operation(result.operation().get())), null);
        } else {
            say("nothing to do: the graph already is as it would be");
        }
        print(operations.table(), operations.json());
    }
}
