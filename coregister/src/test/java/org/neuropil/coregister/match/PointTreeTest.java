package org.neuropil.coregister.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PointTreeTest {
    @Property(tries = 60)
    void findsWhatALookAtAllPointsFinds(@ForAll @IntRange(min = 1, max = 200) int n,
            @ForAll @IntRange(min = 1, max = 20) int most, @ForAll @IntRange(min = 1, max = 12) int coarse,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] points = new double[3 * n];
        for (int i = 0; i < points.length; i++) {
            points[i] = random.nextInt(coarse); // many as far off, and twins
        }
        double x = random.nextInt(coarse) + 0.5 * random.nextInt(2);
        double y = random.nextInt(coarse);
        double z = random.nextInt(coarse);
        PointTree tree = PointTree.of(points);
        PointTree.Found found = new PointTree.Found(most);
        tree.nearest(x, y, z, found);
        double[] squares = IntStream.range(0, n).mapToDouble(i -> square(points[3 * i] - x, points[3 * i + 1] - y,
                points[3 * i + 2] - z)).toArray();
        List<Integer> expected = IntStream.range(0, n).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> squares[i])).limit(most).toList();
        assertThat(IntStream.range(0, found.size()).mapToObj(found::number)).isEqualTo(expected);
        assertThat(found.distance(0)).isEqualTo(Math.sqrt(squares[expected.getFirst()]));
        double radius = random.nextInt(coarse);
        assertThat(tree.within(x, y, z, radius))
                .isEqualTo((int) IntStream.range(0, n).filter(i -> squares[i] <= radius * radius).count());
    }

    private static double square(double x, double y, double z) {
        return x * x + y * y + z * z;
    }
}
