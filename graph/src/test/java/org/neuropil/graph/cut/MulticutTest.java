package org.neuropil.graph.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.neuropil.graph.cut.Isolating.ALLOWED;
import static org.neuropil.graph.cut.Isolating.ALLOWED_FOR_ONE;
import static org.neuropil.graph.cut.Isolating.REFUSED;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.cut.Refusal.Reason;

class MulticutTest {
    private static final float CUT = Float.POSITIVE_INFINITY;
    /// What the graph gives an edge that a person made between supervoxels that do not touch.
    private static final float FAKE = Float.MIN_NORMAL;

    @Test
    void cutsTheWeakestEdgeOfALine() {
        LocalGraph line = graph("1-2 0.9", "2-3 0.9", "3-4 0.125", "4-5 0.9", "5-6 0.9");
        Cut cut = Multicut.cut(line, ids(1), ids(6));
        assertThat(cut.edges()).containsExactly(2);
        assertThat(pairs(cut)).containsExactly("3-4");
        assertThat(cut.value()).isEqualTo(0.125);
        assertThat(cut.sourceSide()).containsExactly(1, 2, 3);
        assertThat(cut.sinkSide()).containsExactly(4, 5, 6);
        assertThat(Multicut.cut(line, ids(2, 1), ids(5, 6, 5)).edges()).containsExactly(2);
    }

    @Test
    void cutsTheBridgeBetweenClusters() {
        LocalGraph clusters = graph("1-2 0.9", "1-3 0.9", "2-3 0.9", "4-5 0.9", "4-6 0.9", "5-6 0.9", "3-4 0.01");
        Preview preview = Multicut.preview(clusters, ids(1), ids(6));
        assertThat(preview.isIllegal()).isFalse();
        assertThat(preview.components()).containsExactly(ids(1, 2, 3), ids(4, 5, 6));
    }

    @Test
    void cutsAPairOfSupervoxelsWhateverItThinksOfIsolating() {
        for (Isolating isolating : Isolating.values()) {
            assertThat(pairs(Multicut.cut(graph("2-1 0.5"), ids(1), ids(2), isolating))).containsExactly("1-2");
        }
    }

    @Test
    void cutsNoEdgeBetweenPartsOfASupervoxel() {
        // 2 and 3 are one: the cut is to the left or right of both.
        LocalGraph left = graph("1-2 0.25", "2-3 inf", "3-4 0.5");
        assertThat(pairs(Multicut.cut(left, ids(1), ids(4)))).containsExactly("1-2");
        LocalGraph right = graph("1-2 0.5", "2-3 inf", "3-4 0.25");
        assertThat(pairs(Multicut.cut(right, ids(1), ids(4)))).containsExactly("3-4");
        assertThat(Multicut.preview(right, ids(1), ids(4)).components()).containsExactly(ids(1, 2, 3), ids(4));
        // An edge within the group goes with it: it is neither cut nor counted.
        LocalGraph chain = graph("1-2 inf", "2-3 inf", "3-4 inf", "4-1 inf", "1-3 0.1", "1-2 0.2", "1-5 0.75");
        assertThat(pairs(Multicut.cut(chain, ids(3), ids(5)))).containsExactly("1-5");
    }

    @Test
    void removesAllEdgesBetweenTheSidesAndNamesPairsOnce() {
        // Both parts of {2, 3} touch 4, one of them twice.
        LocalGraph graph = graph("1-2 0.75", "4-3 0.125", "2-3 inf", "2-4 0.125", "3-4 0.0625", "4-5 0.75");
        Cut cut = Multicut.cut(graph, ids(1), ids(5));
        assertThat(cut.edges()).containsExactly(1, 3, 4);
        assertThat(pairs(cut)).containsExactly("2-4", "3-4");
        assertThat(cut.value()).isEqualTo(0.3125);
    }

    @Test
    void takesTheSmallestSideOfTheSourcesAmongEqualCuts() {
        LocalGraph line = graph("1-2 0.5", "2-3 0.5", "3-4 0.5");
        assertThat(pairs(Multicut.cut(line, ids(1), ids(4)))).containsExactly("1-2");
        assertThat(pairs(Multicut.cut(line, ids(4), ids(1)))).containsExactly("3-4");
    }

    @Test
    void cutsAnEdgeThatAPersonMadeFirst() {
        LocalGraph graph = graph("1-2 0.0001", "2-3 " + FAKE, "3-4 0.0001");
        Cut cut = Multicut.cut(graph, ids(1), ids(4));
        assertThat(pairs(cut)).containsExactly("2-3");
        assertThat(cut.value()).isEqualTo(FAKE);
    }

    @Test
    void leavesWhatHangsOnAnEdgeOfNoAffinityWhereItIs() {
        LocalGraph graph = graph("1-2 0.5", "2-3 0.25", "3-4 0.5", "2-5 0", "3-6 0", "1-4 0");
        Cut cut = Multicut.cut(graph, ids(1), ids(4));
        assertThat(pairs(cut)).containsExactly("1-4", "2-3");
        assertThat(cut.sourceSide()).containsExactly(1, 2, 5);
        assertThat(cut.sinkSide()).containsExactly(3, 4, 6);
    }

    @Test
    void takesAffinitiesOfAnySize() {
        LocalGraph graph = graph("1-2 3e38", "2-3 2e38", "3-4 3e38");
        assertThat(pairs(Multicut.cut(graph, ids(1), ids(4)))).containsExactly("2-3");
        LocalGraph none = graph("1-2 0", "2-3 0");
        assertThat(pairs(Multicut.cut(none, ids(1), ids(3)))).containsExactly("1-2");
        LocalGraph tiny = graph("1-2 3e-45", "2-3 1.4e-45");
        assertThat(pairs(Multicut.cut(tiny, ids(1), ids(3)))).containsExactly("2-3");
    }

    @Test
    void idsAreUnsigned() {
        LocalGraph graph = graph("1-18446744073709551615 0.5", "18446744073709551615-9223372036854775808 0.25");
        Cut cut = Multicut.cut(graph, ids(1), ids(Long.MIN_VALUE));
        assertThat(cut.a()).containsExactly(Long.MIN_VALUE);
        assertThat(cut.b()).containsExactly(-1);
        assertThat(cut.sourceSide()).containsExactly(1, -1);
    }

    @Test
    void protectsThePathsBetweenPoints() {
        // Without paths, 1 would be cut from 3 at 1-2 and 2-3.
        LocalGraph graph = graph("1-2 0.1", "2-3 0.1", "2-4 0.9", "4-5 0.9", "5-6 0.1", "4-6 0.9", "1-7 0.05");
        Cut cut = Multicut.cut(graph, ids(1, 3), ids(4, 6));
        assertThat(pairs(cut)).containsExactly("2-4");
        assertThat(cut.sourceSide()).containsExactly(1, 2, 3, 7);
    }

    @Test
    void takesTheSmallerSupervoxelAmongEqualPaths() {
        LocalGraph diamond = graph("1-3 0.5", "3-4 0.5", "1-2 0.5", "2-4 0.5", "2-9 5", "3-9 5");
        assertThat(Multicut.cut(diamond, ids(1, 4), ids(9), ALLOWED).sourceSide()).containsExactly(1, 2, 4);
        assertThat(Multicut.cut(diamond, ids(4, 1), ids(9), ALLOWED).sourceSide()).containsExactly(1, 2, 4);
    }

    @Test
    void resolvesPathsThatOverlap() {
        // The field's ladder. 1-6 wants 2, 5-8 wants 4, nothing is shared; the weak rung and the way round are cut.
        LocalGraph ladder = graph("1-2 0.9", "2-3 0.9", "3-4 0.01", "4-5 0.9", "2-6 0.9", "6-7 0.9", "7-8 0.9",
                "8-4 0.9");
        assertThat(pairs(Multicut.cut(ladder, ids(1, 6), ids(5, 8), ALLOWED))).containsExactly("3-4", "6-7");
        // Both want 9. The sources' way is the surer one: the sinks go around by 7.
        LocalGraph cross = graph("1-9 0.9", "9-2 0.9", "3-9 0.5", "9-4 0.5", "3-7 0.2", "7-4 0.2", "1-5 0.9",
                "3-6 0.9");
        Cut cut = Multicut.cut(cross, ids(1, 2), ids(3, 4));
        assertThat(cut.sourceSide()).containsExactly(1, 2, 5, 9);
        assertThat(cut.sinkSide()).containsExactly(3, 4, 6, 7);
        // As before, but the sinks have no way around: now the sources must.
        LocalGraph swapped = graph("1-9 0.9", "9-2 0.9", "3-9 0.5", "9-4 0.5", "1-7 0.2", "7-2 0.2", "1-5 0.9",
                "3-6 0.9");
        assertThat(Multicut.cut(swapped, ids(1, 2), ids(3, 4)).sourceSide()).containsExactly(1, 2, 5, 7);
        // Equal: the sinks keep theirs.
        LocalGraph equal = graph("1-9 0.5", "9-2 0.5", "3-9 0.5", "9-4 0.5", "1-7 0.2", "7-2 0.2", "3-8 0.2", "8-4 0.2",
                "1-5 0.9", "3-6 0.9");
        assertThat(Multicut.cut(equal, ids(1, 2), ids(3, 4)).sourceSide()).containsExactly(1, 2, 5, 7);
        // Nobody has.
        LocalGraph none = graph("1-9 0.9", "9-2 0.9", "3-9 0.5", "9-4 0.5");
        Refusal refusal = refusal(none, ids(1, 2), ids(3, 4), ALLOWED);
        assertThat(refusal.reason()).isEqualTo(Reason.PATHS_OVERLAP);
        assertThat(refusal.message()).startsWith("Paths between source point pairs and sink point pairs overlapped "
                + "irreparably. Consider doing cut in multiple parts. Begin with");
    }

    @Test
    void refusesPointsThatAreJoinedOnlyThroughTheOtherSide() {
        LocalGraph star = graph("1-3 2", "2-3 3", "3-4 10");
        assertThat(refusal(star, ids(1, 2), ids(3), ALLOWED).message())
                .isEqualTo("Paths between source or sink points irreparably overlap other labels from other side. "
                        + "Check that labels are correct and consider spreading points out farther. "
                        + "Between the source points in supervoxels 1 and 2 there is no path near the points that avoids "
                        + "the other side. Or use fewer points on a side.");
        assertThat(refusal(star, ids(3), ids(4, 1), ALLOWED).message()).contains("sink points in supervoxels 1 and 4");
        LocalGraph apart = graph("1-2 0.5", "2-3 0.5", "4-5 0.5");
        assertThat(refusal(apart, ids(1, 4), ids(3), ALLOWED).reason()).isEqualTo(Reason.POINTS_OVERLAP);
    }

    @Test
    void refusesToCutOffPointsAlone() {
        LocalGraph weak = graph("1-2 0.9", "2-3 0.01", "3-4 0.9", "4-5 0.9", "5-6 0.9");
        Refusal source = refusal(weak, ids(1, 2), ids(5, 6), ALLOWED_FOR_ONE);
        assertThat(source.reason()).isEqualTo(Reason.CUTS_OFF_ONLY_POINTS);
        assertThat(source.message()).isEqualTo("Split cut off only the labeled points on the Source side. "
                + "Please add points to other parts of the merge error on that side.");
        assertThat(refusal(weak, ids(5, 6), ids(1, 2), ALLOWED_FOR_ONE).message()).contains("on the Sink side");
        assertThat(pairs(Multicut.cut(weak, ids(1, 2), ids(5, 6), ALLOWED))).containsExactly("2-3");
        Preview preview = Multicut.preview(weak, ids(1, 2), ids(5, 6));
        assertThat(preview.isIllegal()).isTrue();
        assertThat(preview.refusal()).contains(source);
        assertThat(preview.components()).containsExactly(ids(1, 2), ids(3, 4, 5, 6));
    }

    @Test
    void cutsOffOnePointAloneUnlessItIsAskedNotTo() {
        LocalGraph line = graph("1-2 0.01", "2-3 0.9", "3-4 0.9");
        assertThat(pairs(Multicut.cut(line, ids(1), ids(4)))).containsExactly("1-2");
        // Two points in parts of one supervoxel are one.
        LocalGraph parts = graph("1-5 inf", "1-2 0.01", "2-3 0.9", "3-4 0.9");
        assertThat(pairs(Multicut.cut(parts, ids(1, 5), ids(4)))).containsExactly("1-2");
        assertThat(refusal(line, ids(1), ids(4), REFUSED).reason()).isEqualTo(Reason.CUTS_OFF_ONLY_POINTS);
        assertThat(Multicut.preview(line, ids(1), ids(4), REFUSED).isIllegal()).isTrue();
    }

    @Test
    void pointsThatTouchOnlyPointsAreNotIsolated() {
        // There is nothing else that could stay with 1 and 2, nor, but for the path's 7, with 3 and 4.
        LocalGraph graph = graph("1-2 0.9", "2-3 0.5", "3-7 0.9", "7-4 0.9");
        assertThat(pairs(Multicut.cut(graph, ids(1, 2), ids(3, 4), REFUSED))).containsExactly("2-3");
    }

    @Test
    void refusesPointsThatMakeNoSense() {
        LocalGraph line = graph("1-2 0.5", "2-3 0.5");
        assertThat(refusal(line, ids(), ids(1), ALLOWED).reason()).isEqualTo(Reason.NO_POINTS);
        assertThat(refusal(line, ids(99), ids(), ALLOWED).reason()).isEqualTo(Reason.NO_POINTS);
        assertThat(refusal(line, ids(1, 2), ids(3, 2), ALLOWED).message()).startsWith(
                "Supervoxels exist in both sink and source, try placing the points further apart. It is 2. ");
        assertThat(refusal(graph(), ids(1), ids(2), ALLOWED).message()).startsWith("No local edges found. ");
        Refusal unknown = refusal(line, ids(1), ids(3, -1), ALLOWED);
        assertThat(unknown.reason()).isEqualTo(Reason.NOT_IN_GRAPH);
        assertThat(unknown.message()).contains("It is 18446744073709551615.");
    }

    @Test
    void refusesWhereNoEdgeCanBeCut() {
        LocalGraph one = graph("1-2 inf", "2-3 0.5");
        Refusal same = refusal(one, ids(1), ids(2), ALLOWED);
        assertThat(same.reason()).isEqualTo(Reason.IN_ONE_SUPERVOXEL);
        assertThat(same.message()).contains("one is 1.").endsWith("or split the supervoxel.");
        assertThat(refusal(graph("1-2 inf"), ids(1), ids(2), ALLOWED).reason()).isEqualTo(Reason.IN_ONE_SUPERVOXEL);
        LocalGraph two = graph("1-2 inf", "3-4 inf", "1-2 0.5");
        assertThat(refusal(two, ids(1), ids(4), ALLOWED).message())
                .startsWith("Local graph somehow only contains cross chunk edges. ");
    }

    @Test
    void refusesWhereThereIsNothingToCut() {
        LocalGraph apart = graph("1-2 0.5", "3-4 0.5");
        assertThat(refusal(apart, ids(1), ids(4), ALLOWED).message()).startsWith(
                "Mincut failed. Try with a different set of points. Mincut could not find any edges to remove. ");
        CutRefusedException shown = catchThrowableOfType(CutRefusedException.class,
                () -> Multicut.preview(apart, ids(1), ids(4)));
        assertThat(shown.refusal().reason()).isEqualTo(Reason.NOTHING_TO_CUT);
    }

    @Test
    void previewsEverySupervoxelTheSidesFirst() {
        LocalGraph graph = graph("11-12 0.5", "5-6 0.125", "6-9 0.5", "5-7 0.5", "1-2 0.5", "3-4 inf");
        assertThat(Multicut.preview(graph, ids(9), ids(5)).components()).containsExactly(ids(6, 9), ids(5, 7),
                ids(1, 2),
                ids(3, 4), ids(11, 12));
    }

    @Test
    void wantsEdgesThatAreSome() {
        assertThatIllegalArgumentException().isThrownBy(() -> LocalGraph.of(ids(1), ids(2, 3), new float[]{1, 1}));
        assertThatIllegalArgumentException().isThrownBy(() -> LocalGraph.of(ids(1), ids(2), new float[0]));
        for (String edge : List.of("0-1 0.5", "1-0 0.5", "7-7 0.5", "1-2 -0.5", "1-2 NaN", "1-2 -Infinity")) {
            assertThatIllegalArgumentException().as(edge).isThrownBy(() -> graph("1-2 1", edge))
                    .withMessageContaining("edge 1 from " + edge.charAt(0));
        }
    }

    private static Refusal refusal(LocalGraph graph, long[] sources, long[] sinks, Isolating isolating) {
        return catchThrowableOfType(CutRefusedException.class, () -> Multicut.cut(graph, sources, sinks, isolating))
                .refusal();
    }

    /// Edges as `a-b affinity`.
    private static LocalGraph graph(String... edges) {
        long[] a = new long[edges.length];
        long[] b = new long[edges.length];
        float[] affinity = new float[edges.length];
        for (int i = 0; i < edges.length; i++) {
            String[] words = edges[i].split("[- ]", 3);
            a[i] = Long.parseUnsignedLong(words[0]);
            b[i] = Long.parseUnsignedLong(words[1]);
            affinity[i] = words[2].equals("inf") ? CUT : Float.parseFloat(words[2]);
        }
        return LocalGraph.of(a, b, affinity);
    }

    private static long[] ids(long... ids) {
        return ids;
    }

    private static List<String> pairs(Cut cut) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < cut.a().length; i++) {
            pairs.add(Long.toUnsignedString(cut.a()[i]) + "-" + Long.toUnsignedString(cut.b()[i]));
        }
        return pairs;
    }
}
