package org.neuropil.bench.circuits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

import org.neuropil.circuits.animals.Animal;
import org.neuropil.circuits.animals.Conservation;
import org.neuropil.circuits.animals.Consistency;
import org.neuropil.circuits.graph.NullTest;
import org.neuropil.circuits.match.Conserved;
import org.neuropil.circuits.match.GraphMatching;
import org.neuropil.circuits.match.Matching;
import org.neuropil.circuits.match.Sides;
import org.neuropil.circuits.match.file.EdgeListFile;
import org.neuropil.circuits.match.file.NamedEdges;

/// Matches cells of two sides out of files, or counts connections of several animals, and prints how long that takes and what
/// comes out.
@SuppressWarnings("SystemOut") // what it is for
final class StereotypyTimes {
    private static final double NANO = 1e-9;

    private StereotypyTimes() {}

    /// @param args `match`, a list of left cells, one of right cells, a list of edges, threads: a line `pair <left> <right>
    ///     <confidence> <margin>` each; or `animals`, a list of edges with a field `dataset`, draws, threads: a line `row <from>
    ///     <to> <animals> <possible> <weights>...` each
    public static void main(String[] args) throws IOException {
        if (args[0].equals("match")) {
            match(EdgeListFile.cells(Path.of(args[1])), EdgeListFile.cells(Path.of(args[2])), Path.of(args[3]),
                    Integer.parseInt(args[4]));
        } else {
            animals(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        }
    }

    private static void match(List<String> left, List<String> right, Path edges, int threads) throws IOException {
        Sides sides = EdgeListFile.read(edges).sides(left, right);
        long start = System.nanoTime();
        Matching matching = GraphMatching.match(sides, threads);
        figure("stereotypy.seconds", (System.nanoTime() - start) * NANO);
        StringBuilder text = new StringBuilder();
        for (Matching.Pair pair : matching.pairs()) {
            text.append("pair ").append(left.get(pair.left())).append(' ').append(right.get(pair.right())).append(' ')
                    .append(pair.confidence()).append(' ').append(pair.margin()).append('\n');
        }
        Conserved conserved = Conserved.of(sides, matching, List.of());
        share(text, "within", conserved.within());
        share(text, "across", conserved.across());
        for (Conserved.Weights weights : conserved.byWeight()) {
            share(text, "weight>=" + weights.least(), weights.share());
        }
        System.out.print(text);
    }

    private static void share(StringBuilder text, String name, Conserved.Share share) {
        text.append(String.format(Locale.ROOT, "conserved %s %d %d %.4f %.4f%n", name, share.edges(), share.found(),
                share.share(), share.chanceShare()));
    }

    private static void animals(Path file, int draws, int threads) throws IOException {
        SortedMap<String, NamedEdges> all = EdgeListFile.read(file, "dataset");
        TreeSet<String> names = new TreeSet<>();
        all.values().forEach(edges -> names.addAll(edges.cells()));
        List<String> cells = List.copyOf(names);
        List<Animal> animals = new ArrayList<>();
        for (Map.Entry<String, NamedEdges> one : all.entrySet()) {
            animals.add(Animal.of(one.getKey(), one.getValue().between(cells, cells)));
        }
        long start = System.nanoTime();
        Consistency consistency = Consistency.of(animals);
        figure("consistency.seconds", (System.nanoTime() - start) * NANO);
        StringBuilder text = new StringBuilder();
        for (Consistency.Row row : consistency.rows()) {
            text.append("row ").append(cells.get(row.from())).append(' ').append(cells.get(row.to())).append(' ')
                    .append(row.present()).append(' ').append(row.possible());
            row.weights().forEach(weight -> text.append(' ').append(weight));
            text.append('\n');
        }
        text.append("histogram");
        for (int count : consistency.histogram()) {
            text.append(' ').append(count);
        }
        text.append('\n');
        for (Consistency.ByWeight weights : consistency.byWeight(1, 2, 3, 5, 10, 20)) {
            text.append(String.format(Locale.ROOT, "weight %.0f %.0f %d %.4f%n", weights.least(), weights.below(),
                    weights.connections(), weights.share()));
        }
        System.out.print(text);
        start = System.nanoTime();
        Conservation conservation = Conservation.of(animals, draws, 1, threads);
        figure("conservation.seconds", (System.nanoTime() - start) * NANO);
        test("all", conservation.all());
        test("one", conservation.one());
        test("overlap", conservation.overlap());
    }

    private static void test(String name, NullTest test) {
        System.out.println("null " + name + " " + test.observed() + " " + test.mean() + " " + test.deviation() + " "
                + test.z() + " " + test.p());
    }

    private static void figure(String name, double seconds) {
        System.out.println(String.format(Locale.ROOT, "figure %s %.4f s", name, seconds));
    }
}
