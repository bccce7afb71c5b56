package org.neuropil.physiology.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Responses;
import org.neuropil.space.InputException;

class TrialMatrixTest {
    private static final double NAN = Double.NaN;

    private static Responses cell(double[] directions, double... values) {
        double[] speeds = new double[values.length];
        Arrays.setAll(speeds, t -> t);
        return Responses.of(Arrays.stream(directions).mapToObj(d -> new Condition.Grating(d, 0.04, 1)).toList(), values,
                speeds);
    }

    private static Map<String, Responses> three() {
        double[] directions = {180, 0, 0, 180};
        Map<String, Responses> cells = new LinkedHashMap<>();
        cells.put("a", cell(directions, 1, NAN, 3, 4));
        cells.put("b", cell(directions, 5, NAN, 7, 8));
        cells.put("c", cell(directions, 9, 10, NAN, 12));
        return cells;
    }

    @Test
    void cellsOrTrialsThatLackResponsesAreLeftOutAndListed() {
        TrialMatrix cells = TrialMatrix.of(three(), Labelling.CONDITION, Missing.CELLS);
        assertThat(cells.cells()).containsExactly("a", "b");
        assertThat(cells.dropped()).isEqualTo(new TrialMatrix.Dropped(List.of("c"), List.of(1)));
        assertThat(cells.values(1, 0)).isDeepEqualTo(new double[][]{{5, 1}, {7, 3}, {8, 4}});
        assertThat(cells.labels()).containsExactly(1, 0, 1);
        assertThat(cells.number(1)).isEqualTo(2);
        assertThat(cells.speed(1)).isEqualTo(2);
        TrialMatrix trials = TrialMatrix.of(three(), Labelling.CONDITION, Missing.TRIALS);
        assertThat(trials.cells()).containsExactly("a", "b", "c");
        assertThat(trials.dropped()).isEqualTo(new TrialMatrix.Dropped(List.of(), List.of(1, 2)));
    }

    @Test
    void labelsAreWhatHasToBeTold() {
        double[] directions = {0, 90, 180, 270, 359};
        Map<String, Responses> one = Map.of("a", cell(directions, 1, 2, 3, 4, 5));
        assertThat(TrialMatrix.of(one, Labelling.DIRECTION, Missing.CELLS).labels()).containsExactly(0, 1, 2, 3, 4);
        TrialMatrix orientations = TrialMatrix.of(one, Labelling.ORIENTATION, Missing.CELLS);
        assertThat(orientations.labels()).containsExactly(0, 1, 0, 1, 2);
        assertThat(orientations.classes().getFirst().label()).isEqualTo("0.0 deg");
        TrialMatrix frequent = orientations.withTrials(2);
        assertThat(frequent.classes()).hasSize(2);
        assertThat(frequent.trials()).isEqualTo(4);
    }

    @Test
    void cellsOfOtherTrialsAreRefused() {
        double[] directions = {0, 90};
        Map<String, Responses> cells = new LinkedHashMap<>();
        cells.put("a", cell(directions, 1, 2));
        cells.put("b", cell(new double[]{0, 180}, 1, 2));
        assertThatThrownBy(() -> TrialMatrix.of(cells, Labelling.CONDITION, Missing.CELLS))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("cell b", "trial 1", "90.0 deg"));
        cells.put("b", cell(new double[]{0}, 1));
        assertThatThrownBy(() -> TrialMatrix.of(cells, Labelling.CONDITION, Missing.CELLS))
                .isInstanceOf(InputException.class).hasMessageContaining("has 1 trials, and a 2");
        assertThatThrownBy(() -> TrialMatrix.of(Map.of("a", cell(directions, NAN, NAN)), Labelling.CONDITION,
                Missing.TRIALS)).isInstanceOf(InputException.class).hasMessageContaining("no trial");
    }
}
