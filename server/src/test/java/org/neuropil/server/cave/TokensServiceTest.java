package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.http.Tokens;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.schema.Schemas;

import tools.jackson.databind.JsonNode;

/// A server that asks for tokens: ada and bob share a group, eve is in none, carl may only look.
class TokensServiceTest {
    private static final String TABLE = "/annotation/api/v2/aligned_volume/tiny/table";
    private static final String ROW = "{\"annotations\": [{\"pt\": {\"position\": [1, 2, 3]}, \"tag\": \"x\"}]}";
    private static final String ME = "/auth/api/v1/user/me";

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static TablesServer server;
    private static String ada = "";
    private static String bob = "";
    private static String eve = "";
    private static String carl = "";
    private static String root = "";

    @BeforeAll
    static void start() throws IOException {
        Path file = temp.resolve("tokens.json");
        ada = token(file, "ada", List.of("lab"), "view", "edit");
        bob = token(file, "bob", List.of("lab", "other"), "view", "edit");
        eve = token(file, "eve", List.of("elsewhere"), "view", "edit");
        carl = token(file, "carl", List.of("lab"), "view");
        root = token(file, "root", List.of(), "admin");
        server = new TablesServer(temp, new ServerOptions("127.0.0.1", 0, "anonymous", List.of(), Optional.empty(), "",
                Optional.of(file)), TokensServiceTest::fill);
    }

    private static String token(Path file, String name, List<String> groups, String... permissions) throws IOException {
        return Tokens.add(file, new Tokens.User(name, groups, List.of(permissions), true));
    }

    private static void fill(TrafficWorld world, Tables tables) throws IOException {
        for (Permission permission : Permission.values()) {
            tables.store().create(new TableInfo(permission.name().toLowerCase(java.util.Locale.ROOT), "bound_tag", "",
                    new VoxelSize(16, 16, 40), "ada", Optional.empty(), false, "", "", permission, permission),
                    Schemas.known("bound_tag"));
        }
        tables.store().create(new TableInfo("bynumber", "bound_tag", "", new VoxelSize(16, 16, 40),
                Long.toString(Users.id("ada")), Optional.empty(), false, "", "", Permission.PRIVATE, Permission.GROUP),
                Schemas.known("bound_tag"));
        for (String[] view : new String[][]{{"nobodys", "", "public"}, {"unnamed", "anonymous", "public"},
            {"eves", "eve", "public"}, {"secrets", "ada", "private"}}) {
            tables.createView(view[0], "SELECT id FROM " + (view[2].equals("private") ? "\"private\"" : "\"public\""),
                    "",
                    Optional.empty(), view[1], "", false);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    private static int status(String method, String path, String body, String token) throws Exception {
        return (token.isEmpty()
                ? server.send(method, path, body)
                : server.send(method, path, body, "Authorization", bearer(token))).statusCode();
    }

    @Test
    void aWrongTokenIsRefusedEverywhereAndNeverSaidAgain() throws Exception {
        String wrong = "0123456789abcdef0123456789abcdef";
        for (String path : List.of(ME, TABLE, TablesServer.V3 + "versions", "/api/v1/dataset", "/data/em/info",
                "/info/api/v2/datastacks", "/segmentation/table/demo/info")) {
            HttpResponse<byte[]> reply = server.send("GET", path, "", "Authorization", bearer(wrong));
            String body = new String(reply.body(), StandardCharsets.UTF_8);
            assertThat(reply.statusCode()).as(path + body).isEqualTo(401);
            assertThat(body).contains("the token is not known here").doesNotContain(wrong);
            assertThat(reply.headers().firstValue("WWW-Authenticate").orElse("")).contains("Bearer", "invalid_token")
                    .doesNotContain(wrong);
            assertThat(reply.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                    .contains("WWW-Authenticate");
        }
        JsonNode body = Json.MAPPER.readTree(server.text(401, "GET", ME, "", "Authorization", bearer(wrong)));
        assertThat(body.get("error").asString()).isEqualTo("invalid_token");
        assertThat(body.get("code").intValue()).isEqualTo(401);
        server.text(401, "GET", ME + "?middle_auth_token=" + wrong, "");
        server.text(401, "GET", ME, "", "Cookie", "a=b; middle_auth_token=" + wrong);
        // Clients that were given an empty token send this.
        server.text(200, "GET", ME, "", "Authorization", "Bearer ");
        server.text(400, "GET", ME, "", "Authorization", "Basic YWRhOmFkYQ==");
        server.text(400, "GET", ME, "", "Authorization", bearer("x".repeat(600)));
        server.text(200, "GET", "/health", "", "Authorization", bearer(wrong));
        assertThat(Files.readString(temp.resolve("tokens.json"))).doesNotContain(ada, bob);
    }

    @Test
    void whoAsksIsTold() throws Exception {
        JsonNode me = Json.MAPPER.readTree(server.text(200, "GET", ME, "", "Authorization", bearer(ada)));
        assertThat(me.get("name").asString()).isEqualTo("ada");
        assertThat(me.get("id").longValue()).isEqualTo(Users.id("ada"));
        assertThat(me.get("admin").booleanValue()).isFalse();
        assertThat(me.get("groups").get(0).asString()).isEqualTo("lab");
        assertThat(me.get("permissions_v2").get("demo").toString()).isEqualTo("[\"view\",\"edit\"]");
        JsonNode nobody = Json.MAPPER.readTree(server.get(ME));
        assertThat(nobody.get("id").intValue()).isZero();
        assertThat(nobody.get("permissions_v2").get("demo").toString()).isEqualTo("[\"view\"]");
        assertThat(server.text(200, "GET", ME, "", "Cookie", "middle_auth_token=" + bob)).contains("\"bob\"");
        assertThat(server.get(ME + "?middle_auth_token=" + eve)).contains("\"eve\"");
        assertThat(server.get("/auth/api/v1/user?id=" + Users.id("bob"))).contains("\"bob\"");
        assertThat(server.get("/auth/api/v1/group/lab/user")).contains("ada", "bob", "carl").doesNotContain("eve");
        assertThat(server.get("/auth/api/v1/user/token")).isEqualTo("[]");
        assertThat(server.text(200, "GET", "/auth/api/v1/user/token", "", "Authorization", bearer(ada)))
                .contains(Long.toString(Users.id("ada"))).doesNotContain(ada);
    }

    @Test
    void tablesAreForOwnersForTheirGroupsOrForAll() throws Exception {
        for (String[] one : new String[][]{{ada, "200 200 200"}, {bob, "403 200 200"}, {eve, "403 403 200"},
            {carl, "403 403 403"}, {"", "401 401 401"}}) {
            String[] expected = one[1].split(" ");
            for (Permission permission : Permission.values()) {
                String path = TABLE + "/" + permission.name().toLowerCase(java.util.Locale.ROOT) + "/annotations";
                assertThat(status("POST", path, ROW, one[0])).as(path).isEqualTo(
                        Integer.parseInt(expected[permission.ordinal()]));
            }
        }
        for (String[] one : new String[][]{{ada, "200 200 200"}, {bob, "403 200 200"}, {eve, "403 403 200"},
            {carl, "403 200 200"}, {"", "403 403 200"}}) {
            String[] expected = one[1].split(" ");
            for (Permission permission : Permission.values()) {
                String name = permission.name().toLowerCase(java.util.Locale.ROOT);
                assertThat(status("POST", TablesServer.V3 + "version/0/table/" + name + "/query", "{}", one[0]))
                        .as(name)
                        .isEqualTo(Integer.parseInt(expected[permission.ordinal()]));
                assertThat(status("GET", TABLE + "/" + name + "/annotations?annotation_ids=1", "", one[0])).as(name)
                        .isEqualTo(Integer.parseInt(expected[permission.ordinal()]));
            }
        }
    }

    @Test
    void whatIsMadeIsTheirsWhoseTokenItIs() throws Exception {
        String made = "{\"table_name\": \"%s\", \"schema_type\": \"bound_tag\", \"metadata\": {\"description\": \"d\", "
                + "\"voxel_resolution_x\": 4, \"voxel_resolution_y\": 4, \"voxel_resolution_z\": 40%s}}";
        server.text(200, "POST", TABLE, made.formatted("bobs", ""), "Authorization", bearer(bob));
        assertThat(server.text(201, "GET", TABLE + "/bobs", "")).contains("\"" + Users.id("bob") + "\"");
        assertThat(server.text(403, "POST", TABLE, made.formatted("evil", ", \"user_id\": \"ada\""), "Authorization",
                bearer(bob))).contains("may not make tables for others");
        server.text(403, "DELETE", TABLE + "/bobs", "", "Authorization", bearer(eve));
        assertThat(server.text(403, "DELETE", TABLE + "/bobs", "", "Authorization", bearer(eve), "X-Neuropil-User",
                "bob")).contains("may not act for others");
        server.text(401, "DELETE", TABLE + "/bobs", "", "X-Neuropil-User", "bob");
        server.text(200, "DELETE", TABLE + "/bobs", "", "Authorization", bearer(root), "X-Neuropil-User", "bob");
        server.text(401, "POST", "/segmentation/api/v1/table/demo/undo", "{\"operation_id\": 1}");
        server.text(403, "POST", "/segmentation/api/v1/table/demo/undo", "{\"operation_id\": 1}", "Authorization",
                bearer(carl));
    }

    private static List<String> listed(String path, String token) throws Exception {
        JsonNode tables = Json.MAPPER.readTree(token.isEmpty()
                ? server.get(path)
                : server.text(200, "GET", path, "", "Authorization", bearer(token))).get("tables");
        return tables.valueStream().map(one -> one.get("table").asString()).toList();
    }

    @Test
    void whatMayNotBeReadIsNotListedAndViewsAreTheirMakers() throws Exception {
        String tables = "/api/v1/tables";
        assertThat(listed(tables, ada)).contains("private", "group", "public", "bynumber", "secrets");
        assertThat(listed(tables, bob)).contains("group", "public", "bynumber").doesNotContain("private", "secrets");
        assertThat(listed(tables, "")).contains("public").doesNotContain("private", "group", "bynumber", "secrets");
        String views = "/api/v1/views/";
        for (String view : List.of("nobodys", "unnamed", "eves")) {
            assertThat(status("DELETE", views + view, "", bob)).as(view).isEqualTo(403);
            assertThat(status("DELETE", views + view, "", "")).as(view).isEqualTo(401);
        }
        assertThat(status("DELETE", views + "eves", "", eve)).isEqualTo(200);
        assertThat(status("DELETE", views + "nobodys", "", root)).isEqualTo(200);
        assertThat(status("DELETE", views + "unnamed", "", root)).isEqualTo(200);
    }

    @Test
    void aFileIsReadAgainWhenItWasChangedAndItsFaultsAreTold() throws Exception {
        Path file = temp.resolve("other.json");
        String first = token(file, "ada", List.of(), "view");
        Tokens tokens = Tokens.read(file);
        assertThat(tokens.users()).extracting(Tokens.User::name).containsExactly("ada");
        String second = token(file, "ada", List.of(), "view");
        assertThat(second).hasSize(32).isNotEqualTo(first);
        token(file, "bob", List.of(), "view");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(tokens.users()).extracting(Tokens.User::name).containsExactly("ada", "bob");
        String text = Files.readString(file);
        Files.writeString(file, "broken");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(9)));
        assertThat(tokens.users()).hasSize(2);
        for (String[] fault : new String[][]{{"\"name\" : \"ada\"", "\"name\" : \"\"", "has no name"},
            {"\"view\"", "\"rule\"", "is no permission"}, {Tokens.digest(second), "abc", "no SHA-256"},
            {"\"users\"", "\"people\"", "is no list of users"}, {"\"ada\"", "\"anonymous\"", "has no name"},
            {"\"ada\"", "\"0\"", "number of somebody else"}, {"\"ada\"", "\"007\"", "number of somebody else"}}) {
            assertThat(text).contains(fault[0]);
            Files.writeString(file, text.replace(fault[0], fault[1]));
            assertThatThrownBy(() -> Tokens.read(file)).isInstanceOfSatisfying(InputException.class,
                    e -> assertThat(e.sentence()).contains("other.json", fault[2])
                            .doesNotContain(Tokens.digest(second)));
        }
        assertThatThrownBy(() -> Tokens.read(temp.resolve("nothing"))).isInstanceOf(InputException.class);
    }

    @Test
    void tokensThatAreAddedAtATimeAreAllThere(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("many.json");
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<String>> made = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String name = "user" + i;
                made.add(threads.submit(() -> token(file, name, List.of(), "view")));
            }
            for (Future<String> one : made) {
                one.get();
            }
        }
        assertThat(Tokens.read(file).users()).hasSize(24);
        assertThat(folder.toFile().list()).containsExactly("many.json");
    }

    @Test
    void aRepeatedRequestWithAKeyAddsNothing() throws Exception {
        String path = TABLE + "/public/annotations";
        String first = server.text(200, "POST", path, ROW, "Authorization", bearer(ada), "Idempotency-Key", "k1");
        assertThat(server.text(200, "POST", path, ROW, "Authorization", bearer(ada), "Idempotency-Key", "k1"))
                .isEqualTo(first);
        String other = server.text(200, "POST", path, ROW, "Authorization", bearer(ada), "Idempotency-Key", "k2");
        assertThat(other).isNotEqualTo(first);
        assertThat(server.text(200, "POST", path, ROW, "Authorization", bearer(ada))).isNotEqualTo(first)
                .isNotEqualTo(other);
        // A key is its user's.
        assertThat(server.text(200, "POST", path, ROW, "Authorization", bearer(eve), "Idempotency-Key", "k1"))
                .isNotEqualTo(first);
        assertThat(server.text(422, "POST", path, ROW.replace("\"x\"", "\"y\""), "Authorization", bearer(ada),
                "Idempotency-Key", "k1")).contains("other rows");
        server.text(422, "POST", path, ROW.replace("tag", "tug"), "Authorization", bearer(ada), "Idempotency-Key",
                "k3");
        server.text(200, "POST", path, ROW, "Authorization", bearer(ada), "Idempotency-Key", "k3");
        server.text(400, "POST", path, ROW, "Authorization", bearer(ada), "Idempotency-Key", "k".repeat(300));
    }
}
