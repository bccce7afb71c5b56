package org.neuropil.graph.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.neuropil.graph.store.MemoryStore;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

import com.google.protobuf.CodedOutputStream;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class InputFilesTest {
    private static byte[] components(long... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (long value : values) {
            out.writeUInt64(1, value);
        }
        out.flush();
        return bytes.toByteArray();
    }

    @Example
    void componentsAreSizesAndSupervoxels() throws IOException {
        ComponentFile file = ComponentFile.parse(components(2, -5, 7, 1, 9), "f");
        assertThat(file.component(-5)).isOne();
        assertThat(file.component(7)).isOne();
        assertThat(file.component(9)).isEqualTo(2);
        assertThat(file.component(2)).isZero();
        assertThat(file.supervoxels()).containsExactlyInAnyOrder(-5, 7, 9);
        assertThat(ComponentFile.parse(new byte[0], "f").supervoxels()).isEmpty();
        assertThatThrownBy(() -> ComponentFile.parse(components(1, 4, 3, 7, 8), "f"))
                .isInstanceOf(InputException.class).hasMessage("component 2 has a size of 3 where 2 numbers are left");
        assertThatThrownBy(() -> ComponentFile.parse(components(0), "f")).hasMessageContaining("a size of 0");
        assertThatThrownBy(() -> ComponentFile.parse(components(1, 4, 2, 6, 4), "f"))
                .hasMessage("supervoxel 4 is in components 1 and 2");
    }

    @Property(tries = 500)
    void bytesThatAreNoComponentsAreRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[0] = (byte) (random.nextBoolean() ? 8 : 10);
        }
        try {
            assertThat(ComponentFile.parse(bytes, "f").supervoxels()).hasSizeLessThanOrEqualTo(bytes.length);
        } catch (InputException e) {
            assertThat(e.where()).isEqualTo("f");
        }
    }

    @Example
    void edgesThatCannotBeAreNamed() {
        GraphPlan plan = plan();
        long chunk = plan.ids().id(1, Int3.ZERO, 0);
        long next = plan.ids().id(1, new Int3(1, 0, 0), 0);
        EdgeRows rows = new EdgeRows(plan.ids(), plan.grid(), plan.ids().id(2, Int3.ZERO, 0), "f");
        rows.add(chunk | 2, chunk | 1, 1, 1, true);
        refuses(rows, next | 1, chunk | 1, 1, 1, "f, edge 2: first supervoxel " + (next | 1) + " does not lie in");
        refuses(rows, chunk, chunk | 1, 1, 1, "first supervoxel " + chunk);
        refuses(rows, chunk | 1, next, 1, 1, "second supervoxel " + next + " is none");
        refuses(rows, chunk | 1, plan.ids().id(1, new Int3(2, 0, 0), 1), 1, 1, "is none of this graph");
        refuses(rows, chunk | 1, plan.ids().id(2, new Int3(1, 0, 0), 1), 1, 1, "is none of this graph");
        refuses(rows, chunk | 1, chunk | 1, 1, 1, "both ends are supervoxel");
        refuses(rows, chunk | 1, chunk | 2, Float.NaN, 1, "affinity NaN");
        refuses(rows, chunk | 1, chunk | 2, -1, 1, "affinity -1.0");
        refuses(rows, chunk | 1, chunk | 2, 1, -1, "area 18446744073709551615 is too large");
        assertThatThrownBy(() -> rows.with(new long[]{1})).isInstanceOf(InputException.class)
                .hasMessage("there is no supervoxel " + (chunk | 2));
        assertThatThrownBy(() -> rows.with(new long[]{2, 3})).hasMessage("there is no supervoxel " + (chunk | 1));
        rows.add(chunk | 1, chunk | 2, 1, 1, true);
        assertThatThrownBy(() -> rows.with(new long[]{1, 2})).hasMessage("there are two edges between supervoxels "
                + (chunk | 1) + " and " + (chunk | 2));
    }

    private static void refuses(EdgeRows rows, long a, long b, float affinity, long area, String words) {
        assertThatThrownBy(() -> rows.add(a, b, affinity, area, true)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains(words));
    }

    private static GraphPlan plan() {
        return GraphPlan.of(Box.ofSize(8, 4, 4), Int3.all(4), new VoxelSize(4, 4, 40), Instant.EPOCH);
    }

    @Example
    void idsThatLeaveNoRoomAreRefused() throws IOException {
        try (MemoryStore store = new MemoryStore()) {
            long last = (1L << 26) - (1L << 22);
            assertThatThrownBy(() -> BaseBuilder.build(plan(), _ -> new ChunkInput(new long[]{last}, ChunkInput.EMPTY
                    .edges()), store))
                    .isInstanceOf(InputException.class).hasMessageContaining("supervoxel number " + last);
            assertThat(BaseBuilder.build(plan(), _ -> new ChunkInput(new long[]{last - 1}, ChunkInput.EMPTY.edges()),
                    store).supervoxels()).isEqualTo(2);
        }
    }

    private static List<String> rows(String text) throws IOException {
        Path file = Files.createTempFile("rows", ".csv");
        try {
            Files.writeString(file, text);
            List<String> rows = new ArrayList<>();
            Csv.read(file, List.of("sv", "segment"), 2, row -> rows.add(row.id(0) + ">" + row.id(1)));
            return rows;
        } finally {
            Files.delete(file);
        }
    }

    @Example
    void aByteOrderMarkIsNoHeader() throws IOException {
        assertThat(rows("\uFEFF7,8\n9,8\n")).containsExactly("7>8", "9>8");
        assertThat(rows("\uFEFFsv,segment\r\n7,8\r\n")).containsExactly("7>8");
        assertThat(rows("supervoxel,cell\n\n7,8")).containsExactly("7>8");
        assertThat(rows("\"sv\",\"segment\"\n7,8")).containsExactly("7>8");
    }

    @Example
    void aHeaderThatNamesFieldsInOtherPlacesIsRefused() {
        for (String header : List.of("segment,sv", "\"Segment\", \"SV\"", ",sv,segment")) {
            assertThatThrownBy(() -> rows(header + "\n7,8\n")).as(header).isInstanceOfSatisfying(InputException.class,
                    e -> assertThat(e.sentence()).contains("row 1", "stands in place", "write sv,segment"));
        }
        assertThatThrownBy(() -> rows("-7,8\n9,8\n")).isInstanceOf(InputException.class).hasMessageContaining("'-7'");
    }
}
