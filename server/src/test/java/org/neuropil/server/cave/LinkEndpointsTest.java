package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkEndpointsTest {
    private static final String POST = LinkEndpoints.PATH + "post";
    private static final String STATE = "{\"layers\": [{\"segments\": [\"864691132534315610\"]}], \"zoom\": 1.5}";

    @TempDir
    Path temp = Path.of("");

    @Test
    void aStateIsFoundAgainByItsLink() throws Exception {
        try (GraphServer server = new GraphServer(temp)) {
            assertThat(server.json("/nglstate/api/v1/version").asString()).isEqualTo("0.5.0");
            String link = server.json(POST, STATE).asString();
            assertThat(server.json(POST, STATE).asString()).as("the same state again").isEqualTo(link);
            assertThat(server.json(POST, "{\"layers\": []}").asString()).isNotEqualTo(link);
            String path = link.substring(link.indexOf(LinkEndpoints.PATH));
            String id = path.substring(LinkEndpoints.PATH.length());
            String kept = "{\"layers\":[{\"segments\":[\"864691132534315610\"]}],\"zoom\":1.5}";
            assertThat(server.json(path)).hasToString(kept);
            assertThat(server.json(LinkEndpoints.PATH + "raw/" + id)).hasToString(kept);
            assertThat(server.json(POST + "/" + id, "{\"zoom\": 2}").asString()).isEqualTo(link);
            assertThat(server.json(path)).hasToString("{\"zoom\":2}");
            String property = server.json(LinkEndpoints.PATH + "property/post", STATE).asString();
            String propertyPath = property.substring(property.indexOf(LinkEndpoints.PATH));
            assertThat(server.json(propertyPath + "/info")).hasToString(kept);
            assertThat(server.json(LinkEndpoints.PATH + "property/raw/"
                    + propertyPath.substring(propertyPath.lastIndexOf('/') + 1))).hasToString(kept);
            assertThat(server.json(propertyPath.replace("property/", "property/post/"), "{\"a\": 1}").asString())
                    .isEqualTo(property);
            assertThat(server.json(propertyPath + "/info")).hasToString("{\"a\":1}");
            assertThat(server.json(path)).as("the state stays").hasToString("{\"zoom\":2}");
        }
    }

    @Test
    void whatIsNoStateOrNoLinkIsRefused() throws Exception {
        try (GraphServer server = new GraphServer(temp)) {
            for (String body : List.of("", "[1]", "{\"a\":", "7")) {
                assertThat(server.post(POST, body).statusCode()).as(body).isEqualTo(400);
            }
            assertThat(server.post(POST + "/12345", "{}").statusCode()).isEqualTo(404);
            for (String id : List.of("12345", "0", "-1", "99999999999999999999999", "%2e%2e%2fdataset", "a.b")) {
                assertThat(server.get(LinkEndpoints.PATH + id).statusCode()).as(id).isIn(400, 404);
            }
            assertThat(server.post(POST, STATE, "Origin", "https://elsewhere.example").statusCode()).isEqualTo(403);
        }
    }
}
