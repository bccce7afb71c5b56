package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;

/// `ask`, of a made circuit of 450 cells.
class AskVerbTest {
    /// Synapses and connected pairs of what can be counted, by types, in SQL.
    private static final String BY_TYPES = """
            WITH one AS (SELECT n.id, n.pt_root_id AS root, t.cell_type FROM nucleus_detection_v0 n
                    JOIN cell_type_multifeature_v1 t ON t.target_id = n.id
                    WHERE n.pt_root_id <> 0 AND t.classification_system ILIKE 'e%' AND n.pt_root_id IN (
                        SELECT pt_root_id FROM nucleus_detection_v0 GROUP BY pt_root_id HAVING count(*) = 1)),
                axons AS (SELECT DISTINCT pt_root_id AS root FROM proofreading_status_and_strategy WHERE status_axon
                    AND strategy_axon IN ('axon_fully_extended', 'axon_interareal', 'axon_partially_extended'))
            SELECT a.cell_type AS pre_type, b.cell_type AS post_type, count(*) AS synapses,
                count(DISTINCT concat(a.id, ' ', b.id)) AS connections
            FROM synapses_v1dd s JOIN one a ON s.pre_pt_root_id = a.root JOIN one b ON s.post_pt_root_id = b.root
            WHERE a.id <> b.id AND a.root IN (SELECT root FROM axons) GROUP BY ALL ORDER BY ALL
            """;

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();

    private String ok(Object... words) {
        assertThat(session.run(words)).as(session.err).isZero();
        return session.out;
    }

    private void wrong(int code, String words, Object... given) {
        assertThat(session.run(given)).as(session.out).isEqualTo(code);
        assertThat(session.err).contains(words).doesNotContain("Exception");
    }

    private static String post(DatasetServer server, String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
        }
    }

    /// Lines of a CSV file whose third field is not 0, cut behind the fourth.
    private static List<String> found(String csv) {
        return csv.lines().skip(1).map(line -> line.split(",")).filter(cells -> !cells[2].equals("0"))
                .map(cells -> String.join(",", List.of(cells).subList(0, 4))).sorted().toList();
    }

    @Test
    void anAnswerCountsWhatSqlCountsAndHttpGivesTheSame() throws Exception {
        Path made = folder.resolve("made");
        ok("phantom", made, "--tables-only", "--like", "v1dd", "--scale", "0.005", "--seed", "3");
        Path answer = folder.resolve("answer");
        String tests = ok("ask", "excitatory-network", made + "@1", "--out", answer, "--draws", "100", "--format",
                "csv");
        assertThat(tests.lines().skip(1)).hasSize(3).allMatch(line -> line.split(",").length == 9);
        String matrix = Files.readString(answer.resolve("tables/type_matrix.csv"));
        assertThat(found(matrix)).isNotEmpty()
                .isEqualTo(found(ok("sql", made + "@1", BY_TYPES, "--format", "csv")));
        Map<?, ?> record = Json.read(answer.resolve("answer.json"), Map.class);
        assertThat(record.get("version")).isEqualTo(1);
        assertThat(record.get("dataset")).isEqualTo("phantom_v1dd");
        assertThat(Files.readString(answer.resolve("report.html"))).contains("What these data can decide",
                "proofreading_status_and_strategy").doesNotContain("src=\"http");
        wrong(1, "holds an answer already", "ask", "excitatory-network", made + "@1", "--out", answer);
        Path again = folder.resolve("again");
        ok("ask", "excitatory-network", made + "@1", "--out", again, "--draws", "100", "--threads", "1");
        for (String file : List.of("answer.json", "report.html", "tables/motifs.parquet", "figures/motifs.svg")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(answer.resolve(file));
        }
        try (DatasetServer server = ServeVerb.start(made, ServerOptions.loopback(0))) {
            String path = "/api/v1/ask/excitatory-network";
            assertThat(post(server, path, "{\"at\": \"1\", \"draws\": 100}"))
                    .isEqualTo(Files.readString(answer.resolve("answer.json")));
            assertThat(post(server, path + "?result=type_matrix&format=csv", "{\"at\": \"1\", \"draws\": 100}")
                    .lines().toList()).isEqualTo(matrix.lines().toList());
            assertThat(post(server, path + "?format=html", "{\"at\": \"1\", \"draws\": 100}"))
                    .isEqualTo(Files.readString(answer.resolve("report.html")));
            assertThat(post(server, path, "{\"at\": \"1\", \"draws\": 5}")).contains("5 is not one of 100", "draws");
            assertThat(post(server, path, "{\"at\": \"1\", \"table\": \"nope\"}")).contains("nope", "\"table\"");
            assertThat(post(server, path + "?result=nope", "{\"at\": \"1\", \"draws\": 100}")).contains("type_matrix");
        }
    }

    @Test
    void whatCannotBeAskedIsTold() throws IOException {
        Path made = folder.resolve("made");
        ok("phantom", made, "--tables-only", "--scale", "0.002");
        Path out = folder.resolve("out");
        wrong(2, "--out", "ask", "excitatory-network", made + "@1");
        wrong(2, "excitatory-network", "ask");
        wrong(2, "5 is not one of 100 to 100000", "ask", "excitatory-network", made + "@1", "--out", out, "--draws", 5);
        wrong(1, "there is no table 'nope'", "ask", "excitatory-network", made + "@1", "--out", out, "--table", "nope");
        wrong(1, "missing.txt", "ask", "excitatory-network", made + "@1", "--out", out, "--axons",
                folder.resolve("missing.txt"));
        Path ids = Files.writeString(folder.resolve("ids.txt"), "# mine\n12\nroot\n");
        wrong(1, "line 3", "ask", "excitatory-network", made + "@1", "--out", out, "--axons", ids);
        wrong(1, "version 7", "ask", "excitatory-network", made + "@7", "--out", out);
        wrong(2, "no address", "ask", "excitatory-network", made + "@1", "--out", out, "--viewer", "here");
        assertThat(out).doesNotExist();
    }
}
