package org.neuropil.graph.trial;

import java.io.IOException;
import java.time.Instant;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.Graph;

/// A graph as people reach it: in this process, or through HTTP.
interface Service {
    /// Roots of supervoxels at a moment, [Graph#NOW] for the present.
    long[] roots(long[] supervoxels, Instant at) throws IOException;

    /// Whether roots are part of the present state.
    boolean[] isLatest(long[] roots) throws IOException;

    /// Makes an edit.
    ///
    /// @throws EditRefusedException if it is refused
    /// @throws IOException if no answer comes
    Event.Outcome edit(Ask ask) throws IOException;

    /// One in this process.
    static Service of(Graph graph, Links links) {
        return new Service() {
            @Override
            public long[] roots(long[] supervoxels, Instant at) throws IOException {
                return graph.roots(supervoxels, at, links.ids().layers());
            }

            @Override
            public boolean[] isLatest(long[] roots) throws IOException {
                return graph.isLatest(roots, Graph.NOW);
            }

            @Override
            public Event.Outcome edit(Ask ask) throws IOException {
                return Event.Outcome.of(ask.of(graph, links));
            }
        };
    }
}
