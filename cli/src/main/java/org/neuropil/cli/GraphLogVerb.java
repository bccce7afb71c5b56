package org.neuropil.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Operation;
import org.neuropil.graph.history.Change;
import org.neuropil.graph.history.ChangeLogs;
import org.neuropil.graph.history.UserOperations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph log`: the edits.
@Command(name = "log", header = "Lists the edits, newest last.", description = "Of the whole graph, or those that made a root what it is.", footer = {
    "  neuropil graph log neuropil-demo", "  neuropil graph log neuropil-demo --user anna --last 10 --format json"})
final class GraphLogVerb extends GraphVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = DATASET
            + " [ROOT...]", description = "Dataset, and roots whose history alone is meant.")
    private List<String> words = List.of();

    @Option(names = "--user", paramLabel = "NAME", description = "Only edits of this user.")
    private @Nullable String user;

    @Option(names = "--from", paramLabel = "@TIME", description = "Edits from this moment on; all if left out.")
    private @Nullable GivenMoment from;

    @Option(names = "--to", paramLabel = "@TIME", description = "Edits up to this moment.")
    private GivenMoment to = GivenMoment.NOW;

    @Option(names = "--last", paramLabel = "N", description = "Only the last so many.")
    private @Nullable Integer last;

    @Option(names = "--standing", description = "Leave out what was undone.")
    private boolean standing;

    @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "voxel", description = "Of points: voxel, nm or um; voxel if left out.")
    private GivenBox.Unit unit = GivenBox.Unit.VOXEL;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        checkNone(asked, false, true, true);
        if (last != null && last < 1) {
            throw usage("--last " + last + " is not at least 1");
        }
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        Instant begin = from == null ? Instant.MIN : from.instant();
        Map<Long, Boolean> undone = new HashMap<>();
        List<Long> ids = new ArrayList<>();
        for (UserOperations.Entry entry : UserOperations.of(open.graph(), user, begin, to.instant(), !standing)) {
            ids.add(entry.operation());
            undone.put(entry.operation(), entry.undone());
        }
        if (!asked.ids().isEmpty()) {
            SortedSet<Long> theirs = new TreeSet<>();
            for (List<Change> changes : ChangeLogs.of(open.graph(), asked.nodes(), Instant.MIN).values()) {
                changes.forEach(change -> theirs.add(change.operation()));
            }
            ids.retainAll(theirs);
        }
        List<Long> shown = last == null ? ids : ids.subList(Math.max(0, ids.size() - last), ids.size());
        Operations operations = new Operations(open.info(), unit);
        for (long id : shown) {
            Operation operation = Objects.requireNonNull(open.graph().operation(id));
            operations.add(operation, undone.get(id));
        }
        print(operations.table(), operations.json());
        total(shown.size(), ids.size(), "operations");
    }
}
