package org.neuropil.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.history.Rollback;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph rollback`: takes all edits of a user back.
@Command(name = "rollback", header = "Takes back all edits of a user that still stand.", description = "Newest first. What others did since stays. Given again, it does what is left. Ends with exit code 1 if some could not be taken back.", footer = {
    "  neuropil graph rollback neuropil-demo --of anna",
    "  neuropil graph rollback neuropil-demo --of anna --from @2026-11-01 --skip 12,13"})
final class GraphRollbackVerb extends EditVerb {
    @Parameters(arity = "0..1", paramLabel = "DATASET", description = "Folder that holds dataset.json; the current one if left out.")
    private List<String> words = List.of();

    @Option(names = "--of", paramLabel = "NAME", required = true, description = "Whose edits.")
    @SuppressWarnings("NullAway.Init") // required
    private String of;

    @Option(names = "--from", paramLabel = "@TIME", description = "Edits from this moment on; all if left out.")
    private @Nullable GivenMoment from;

    @Option(names = "--to", paramLabel = "@TIME", description = "Edits up to this moment.")
    private GivenMoment to = GivenMoment.NOW;

    @Option(names = "--skip", paramLabel = "N", split = ",", description = "Operations to keep.")
    private List<Long> skip = List.of();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        Rollback rollback = Rollback.run(open.graph(), of, from == null ? Instant.MIN : from.instant(), to.instant(),
                skip, user());
        Table table = new Table("operation", "undone by", "why not");
        List<Map<String, Object>> json = new ArrayList<>();
        for (Rollback.Done done : rollback.done()) {
            String by = done.result().operation().map(String::valueOf).orElse("");
            table.add(Long.toString(done.operation()), by, "");
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("operation", done.operation());
            done.result().operation().ifPresent(id -> row.put("undone_by", id));
            json.add(row);
        }
        for (Rollback.Refused refused : rollback.refused()) {
            table.add(Long.toString(refused.operation()), "", refused.message());
            json.add(Map.of("operation", refused.operation(), "refused", refused.message()));
        }
        print(table, json);
        int all = rollback.done().size() + rollback.refused().size();
        total(rollback.done().size(), all, "operations of " + of + " taken back");
        if (!rollback.refused().isEmpty()) {
            throw new EditRefusedException(rollback.refused().getFirst().reason(), rollback.refused().size() + " of "
                    + all + " operations could not be taken back.");
        }
    }
}
