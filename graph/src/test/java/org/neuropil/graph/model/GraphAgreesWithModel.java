package org.neuropil.graph.model;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.trial.Figures;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;

/// A graph answers all reads at all moments as a brute-force model does, whatever was edited. A subclass says which graph.
///
/// The system property `neuropil.model.operations` sets how many operations there are at least, over all worlds; then
/// figures are printed.
@SuppressWarnings("SystemOut")
abstract class GraphAgreesWithModel {
    /// Requests to a world; about two thirds of them become operations.
    private static final int EDITS = 30;
    private static final int TRIES = 10;
    private static final @Nullable Integer WANTED = Integer.getInteger("neuropil.model.operations");

    private final long begun = System.nanoTime();
    private int tried;
    private long made;
    private long cuts;
    private long disagreements;

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

    /// How many of the tries a normal build makes.
    protected int tries() {
        return TRIES;
    }

    @Property(tries = TRIES, seed = "1", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void agreesWithTheModelAtEveryMoment(@ForAll long seed) throws IOException {
        if (WANTED == null && ++tried > tries()) {
            return;
        }
        int wanted = WANTED == null ? Math.ceilDiv(operations(), tries()) : Math.ceilDiv(WANTED, TRIES);
        Random random = new Random(seed);
        int here = 0;
        while (here < wanted) {
            SmallWorld world = SmallWorld.random(random);
            try (Agreement agreement = new Agreement(world, open(world), random, clicksNodes(world),
                    graph -> again(world, graph))) {
                here += agreement.run(Math.min(EDITS, 3 * wanted));
                cuts += agreement.hasCut() ? 1 : 0;
            } catch (AssertionError e) {
                disagreements++;
                throw e;
            }
        }
        made += here;
    }

    @AfterProperty
    void tellFigures() {
        if (WANTED != null) {
            String name = "model." + getClass().getSimpleName().replace("GraphTest", "").toLowerCase(Locale.ROOT);
            Figures.tell(name + ".operations", made, "operations");
            Figures.tell(name + ".cuts", cuts, "operations");
            Figures.tell(name + ".disagreements", disagreements, "worlds");
            Figures.tell(name + ".seconds", (System.nanoTime() - begun) / 1e9, "s");
        }
    }
}
