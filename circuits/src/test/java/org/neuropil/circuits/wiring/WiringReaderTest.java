package org.neuropil.circuits.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.live.FlatRoots;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.schema.Annotations;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.store.DuckStore;

/// Tables in which each root is its supervoxel: nuclei 1 to 9 with roots 101 to 109, but 7 shares the root of 6, and 8 lies
/// outside.
class WiringReaderTest {
    @TempDir
    private Path folder = Path.of("");
    @SuppressWarnings("NullAway.Init") // set before each test
    private Tables tables;

    private void table(String name, String kind, String reference, String rows) throws IOException {
        TableSchema schema = Schemas.known(kind);
        tables.store().create(new TableInfo(name, kind, "made", new VoxelSize(9, 9, 45), "ada",
                Optional.of(reference).filter(one -> !one.isEmpty()), false, "", "", Permission.PRIVATE,
                Permission.PUBLIC), schema);
        tables.insert(name, Annotations.read(schema,
                new ByteArrayInputStream(("[" + rows + "]").getBytes(StandardCharsets.UTF_8))));
    }

    private static String nucleus(int id, long root, int x) {
        return "{\"id\": " + id + ", \"pt\": {\"position\": [" + x + ", 60000, 9000], \"supervoxel_id\": " + root
                + "}, \"volume\": 300}";
    }

    private static String type(int id, String type, String system) {
        return "{\"target_id\": " + id + ", \"cell_type\": \"" + type + "\", \"classification_system\": \"" + system
                + "\"}";
    }

    private static String proofread(long root, boolean clean, String strategy) {
        return "{\"pt\": {\"position\": [1, 2, 3], \"supervoxel_id\": " + root + "}, \"status_axon\": " + clean
                + ", \"status_dendrite\": true, \"strategy_axon\": \"" + strategy
                + "\", \"strategy_dendrite\": \"dendrite_clean\", \"valid_id\": " + root + "}";
    }

    private static String synapse(long pre, long post, double size) {
        return "{\"pre_pt\": {\"position\": [1, 2, 3], \"supervoxel_id\": " + pre
                + "}, \"post_pt\": {\"position\": [1, 2, 3], \"supervoxel_id\": " + post
                + "}, \"ctr_pt\": {\"position\": [1, 2, 3]}, \"size\": " + size + "}";
    }

    @BeforeEach
    void fill() throws IOException {
        tables = new Tables(folder, Engine.open(new Engine.Settings(64 << 20, 2, folder.resolve("scratch"), 4)),
                DuckStore.open(folder.resolve("live.duckdb"), Clock.systemUTC()), new FlatRoots(),
                (x, _, _, _, _) -> new long[x.length]);
        table("nuclei", "nucleus_detection", "", String.join(",", nucleus(1, 101, 100000), nucleus(2, 102, 101000),
                nucleus(3, 103, 102000), nucleus(4, 104, 1), nucleus(5, 105, 1), nucleus(6, 106, 1),
                nucleus(7, 106, 1), nucleus(8, 0, 1), nucleus(9, 109, 1)));
        table("types", "cell_type_reference", "nuclei", String.join(",", type(1, "L3IT", "E"), type(2, "L3IT", "E"),
                type(3, "PTC", "I"), type(4, "L4IT", "E"), type(5, "L4IT", "E"), type(5, "L5IT", "E"),
                type(6, "L4IT", "E"), type(8, "L4IT", "E")));
        table("status", "compartment_proofread_status_strategy", "", String.join(",",
                proofread(101, true, "axon_fully_extended"), proofread(102, true, "axon_column_truncated"),
                proofread(103, true, "axon_partially_extended"), proofread(104, false, "axon_fully_extended"),
                proofread(999, true, "axon_fully_extended")));
        table("syn", "synapse", "", String.join(",", synapse(101, 102, 5), synapse(101, 102, 7), synapse(101, 101, 9),
                synapse(102, 101, 3), synapse(103, 104, 2), synapse(101, 106, 4), synapse(101, 0, 1),
                synapse(103, 105, 8), synapse(103, 101, 6)));
    }

    @AfterEach
    void close() throws IOException {
        tables.close();
    }

    private Wiring read(WiringChoice choice) throws IOException {
        return read(choice, Optional.empty());
    }

    private Wiring read(WiringChoice choice, Optional<PublicDataset> published) throws IOException {
        try (Moment moment = tables.now()) {
            return new WiringReader(tables.engine(), moment, published, choice).read();
        }
    }

    private static WiringChoice all(Optional<WiringChoice.GivenCells> dendrites) {
        return new WiringChoice(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of(),
                Optional.empty(), dendrites, true, Set.of(), Set.of());
    }

    @Test
    void cellsThatCannotBeNamedAndAxonsThatWereNotExtendedAreLeftOutAndCounted() throws IOException {
        Wiring wiring = read(WiringChoice.USUAL);
        Cells cells = wiring.cells();
        assertThat(cells.names()).containsExactly(1, 2, 3, 4);
        assertThat(cells.roots()).containsExactly(101, 102, 103, 104);
        assertThat(cells.types()).containsExactly(new CellType("L3IT", CellClass.EXCITATORY),
                new CellType("L4IT", CellClass.EXCITATORY), new CellType("PTC", CellClass.INHIBITORY));
        assertThat(cells.axon()).containsExactly(true, false, true, false);
        assertThat(cells.dendrite()).containsOnly(true);
        Connections connections = wiring.connections();
        assertThat(connections.size()).isEqualTo(3);
        assertThat(List.of(connections.from(0), connections.to(0), connections.synapses(0))).containsExactly(0, 1, 2);
        assertThat(connections.size(0)).isEqualTo(12);
        assertThat(List.of(connections.from(1), connections.to(1))).containsExactly(2, 0);
        assertThat(List.of(connections.from(2), connections.to(2))).containsExactly(2, 3);
        assertThat(wiring.testable()).isEqualTo(6);
        assertThat(wiring.account().steps().stream().map(step -> step.before() + ">" + step.after() + " " + step.of()))
                .containsExactly("8>7 rows", "7>6 cells", "6>5 cells", "5>4 cells", "5>3 roots", "3>2 roots",
                        "5>4 synapses");
        assertThat(wiring.account().lists()).contains(CellList.of("axons",
                "status, strategies axon_fully_extended, axon_interareal, axon_partially_extended",
                new long[]{101, 103}));
    }

    @Test
    void placesAreInTheFrameOfThePublishedDataset() throws IOException {
        // The test vector of v1dd 2.0: voxel 100000, 60000, 9000.
        double[] places = read(WiringChoice.USUAL, Optional.of(PublicDataset.find("v1dd_public"))).cells().places();
        assertThat(places[0]).isCloseTo(902.951410, within(1e-3));
        assertThat(places[1]).isCloseTo(254.711401, within(1e-3));
        assertThat(places[2]).isCloseTo(246.281174, within(1e-3));
        Cells plain = read(WiringChoice.USUAL).cells();
        assertThat(plain.depth(0)).isEqualTo(540);
        assertThat(plain.nm()[0]).isEqualTo(900_000);
    }

    @Test
    void listsOfTheUserTakeThePlaceOfTables() throws IOException {
        Wiring all = read(all(Optional.of(new WiringChoice.GivenCells("mine.txt", List.of(101L, 4L, 777L)))));
        assertThat(all.cells().axon()).containsOnly(true);
        assertThat(all.cells().dendrite()).containsExactly(true, false, false, true);
        assertThat(all.connections().size()).isEqualTo(3); // onto 101 from 102 and 103, onto 104 from 103
        assertThat(all.account().steps()).anySatisfy(step -> {
            assertThat(step.what()).contains("mine.txt");
            assertThat(List.of(step.before(), step.after())).containsExactly(3L, 2L);
        });
    }

    @Test
    void whatIsMissingOrMisspeltIsToldWithItsOption() throws IOException {
        assertThatThrownBy(() -> read(new WiringChoice(Optional.of("synapse"), Optional.empty(), Optional.empty(),
                Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), false, Set.of(), Set.of())))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("'synapse'", "--table", "syn"));
        assertThatThrownBy(() -> read(new WiringChoice(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Set.of("axon_fuly_extended"), Optional.empty(), Optional.empty(), false, Set.of(),
                Set.of()))).isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("axon_fuly_extended", "axon_column_truncated"));
        assertThatThrownBy(() -> read(new WiringChoice(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), true, Set.of("L9"), Set.of())))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("'L9'", "L3IT", "--excitatory"));
        table("more", "cell_type_reference", "nuclei", type(1, "x", "y"));
        assertThatThrownBy(() -> read(WiringChoice.USUAL)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("several tables", "more, types", "--types"));
        assertThat(read(new WiringChoice(Optional.empty(), Optional.of("types"), Optional.empty(), Optional.empty(),
                Set.of(), Optional.empty(), Optional.empty(), true, Set.of("PTC"), Set.of("L4IT"))).cells().types())
                .extracting(CellType::kind)
                .containsExactly(CellClass.EXCITATORY, CellClass.INHIBITORY, CellClass.EXCITATORY);
    }
}
