package org.neuropil.physiology.movie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.movie.Demix.Failed;
import org.neuropil.physiology.movie.Duplicates.Limits;
import org.neuropil.physiology.movie.Duplicates.Member;
import org.neuropil.physiology.movie.Duplicates.Plane;
import org.neuropil.space.InputException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MaskStepsTest {
    private static final Runnable NOTHING = () -> {};

    /// A movie whose pixels are in memory.
    private record Pixels(int width, int height, double[][] values) implements Movie {
        @Override
        public int frames() {
            return values.length;
        }

        @Override
        public Slab read(int from, int to) {
            return (frame, place) -> values[from + frame][place];
        }
    }

    /// The pixels of a rectangle.
    private static Roi box(String name, int x, int y, int width, int height) {
        int[] xs = new int[width * height];
        int[] ys = new int[width * height];
        double[] weights = new double[width * height];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = x + i % width;
            ys[i] = y + i / width;
            weights[i] = 1;
        }
        return new Roi(name, xs, ys, weights);
    }

    @Test
    void fluorescenceIsTheWeighedMeanOfTheMask() throws IOException {
        Movie movie = new Pixels(3, 2, new double[][]{{1, 2, 3, 4, 5, 6}, {10, 20, 30, 40, 50, Double.NaN}});
        Roi roi = new Roi("a", new int[]{0, 2}, new int[]{0, 1}, new double[]{1, 0.5});
        AtomicInteger slabs = new AtomicInteger();
        double[][] found = Extraction.traces(movie, List.of(roi, box("b", 0, 0, 2, 1)), 2, slabs::incrementAndGet);
        assertThat(found[0]).containsExactly((1 + 0.5 * 6) / 2, Double.NaN);
        assertThat(found[1]).containsExactly(1.5, 15);
        assertThat(slabs).hasValue(Extraction.slabs(movie));
    }

    @Property(tries = 60)
    void ringsAreThePixelsAtTheirDistance(@ForAll @IntRange(min = 0, max = 4) int inner,
            @ForAll @IntRange(min = 1, max = 5) int more, @ForAll int seed) {
        Random random = new Random(seed);
        int size = 16;
        List<Roi> rois = List.of(box("a", random.nextInt(12), random.nextInt(12), 1 + random.nextInt(4), 2),
                box("b", random.nextInt(12), random.nextInt(12), 3, 1 + random.nextInt(4)));
        int[][] rings = Extraction.rings(size, size, rois, inner, inner + more);
        for (int i = 0; i < 2; i++) {
            Set<Integer> expected = new TreeSet<>();
            for (int place = 0; place < size * size; place++) {
                int[] far = {distance(rois.get(0), place, size), distance(rois.get(1), place, size)};
                if (far[0] > 0 && far[1] > 0 && far[i] > inner && far[i] <= inner + more) {
                    expected.add(place);
                }
            }
            assertThat(java.util.Arrays.stream(rings[i]).boxed()).containsExactlyElementsOf(expected);
        }
    }

    private static int distance(Roi roi, int place, int width) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < roi.pixels(); i++) {
            least = Math.min(least, Math.max(Math.abs(roi.x()[i] - place % width),
                    Math.abs(roi.y()[i] - place / width)));
        }
        return least;
    }

    @Test
    void aRegionWithoutARingHasNoNeuropil() throws IOException {
        Movie movie = new Pixels(2, 1, new double[][]{{1, 2}});
        assertThat(Extraction.neuropil(movie, List.of(box("a", 0, 0, 2, 1)), 0, 3, 1, NOTHING)[0])
                .containsExactly(Double.NaN);
        assertThat(Extraction.neuropil(movie, List.of(box("a", 0, 0, 1, 1)), 0, 3, 1, NOTHING)[0]).containsExactly(2.0);
        assertThatThrownBy(() -> Extraction.rings(2, 1, List.of(), 2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Two cells that overlap, each of one brightness over its mask, and a third by itself.
    private static Movie cells(List<Roi> rois, double[][] light, int width, int height) {
        double[][] values = new double[light[0].length][width * height];
        for (int frame = 0; frame < values.length; frame++) {
            for (int i = 0; i < rois.size(); i++) {
                for (int place : rois.get(i).places(width, height)) {
                    values[frame][place] += light[i][frame];
                }
            }
        }
        return new Pixels(width, height, values);
    }

    @Test
    void lightOfOverlappingCellsIsToldApart() throws IOException {
        List<Roi> rois = List.of(box("a", 0, 0, 6, 4), box("b", 4, 0, 6, 4), box("c", 12, 0, 3, 3));
        Random random = new Random(1);
        double[][] light = new double[3][60];
        for (double[] trace : light) {
            for (int i = 0; i < trace.length; i++) {
                trace[i] = 5 + random.nextDouble();
            }
        }
        for (int i = 20; i < 30; i++) {
            light[0][i] += 20;
        }
        Movie movie = cells(rois, light, 16, 4);
        Demix found = Demix.of(movie, rois, Failed.MISSING, 2, NOTHING);
        double[][] raw = Extraction.traces(movie, rois, 1, NOTHING);
        assertThat(found.traces()[2]).containsExactly(raw[2], within(1e-12));
        assertThat(found.failedFrames()).containsExactly(0, 0, 0);
        assertThat(found.negative()).containsOnly(false);
        // What cell a's transient adds to b is a small part of what it added before.
        double before = raw[1][25] - raw[1][40];
        assertThat(found.traces()[1][25] - found.traces()[1][40]).isLessThan(0.35 * before);
        for (int frame = 0; frame < 60; frame++) {
            double a = found.traces()[0][frame];
            double b = found.traces()[1][frame];
            double shared = 8 * (light[0][frame] + light[1][frame]);
            assertThat(24 * a + shared / raw[1][frame] * b).isCloseTo(24 * raw[0][frame], within(1e-9));
            assertThat(shared / raw[0][frame] * a + 24 * b).isCloseTo(24 * raw[1][frame], within(1e-9));
        }
    }

    @Test
    void whatCannotBeDemixedIsListed() throws IOException {
        List<Roi> rois = List.of(box("a", 0, 0, 3, 3), box("b", 0, 0, 3, 3), box("c", 5, 0, 2, 2));
        double[][] light = {{1, 2, 3}, {1, 1, 1}, {4, 0, 5}};
        Movie movie = cells(rois, light, 8, 4);
        Demix missing = Demix.of(movie, rois, Failed.MISSING, 1, NOTHING);
        assertThat(missing.failedFrames()).containsExactly(3, 3, 1);
        assertThat(missing.traces()[0]).containsOnly(Double.NaN);
        assertThat(missing.traces()[2]).containsExactly(4, Double.NaN, 5);
        Demix raw = Demix.of(movie, rois, Failed.RAW, 1, NOTHING);
        assertThat(raw.traces()[0]).containsExactly(2, 3, 4);
        assertThat(raw.traces()[2]).containsExactly(4, 0, 5);
    }

    @Test
    void masksAreChecked() {
        assertThatThrownBy(() -> new Roi("a", new int[]{1, 1}, new int[]{2, 2}, new double[]{1, 1}))
                .isInstanceOf(InputException.class).hasMessageContaining("1,2 is there twice");
        assertThatThrownBy(() -> new Roi("a", new int[]{1}, new int[]{2}, new double[]{0}))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Roi("a", new int[0], new int[0], new double[0]))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Roi("a", new int[]{-1}, new int[]{2}, new double[]{1}))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> box("a", 0, 0, 9, 1).places(8, 4)).isInstanceOf(InputException.class)
                .hasMessageContaining("8 x 4");
        assertThatThrownBy(() -> Roi.names(List.of(box("a", 0, 0, 1, 1), box("a", 1, 0, 1, 1))))
                .isInstanceOf(InputException.class);
    }

    @Test
    void cellsOfNeighbouringPlanesAreGroupedAndTheLargestStays() {
        Random random = new Random(2);
        double[] one = random.doubles(200).map(_ -> random.nextGaussian()).toArray();
        double[] other = random.doubles(200).map(_ -> random.nextGaussian()).toArray();
        Plane top = new Plane(List.of(box("a", 10, 10, 8, 8), box("x", 50, 50, 8, 8)), new double[][]{one, other});
        Plane middle = new Plane(List.of(box("b", 10, 10, 9, 9), box("y", 50, 50, 8, 8)), new double[][]{one, one});
        Plane bottom = new Plane(List.of(box("c", 11, 10, 8, 8)), new double[][]{one});
        Duplicates found = Duplicates.of(List.of(top, middle, bottom), Limits.USUAL, 2);
        assertThat(found.pairs()).hasSize(2);
        assertThat(found.pairs().getFirst().jaccard()).isEqualTo(64.0 / 81);
        assertThat(found.pairs().getFirst().correlation()).isCloseTo(1, within(1e-12));
        assertThat(found.pairs().getFirst().distance()).isCloseTo(Math.hypot(0.5, 0.5), within(1e-12));
        assertThat(found.groups())
                .containsExactly(List.of(new Member(1, 0), new Member(0, 0), new Member(2, 0)));
        assertThat(Duplicates.of(List.of(top, bottom, middle), new Limits(0.1, 0.4, 0.45), 1).groups()).isEmpty();
        assertThatThrownBy(() -> Duplicates.of(List.of(top, new Plane(List.of(box("b", 10, 10, 8, 8)),
                new double[][]{new double[7]})), Limits.USUAL, 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Plane(List.of(), new double[1][1])).isInstanceOf(InputException.class);
    }
}
