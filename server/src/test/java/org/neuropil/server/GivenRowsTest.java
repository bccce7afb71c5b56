package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.neuropil.pipeline.Json;
import org.neuropil.server.http.Problem;

class GivenRowsTest {
    @Test
    void objectsBecomeTheFileThatPandasWouldWrite() {
        assertThat(GivenRows.text(Json.MAPPER.readTree("""
                [{"id": "1", "pt_position": [1, 2.5, 3], "type": "a, b"}, {"id": 2, "note": null}]"""), "nuclei"))
                .isEqualTo("id,pt_position,type,note\n1,\"[1,2.5,3]\",\"a, b\",\n2,,,\n");
    }

    @Test
    void objectsWithinObjectsAreRefused() {
        assertThatThrownBy(() -> GivenRows.text(Json.MAPPER.readTree("[{\"id\": {\"a\": 1}}]"), "nuclei"))
                .isInstanceOf(Problem.class).hasMessageContaining("is neither a number nor a text");
    }
}
