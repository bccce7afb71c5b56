package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// An object of 40 supervoxels in a row of 20 chunks, of voxels of 500 nm, so that edges count 2 voxels around the points.
class RegionTest {
    private SplitWorld world;

    @BeforeEach
    void make() throws IOException {
        world = new SplitWorld(Box.of(Int3.ZERO, new Int3(40, 1, 1)), new Int3(2, 1, 1), new VoxelSize(500, 500, 500),
                voxel -> 1 + voxel.x(), ends -> 0.5, ends -> true);
    }

    /// @param from voxel of a point
    /// @param to of another
    private Region near(Region.Limits limits, int from, int to) throws IOException {
        Snapshot snapshot = world.snapshot();
        long[] supervoxels = {world.at(from, 0, 0), world.at(to, 0, 0)};
        return Region.near(snapshot, new long[]{snapshot.root(supervoxels[0])},
                List.of(world.point(from, 0, 0), world.point(to, 0, 0)), supervoxels, limits);
    }

    private static void assertTooFar(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String found,
            String limit) {
        assertThatThrownBy(call).isInstanceOf(EditRefusedException.class).hasMessageContaining(found)
                .hasMessageContaining(limit).hasMessageContaining("nearer to each other");
    }

    @Test
    void pointsThatAreFarApartAreRefusedWithWhatWasFoundAndTheLimit() throws IOException {
        // Voxels 2 to 33, in chunks 1 to 16.
        assertTooFar(() -> near(new Region.Limits(15, 100, 100, 100), 4, 31), "16 chunks", "15");
        assertTooFar(() -> near(new Region.Limits(16, 15, 100, 100), 4, 31), "16 chunks", "15");
        assertTooFar(() -> near(new Region.Limits(16, 16, 31, 100), 4, 31), "32 supervoxels", "31");
        assertTooFar(() -> near(new Region.Limits(16, 16, 32, 30), 4, 31).links(), "more than 30 edges", "30");
        assertThat(near(new Region.Limits(16, 16, 32, 31), 4, 31).links()).hasSize(31);
    }

    @Test
    void thoseThatAreNearAreNot() throws IOException {
        assertThat(near(new Region.Limits(3, 3, 6, 5), 4, 5).links()).hasSize(5);
    }

    @Test
    void onlyWhatTheObjectHasCounts() throws IOException {
        world = new SplitWorld(Box.of(Int3.ZERO, new Int3(40, 2, 1)), new Int3(2, 1, 1),
                new VoxelSize(500, 500, 500), voxel -> 1 + voxel.x() + 40 * voxel.y(), ends -> 0.5,
                ends -> (ends[0] > 40) == (ends[1] > 40));
        assertThat(near(new Region.Limits(32, 16, 32, 31), 4, 31).links()).hasSize(31);
    }
}
