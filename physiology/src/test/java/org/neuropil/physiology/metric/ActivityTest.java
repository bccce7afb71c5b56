package org.neuropil.physiology.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.Tunings;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/// Responsiveness, running, surround, sparseness.
class ActivityTest {
    private static final double NAN = Double.NaN;

    private static double of(String id, Responses responses) {
        return ((Metric.OfTrials) Catalogue.find(id).orElseThrow()).of(responses);
    }

    private static double of(String id, Responses responses, SpontaneousNull chance) {
        return ((Metric.OfTrialsAndNull) Catalogue.find(id).orElseThrow()).of(responses, chance);
    }

    private static double of(String id, Responses windowed, Responses full) {
        return ((Metric.OfSurround) Catalogue.find(id).orElseThrow()).of(new SurroundPair(windowed, full));
    }

    @Test
    void oneConditionIsSparseAndAllAreNot() {
        assertThat(of("lifetime_sparseness", Tunings.trials(1, 0, 5, 0, 0))).isEqualTo(1, within(1e-15));
        assertThat(of("lifetime_sparseness", Tunings.trials(1, 5, 5, 5, 5))).isEqualTo(0, within(1e-15));
        // 1, 3, 0: mean 4/3, mean square 10/3.
        assertThat(of("lifetime_sparseness", Tunings.trials(1, 1, 3, 0))).isEqualTo((1 - 16 / 30.0) * 1.5,
                within(1e-15));
        assertThat(of("lifetime_sparseness", Tunings.trials(1, 0, 0))).isNaN();
        assertThat(of("lifetime_sparseness", Tunings.trials(1, 7, NAN))).isNaN();
        assertThat(new Sparseness.Population().of(new double[]{1, NAN, 3, 0})).isEqualTo((1 - 16 / 30.0) * 1.5,
                within(1e-15));
    }

    @Test
    void noiseOfTrialsCountsAsSparsenessInTheOlderOne() {
        Responses responses = Tunings.trials(2, 0, 4, 4, 0);
        assertThat(of("lifetime_sparseness", responses)).isZero();
        assertThat(of("lifetime_sparseness_trials", responses)).isEqualTo((1 - 4 / 8.0) / 0.75, within(1e-15));
    }

    @Test
    void runningHasThreeDefinitionsAndAFourth() {
        // Picture 1 is preferred; three trials run, three do not, one has no speed.
        Responses responses = Tunings.pictures(new int[]{1, 1, 1, 1, 1, 1, 1, 2, 2},
                new double[]{9, 9, 9, 3, 3, 3, 99, 1, 1}, new double[]{2, 2, 2, 0, 0, 1, NAN, 5, 0});
        // Pooled: running 9, 9, 9, 1; still 3, 3, 3, 1.
        assertThat(of("run_mod_v1dd", responses)).isEqualTo((7 - 2.5) / 9.5, within(1e-15));
        assertThat(of("run_mod_white_paper", responses)).isEqualTo(6 / 9.0, within(1e-15));
        assertThat(of("run_mod_allensdk_ratio", responses)).isEqualTo(3, within(1e-15));
        // 1 cm/s runs here, and two still trials are too few.
        assertThat(of("run_mod_allensdk_difference", responses)).isNaN();
        Responses slower = Tunings.pictures(new int[]{1, 1, 1, 1, 1, 1}, new double[]{1, 1, 1, 4, 4, 4},
                new double[]{1, 1, 1, 0, 0, 0});
        assertThat(of("run_mod_allensdk_difference", slower)).isEqualTo(-3 / 4.0);
        assertThat(of("run_mod_white_paper", slower)).isNaN();
        assertThat(new Running.Fraction().of(new double[]{0, 1, 1.5, NAN, 9})).isEqualTo(0.5);
        assertThat(new Running.Fraction().of(new double[]{NAN})).isNaN();
    }

    @Test
    void stillThatIsBetterHasTheOtherSign() {
        Responses responses = Tunings.pictures(new int[]{1, 1, 1, 1, 1, 1}, new double[]{1, 1, 1, 4, 4, 4},
                new double[]{2, 2, 2, 0, 0, 0});
        assertThat(of("run_mod_white_paper", responses)).isEqualTo(-0.75);
        assertThat(of("run_mod_v1dd", responses)).isEqualTo(-0.6);
        Responses never = Tunings.pictures(new int[]{1, 1, 1, 1, 1, 1}, new double[]{-1, -1, -1, 0, 0, 0},
                new double[]{2, 2, 2, 0, 0, 0});
        assertThat(of("run_mod_white_paper", never)).isNaN();
        assertThat(of("run_mod_allensdk_difference", never)).isNaN();
    }

    @Property(tries = 50)
    void aGainThatSuppressesGivesItsIndex(@ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.95) double s) {
        double[] windowed = new Random(seed).doubles(24, 0.5, 2).toArray();
        double[] full = Arrays.stream(windowed).map(value -> value * (1 - s)).toArray();
        for (String id : new String[]{"ssi", "ssi_cv", "ssi_avg", "ssi_avg_preferred_sf"}) {
            // Halves of the windowed set meet all of the full one; so each direction has the same response twice there.
            double[] twice = id.equals("ssi_cv") ? twice(windowed) : windowed;
            double[] field = id.equals("ssi_cv") ? twice(full) : full;
            assertThat(of(id, Tunings.trials(2, twice), Tunings.trials(2, field))).as(id).isEqualTo(s / (2 - s),
                    within(1e-12));
        }
    }

    private static double[] twice(double[] values) {
        double[] twice = new double[24];
        for (int i = 0; i < 24; i++) {
            twice[i] = values[i % 12];
        }
        return twice;
    }

    @Test
    void theWindowedSetChooses() {
        Responses windowed = Tunings.trials(1, 1, 8, 2, 3);
        Responses full = Tunings.trials(1, 9, 4, NAN, 0);
        assertThat(of("ssi", windowed, full)).isEqualTo(4 / 12.0);
        // Direction 180 has no response in the full set: means of 1, 8, 3 and of 9, 4, 0.
        assertThat(of("ssi_avg", windowed, full)).isEqualTo(-1 / 25.0, within(1e-15));
        assertThat(of("ssi", Tunings.trials(1, 1, 2, 8, 3), full)).isNaN();
        assertThat(of("ssi_running", windowed, full)).isNaN();
    }

    @Test
    void theFullFieldIsLeftOutTrialByTrial() {
        // Both halves prefer the first direction: 8 in A, 6 in B; 2 and 4 on the full field.
        Responses windowed = Tunings.trials(2, 8, 1, 1, 1, 6, 1, 1, 1);
        Responses full = Tunings.trials(2, 2, 9, 9, 9, 4, 9, 9, 9);
        double ofB = 3 / 9.0 - ((2 / 10.0 - 3 / 9.0) + (4 / 8.0 - 3 / 9.0)) / 2;
        double ofA = 5 / 11.0 - ((4 / 12.0 - 5 / 11.0) + (6 / 10.0 - 5 / 11.0)) / 2;
        assertThat(of("ssi_cv", windowed, full)).isEqualTo((ofA + ofB) / 2, within(1e-14));
    }

    @Test
    void statesAreTakenApartForTheSurround() {
        Responses windowed = Tunings.pictures(new int[]{1, 1, 2}, new double[]{6, 8, 1}, new double[]{2, 0, 0});
        Responses full = Tunings.pictures(new int[]{1, 1, 2}, new double[]{2, 5, 1}, new double[]{3, 1, 0});
        assertThat(of("ssi_running", windowed, full)).isEqualTo(4 / 8.0);
        assertThat(of("ssi_stationary", windowed, full)).isEqualTo(3 / 13.0);
    }

    @Test
    void trialsThatChanceDoesNotReachAreResponsive() {
        double[] windows = new double[100];
        for (int i = 0; i < 100; i++) {
            windows[i] = i;
        }
        SpontaneousNull chance = new SpontaneousNull(windows, 5000, 1);
        // About 5 % lie above 94.
        Responses gratings = Tunings.trials(4, 98, 1, 50, 1, 97, 1, 60, 1);
        assertThat(of("frac_responsive_trials", gratings, chance)).isEqualTo(0.5);
        assertThat(of("is_responsive_gratings", gratings, chance)).isEqualTo(1);
        Responses fewer = Tunings.trials(4, 98, 1, 50, 1, 70, 1, 60, 1);
        assertThat(of("frac_responsive_trials", fewer, chance)).isEqualTo(0.25);
        assertThat(of("is_responsive_gratings", fewer, chance)).isZero();
        assertThat(of("is_responsive_images", fewer, chance)).isEqualTo(1);
        // None of 5,000 lies above 99.
        assertThat(of("reliability_allensdk_significant", Tunings.trials(3, 100, 0, 99, 0, 50, 0), chance))
                .isEqualTo(2 / 15.0);
        // Means of four windows: mean 49.5, deviation 28.87 / 2.
        assertThat(of("z_score_preferred", Tunings.trials(4, 90, 90, 90, 90), chance)).isEqualTo(40.5 / 14.43,
                within(0.15));
    }

    @Test
    void withoutChanceNothingIsSaid() {
        for (SpontaneousNull chance : new SpontaneousNull[]{new SpontaneousNull(new double[]{NAN}, 10, 1),
            new SpontaneousNull(new double[]{3, 3, 3}, 10, 1)}) {
            assertThat(of("z_score_preferred", Tunings.trials(2, 4, 4), chance)).isNaN();
        }
        SpontaneousNull none = new SpontaneousNull(new double[0], 10, 1);
        for (String id : new String[]{"frac_responsive_trials", "is_responsive_gratings",
            "reliability_allensdk_significant"}) {
            assertThat(of(id, Tunings.trials(2, 4, 4), none)).as(id).isNaN();
        }
    }

    @Test
    void repeatsOfTheBestFrameWithAnyResponseAreAShare() {
        assertThat(of("reliability_movie_share", Tunings.pictures(new int[]{0, 0, 0, 1}, new double[]{0, 9, -1, 2},
                new double[4]))).isEqualTo(1 / 3.0);
    }
}
