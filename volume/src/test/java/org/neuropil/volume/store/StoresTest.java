package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;

class StoresTest {
    @Test
    void opensWhatTheAddressNames() {
        assertThat(Stores.open("some/folder").uri("k")).endsWith("some/folder/k");
        assertThat(Stores.open("file:///some/folder").uri("k")).isEqualTo("/some/folder/k");
        assertThat(Stores.open("https://host/a").uri("b c")).isEqualTo("https://host/a/b%20c");
        assertThat(Stores.open("s3://bucket").uri("k")).isEqualTo("s3://bucket/k");
        assertThat(Stores.open("S3://bucket/a/b/?anonymous&region=eu-west-1").uri("k")).isEqualTo("s3://bucket/a/b/k");
        assertThat(Stores.open("gs://bucket/a?anonymous").uri("k")).isEqualTo("gs://bucket/a/k");
        assertThat(Stores.open("s3+https://host:90/bucket/a?region=x").uri("k"))
                .isEqualTo("s3+https://host:90/bucket/a/k");
    }

    @Test
    void refusesWhatItDoesNotKnowAndNamesIt() {
        assertThatThrownBy(() -> Stores.open("azure://x/y")).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("'azure'", "s3://"));
        for (String address : List.of("s3:///y", "gs://", "s3+https://host", "s3+https:///bucket/x",
                "s3+http://a b/bucket", "s3://bucket/x?anonymus", "s3://bucket/x?anonymous=1", "s3://bucket/x?region",
                "gs://bucket/x?region=y", "s3://bucket/x?")) {
            assertThatThrownBy(() -> Stores.open(address)).as(address).isInstanceOfSatisfying(InputException.class,
                    e -> assertThat(e.sentence()).contains(address));
        }
    }
}
