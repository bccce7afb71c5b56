package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.MergeRequest;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

class EditsTest {
    private static final int BASINS = 8;

    private final SplitWorld world;
    private final Edits edits;
    private final Drafts drafts = new Drafts(new PointLookup(null));

    EditsTest() throws Exception {
        // A row of basins, two voxels each, none of them joined.
        world = new SplitWorld(Box.ofSize(2 * BASINS, 2, 2), new Int3(4, 2, 2), new VoxelSize(4, 4, 40),
                voxel -> 1 + voxel.x() / 2, ends -> 0.5, ends -> false);
        Overlay overlay = new Overlay(world.info, world.base, world.store, 1 << 20);
        edits = new Edits(new Journal(world.store, overlay, Clock.systemUTC()), world.store, Clock.systemUTC());
    }

    /// Joins a basin with the next one.
    private MergeRequest merge(int basin) {
        return MergeRequest.of("ada", world.point(2 * basin, 0, 0), world.point(2 * basin + 2, 0, 0));
    }

    private EditResult run(MergeRequest request) throws Exception {
        return edits.run(Requests.digest(request), drafts.merge(request));
    }

    /// Waits until a thread has ended or waits for another.
    private static void untilItCannotGoOn(Thread thread) {
        while (thread.getState() != Thread.State.TERMINATED && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anEditThatTakesLongIsOvertakenOnce() throws Exception {
        List<FutureTask<EditResult>> others = new ArrayList<>();
        MergeRequest own = merge(0);
        EditResult result = edits.run(Requests.digest(own), now -> {
            Edits.Drafted drafted = drafts.merge(own).on(now);
            if (others.size() < BASINS - 2) {
                // While this was worked out, somebody joins one more basin with the object.
                FutureTask<EditResult> other = new FutureTask<>(() -> run(merge(1 + others.indexOf(others.getLast()))));
                others.add(other);
                untilItCannotGoOn(Thread.ofPlatform().start(other));
            }
            return drafted;
        });
        assertThat(result.operation()).contains(2L);
        assertThat(others).hasSize(2);
        assertThat(others.getFirst().get().operation()).contains(1L);
        assertThat(others.getLast().get().operation()).contains(3L);
    }

    @Test
    void aRepeatedRequestIsToldAgainThoughOthersHaveEditedTheObjectSince() throws Exception {
        EditResult first = run(merge(0));
        EditPoint left = world.point(2, 0, 0);
        run(new MergeRequest("bob", left, world.point(4, 0, 0), Integer.MAX_VALUE, false));
        EditResult again = run(merge(0));
        assertThat(again.operation()).isEqualTo(first.operation());
        assertThat(again.newRoots()).isEqualTo(first.newRoots());
        // Nobody else is told that it was theirs.
        MergeRequest others = new MergeRequest("bob", world.point(0, 0, 0), left, Integer.MAX_VALUE, false);
        assertThatThrownBy(() -> run(others)).isInstanceOf(EditRefusedException.class)
                .hasMessageContaining("must belong to different objects");
    }
}
