package org.neuropil.coregister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

class PointUnitTest {
    @ParameterizedTest
    @ValueSource(strings = {"nm", "um", "mm", "4x4x40nm", "0.5x0.5x1nm"})
    void readsWhatItWrites(String text) {
        assertThat(PointUnit.parse(text, "--em")).hasToString(text);
    }

    @Test
    void voxelsAreMicrometres() {
        PointUnit voxels = PointUnit.parse("4x4x40", "--em");
        Point3 point = voxels.toMicrometres(new Point3(1000, 500, 25));
        assertThat(point).isEqualTo(new Point3(4, 2, 1));
        assertThat(voxels.fromMicrometres(point)).isEqualTo(new Point3(1000, 500, 25));
        assertThat(PointUnit.parse("mm", "").toMicrometres(new Point3(0.8, 0, 0)).x()).isEqualTo(800,
                Offset.offset(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "voxel", "cm", "0x4x40nm", "4x4", "-1x1x1"})
    void refusesWhatIsNoUnit(String text) {
        assertThatThrownBy(() -> PointUnit.parse(text, "--em")).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("--em"));
    }
}
