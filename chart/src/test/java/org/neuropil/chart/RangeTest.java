package org.neuropil.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RangeTest {
    @Property(tries = 500)
    void ticksAreRoundEvenAndWithinTheRange(@ForAll @DoubleRange(min = -1e5, max = 1e5) double low,
            @ForAll @DoubleRange(min = -5, max = 5) double size, @ForAll @IntRange(min = 2, max = 12) int most) {
        Range range = new Range(low, low + Math.pow(10, size));
        List<Double> ticks = range.ticks(most);
        double step = range.step(most).times(1);
        assertThat(BigDecimal.valueOf(step).stripTrailingZeros().unscaledValue().intValue()).isIn(1, 2, 5);
        assertThat(ticks).hasSizeLessThanOrEqualTo(most).allMatch(range::holds);
        for (int i = 0; i < ticks.size(); i++) {
            assertThat(ticks.get(i) / step).isCloseTo(Math.rint(ticks.get(i) / step), within(1e-4));
            if (i > 0) {
                assertThat(ticks.get(i) - ticks.get(i - 1)).isCloseTo(step, within(step * 1e-4));
            }
        }
        // None is missing at the ends.
        assertThat((range.high() - range.low()) / step).isLessThan(ticks.size() + 1.001);
    }

    @Property(tries = 300)
    void ticksSayTheirValue(@ForAll @DoubleRange(min = -1e4, max = 1e4) double low,
            @ForAll @DoubleRange(min = -6, max = 7) double size) {
        Range range = new Range(low, low + Math.pow(10, size));
        Range.Step step = range.step(6);
        double distance = step.times(1);
        for (double tick : range.ticks(6)) {
            assertThat(Double.parseDouble(step.text(tick).replace('−', '-'))).isCloseTo(tick,
                    within(Math.max(distance * 1e-3, Math.abs(tick) * 5e-3)));
        }
    }

    @Test
    void ticksAreWrittenShort() {
        assertThat(texts(new Range(0, 1))).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(texts(new Range(-30, 30))).containsExactly("−20", "0", "20");
        assertThat(texts(new Range(0, 360))).containsExactly("0", "100", "200", "300");
        assertThat(texts(new Range(0, 5e6))).contains("1e6", "5e6");
        assertThat(new Range(0, 0.7).ticks(8)).contains(0.3, 0.6, 0.7);
    }

    private static List<String> texts(Range range) {
        return range.ticks(6).stream().map(tick -> range.step(6).text(tick)).toList();
    }

    @Test
    void valuesThatAreMissingOrAloneStillMakeARange() {
        assertThat(Range.of(Double.NaN, 3, Double.POSITIVE_INFINITY, -1)).isEqualTo(new Range(-1, 3));
        assertThat(Range.of()).isEqualTo(new Range(0, 1));
        assertThat(Range.of(4, 4)).isEqualTo(new Range(2, 6));
        assertThat(Range.of(0, 0)).isEqualTo(new Range(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(Double.NaN, 1));
    }
}
