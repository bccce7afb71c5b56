package org.neuropil.phantom.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Published places in voxels, and where the published transforms have them.
class OrientationTest {
    @ParameterizedTest
    @CsvSource({"minnie65,4,40,240640,207872,21360,886.428214,515.545537,854.4",
        "minnie65,4,40,183013,83535,21480,700.144101,0,859.2",
        "minnie65,4,40,300000,200000,22000,1125.709044,504.871618,880.0",
        "v1dd,9,45,84255,27946,10871,759.869351,0,404.530674",
        "v1dd,9,45,100000,60000,9000,902.951410,254.711401,246.281174"})
    void placesOfTheFrameGoBackToTheirVoxels(String tissue, double across, double along, double x, double y, double z,
            double right, double depth, double behind) {
        Orientation orientation = Tissue.of(tissue).orientation();
        // The published matrices have nine digits: a millimetre is turned back to within a few nm.
        assertThat(orientation.nm(0, right, depth, behind)).isCloseTo(x * across, within(3.0));
        assertThat(orientation.nm(1, right, depth, behind)).isCloseTo(y * across, within(3.0));
        assertThat(orientation.nm(2, right, depth, behind)).isCloseTo(z * along, within(3.0));
    }
}
