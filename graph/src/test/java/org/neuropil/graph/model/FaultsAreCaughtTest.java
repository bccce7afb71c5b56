package org.neuropil.graph.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.Random;
import java.util.function.Function;

import org.neuropil.graph.Graph;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// The harness notices each of many faults.
class FaultsAreCaughtTest {
    private static final int MOST_WORLDS = 60;
    private static final int EDITS = 30;

    @Property(seed = "1", shrinking = ShrinkingMode.OFF)
    void ofEdits(@ForAll Faults fault) throws IOException {
        isCaught(fault.name(), fault.graph);
    }

    @Property(seed = "1", shrinking = ShrinkingMode.OFF)
    void ofReads(@ForAll ReadFaults fault) throws IOException {
        isCaught(fault.name(), fault.graph);
    }

    static int isCaught(String name, Function<SmallWorld, Graph> fault) throws IOException {
        Random random = new Random(1);
        for (int worlds = 1; worlds <= MOST_WORLDS; worlds++) {
            SmallWorld world = SmallWorld.random(random);
            try (Agreement agreement = new Agreement(world, fault.apply(world), random, true, same -> same)) {
                agreement.run(EDITS);
            } catch (AssertionError e) {
                assertThat(e.getCause()).as("not by a crash of the fault itself").isInstanceOf(AssertionError.class);
                return worlds;
            }
        }
        return fail(name + " was not noticed in " + MOST_WORLDS + " worlds");
    }
}
