package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `get`, and what can be asked of what it brings.
class GetVerbTest {
    private static final String NUCLEI = "nucleus_detection_v0";
    private static final String SYNAPSES = "synapses_pni_2";

    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();
    private Path dumps = folder;
    private Path dataset = folder;

    @BeforeEach
    void write() throws IOException {
        dumps = Files.createDirectories(folder.resolve("v1300"));
        dataset = folder.resolve("minnie");
        dump(NUCLEI + "_merged", "id,bigint\npt_position_x,integer\npt_position_y,integer\npt_position_z,integer\n"
                + "pt_supervoxel_id,bigint\npt_root_id,bigint\nvolume,real\n", """
                        7,10,20,30,1,101,1.5
                        8,10,20,30,2,102,1.5
                        9,10,20,30,3,102,1.5
                        10,10,20,30,4,0,1.5
                        """);
        dump("synapses_pni_2_v1_filtered_view", """
                id,bigint
                pre_pt_position_x,integer
                pre_pt_position_y,integer
                pre_pt_position_z,integer
                ctr_pt_position_x,integer
                ctr_pt_position_y,integer
                ctr_pt_position_z,integer
                post_pt_position_x,integer
                post_pt_position_y,integer
                post_pt_position_z,integer
                size,integer
                pre_pt_supervoxel_id,bigint
                pre_pt_root_id,bigint
                post_pt_supervoxel_id,bigint
                post_pt_root_id,bigint
                score,real
                """, """
                1,1,1,1,2,2,2,3,3,3,100,1,101,2,102,0.5
                2,1,1,1,2,2,2,3,3,3,50,1,101,2,102,0.5
                3,1,1,1,2,2,2,3,3,3,25,1,102,2,101,0.5
                """);
    }

    private void dump(String name, String header, String rows) throws IOException {
        Files.writeString(dumps.resolve(name + "_header.csv"), header);
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(dumps.resolve(name + ".csv.gz"))),
                StandardCharsets.UTF_8)) {
            out.write(rows);
        }
    }

    private void ok(Object... words) {
        assertThat(session.run(words)).as(session.err).isZero();
    }

    private void wrong(int code, String words, Object... given) {
        assertThat(session.run(given)).as(session.out).isEqualTo(code);
        assertThat(session.err).contains(words).doesNotContain("Exception");
    }

    private void get() {
        ok("get", "minnie65_public@1300", dataset, "--from", dumps, "--tables", NUCLEI + "," + SYNAPSES);
    }

    @Test
    void aDryRunTellsAndLeavesNothing() {
        ok("get", "minnie65_public@1300", dataset, "--from", dumps, "--dry-run", "--format", "csv");
        assertThat(session.out).contains(NUCLEI + ",", SYNAPSES + ",337312429,1,");
        assertThat(session.err).contains("2 tables, ", "GiB of disk", "not found, and left out: ",
                "aibs_metamodel_celltypes_v661");
        assertThat(dataset).doesNotExist();
    }

    @Test
    void tablesComeWithAllThatIsKnown() {
        get();
        assertThat(session.out.lines().map(line -> line.strip().replaceAll(" +", " "))).contains(NUCLEI + " 4",
                SYNAPSES + " 3");
        assertThat(session.err).contains("synapses_pni_2: 3 rows (published: 337,312,429); not read: score; not in the "
                + "file: created");
        assertThat(dataset.resolve(".work")).doesNotExist();
        ok("table", "list", dataset, "--format", "csv");
        assertThat(session.out).contains(NUCLEI + ",nucleus_detection,4,", SYNAPSES + ",synapse,3,");
        get();
        assertThat(session.err).contains("there already: " + NUCLEI + ", " + SYNAPSES);
        ok("info", dataset);
        assertThat(session.out).contains("minnie65_public", "bossdb-open-data.s3.amazonaws.com/iarpa_microns",
                "graphene://https://minnie.microns-daf.com", "segmentation@1300", SYNAPSES);
        ok("info", dataset, "--format", "json");
        assertThat(session.out).contains("\"published\"", "\"frames\"", "\"layers\"");
        ok("query", dataset, SYNAPSES + "@1300", "--select", "id,size", "--order-by", "id", "--format", "csv");
        assertThat(session.out.replace("\r\n", "\n")).isEqualTo("id,size\n1,100.0\n2,50.0\n3,25.0\n");
        ok("table", "describe", dataset, SYNAPSES, "--format", "json");
        assertThat(session.out).containsPattern("\"rows\" ?: ?3");
        ok("query", dataset, SYNAPSES, "--select", "id", "--order-by", "id", "--format", "csv");
        assertThat(session.out.replace("\r\n", "\n")).isEqualTo("id\n1\n2\n3\n");
    }

    @Test
    void cellsAreNamedByTheirNuclei() throws IOException {
        get();
        ok("partners", dataset, "nucleus:7@1300", "--in", "--format", "csv");
        assertThat(session.out.replace("\r\n", "\n"))
                .isEqualTo("partner,synapses,sum_size,mean_size\n102,1,25.0,25.0\n");
        assertThat(session.err).contains("nucleus:7 is root 101");
        wrong(1, "nucleus:8 shares root 102 with 1 more: nucleus:9", "partners", dataset, "nucleus:8@1300");
        wrong(1, "nucleus:10 has no root", "partners", dataset, "nucleus:10@1300");
        wrong(1, "there is no nucleus:11", "partners", dataset, "nucleus:11@1300");
        ok("query", dataset, SYNAPSES + "@1300", "--where", "pre_pt_root_id in nucleus:7, 5", "--select", "id",
                "--order-by", "id", "--format", "csv");
        assertThat(session.out.replace("\r\n", "\n")).isEqualTo("id\n1\n2\n");
        wrong(1, "shares root 102", "query", dataset, SYNAPSES + "@1300", "--where", "pre_pt_root_id = nucleus:9");
        Path list = folder.resolve("names.txt");
        Files.writeString(list, "102\nnucleus:10\n\n5\n");
        ok("cells", dataset + "@1300", "nucleus:7", "nucleus:11", "--list", list, "--format", "csv");
        assertThat(session.out.replace("\r\n", "\n")).isEqualTo("""
                nucleus,root,state,nuclei
                7,101,found,1
                11,0,unknown,0
                ,102,shared,2
                10,0,none,0
                ,5,none,0
                """);
        assertThat(session.err).contains("5 cells: 1 found, 1 shared, 2 without, 1 unknown");
        Files.writeString(list, "102\nx\n");
        wrong(1, "names.txt, line 2: 'x' is no id", "cells", dataset + "@1300", "--list", list);
    }

    /// Rows of both would be one table.
    @Test
    void aTableOfTheUsersOwnIsNotMixedWithAPublishedOne() {
        ok("get", "minnie65_public@1300", dataset, "--from", dumps, "--tables", SYNAPSES);
        ok("table", "create", dataset, NUCLEI, "--schema", "nucleus_detection", "--resolution", "4,4,40");
        wrong(1, "there is a table '" + NUCLEI + "' of user", "get", "minnie65_public@1300", dataset, "--from", dumps,
                "--tables", NUCLEI);
        assertThat(session.err).contains("into another folder");
        assertThat(dataset.resolve("versions/1300/" + NUCLEI)).doesNotExist();
        ok("get", "minnie65_public@1300", dataset, "--from", dumps, "--tables", SYNAPSES);
        ok("query", dataset, NUCLEI, "--select", "id", "--format", "csv");
        assertThat(session.out.replace("\r\n", "\n")).isEqualTo("id\n");
    }

    @Test
    void whatIsWrongIsTold() throws IOException {
        wrong(2, "names no version", "get", "minnie65_public", dataset);
        wrong(1, "there is no published dataset 'minnie'", "get", "minnie@1300", dataset);
        wrong(1, "has no version 1301", "get", "minnie65_public@1301", dataset);
        wrong(1, "has no table 'synapses'", "get", "minnie65_public@1300", dataset, "--tables", "synapses");
        wrong(1, "was found", "get", "minnie65_public@1300", dataset, "--from", folder);
        dump(NUCLEI + "_merged", "id,bigint\npt_position_x,integer\npt_position_y,integer\npt_position_z,integer\n"
                + "pt_root_id,bigint\n", "7,10,20,30,101\n8,10,20,30,-1\n");
        wrong(1, "row 2, pt_root_id: '-1' is negative", "get", "minnie65_public@1300", dataset, "--from", dumps);
        assertThat(dataset.resolve("versions").resolve("1300")).doesNotExist();
        write();
        get();
        wrong(1, "holds tables of minnie65_public", "get", "v1dd_public@1196", dataset, "--from", dumps);
    }
}
