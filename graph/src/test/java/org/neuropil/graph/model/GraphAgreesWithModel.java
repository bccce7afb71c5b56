package org.neuropil.graph.model;

import java.io.IOException;
import java.util.Random;

import org.neuropil.graph.Graph;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// A graph answers all reads at all moments as a brute-force model does, whatever was edited. A subclass says which graph.
///
/// The system property `neuropil.model.operations` sets how many operations there are at least, over all worlds.
abstract class GraphAgreesWithModel {
    /// Requests to a world; about two thirds of them become operations.
    private static final int EDITS = 30;
    private static final int TRIES = 10;

    /// A graph of a world that nobody has edited.
    protected abstract Graph open(SmallWorld world) throws IOException;

    /// A graph that goes on with the same store, in the middle of things: the same, or the store opened again after the
    /// graph was closed, or another server's. By default the same.
    protected Graph again(SmallWorld world, Graph graph) throws IOException {
        return graph;
    }

    /// True if the graph knows where the supervoxels of a world are, so that points may name higher nodes, and it may cut
    /// supervoxels.
    protected boolean clicksNodes(SmallWorld world) {
        return false;
    }

    /// Operations in a normal build; fewer for storages that are slow.
    protected int operations() {
        return 200;
    }

    @Property(tries = TRIES, seed = "1", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void agreesWithTheModelAtEveryMoment(@ForAll long seed) throws IOException {
        int wanted = Integer.getInteger("neuropil.model.operations", operations());
        Random random = new Random(seed);
        for (int made = 0; made < Math.ceilDiv(wanted, TRIES);) {
            SmallWorld world = SmallWorld.random(random);
            try (Agreement agreement = new Agreement(world, open(world), random, clicksNodes(world),
                    graph -> again(world, graph))) {
                made += agreement.run(EDITS);
            }
        }
    }
}
