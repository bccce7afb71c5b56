package org.neuropil.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.neuropil.graph.EditRefusedException.Reason;

/// A random script of edits by three people; the first edits of the same seed are the same however many there are.
public final class RandomHistory {
    private static final List<String> USERS = List.of("ada", "ben", "cay");

    private RandomHistory() {}

    public static ScriptedGraph of(long seed, int edits) {
        return of(seed, edits, true);
    }

    /// @param cuts whether supervoxels are cut, too
    public static ScriptedGraph of(long seed, int edits, boolean cuts) {
        Random random = new Random(seed);
        int n = 3 + random.nextInt(6);
        List<int[]> edges = new ArrayList<>();
        for (int i = 2; i <= n; i++) {
            if (random.nextInt(3) > 0) {
                edges.add(new int[]{i, 1 + random.nextInt(i - 1)});
            }
        }
        ScriptedGraph graph = new ScriptedGraph(n, edges.toArray(int[][]::new));
        int most = n;
        for (int i = 0; i < edits; i++) {
            int kind = random.nextInt(cuts ? 11 : 10);
            String user = USERS.get(random.nextInt(USERS.size()));
            int a = 1 + random.nextInt(most);
            int b = 1 + random.nextInt(most);
            int some = random.nextInt(1 << 20);
            // Moments between operations, too.
            graph.wait(random.nextInt(3));
            try {
                most += edit(graph, kind, user, a, b, some);
            } catch (EditRefusedException e) {
                if (e.reason() != Reason.INVALID) {
                    throw e;
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return graph;
    }

    /// @return how many supervoxels there are more
    private static int edit(ScriptedGraph graph, int kind, String user, int a, int b, int some) throws IOException {
        long operation = graph.log().isEmpty() ? 1 : 1 + some % graph.log().size();
        if (kind < 3) {
            if (a != b) {
                graph.merge(user, a, b);
            }
        } else if (kind < 6) {
            List<Operation.Pair> active = graph.active().stream()
                    .sorted((x, y) -> x.a() != y.a() ? Long.compare(x.a(), y.a()) : Long.compare(x.b(), y.b()))
                    .toList();
            if (!active.isEmpty()) {
                Operation.Pair edge = active.get(some % active.size());
                graph.split(user, (int) graph.info().ids().number(edge.a()),
                        (int) graph.info().ids().number(edge.b()));
            }
        } else if (kind < 9) {
            graph.undo(user, operation);
        } else if (kind < 10) {
            graph.redo(user, operation);
        } else {
            graph.cut(user, a);
            return 2;
        }
        return 0;
    }
}
