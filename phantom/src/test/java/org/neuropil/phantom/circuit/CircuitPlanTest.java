package org.neuropil.phantom.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.InputException;

class CircuitPlanTest {
    @Test
    void aCubicMillimetreHas90000NeuronsAndASmallerScaleNarrowsAndThinsIt() {
        CircuitPlan whole = CircuitPlan.like("v1dd", 1);
        assertThat(whole.neurons()).isEqualTo(90_000);
        assertThat(whole.side()).isEqualTo(1000);
        CircuitPlan small = CircuitPlan.like("v1dd", 0.01);
        assertThat(small.neurons()).isEqualTo(900);
        assertThat(small.side()).isBetween(316.0, 317.0);
    }

    @Test
    void everyRuleIsNominalUntilItIsDosed() {
        CircuitPlan plan = CircuitPlan.like("minnie65", 0.01);
        assertThat(plan.doses()).hasSize(Rule.values().length).allSatisfy((_, dose) -> assertThat(dose).isEqualTo(1));
        assertThat(plan.dose("like-to-like-synapses", 0.5).dose(Rule.LIKE_TO_LIKE_SYNAPSES)).isEqualTo(0.5);
        assertThat(plan.only(Rule.TYPE).doses()).allSatisfy(
                (rule, dose) -> assertThat(dose).isEqualTo(rule == Rule.TYPE ? 1 : 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 3.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aDoseOutOfRangeIsRefused(double dose) {
        CircuitPlan plan = CircuitPlan.like("v1dd", 0.01);
        assertThatThrownBy(() -> plan.dose("type", dose)).isInstanceOf(InputException.class)
                .hasMessageContaining("of type is not between 0 and 3");
    }

    @Test
    void whatIsNotKnownIsToldWithWhatThereIs() {
        assertThatThrownBy(() -> CircuitPlan.like("v1dd", 0.01).dose("like-to-like", 1))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.hint()).contains("common-input"));
        assertThatThrownBy(() -> CircuitPlan.like("h01", 0.01)).isInstanceOf(InputException.class)
                .hasMessageContaining("'h01'");
        assertThatThrownBy(() -> CircuitPlan.like("v1dd", 2)).isInstanceOf(InputException.class)
                .hasMessageContaining("2 is not between 0.001 and 1");
    }

    @Test
    void aCircuitThatDoesNotFitIsRefusedBeforeItIsMade() {
        assertThatThrownBy(() -> MadeCircuit.make(CircuitPlan.like("v1dd", 1), 1)).isInstanceOf(InputException.class)
                .hasMessageContaining("a circuit of 90,000 neurons needs about");
    }
}
