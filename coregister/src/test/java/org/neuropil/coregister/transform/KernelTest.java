package org.neuropil.coregister.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.InputException;

class KernelTest {
    @ParameterizedTest
    @CsvSource({"r,-4,0", "r3,64,1", "r^0.5,-2,0", "r^1.5,-8,0", "r^2.5,32,1", "r2logr,22.180709777918249,1",
        "matern1:2.0,0.135335283236612691,-1", "matern3:2.0,0.139731350192315,-1", "matern5:2.0,0.138660219138507,-1"})
    void hasNameValueAndOrder(String name, double atFour, int order) {
        Kernel kernel = Kernel.parse(name, "--kernel");
        assertThat(kernel.name()).isEqualTo(name);
        assertThat(kernel.at(4)).isEqualTo(atFour, Offset.offset(1e-9));
        assertThat(kernel.order()).isEqualTo(order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "q", "r2", "r4", "r^0", "r^-1", "matern2:1", "matern1", "matern1:0", "r^1e400"})
    void refusesWhatIsNoKernel(String text) {
        assertThatThrownBy(() -> Kernel.parse(text, "--kernel")).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).startsWith("--kernel: "));
    }

    @Test
    void termsComeByDegreeThenByFallingPowers() {
        double[] values = new double[Terms.count(3)];
        Terms.values(new Point3(2, 3, 5), 3, values);
        assertThat(values).containsExactly(1, 2, 3, 5, 4, 6, 10, 9, 15, 25, 8, 12, 20, 18, 30, 50, 27, 45, 75, 125);
        assertThat(Terms.count(0)).isEqualTo(1);
        assertThat(Terms.count(-1)).isZero();
    }

    @Test
    void aMirrorIsItsOwnInverse() {
        Transform.Mirror mirror = new Transform.Mirror(1, 1322);
        Point3 point = new Point3(1, 2, 3);
        assertThat(mirror.apply(point)).isEqualTo(new Point3(1, 1320, 3));
        assertThat(new Transform.Chain(List.of(mirror, mirror)).apply(point)).isEqualTo(point);
    }
}
