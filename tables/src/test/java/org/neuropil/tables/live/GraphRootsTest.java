package org.neuropil.tables.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.SupervoxelSplit;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

class GraphRootsTest {
    private static final Instant EDIT = Instant.ofEpochMilli(5);
    private static final Operation MADE = new Operation(1, Kind.SPLIT, "ada", EDIT, List.of(), List.of(), new long[0],
            new long[0], new long[]{10}, new long[]{11, 12}, List.of(), List.of(), List.of(), Optional.empty(),
            List.of(new SupervoxelSplit(7, new long[]{8, 9})));

    /// A graph in which an edit is under way that has its moment already: who reads a state of that moment or a later one
    /// waits for it, who only lists operations does not see it.
    private static Graph graph() {
        GraphInfo info = new GraphInfo(Box.ofSize(8, 8, 8), Int3.all(8), new VoxelSize(4, 4, 40), 2, 1, 1,
                Instant.EPOCH, 1, 0);
        AtomicBoolean done = new AtomicBoolean();
        return (Graph) Proxy.newProxyInstance(Graph.class.getClassLoader(), new Class<?>[]{Graph.class},
                (proxy, method, words) -> switch (method.getName()) {
                    case "info" -> info;
                    case "roots" -> {
                        done.compareAndSet(false, !((Instant) words[1]).isBefore(EDIT));
                        yield new long[((long[]) words[0]).length];
                    }
                    case "operations" -> done.get() && !((Instant) words[0]).isAfter(EDIT) ? List.of(MADE) : List.of();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void anEditThatIsUnderWayIsNotMissed() throws Exception {
        assertThat(new GraphRoots(graph()).changed(Instant.ofEpochMilli(3), EDIT)).containsExactly(10, 11, 12);
        assertThat(new GraphRoots(graph()).cut(EDIT)).containsExactly(7);
        assertThat(new GraphRoots(graph()).changed(EDIT, Instant.ofEpochMilli(9))).isEmpty();
    }
}
