package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitPreview;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.VirtualGraph;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// Cuts of supervoxels in worlds that were made for it.
class SupervoxelSplitTest {
    private static final VoxelSize SIZE = new VoxelSize(4, 4, 40);

    /// Two neurites along x, one above the other, which touch in the middle. There they are one basin, 5; at their four
    /// ends they go on as basins 1 to 4.
    private static SplitWorld neurites(Int3 chunk, int from, int to) throws IOException {
        return new SplitWorld(Box.of(Int3.ZERO, new Int3(36, 12, 4)), chunk, SIZE, voxel -> {
            boolean below = voxel.y() >= 1 && voxel.y() < 5;
            boolean above = voxel.y() >= 7 && voxel.y() < 11;
            boolean neck = voxel.y() >= 5 && voxel.y() < 7 && voxel.x() >= 16 && voxel.x() < 19;
            if (!below && !above && !neck) {
                return 0;
            }
            return neck || (voxel.x() >= from && voxel.x() < to)
                    ? 5
                    : (below ? 1 : 2) + (voxel.x() >= to ? 2 : 0);
        }, ends -> 0.9, ends -> true);
    }

    /// Basins of a row of blocks that fill a box.
    private static SplitWorld blocks(Int3 size, Int3 chunk, java.util.function.ToIntFunction<Int3> basin,
            java.util.function.Predicate<int[]> joined) throws IOException {
        return new SplitWorld(Box.of(Int3.ZERO, size), chunk, new VoxelSize(10, 10, 10), basin, ends -> 0.5, joined);
    }

    private static SplitRequest split(EditPoint source, EditPoint sink) {
        return SplitRequest.of("u", List.of(source), List.of(sink));
    }

    private static Operation made(LiveGraph graph, EditResult result) throws IOException {
        return Objects.requireNonNull(graph.operation(result.operation().orElseThrow()));
    }

    /// All that is below y = 5 is one object, all above 7 another.
    private static void assertParted(SplitWorld world, SplitChecker checker) {
        Set<Long> below = new HashSet<>();
        Set<Long> above = new HashSet<>();
        for (Int3 voxel : SplitWorld.voxels(world.labels.box())) {
            long supervoxel = checker.at(voxel.x(), voxel.y(), voxel.z());
            if (supervoxel != 0 && (voxel.y() < 5 || voxel.y() >= 7)) {
                (voxel.y() < 5 ? below : above).add(checker.root(supervoxel));
            }
        }
        assertThat(below).hasSize(1);
        assertThat(above).hasSize(1).doesNotContainAnyElementsOf(below);
    }

    @Test
    void theSupervoxelAtAPointIsThatOfTheMoment() throws IOException {
        SplitWorld world = neurites(new Int3(36, 12, 4), 6, 28);
        LiveGraph graph = world.open();
        EditPoint low = world.point(17, 2, 1);
        EditPoint high = world.point(17, 9, 2);
        long whole = low.node();
        long root = graph.root(whole, Graph.NOW);
        Instant before = graph.head();
        graph.split(split(low, high));
        long[] parts = graph.supervoxels(List.of(low, high));
        assertThat(parts).doesNotHaveDuplicates().doesNotContain(whole);
        VirtualGraph past = new VirtualGraph(graph, before);
        for (long node : new long[]{whole, root}) {
            List<EditPoint> points = Stream.of(low, high).map(p -> new EditPoint(node, p.x(), p.y(), p.z())).toList();
            assertThat(graph.supervoxels(points)).isEqualTo(parts);
            assertThat(graph.supervoxels(points, before)).containsExactly(whole, whole);
            assertThat(past.supervoxels(points)).containsExactly(whole, whole);
            assertThat(past.isLatest(past.supervoxels(points), Graph.NOW)).containsOnly(true);
        }
        assertThatThrownBy(() -> graph.supervoxels(List.of(new EditPoint(parts[0], low.x(), low.y(), low.z())), before))
                .isInstanceOf(EditRefusedException.class);
    }

    @Test
    void neuritesThatShareABasinAreParted() throws IOException {
        for (Int3 chunk : List.of(new Int3(36, 12, 4), new Int3(12, 12, 4), new Int3(18, 12, 4), new Int3(17, 6, 4),
                new Int3(9, 5, 2), new Int3(40, 6, 1))) {
            for (int reach : new int[]{3, 6, 11}) {
                SplitWorld world = neurites(chunk, 17 - reach, 17 + reach);
                LiveGraph graph = world.open();
                SplitChecker checker = new SplitChecker(world, graph);
                SplitRequest request = split(world.point(17, 2, 1), world.point(17, 9, 2));
                SplitPreview preview = graph.preview(request);
                assertThat(preview.refusal()).isEmpty();
                EditResult result = graph.split(request);
                checker.check(graph);
                assertThat(result.newRoots()).hasSize(2);
                assertParted(world, checker);
                assertThat(graph.split(request)).usingRecursiveComparison().isEqualTo(result);
                LiveGraph again = world.open();
                checker.check(again);
                assertThat(again.split(request)).usingRecursiveComparison().isEqualTo(result);
                long operation = result.operation().orElseThrow();

                EditResult undone = again.undo("u", operation);
                checker.check(again);
                assertThat(undone.newRoots()).hasSize(1);
                assertThat(again.leaves(undone.newRoots()[0], null, 1))
                        .isEqualTo(SplitChecker.array(checker.supervoxels()));
                assertThat(again.redo("u", operation).newRoots()).hasSize(2);
                checker.check(again);
                assertParted(world, checker);
                assertThat(again.undo("u", operation).newRoots()).hasSize(1);
                checker.check(again);

                // What was clicked is no more; its parts are parted by their edges.
                Operation second = made(again, again.split(SplitRequest.of("v", request.sources(), request.sinks())));
                checker.check(again);
                assertThat(second.supervoxelSplits()).isEmpty();
                assertParted(world, checker);
            }
        }
    }

    @Test
    void anyNodeAboveCanBeClicked() throws IOException {
        for (int kind = 0; kind < 4; kind++) {
            SplitWorld world = neurites(new Int3(12, 12, 4), 13, 22);
            LiveGraph graph = world.open();
            SplitChecker checker = new SplitChecker(world, graph);
            long supervoxel = world.at(17, 2, 1);
            long node = graph.roots(new long[]{supervoxel}, Graph.NOW, Math.min(3, kind + 1))[0];
            if (kind == 3) {
                node = graph.root(supervoxel, Graph.NOW);
                graph.split(split(world.point(1, 2, 1), world.point(17, 2, 1)));
                checker.check(graph);
                assertThat(graph.isLatest(new long[]{node}, Graph.NOW)[0]).isFalse();
            }
            graph.split(SplitRequest.of("u", List.of(world.point(node, 17, 2, 1), world.point(node, 30, 2, 1)),
                    List.of(world.point(node, 17, 9, 1), world.point(node, 30, 8, 3))));
            checker.check(graph);
            assertThat(checker.root(checker.at(17, 2, 1))).isEqualTo(checker.root(checker.at(30, 2, 1)))
                    .isNotEqualTo(checker.root(checker.at(17, 9, 1)));
            assertThat(checker.root(checker.at(17, 9, 1))).isEqualTo(checker.root(checker.at(30, 8, 3)))
                    .isEqualTo(checker.root(checker.at(1, 8, 3)));
        }
    }

    @Test
    void aSupervoxelThatIsAllOfItsObjectIsCutAgainAndAgain() throws IOException {
        SplitWorld world = blocks(new Int3(8, 8, 4), Int3.all(8), voxel -> 1, ends -> true);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        long whole = world.at(0, 0, 0);
        graph.split(split(world.point(0, 1, 1), world.point(7, 1, 1)));
        checker.check(graph);
        // The same click on what it was; the part is found by place.
        graph.split(split(world.point(0, 0, 1), world.point(0, 7, 1)));
        checker.check(graph);
        graph.split(split(world.point(checker.at(0, 0, 0), 0, 0, 0), world.point(checker.at(0, 0, 3), 0, 0, 3)));
        checker.check(graph);
        assertThat(checker.supervoxels()).hasSize(4);
        assertThat(checker.supervoxels().stream().map(checker::root).distinct()).hasSize(4);
        long before = graph.root(whole, Graph.NOW);
        for (long part : checker.supervoxels()) {
            assertThat(graph.root(part, world.info.ingested())).isEqualTo(before);
        }
        for (long operation = 3; operation >= 1; operation--) {
            graph.undo("u", operation);
            checker.check(graph);
        }
        assertThat(checker.supervoxels().stream().map(checker::root).distinct()).hasSize(1);
    }

    @Test
    void piecesThatDoNotTouchAreParted() throws IOException {
        SplitWorld world = blocks(new Int3(7, 4, 4), Int3.all(8), voxel -> voxel.x() == 3 ? 0 : 1, ends -> true);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        EditResult result = graph.split(split(world.point(0, 1, 1), world.point(6, 1, 1)));
        checker.check(graph);
        assertThat(result.newRoots()).hasSize(2);
        assertThat(made(graph, result).removed()).hasSize(1);
        assertThat(graph.undo("u", 1).newRoots()).hasSize(1);
        checker.check(graph);
        EditPoint one = world.point(checker.at(0, 1, 1), 0, 1, 1);
        EditPoint other = world.point(checker.at(6, 1, 1), 6, 1, 1);
        assertThat(graph.split(split(one, other)).newRoots()).hasSize(2);
        checker.check(graph);
        assertThat(made(graph, graph.merge(MergeRequest.of("u", one, other))).made()).isEmpty();
        checker.check(graph);
    }

    @Test
    void aCutAtTheBorderOfChunksNeedsNoNewSupervoxels() throws IOException {
        SplitWorld world = blocks(new Int3(8, 3, 3), new Int3(4, 3, 3), voxel -> 1, ends -> true);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        EditResult result = graph.split(split(world.point(0, 1, 1), world.point(7, 1, 1)));
        checker.check(graph);
        Operation operation = made(graph, result);
        assertThat(operation.supervoxelSplits()).isEmpty();
        assertThat(operation.removed()).containsExactly(Pair.of(world.at(0, 0, 0), world.at(7, 0, 0)));
        assertThat(result.newRoots()).hasSize(2);
        assertThat(graph.undo("u", 1).newRoots()).hasSize(1);
        checker.check(graph);
        assertThat(graph.redo("u", 1).newRoots()).hasSize(2);
        checker.check(graph);
    }

    @Test
    void severalSupervoxelsOfABasinInOneChunkAreCutTogether() throws IOException {
        SplitWorld world = new SplitWorld(Box.of(Int3.ZERO, Int3.all(8)), new Int3(4, 8, 8), new VoxelSize(5, 5, 5),
                voxel -> voxel.x() >= 4 ? 3 : voxel.y() < 4 ? 1 : 2,
                ends -> ends[1] == 3 ? Float.POSITIVE_INFINITY : 0.5, ends -> true);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        EditResult result = graph.split(SplitRequest.of("u", List.of(world.point(1, 1, 0), world.point(1, 6, 0)),
                List.of(world.point(1, 1, 7), world.point(1, 6, 7), world.point(6, 2, 7))));
        checker.check(graph);
        assertThat(result.newRoots()).hasSize(2);
        assertThat(made(graph, result).supervoxelSplits()).hasSize(3);
        checker.check(world.open());
    }

    @Test
    void basinsThatDoNotTouchAreCutAtOnce() throws IOException {
        SplitWorld world = blocks(new Int3(12, 4, 6), new Int3(5, 4, 6), voxel -> 1 + voxel.x() / 4, ends -> true);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        graph.split(SplitRequest.of("u", List.of(world.point(1, 1, 0), world.point(10, 1, 0), world.point(6, 1, 0)),
                List.of(world.point(1, 1, 5), world.point(10, 1, 5), world.point(6, 1, 5))));
        checker.check(graph);
        assertThat(checker.supervoxels().stream().map(checker::root).distinct()).hasSize(2);
        assertThat(checker.root(checker.at(0, 0, 0))).isEqualTo(checker.root(checker.at(11, 3, 0)));
        assertThat(checker.root(checker.at(0, 0, 5))).isEqualTo(checker.root(checker.at(11, 3, 5)));
    }

    @Test
    void anObjectThatHoldsTogetherElsewhereStaysOne() throws IOException {
        // A ring of basins that is longer than what is looked at; voxels of 100 nm.
        SplitWorld world = new SplitWorld(Box.of(Int3.ZERO, new Int3(60, 9, 2)), new Int3(6, 9, 2),
                new VoxelSize(100, 100, 100), voxel -> {
                    boolean hole = voxel.x() >= 3 && voxel.x() < 57 && voxel.y() >= 3 && voxel.y() < 6;
                    return hole ? 0 : 1 + voxel.x() / 6 + (voxel.y() >= 5 && voxel.x() >= 6 && voxel.x() < 54 ? 20 : 0);
                }, ends -> 0.5, ends -> true);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        EditResult result = graph.split(split(world.point(1, 1, 1), world.point(1, 7, 1)));
        checker.check(graph);
        assertThat(result.newRoots()).hasSize(1);
        assertThat(made(graph, result).supervoxelSplits()).hasSize(1);
    }

    @Test
    void whatCannotBeCutIsRefusedWithoutATrace() throws IOException {
        SplitWorld world = neurites(new Int3(12, 12, 4), 13, 22);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        EditPoint point = world.point(17, 2, 1);
        assertThatThrownBy(() -> graph.split(split(point, point))).isInstanceOf(EditRefusedException.class)
                .hasMessageContaining("same place");
        assertThatThrownBy(() -> graph.split(SplitRequest.of("u", List.of(), List.of(point))))
                .isInstanceOf(EditRefusedException.class);
        assertThatThrownBy(() -> graph.split(split(point, world.point(NodeIds.layer(1L) + 7L, 1, 1, 1))))
                .isInstanceOf(EditRefusedException.class);
        checker.check(graph);
        checker.check(world.open());
        assertThat(graph.operation(1)).isNull();
    }

    @Test
    void anEditOfTheSameObjectMeanwhileCountsFirst() throws IOException {
        // The other edit cuts in the same chunks, so that ids of this one have to be given anew.
        SplitWorld world = neurites(new Int3(12, 12, 4), 6, 28);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        world.hook = () -> SplitWorld.unchecked(() -> {
            graph.split(SplitRequest.of("other", List.of(world.point(7, 2, 1)), List.of(world.point(13, 2, 1))));
            checker.check(graph);
        });
        Operation operation = made(graph, graph.split(split(world.point(17, 2, 1), world.point(17, 9, 1))));
        checker.check(graph);
        assertThat(operation.id()).isEqualTo(2);
        assertThat(operation.supervoxelSplits()).isNotEmpty();
        assertThat(checker.root(checker.at(17, 2, 1))).isNotEqualTo(checker.root(checker.at(17, 9, 1)));
        checker.check(world.open());
    }

    @Test
    void anEditOfTheSamePointMeanwhileCountsFirst() throws IOException {
        SplitWorld world = neurites(new Int3(12, 12, 4), 6, 28);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        SplitRequest request = split(world.point(17, 2, 1), world.point(17, 9, 1));
        world.hook = () -> SplitWorld.unchecked(() -> {
            graph.split(request);
            checker.check(graph);
        });
        assertThat(graph.split(request).operation()).hasValue(1L);
        checker.check(graph);
    }

    @Test
    void neighboursThatAreCutAtOnceKeepTheEdgeBetweenThem() throws IOException {
        SplitWorld world = blocks(new Int3(8, 8, 4), new Int3(8, 4, 4), voxel -> 1 + voxel.y() / 4, ends -> false);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        world.hook = () -> SplitWorld.unchecked(() -> {
            graph.split(split(world.point(0, 6, 1), world.point(7, 6, 1)));
            checker.check(graph);
        });
        graph.split(split(world.point(0, 1, 1), world.point(7, 1, 1)));
        checker.check(graph);
        assertThat(checker.supervoxels()).hasSize(4);
        assertThat(checker.edges()).containsKeys(Pair.of(checker.at(0, 3, 0), checker.at(0, 4, 0)),
                Pair.of(checker.at(7, 3, 0), checker.at(7, 4, 0)));
    }

    @Test
    void undoOfASplitJoinsThePartWithTheLargestContact() throws IOException {
        SplitWorld world = blocks(new Int3(8, 8, 4), new Int3(8, 4, 4),
                voxel -> voxel.y() < 4 ? 1 : voxel.x() < 6 ? 2 : 0, ends -> true);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        graph.split(split(world.point(0, 1, 1), world.point(0, 6, 1)));
        checker.check(graph);
        graph.split(split(world.point(0, 1, 1), world.point(7, 1, 1)));
        checker.check(graph);
        graph.undo("u", 1);
        checker.check(graph);
        long left = checker.root(checker.at(0, 1, 1));
        long right = checker.root(checker.at(7, 1, 1));
        assertThat(checker.root(checker.at(0, 6, 1))).isEqualTo(left).isNotEqualTo(right);
        graph.undo("u", 2);
        checker.check(graph);
        assertThat(checker.supervoxels().stream().map(checker::root).distinct()).hasSize(1);
        // In one object, all edges are those of the first split.
        graph.redo("u", 1);
        checker.check(graph);
        assertThat(checker.root(checker.at(0, 6, 1))).isNotEqualTo(checker.root(checker.at(0, 1, 1)));
        assertThat(checker.root(checker.at(7, 1, 1))).isEqualTo(checker.root(checker.at(0, 1, 1)));
        graph.undo("u", 1);
        checker.check(graph);
        assertThat(checker.supervoxels().stream().map(checker::root).distinct()).hasSize(1);
    }

    @Test
    void undoOfAMergeTakesAllEdgesOfThePartsAway() throws IOException {
        SplitWorld world = blocks(new Int3(8, 8, 4), new Int3(8, 4, 4), voxel -> 1 + voxel.y() / 4, ends -> false);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        graph.merge(MergeRequest.of("u", world.point(1, 1, 1), world.point(1, 6, 1)));
        checker.check(graph);
        graph.split(split(world.point(0, 1, 1), world.point(7, 1, 1)));
        checker.check(graph);
        graph.undo("u", 2);
        checker.check(graph);
        graph.undo("u", 1);
        checker.check(graph);
        assertThat(checker.root(checker.at(0, 1, 1))).isEqualTo(checker.root(checker.at(7, 1, 1)))
                .isNotEqualTo(checker.root(checker.at(0, 6, 1)));
        graph.redo("u", 1);
        checker.check(graph);
        assertThat(checker.supervoxels().stream().map(checker::root).distinct()).hasSize(1);
    }

    @Test
    void partsAreMergedByTheEdgeBetweenThem() throws IOException {
        SplitWorld world = neurites(new Int3(12, 12, 4), 6, 28);
        LiveGraph graph = world.open();
        SplitChecker checker = new SplitChecker(world, graph);
        graph.split(split(world.point(17, 2, 1), world.point(17, 9, 1)));
        checker.check(graph);
        Operation merge = made(graph, graph.merge(MergeRequest.of("u", world.point(checker.at(17, 2, 1), 17, 2, 1),
                world.point(checker.at(17, 9, 1), 17, 9, 1))));
        checker.check(graph);
        assertThat(merge.made()).isEmpty();
        assertThat(merge.after()).hasSize(1);
        List<Long> roots = new ArrayList<>(checker.supervoxels().stream().map(checker::root).distinct().toList());
        assertThat(roots).hasSize(1);
        assertThat(Arrays.stream(graph.leaves(roots.getFirst(), null, 1)).boxed())
                .containsExactlyInAnyOrderElementsOf(checker.supervoxels());
    }
}
