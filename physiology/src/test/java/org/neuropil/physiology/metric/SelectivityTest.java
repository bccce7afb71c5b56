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

    @Test
    void trialsThatAreLeftOutTellTheBiasOfAQuotient() {
        // Both halves prefer 0 degrees. At 0 and 180 half A has 8, 8 and 4, 4; half B has 6, 2 and 1, 3: Q = 2 / 6.
        Responses responses = Tunings.trials(4, 8, 0, 4, 0, 6, 0, 1, 0, 8, 0, 4, 0, 2, 0, 3, 0);
        double ofB = 1 / 3.0 - ((0 / 4.0 - 1 / 3.0) + (4 / 8.0 - 1 / 3.0)) / 2
                - ((1 / 7.0 - 1 / 3.0) + (3 / 5.0 - 1 / 3.0)) / 2;
        is(responses, "dsi_cv", (ofB + 1 / 3.0) / 2);
        // Of half B at 0, 90 and 270 degrees: 6, 2; 2, 0; 0, 0: R_o = 1 / 2, Q = 3.5 / 4.5. Half A has no response at its sides.
        responses = Tunings.trials(4, 8, 0, 4, 0, 6, 2, 1, 0, 8, 0, 4, 0, 2, 0, 3, 0);
        ofB = 7 / 9.0 - ((1.5 / 2.5 - 7 / 9.0) + (5.5 / 6.5 - 7 / 9.0)) / 2
                - ((4.0 / 4.0 - 7 / 9.0) + (3.0 / 5.0 - 7 / 9.0)) / 2;
        is(responses, "osi_cv", (ofB + 1) / 2);
        // Without its only trial with a response there is no quotient: that trial stays.
        is(Tunings.trials(4, 3, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0), "dsi_cv", 1);
    }

    @Test
    void aVectorIsMeasuredAlongTheOneOfTheOtherHalf() {
        // Half A: 2, 1, 0, 1, a vector at 0 degrees; half B: 1, 5, 3, 2, a vector of (-2, 3).
        Responses responses = Tunings.trials(2, 2, 1, 0, 1, 1, 5, 3, 2);
        double root = Math.sqrt(13);
        is(responses, "gdsi_cv", ((1 - 3) / 11.0 + (-2 * 2 + 3 - 3) / root / 4) / 2);
        // Of orientation: A has 2 + 0 - 1 - 1 = 0 and so no direction; B has 1 + 3 - 5 - 2 = -3.
        is(responses, "gosi_cv", (0 + 0) / 2.0);
        responses = Tunings.trials(2, 3, 1, 0, 1, 1, 5, 3, 2);
        is(responses, "gosi_cv", ((1 + 3 - 5 - 2) / 11.0 + (1 + 1 - 3 - 0) / 5.0) / 2);
        // What is the same in both halves has its whole length.
        Responses same = Tunings.trials(2, 4, 1, 2, 1, 4, 1, 2, 1);
        for (String id : List.of("osi", "dsi", "gosi", "gdsi")) {
            is(same, id + "_cv", of(id, same));
        }
    }

    @Test
    void crossValidationOfAFlatCellIsNone() {
        for (String id : List.of("osi_cv", "dsi_cv", "gosi_cv", "gdsi_cv")) {
            is(Tunings.trials(2, 3, 3, 3, 3, 3, 3, 3, 3), id, 0);
            assertThat(of(id, Tunings.trials(2, 3, 3, 3, 3, 0, 0, 0, 0))).as(id).isNaN();
            assertThat(of(id, Tunings.trials(1, 3, 2, 1, 2))).as(id).isNaN();
        }
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
