package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `phantom`, and what can be asked of what it makes.
class PhantomVerbTest {
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

    @ParameterizedTest
    @CsvSource({"v1dd,synapses_v1dd,cell_type_multifeature_v1,L4IT",
        "minnie65,synapses_pni_2,aibs_metamodel_celltypes_v661,4P"})
    void aMadeDatasetIsAskedAsAPublishedOne(String like, String synapses, String types, String type) {
        Path made = folder.resolve("made");
        String figures = ok("phantom", made, "--tables-only", "--like", like, "--scale", "0.002", "--format", "json");
        assertThat(figures).contains("\"" + synapses + "\"", "\"state\" : \"done\"");
        assertThat(ok("table", "list", made)).contains(synapses, types, "vessels",
                "proofreading_status_and_strategy");
        assertThat(ok("table", "describe", made, synapses)).contains("pre_pt_root_id");
        assertThat(ok("query", made, types + "@1", "--where", "cell_type = " + type, "--format", "csv").lines())
                .hasSizeGreaterThan(10);
        String cell = ok("sql", made + "@1", "SELECT n.id FROM nucleus_detection_v0 n JOIN " + types
                + " t ON t.target_id = n.id WHERE cell_type = '" + type + "' AND (SELECT count(*) FROM "
                + "nucleus_detection_v0 m WHERE m.pt_root_id = n.pt_root_id) = 1 ORDER BY n.id LIMIT 1", "--format",
                "csv").lines().toList().get(1);
        assertThat(ok("partners", made, "nucleus:" + cell + "@1", "--in", "--types", types, "--somata",
                "nucleus_detection_v0", "--format", "csv").lines()).hasSizeGreaterThan(1);
        assertThat(ok("partners", made, "nucleus:" + cell, "--out", "--format", "csv").lines()).hasSizeGreaterThan(1);
        assertThat(ok("matrix", made + "@1", "--types", types, "--format", "csv")).contains(type);
        assertThat(ok("cells", made + "@1", "nucleus:" + cell, "--format", "csv")).contains("found");
        assertThat(ok("info", made)).contains("phantom_" + like);
        assertThat(ok("phantom", made, "--tables-only", "--like", like, "--scale", "0.002", "--format", "json"))
                .contains("already done");
        wrong(1, "give --force to replace it", "phantom", made, "--tables-only", "--like", like, "--scale", "0.002",
                "--seed", "2");
    }

    @Test
    void whatCannotBeMadeIsToldAndLeavesNothing() {
        Path made = folder.resolve("made");
        wrong(2, "images are not made yet; give --tables-only", "phantom", made);
        wrong(1, "--like: 'h01' is no tissue that is known", "phantom", made, "--tables-only", "--like", "h01");
        wrong(1, "--scale: 0 is not between 0.001 and 1", "phantom", made, "--tables-only", "--scale", "0");
        wrong(1, "--dose: 'typ' is no rule; there are distance, type", "phantom", made, "--tables-only", "--dose",
                "typ=1");
        wrong(1, "--dose: the dose 9.0 of type is not between 0 and 3", "phantom", made, "--tables-only", "--dose",
                "type=9");
        wrong(2, "'x' is not a number", "phantom", made, "--tables-only", "--dose", "type=x");
        assertThat(Files.exists(made)).isFalse();
    }
}
