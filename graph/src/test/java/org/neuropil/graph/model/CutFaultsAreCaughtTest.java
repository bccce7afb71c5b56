package org.neuropil.graph.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.SupervoxelSplit;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// The harness notices what goes wrong when supervoxels are cut. The faults are in the answers of a real graph, from the
/// first cut on.
class CutFaultsAreCaughtTest {
    private static final int MOST_WORLDS = 100;
    private static final int EDITS = 30;

    /// Answers to spoil.
    enum Fault {
        PARTS_HAVE_NO_PAST, PARTS_ARE_AS_OLD_AS_INGEST, PARTS_ARE_NO_LEAVES, WHOLES_STAY_CURRENT, WHOLES_ARE_NOT_REPLACED, WHOLES_HAVE_NO_ROOT
    }

    @Property(seed = "1", shrinking = ShrinkingMode.OFF)
    void ofCutSupervoxels(@ForAll Fault fault) throws IOException {
        MemoryGraphTest graphs = new MemoryGraphTest();
        Random random = new Random(1);
        for (int i = 0; i < MOST_WORLDS; i++) {
            SmallWorld world = SmallWorld.random(random);
            if (!world.isFine()) {
                continue;
            }
            try (Agreement agreement = new Agreement(world, spoilt(graphs.open(world), fault), random, true,
                    same -> same)) {
                agreement.run(EDITS);
            } catch (AssertionError e) {
                assertThat(e.getCause()).as("not by a crash of the fault itself").isInstanceOf(AssertionError.class);
                return;
            }
        }
        fail(fault + " was not noticed in " + MOST_WORLDS + " worlds");
    }

    private static Graph spoilt(Graph graph, Fault fault) {
        return (Graph) Proxy.newProxyInstance(Graph.class.getClassLoader(), new Class<?>[]{Graph.class},
                (_, method, arguments) -> {
                    @Nullable
                    Object right;
                    try {
                        right = method.invoke(graph, arguments);
                    } catch (InvocationTargetException e) {
                        throw Objects.requireNonNull(e.getCause());
                    }
                    if (right == null) {
                        return null; // After close(), there is nobody to ask for operations.
                    }
                    for (Operation operation : graph.operations(Instant.EPOCH, Graph.NOW)) {
                        if (!operation.supervoxelSplits().isEmpty()) {
                            right = spoil(fault, method.getName(), arguments, right, operation);
                        }
                    }
                    return right;
                });
    }

    private static Object spoil(Fault fault, String method, Object[] arguments, Object right, Operation cut) {
        SortedSet<Long> wholes = Ids.set();
        SortedSet<Long> parts = Ids.set();
        for (SupervoxelSplit split : cut.supervoxelSplits()) {
            wholes.add(split.whole());
            parts.addAll(Ids.set(split.parts()));
        }
        if (method.equals("leaves") && fault == Fault.PARTS_ARE_NO_LEAVES) {
            return Arrays.stream((long[]) right).filter(leaf -> !parts.contains(leaf)).toArray();
        }
        if (!List.of("roots", "created", "isLatest", "replaced").contains(method)) {
            return right;
        }
        long[] nodes = (long[]) arguments[0];
        for (int i = 0; i < nodes.length; i++) {
            boolean isPart = parts.contains(nodes[i]);
            boolean isWhole = wholes.contains(nodes[i]);
            switch (method) {
                case "roots" -> {
                    boolean past = ((Instant) arguments[1]).isBefore(cut.time());
                    if (fault == Fault.PARTS_HAVE_NO_PAST && isPart && past
                            || fault == Fault.WHOLES_HAVE_NO_ROOT && isWhole && !past) {
                        ((long[]) right)[i] = 0;
                    }
                }
                case "created" -> {
                    if (fault == Fault.PARTS_ARE_AS_OLD_AS_INGEST && isPart) {
                        ((Instant[]) right)[i] = Instant.EPOCH;
                    }
                }
                case "isLatest" -> ((boolean[]) right)[i] |= fault == Fault.WHOLES_STAY_CURRENT && isWhole;
                default -> {
                    if (fault == Fault.WHOLES_ARE_NOT_REPLACED && isWhole) {
                        ((@Nullable Instant[]) right)[i] = null;
                    }
                }
            }
        }
        return right;
    }
}
