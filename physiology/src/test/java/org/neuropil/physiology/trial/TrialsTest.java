package org.neuropil.physiology.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.space.InputException;

class TrialsTest {
    /// Frames at 0, 0.5, 1, ... with the values 0, 1, 2, ...
    private static final Clock CLOCK = new Clock(new double[]{0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4});
    private static final Trace TRACE = new Trace(CLOCK, new double[]{0, 1, 2, 3, 4, 5, 6, 7, 8});

    private static Presentation grating(double start, double stop) {
        return new Presentation("dgf", start, stop, Optional.of(new Condition.Grating(90, 0.04, 1)), false, -1, -1,
                Double.NaN, Double.NaN, "");
    }

    private static Presentation frame(String label, int frame, double start, double stop) {
        return new Presentation("natural_movie", start, stop, Optional.empty(), false, frame, -1, Double.NaN,
                Double.NaN, label);
    }

    private static Trials trials(Window window, double baseline, Presentation... shown) {
        return Trials.of(List.of(shown), CLOCK, Cut.mean(window, baseline), Optional.of(TRACE));
    }

    @Test
    void aWindowIsClosedOnBothTimeLabels() {
        Responses responses = trials(new Window.Seconds(1), 0, grating(1, 2), grating(1.1, 2.1)).responses(TRACE);
        assertThat(responses.values()).containsExactly(3, 3.5);
        assertThat(responses.speed(0)).isEqualTo(3);
    }

    @Test
    void theResponseToABarIsItsPeakLessWhatWasBefore() {
        Trace falling = new Trace(CLOCK, new double[]{4, 3, 2, Double.NaN, 9, 5, 4, 1, 0});
        Presentation bar = new Presentation("moving_bars", 1, 2.5, Optional.of(new Condition.Grating(90, 0, 0)), false,
                -1, -1, Double.NaN, Double.NaN, "");
        Trials trials = Trials.of(List.of(bar), CLOCK, Cut.of(Stimulus.MOVING_BARS), Optional.empty());
        assertThat(trials.responses(falling).values()).containsExactly(9 - 3);
        assertThat(falling.peakOfFrames(3, 4)).isNaN();
    }

    @Test
    void chanceIsOfTheSameFigureAsTheTrials() {
        Trace trace = new Trace(CLOCK, new double[]{4, 3, 2, Double.NaN, 9, 5, 4, 1, 0});
        for (Cut.Reply reply : Cut.Reply.values()) {
            for (double baseline : new double[]{0, 0.5, 1}) {
                Cut cut = new Cut(new Window.Frames(2), baseline, reply);
                List<Presentation> starts = new ArrayList<>();
                for (double start = 0.5 + baseline; start <= 3; start += 0.5) {
                    starts.add(grating(start, start + 1));
                }
                Trials trials = Trials.of(starts, CLOCK, cut, Optional.empty());

                double[] chance = trials.chance().of(trace, 0.5, 3.5);

                assertThat(chance).as(reply + " less " + baseline + " s").hasSizeGreaterThan(3)
                        .isEqualTo(trials.responses(trace).values());
            }
        }
        assertThat(ChanceWindow.mean(2).of(trace, 0, 1)).containsExactly(3.5, 2.5);
        assertThat(ChanceWindow.mean(9).of(trace, 0, 1)).isEmpty();
        assertThat(new ChanceWindow(2, 9, Cut.Reply.PEAK).of(trace, 0, 4)).isEmpty();
    }

    @Test
    void framesAreCountedFromTheStartOn() {
        assertThat(trials(new Window.Frames(2), 0, grating(1, 9), grating(1.1, 9)).responses(TRACE).values())
                .containsExactly(2.5, 3.5);
        assertThat(trials(new Window.Shown(), 0, grating(1, 3)).responses(TRACE).values()).containsExactly(4);
        assertThat(trials(new Window.Shown(), 0, grating(1, 3)).frames()).isEqualTo(4);
    }

    @Test
    void aTrialThatIsCutOffHasNoResponse() {
        assertThat(trials(new Window.Seconds(1), 0, grating(-0.1, 2), grating(3.2, 4.2), grating(3, 4), grating(5, 6))
                .responses(TRACE).values()).containsExactly(Double.NaN, Double.NaN, 7, Double.NaN);
        assertThat(trials(new Window.Frames(2), 0, grating(3.9, 6), grating(3.5, 6)).responses(TRACE).values())
                .containsExactly(Double.NaN, 7.5);
    }

    @Test
    void theBaselineEndsBeforeTheStart() {
        assertThat(trials(new Window.Seconds(1), 1, grating(2, 3)).responses(TRACE).values()).containsExactly(5 - 2.5);
        assertThat(trials(new Window.Seconds(1), 1, grating(0, 3)).responses(TRACE).values())
                .containsExactly(Double.NaN);
        assertThat(trials(new Window.Seconds(1), 1, grating(2, 3)).traces(TRACE).wholeTrials(0))
                .isDeepEqualTo(new double[][]{{1.5, 2.5}});
    }

    @Test
    void blanksAreNoTrials() {
        Presentation blank = new Presentation("dgf", 1, 2, Optional.empty(), true, -1, -1, 0, 0, "");
        assertThat(trials(new Window.Seconds(1), 0, blank, grating(1, 2)).count()).isEqualTo(1);
    }

    @Test
    void aFilmOfFramesBeginsAnewWhereTheNumberFalls() {
        List<Presentation> shown = new ArrayList<>();
        for (int i = 0; i < 11; i++) { // 3 frames of 1/3 s, three times, and a run that is cut off
            shown.add(frame("", i % 3, i / 3.0, (i + 1) / 3.0));
        }
        Films films = Films.of(shown, CLOCK).orElseThrow();
        assertThat(films.repeats(TRACE).count()).isEqualTo(3);
        assertThat(films.repeats(TRACE).repeat(1)).containsExactly(2, 3);
        assertThat(Films.of(shown.subList(0, 3), CLOCK)).isEmpty();
    }

    @Test
    void ofSeveralFilmsThoseCountThatRanMostOften() {
        Films films = Films.of(List.of(frame("b", -1, 0, 1), frame("a", -1, 1, 2), frame("c", -1, 2, 3),
                frame("a", -1, 2.5, 3.5), frame("b", -1, 3, 4)), CLOCK).orElseThrow();
        assertThat(films.repeats(TRACE).repeat(0)).containsExactly(2, 3, 0, 1);
        assertThat(films.repeats(TRACE).repeat(1)).containsExactly(5, 6, 6, 7);
    }

    @Test
    void windowsAreReadFromWords() {
        assertThat(Window.parse("2s")).isEqualTo(new Window.Seconds(2));
        assertThat(Window.parse("3f")).isEqualTo(new Window.Frames(3));
        assertThat(Window.parse("shown")).isEqualTo(new Window.Shown());
        for (String bad : List.of("", "s", "2", "-1s", "0f", "1.5f", "infs")) {
            assertThatThrownBy(() -> Window.parse(bad)).as(bad).isInstanceOf(InputException.class)
                    .hasMessageContaining("is no window");
        }
    }
}
