package org.neuropil.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LayerDrawingTest {
    private static final Frame FRAME = new Frame(50, 20, 200, 100, new Range(0, 10), new Range(-1, 1), false, false);
    private static final Layer.Pen PEN = Layer.Pen.of(Ink.TEXT);

    private static List<Mark> draw(Frame frame, Layer... layers) {
        List<Mark> marks = new ArrayList<>();
        LayerDrawing drawing = new LayerDrawing(frame, marks);
        Arrays.stream(layers).forEach(drawing::draw);
        return marks;
    }

    @Property(tries = 300)
    void noMarkLeavesTheFrame(@ForAll long seed, @ForAll boolean mirrored, @ForAll boolean down) {
        SplittableRandom random = new SplittableRandom(seed);
        Frame frame = new Frame(50, 20, 200, 100, new Range(0, 10), new Range(-1, 1), mirrored, down);
        double[] x = wild(random, 0, 10);
        double[] y = wild(random, -1, 1);
        double[] x2 = wild(random, 0, 10);
        double[] y2 = wild(random, -1, 1);
        Layer.Scale scale = new Layer.Scale("v", "", new Range(0, 1), Colours.VIRIDIS);
        List<String> names = Arrays.stream(x).mapToObj(value -> "n" + value).toList();
        List<Mark> marks = draw(frame, new Layer.Line("", x, y, PEN), new Layer.Band("", x, y, y2, Ink.TEXT),
                new Layer.Points("", x, y, Ink.TEXT, 2, 1), new Layer.ColouredPoints("", x, y, x2, 2, scale),
                new Layer.Bars("", x, x2, y, Ink.TEXT), new Layer.Segments("", x, y, x2, y2, PEN),
                new Layer.Arrows("", x, y, x2, y2, PEN),
                new Layer.HeatMap("", new Range(-2, 8.5), new Range(-3, 0.6), 5, 4, new double[20], scale),
                new Layer.Spans("", x, x2, names, names.stream().map(_ -> Ink.TEXT).toList(), -3, 0.5),
                new Layer.Disc("", 8, 0.5, 4, PEN), new Layer.Rule("", 3, true, PEN), new Layer.Rule("", 3, false, PEN),
                new Layer.Words("", x, y, names, true));
        assertThat(marks).hasSizeGreaterThan(3).allSatisfy(mark -> {
            switch (mark) {
                case Mark.Path path -> inside(path.x(), path.y());
                case Mark.Dots dots -> inside(dots.x(), dots.y());
                case Mark.Words words -> inside(new double[]{words.x()}, new double[]{words.y() - 3.5});
                case Mark.Image image -> inside(new double[]{image.x(), image.x() + image.width()},
                        new double[]{image.y(), image.y() + image.height()});
            }
        });
    }

    private static double[] wild(SplittableRandom random, double low, double high) {
        double width = high - low;
        return random.doubles(12, low - width, high + width).map(value -> random.nextInt(6) == 0 ? Double.NaN : value)
                .toArray();
    }

    private static void inside(double[] px, double[] py) {
        for (int i = 0; i < px.length; i++) {
            if (!Double.isNaN(px[i])) {
                assertThat(px[i]).isBetween(50 - 5.01, 250 + 5.01);
                assertThat(py[i]).isBetween(20 - 1e-6, 120 + 1e-6);
            }
        }
    }

    /// Walks along the line in small steps: what is inside is near a drawn line, and drawn lines are near the line.
    @Property(tries = 100)
    void whatIsInsideOfALineIsDrawn(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(6, -5, 15).toArray();
        double[] y = random.doubles(6, -2, 2).toArray();
        x[3] = Double.NaN;
        double[] px = Arrays.stream(x).map(FRAME::px).toArray();
        double[] py = Arrays.stream(y).map(FRAME::py).toArray();
        Mark.Path drawn = FRAME.clip(px, py, PEN);
        for (int i = 0; i + 1 < x.length; i++) {
            for (double t = 0; t <= 1; t += 0.01) {
                double atX = px[i] + t * (px[i + 1] - px[i]);
                double atY = py[i] + t * (py[i + 1] - py[i]);
                if (atX > 50 && atX < 250 && atY > 20 && atY < 120) {
                    assertThat(distance(drawn.x(), drawn.y(), atX, atY)).isLessThan(1e-6);
                }
            }
        }
        for (int i = 0; i < drawn.x().length; i++) {
            if (!Double.isNaN(drawn.x()[i])) {
                assertThat(distance(px, py, drawn.x()[i], drawn.y()[i])).isLessThan(1e-6);
            }
        }
    }

    private static double distance(double[] px, double[] py, double x, double y) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i + 1 < px.length; i++) {
            if (Double.isNaN(px[i] + px[i + 1])) {
                continue;
            }
            double dx = px[i + 1] - px[i];
            double dy = py[i + 1] - py[i];
            double length = dx * dx + dy * dy;
            double t = length == 0 ? 0 : Math.clamp(((x - px[i]) * dx + (y - py[i]) * dy) / length, 0, 1);
            least = Math.min(least, Math.hypot(x - px[i] - t * dx, y - py[i] - t * dy));
        }
        return least;
    }

    @Test
    void aMissingValueLeavesAGap() {
        Mark.Path path = (Mark.Path) draw(FRAME, new Layer.Line("", new double[]{0, 1, 2, 3, 4},
                new double[]{0, 1, Double.NaN, 1, 0}, PEN)).getFirst();
        assertThat(path.x()).containsExactly(50, 70, Double.NaN, 110, 130);
        assertThat(path.y()).containsExactly(70, 20, Double.NaN, 20, 70);
        assertThat(draw(FRAME, new Layer.Band("", new double[]{0, 1, 2, 3, 4}, new double[]{0, 0, Double.NaN, 0, 0},
                new double[]{1, 1, 1, 1, 1}, Ink.TEXT))).hasSize(2);
        assertThat(draw(FRAME, new Layer.Line("", new double[]{1}, new double[]{Double.NaN}, PEN))).isEmpty();
        Mark.Path alone = (Mark.Path) draw(FRAME, new Layer.Line("", new double[]{1, 2, 3},
                new double[]{Double.NaN, 0, Double.NaN}, PEN)).getFirst();
        assertThat(alone.x()).containsExactly(90, 90);
    }

    @Test
    void rowsOfAMapRunAsItsAxisDoes() {
        Layer.Scale scale = new Layer.Scale("v", "", new Range(0, 3), Colours.VIRIDIS);
        Layer.HeatMap map = new Layer.HeatMap("", new Range(0, 10), new Range(-1, 1), 2, 2,
                new double[]{0, 1, Double.NaN, 3}, scale);
        Frame down = new Frame(50, 20, 200, 100, FRAME.x(), FRAME.y(), false, true);
        int a = Colours.VIRIDIS.rgb(0);
        int b = Colours.VIRIDIS.rgb(1 / 3.0);
        int d = Colours.VIRIDIS.rgb(1);
        assertThat(((Mark.Image) draw(FRAME, map).getFirst()).rgb()).containsExactly(-1, d, a, b);
        assertThat(((Mark.Image) draw(down, map).getFirst()).rgb()).containsExactly(a, b, -1, d);
    }

    @Test
    void aLongLineKeepsItsLowestAndHighestPoints() {
        int count = 20_000;
        double[] x = new double[count];
        double[] y = new double[count];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < count; i++) {
            x[i] = 10.0 * i / (count - 1);
            y[i] = random.nextDouble(-0.5, 0.5);
        }
        y[7_777] = 0.99;
        y[12_345] = -0.99;
        Mark.Path path = (Mark.Path) draw(FRAME, new Layer.Line("", x, y, PEN)).getFirst();
        assertThat(path.x().length).isLessThan(4 * 202);
        assertThat(Arrays.stream(path.y()).min().orElseThrow()).isCloseTo(FRAME.py(0.99), within(1e-9));
        assertThat(Arrays.stream(path.y()).max().orElseThrow()).isCloseTo(FRAME.py(-0.99), within(1e-9));
    }
}
