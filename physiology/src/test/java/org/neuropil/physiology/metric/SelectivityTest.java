package org.neuropil.physiology.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Tunings;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SelectivityTest {
    private static final double NAN = Double.NaN;
    private static final List<String> INDICES = List.of("osi", "osi_cv", "dsi", "dsi_cv", "gosi", "gosi_cv", "gdsi",
            "gdsi_cv");

    private static double of(String id, Responses responses) {
        return ((Metric.OfTrials) Catalogue.find(id).orElseThrow()).of(responses);
    }

    private static void is(Responses responses, String id, double value) {
        assertThat(of(id, responses)).as(id).isEqualTo(value, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 16})
    void aFlatCellHasNone(int directions) {
        Responses flat = Tunings.of(directions, _ -> 3);
        for (String id : List.of("osi", "dsi", "gosi", "gdsi", "cv_os_allensdk")) {
            is(flat, id, 0);
        }
        assertThat(of("mean_preferred_direction", flat)).isNaN();
        assertThat(of("mean_preferred_orientation", flat)).isNaN();
        is(flat, "preferred_direction", 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 16})
    void oneDirectionIsAll(int directions) {
        for (int at = 0; at < directions; at++) {
            double[] values = new double[directions];
            values[at] = 2;
            Responses one = Tunings.trials(1, values);
            for (String id : List.of("osi", "dsi", "gosi", "gdsi")) {
                is(one, id, 1);
            }
            double direction = 360.0 * at / directions;
            is(one, "preferred_direction", direction);
            is(one, "mean_preferred_direction", direction);
            is(one, "mean_preferred_orientation", direction % 180);
            is(one, "cv_os_allensdk", Math.abs(Math.cos(2 * Math.toRadians(direction))));
            is(one, "preferred_response", 2);
        }
    }

    @Test
    void cosinesHaveKnownVectors() {
        // Over 12 directions the mean of cos^2 is 1/2, and cos kθ are orthogonal.
        Responses orientation = Tunings.of(12, angle -> 1 + Math.cos(2 * angle));
        is(orientation, "gosi", 0.5);
        is(orientation, "gdsi", 0);
        is(orientation, "osi", 1);
        is(orientation, "dsi", 0);
        double mean = of("mean_preferred_orientation", orientation);
        assertThat(Math.min(mean, 180 - mean)).isLessThan(1e-9);
        Responses turned = Tunings.of(12, angle -> 5 + 3 * Math.cos(2 * angle - Math.PI / 2));
        is(turned, "gosi", 0.3);
        is(turned, "mean_preferred_orientation", 45);
        is(turned, "cv_os_allensdk", 0);
        Responses direction = Tunings.of(12, angle -> 1 + Math.cos(angle - Math.PI / 3));
        is(direction, "gdsi", 0.5);
        is(direction, "gosi", 0);
        is(direction, "dsi", 1);
        is(direction, "osi", 1 / 3.0);
        is(direction, "mean_preferred_direction", 60);
    }

    @Test
    void pointsAreThoseOfTheFormula() {
        // Directions 0, 90, 180, 270.
        Responses responses = Tunings.trials(1, 6, 1, 2, 3);
        is(responses, "osi", (6 - 2) / (6.0 + 2));
        is(responses, "dsi", (6 - 2) / (6.0 + 2));
        is(responses, "gosi", (6 + 2 - 1 - 3) / 12.0);
        is(responses, "gdsi", Math.hypot(6 - 2, 1 - 3) / 12);
    }

    @Test
    void spatialFrequenciesStayApart() {
        List<Condition> shown = new ArrayList<>();
        double[] values = new double[8];
        for (int i = 0; i < 8; i++) {
            shown.add(new Grating(90 * (i % 4), i < 4 ? 0.04 : 0.08, 1));
            values[i] = i < 4 ? 1 : new double[]{1, 7, 1, 3}[i - 4];
        }
        Responses responses = Responses.of(shown, values);
        is(responses, "preferred_direction", 90);
        is(responses, "preferred_spatial_frequency", 0.08);
        is(responses, "dsi", 0.4);
        is(responses, "osi", 0.75);
        is(responses, "gosi", 8 / 12.0);
    }

    @Test
    void sumsThatAreNotAboveZeroGiveNothing() {
        for (Responses responses : List.of(Tunings.of(8, _ -> 0), Tunings.trials(1, -1, -2, -3, -4),
                Tunings.trials(1, 1, -5, -4, -5))) {
            for (String id : List.of("osi", "dsi", "gosi", "gdsi")) {
                assertThat(of(id, responses)).as(id).isNaN();
            }
        }
    }

    @Test
    void whatWasNotShownIsNotGuessed() {
        // The opposite direction has no response, the two beside it have.
        Responses responses = Tunings.trials(1, 6, 1, NAN, 3);
        is(responses, "osi", 0.5);
        for (String id : List.of("dsi", "gosi", "gdsi", "mean_preferred_direction", "osi_cv")) {
            assertThat(of(id, responses)).as(id).isNaN();
        }
        // Three of eight directions: their vector would be that of what was shown.
        Responses uneven = Responses.of(List.of(new Grating(0, 1, 1), new Grating(45, 1, 1), new Grating(90, 1, 1)),
                new double[]{1, 1, 1});
        assertThat(of("gosi", uneven)).isNaN();
        Responses pictures = Tunings.pictures(new int[]{1, 2}, new double[]{1, 2}, new double[2]);
        assertThat(of("osi", pictures)).isNaN();
        is(pictures, "preferred_response", 2);
    }

    @Test
    void theOtherHalfMeasuresWhatTheFirstOneChose() {
        // Half A (first repeat) prefers 0 degrees, half B prefers 90.
        Responses responses = Tunings.trials(2, 8, 1, 2, 3, 4, 6, 2, 0);
        is(responses, "preferred_response_cv", (4 + 1) / 2.0);
        // At 0 in B: (4 - 3) / (4 + 3); at 90 in A: (1 - 5) / (1 + 5).
        is(responses, "osi_cv", (1 / 7.0 - 4 / 6.0) / 2);
        // At 0 in B: (4 - 2) / 6; at 90 in A: (1 - 3) / 4.
        is(responses, "dsi_cv", (2 / 6.0 - 2 / 4.0) / 2);
    }

    @Property(tries = 100)
    void turningAllDirectionsOrScalingLeavesTheIndices(
            @ForAll @Size(min = 36, max = 36) List<@IntRange(min = 0, max = 1000) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 11) int turn) {
        double[] values = numbers.stream().mapToDouble(Integer::doubleValue).toArray();
        double[] turned = new double[36];
        double[] scaled = new double[36];
        for (int i = 0; i < 36; i++) {
            // Which of equal means comes first depends on the turn; so there are none.
            values[i] += i % 12 * 1e-3 * Math.sqrt(2 + i);
            turned[i / 12 * 12 + (i + turn) % 12] = values[i];
            scaled[i] = values[i] * 0.37;
        }
        Responses plain = Tunings.trials(3, values);
        for (String id : INDICES) {
            double index = of(id, plain);
            is(Tunings.trials(3, turned), id, index);
            is(Tunings.trials(3, scaled), id, index);
        }
        double direction = of("mean_preferred_direction", plain);
        double moved = of("mean_preferred_direction", Tunings.trials(3, turned));
        if (of("gdsi", plain) > 1e-6) {
            assertThat(Math.cos(Math.toRadians(moved - direction - 30 * turn))).isEqualTo(1, within(1e-9));
        }
    }

    @Test
    void temporalFrequenciesAreToldApartOverTheirSpread() {
        List<Condition> shown = new ArrayList<>();
        for (double frequency : new double[]{1, 1, 2, 2, 4, 4}) {
            shown.add(new Grating(0, 0.04, frequency));
        }
        shown.add(new Grating(90, 0.04, 8));
        Responses responses = Responses.of(shown, new double[]{1, 3, 4, 6, 9, 11, 0});
        // Means 2, 5, 10; SSE 6 over 6 - 3.
        is(responses, "tf_index", 8 / (8 + 2 * Math.sqrt(2)));
        assertThat(of("tf_index", Tunings.trials(2, 1, 2, 3, 4))).isNaN();
    }

    @Test
    void everyMetricOfTrialsIsNothingForNothing() {
        for (Metric metric : Catalogue.ALL) {
            if (metric instanceof Metric.OfTrials trials) {
                for (Responses empty : List.of(Responses.of(List.of(), new double[0]), Tunings.trials(2, NAN, NAN))) {
                    assertThat(trials.of(empty)).as(Objects.toString(metric)).isNaN();
                }
            }
        }
    }
}
