package org.neuropil.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.InputException;

class StoreAddressTest {
    @Test
    void itsPartsAreRead() {
        StoreAddress address = StoreAddress.parse("bigtable://my-lab-7/graphs-eu/Fly_brain.v2");
        assertThat(address).isEqualTo(new StoreAddress("my-lab-7", "graphs-eu", "Fly_brain.v2"));
        assertThat(StoreAddress.parse(address.toString())).isEqualTo(address);
        assertThat(StoreAddress.parse("bigtable://example.com:lab/i/t/").project()).isEqualTo("example.com:lab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bigtable://", "bigtable://p/i", "bigtable:///i/t", "bigtable://p//t",
        "bigtable://p/i/",
        "bigtable://p/i/t/u", "bigtable:/p/i/t", "http://p/i/t", "p/i/t", "bigtable://P/i/t", "bigtable://p/7i/t",
        "bigtable://p/i/-t", "bigtable://p/i/t t", "bigtable://p/i/t\n",
        "bigtable://p/i/123456789012345678901234567890123456789012345678901"})
    void whatIsNoneIsRefused(String address) {
        assertThatThrownBy(() -> StoreAddress.parse(address)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("Bigtable").contains(";"));
    }
}
