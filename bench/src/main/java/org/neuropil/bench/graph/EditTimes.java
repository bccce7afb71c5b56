package org.neuropil.bench.graph;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.SplitRequest;
import org.neuropil.space.Int3;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;

/// Times edits as the caller sees them: splits of neurons between two places a few chunks apart, merges that join the parts
/// again, and merges of fragments that touch a neuron.
final class EditTimes {
    private static final int WARM = 100;
    private static final int FARTHEST = 3;
    private static final int FEW = 2;

    private final Graph graph;
    private final World world;
    private final SplittableRandom random;
    private int refused;
    /// Milliseconds of the processor that the thread of the caller took.
    private final DoubleArrayList cpu = new DoubleArrayList();
    /// How many edits turned how many roots into how many. A split may leave one: fragments that were joined can be a second
    /// way around.
    private final Map<String, Integer> roots = new TreeMap<>();

    private record Ends(EditPoint from, EditPoint to) {}

    private EditTimes(Graph graph, World world) {
        this.graph = graph;
        this.world = world;
        // Other edits than an earlier run has made.
        this.random = new SplittableRandom(graph.figures().getOrDefault("operations", 0L));
    }

    /// Splits and joins neurons of about 10,000 layer-2 nodes, or the largest that there are, and those of about 200.
    static void run(Path folder, World world, int count) throws IOException {
        try (GraphBench.Opened opened = GraphBench.open(folder)) {
            EditTimes times = new EditTimes(opened.graph(), world);
            int largest = 0;
            for (int neuron = 1; neuron <= world.neurons.count(); neuron++) {
                largest = Math.max(largest, world.neurons.level2(neuron));
            }
            int[] large = times.neurons(largest * 9 / 10, largest);
            times.series("", large, count);
            times.series("few.", Arrays.copyOf(large, Math.min(FEW, large.length)), count / 2);
            times.series("small.", times.neurons(180, 220), count);
            times.roots.forEach((what, n) -> GraphBench.figure("edit.roots." + what.replace(' ', '_'), n, "1"));
            GraphBench.figure("edit.refused", times.refused, "1");
            GraphBench.figure("edit.peak_mib", GraphBench.peakMib(), "MiB");
        }
    }

    private int[] neurons(int least, int most) {
        int[] found = new int[world.neurons.count()];
        int n = 0;
        for (int neuron = 1; neuron <= found.length; neuron++) {
            int nodes = world.neurons.level2(neuron);
            if (nodes >= least && nodes <= most) {
                found[n++] = neuron;
            }
        }
        return Arrays.copyOf(found, n);
    }

    /// Figures of edits of some neurons.
    ///
    /// @param prefix of their names
    private void series(String prefix, int[] neurons, int count) throws IOException {
        DoubleArrayList splits = new DoubleArrayList();
        DoubleArrayList merges = new DoubleArrayList();
        DoubleArrayList fragments = new DoubleArrayList();
        GraphBench.figure(prefix + "edit.neurons", neurons.length, "1");
        for (int i = 0; i < count + WARM; i++) {
            int neuron = neurons[i % neurons.length];
            Ends ends = ends(neuron);
            double split = split(ends);
            double merge = merge(ends.from(), ends.to());
            if (i == 0) {
                GraphBench.figure(prefix + "edit.first_split_ms", split, "ms");
                GraphBench.figure(prefix + "edit.first_merge_ms", merge, "ms");
            }
            if (i >= WARM) {
                keep(splits, split);
                keep(merges, merge);
            }
            if (i % 2 == 0) {
                double fragment = fragment(neuron);
                if (i >= WARM) {
                    keep(fragments, fragment);
                }
            }
        }
        long nodes = 0;
        for (int i = 0; i < Math.min(5, neurons.length); i++) {
            long root = graph.root(world.point(world.neurons.pieces(neurons[i])[0], 0).node(), Graph.NOW);
            nodes += graph.leaves(root, null, 2).length;
        }
        GraphBench.figure(prefix + "edit.level2_nodes", nodes / (double) Math.min(5, neurons.length), "nodes");
        DoubleArrayList all = new DoubleArrayList(splits);
        all.addAll(merges);
        all.addAll(fragments);
        report(prefix + "split", splits);
        report(prefix + "merge", merges);
        report(prefix + "fragment", fragments);
        report(prefix + "edit", all);
        report(prefix + "edit.cpu", cpu);
        cpu.clear();
    }

    private static void keep(DoubleArrayList times, double ms) {
        if (!Double.isNaN(ms)) {
            times.add(ms);
        }
    }

    private static void report(String name, DoubleArrayList times) {
        double[] sorted = times.toDoubleArray();
        Arrays.sort(sorted);
        GraphBench.figure(name + ".count", sorted.length, "1");
        GraphBench.figure(name + ".median_ms", quantile(sorted, 0.5), "ms");
        GraphBench.figure(name + ".p90_ms", quantile(sorted, 0.9), "ms");
        GraphBench.figure(name + ".p99_ms", quantile(sorted, 0.99), "ms");
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    /// Two places of a neuron, one to three chunks apart, that hang together within the chunks between them.
    private Ends ends(int neuron) {
        int[] pieces = world.neurons.pieces(neuron);
        while (true) {
            int first = pieces[random.nextInt(pieces.length)];
            int away = 1 + random.nextInt(FARTHEST);
            int at = first;
            int nextAt = world.neurons.from(at);
            Int3 min = world.neurons.chunkOf(at);
            Int3 max = min;
            while (nextAt != at && distance(first, at) < away) {
                at = nextAt;
                nextAt = world.neurons.from(at);
                min = min.min(world.neurons.chunkOf(at));
                max = max.max(world.neurons.chunkOf(at));
            }
            Int3 begin = world.neurons.chunkOf(first);
            Int3 end = world.neurons.chunkOf(at);
            if (distance(first, at) == away && min.equals(begin.min(end)) && max.equals(begin.max(end))) {
                return new Ends(world.point(first, random.nextInt(World.SIDE)),
                        world.point(at, random.nextInt(World.SIDE)));
            }
        }
    }

    private int distance(int piece, int other) {
        Int3 difference = world.neurons.chunkOf(piece).minus(world.neurons.chunkOf(other));
        return Math.max(Math.abs(difference.x()), Math.max(Math.abs(difference.y()), Math.abs(difference.z())));
    }

    private interface Edit {
        EditResult make() throws IOException;
    }

    /// Milliseconds of a split; not a number if it was refused.
    private double split(Ends ends) throws IOException {
        return time(() -> graph.split(SplitRequest.of("bench", List.of(ends.from()), List.of(ends.to()))));
    }

    private double merge(EditPoint from, EditPoint to) throws IOException {
        return time(() -> graph.merge(MergeRequest.of("bench", from, to)));
    }

    /// Joins a fragment beside a neuron with it.
    private double fragment(int neuron) throws IOException {
        int[] pieces = world.neurons.pieces(neuron);
        List<Integer> beside = new ArrayList<>(2);
        while (beside.isEmpty()) {
            int piece = pieces[random.nextInt(pieces.length)];
            int other = world.fragmentBeside(piece);
            if (other >= 0) {
                beside.add(piece);
                beside.add(other);
            }
        }
        int place = random.nextInt(World.SIDE);
        return merge(world.point(beside.get(0), place), world.point(beside.get(1), place));
    }

    @SuppressWarnings("SystemOut") // stderr is for people
    private double time(Edit edit) throws IOException {
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long start = System.nanoTime();
        EditResult result;
        try {
            result = edit.make();
        } catch (EditRefusedException e) {
            refused++;
            if (refused <= 5) {
                System.err.println("refused: " + e.getMessage());
            }
            return Double.NaN;
        }
        double ms = (System.nanoTime() - start) / 1e6;
        cpu.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e6);
        if (result.operation().isEmpty()) {
            throw new IllegalStateException("an edit changed nothing");
        }
        roots.merge(result.oldRoots().length + " to " + result.newRoots().length, 1, Integer::sum);
        return ms;
    }
}
