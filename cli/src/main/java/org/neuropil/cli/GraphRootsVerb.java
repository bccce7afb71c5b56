package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph roots`: which cells nodes are of.
@Command(name = "roots", header = "Tells the roots of supervoxels and other nodes, now or at a moment.", description = "A root that is no longer current leads to itself; 'neuropil graph lineage' tells what became of it. Ids that the graph did not have at the moment have no root.", footer = {
    "  neuropil graph roots neuropil-demo 72128031501582735",
    "  neuropil graph roots neuropil-demo 72128031501582735 --stop-layer 2 --format csv"})
final class GraphRootsVerb extends GraphVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = DATASET
            + " ID... [@TIME]", description = "Dataset, ids of nodes, and the moment that is meant.")
    private List<String> words = List.of();

    @Option(names = "--ids", paramLabel = "FILE", description = "More ids, one a line.")
    private @Nullable Path file;

    @Option(names = "--stop-layer", paramLabel = "N", description = "Ancestors of this layer instead of roots: 2 for the pieces within a chunk.")
    private @Nullable Integer stopLayer;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        checkNone(asked, false, true, false);
        if (file == null) {
            checkIds(asked, "id");
        }
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        Instant at = asked.at().in(open.info());
        sayMoment(asked);
        int layer = layer(open, stopLayer, open.info().layers());
        long[] nodes = file == null
                ? asked.nodes()
                : LongStream.concat(LongStream.of(asked.nodes()), LongStream.of(read(file))).toArray();
        long[] roots = open.graph().roots(nodes, at, layer);
        Table table = new Table("id", layer == open.info().layers() ? "root" : "node");
        List<Map<String, Object>> json = new ArrayList<>();
        for (int i = 0; i < nodes.length; i++) {
            String root = roots[i] == 0 ? "" : Ids.text(roots[i]);
            table.add(Ids.text(nodes[i]), root);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", Ids.text(nodes[i]));
            row.put("root", root);
            json.add(row);
        }
        print(table, json);
        long found = Arrays.stream(roots).filter(root -> root != 0).count();
        total(found, nodes.length, "ids are in this graph");
        if (found < nodes.length && !terminal().out()) {
            say((nodes.length - found) + " of " + nodes.length + " ids are not in this graph at the moment");
        }
    }

    /// @throws InputException if the graph has no such layer
    static int layer(OpenGraph open, @Nullable Integer given, int usual) {
        if (given != null && (given < 1 || given > open.info().layers())) {
            throw new InputException("layer " + given + " is not 1 to " + open.info().layers(), "--stop-layer",
                    "1 are supervoxels, " + open.info().layers() + " are roots");
        }
        return given == null ? usual : given;
    }

    /// Reads ids, one a line.
    ///
    /// @throws InputException if a line holds none
    static long[] read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        long[] ids = new long[lines.size()];
        int n = 0;
        for (int i = 0; i < ids.length; i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                try {
                    ids[n++] = Asked.id(line);
                } catch (InputException e) {
                    throw new InputException(e.what(), file + ", line " + (i + 1), "write one id a line", e);
                }
            }
        }
        return Arrays.copyOf(ids, n);
    }
}
