package org.neuropil.tables.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.schema.Schemas;

/// The same rows out of files of each kind, and what is wrong with files.
class TableImportTest {
    private static final TableInfo SYNAPSES = info("synapse", new VoxelSize(4, 4, 40));

    private final Path folder;
    private final Engine engine;

    TableImportTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        engine = Engine.open(new Engine.Settings(256 << 20, 2, folder.resolve("scratch"), 4));
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    private static TableInfo info(String schema, VoxelSize size) {
        return new TableInfo("things", schema, "", size, "", Optional.empty(), false, "", "", Permission.PRIVATE,
                Permission.PUBLIC);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /// One line for each row, values by the names of their columns in alphabetical order.
    private List<String> read(Path file, TableInfo info, TableImport.Options options, int batch) throws IOException {
        List<String> lines = new ArrayList<>();
        try (TableImport load = TableImport.open(engine, file, info, Schemas.known(info.schema()), options)) {
            load.forEach(batch, rows -> lines(rows, lines));
            assertThat(load.rows()).isEqualTo(lines.size());
        }
        return lines;
    }

    private static void lines(Rows rows, List<String> lines) {
        for (int row = 0; row < rows.size(); row++) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < rows.columns().size(); i++) {
                ColumnData data = rows.data().get(i);
                int at = row;
                words.add(rows.columns().get(i).name() + "=" + (data.isAbsent(at) ? "none" : switch (data) {
                    case ColumnData.Longs v -> v.values()[at];
                    case ColumnData.Ints v -> v.values()[at];
                    case ColumnData.Floats v -> v.values()[at];
                    case ColumnData.Doubles v -> v.values()[at];
                    case ColumnData.Booleans v -> v.values()[at];
                    case ColumnData.Texts v -> v.values()[at];
                }));
            }
            words.sort(null);
            lines.add(String.join(" ", words));
        }
    }

    private static final String COLUMNS = "id,pre_pt_position,ctr_pt_position_x,ctr_pt_position_y,ctr_pt_position_z,"
            + "post_pt_position,size,pre_pt_supervoxel_id,pre_pt_root_id,created\n";
    private static final String ROWS = COLUMNS + "7,[1 2 3],4,5,6,\"[7, 8, 9]\",1.5,9223372036854775807,3,2020-01-01\n"
            + "9,  [-1   2 3],4.0,5,6,\"(7,8,9)\",,nan,3,\n";

    @Test
    void aCsvFileIsReadInBatchesAndInOrder() throws IOException {
        Path plain = file("rows.csv", ROWS);
        Path packed = folder.resolve("packed.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(ROWS.getBytes(StandardCharsets.UTF_8));
        }
        for (Path file : List.of(plain, packed)) {
            assertThat(read(file, SYNAPSES, TableImport.Options.PLAIN, 1)).containsExactly(
                    "ctr_pt_position_x=4 ctr_pt_position_y=5 ctr_pt_position_z=6 id=7 post_pt_position_x=7 "
                            + "post_pt_position_y=8 post_pt_position_z=9 pre_pt_position_x=1 pre_pt_position_y=2 "
                            + "pre_pt_position_z=3 pre_pt_supervoxel_id=9223372036854775807 size=1.5",
                    "ctr_pt_position_x=4 ctr_pt_position_y=5 ctr_pt_position_z=6 id=9 post_pt_position_x=7 "
                            + "post_pt_position_y=8 post_pt_position_z=9 pre_pt_position_x=-1 pre_pt_position_y=2 "
                            + "pre_pt_position_z=3 pre_pt_supervoxel_id=none size=none");
        }
        try (TableImport load = TableImport.open(engine, plain, SYNAPSES, Schemas.known("synapse"),
                TableImport.Options.PLAIN)) {
            assertThat(load.ignored()).containsExactly("created", "pre_pt_root_id");
        }
    }

    @Test
    void lengthsBecomeTheVoxelsThatTheyLieIn() throws IOException {
        Path file = file("nm.csv", "where,cell_type,classification_system\n\"29.1,1018.5,90000\",a,b\n"
                + "\"29.09,1.0185e3,-1\",a,b\n");
        assertThat(read(file, info("cell_type_local", new VoxelSize(9.7, 9.7, 45)),
                new TableImport.Options(Map.of("pt_position", "where"), 1), 100))
                .containsExactly(
                        "cell_type=a classification_system=b pt_position_x=3 pt_position_y=105 "
                                + "pt_position_z=2000",
                        "cell_type=a classification_system=b pt_position_x=2 pt_position_y=105 "
                                + "pt_position_z=-1");
    }

    @Test
    void aParquetFileWithListsOrColumnsIsRead() throws Exception {
        Path file = folder.resolve("rows.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT range::UBIGINT AS id, [range, 2, 3] AS pt_position, 'x' AS tag FROM range(5)) "
                            + "TO '" + file + "' (FORMAT parquet)");
        }
        assertThat(read(file, info("bound_tag", new VoxelSize(1, 1, 1)), TableImport.Options.PLAIN, 2)).hasSize(5)
                .element(4).isEqualTo("id=4 pt_position_x=4 pt_position_y=2 pt_position_z=3 tag=x");
    }

    @Test
    void anArrowFileIsReadPlainAndCompressed() throws IOException {
        for (CodecType codec : List.of(CodecType.NO_COMPRESSION, CodecType.LZ4_FRAME, CodecType.ZSTD)) {
            Path file = folder.resolve(codec + ".feather");
            arrow(file, codec);
            assertThat(read(file, info("nucleus_detection", new VoxelSize(4, 4, 40)), TableImport.Options.PLAIN, 10))
                    .containsExactly("id=1 pt_position_x=1 pt_position_y=2 pt_position_z=3 volume=0.5",
                            "id=2 pt_position_x=2 pt_position_y=3 pt_position_z=4 volume=none");
        }
        Path broken = folder.resolve("broken.feather");
        byte[] whole = Files.readAllBytes(folder.resolve(CodecType.ZSTD + ".feather"));
        Files.write(broken, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertWrong(broken, "nucleus_detection", "no Arrow file that can be read");
        assertWrong(file("old.feather", "FEA1 and more"), "nucleus_detection", "version 1");
    }

    private static void arrow(Path file, CodecType codec) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                BigIntVector id = new BigIntVector("id", allocator);
                Float4Vector volume = new Float4Vector("volume", allocator);
                ListVector place = ListVector.empty("pt_position", allocator)) {
            UnionListWriter writer = place.getWriter();
            for (int row = 0; row < 2; row++) {
                id.setSafe(row, row + 1);
                writer.setPosition(row);
                writer.startList();
                for (int axis = 1; axis <= 3; axis++) {
                    writer.bigInt().writeBigInt(row + axis);
                }
                writer.endList();
            }
            volume.setSafe(0, 0.5f);
            volume.setNull(1);
            id.setValueCount(2);
            volume.setValueCount(2);
            place.setValueCount(2);
            VectorSchemaRoot root = VectorSchemaRoot.of(id, volume, place);
            root.setRowCount(2);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    ArrowFileWriter out = codec == CodecType.NO_COMPRESSION
                            ? new ArrowFileWriter(root, null, channel)
                            : new ArrowFileWriter(root, null, channel, Map.of(), IpcOption.DEFAULT,
                                    CommonsCompressionFactory.INSTANCE, codec)) {
                out.start();
                out.writeBatch();
                out.end();
            }
        }
    }

    private void assertWrong(Path file, String schema, String... words) {
        assertThatThrownBy(() -> TableImport.open(engine, file, info(schema, new VoxelSize(4, 4, 40)),
                Schemas.known(schema), TableImport.Options.PLAIN).close()).isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(((InputException) e).sentence())
                        .contains(String.valueOf(file.getFileName())).contains(words));
    }

    @Test
    void badRowsAreNamedWithColumnAndValueBeforeAnythingIsWritten() throws IOException {
        String head = "id,pt_position,tag\n";
        assertWrong(
                file("a.csv", head + "1,1 2 3,a\n2.0,1 2 3,a\n8.6e17,1 2 3,\n-3,1 2,a\n9223372036854775808,1 2 x,a\n"),
                "bound_tag", "row 2, id: '2.0' is a floating-point number",
                "row 3, id: '8.6e17' is a floating-point number", "row 4, id: '-3' is negative",
                "row 3, tag: is missing", "row 4, pt_position: '1 2' is not three numbers",
                "row 5, pt_position: '1 2 x'", "and ", " more", "nothing was written");
        assertWrong(file("b.csv", head + "5,1 2 3,a\n6,1 2 3,a\n5,1 2 3,a\n"), "bound_tag",
                "rows 1 and 3, id: 5 is the id of both");
        assertWrong(file("c.csv", "id,tag\n1,a\n"), "bound_tag", "has no column pt_position_x", "it has id, tag");
        assertWrong(file("d.csv", head + "1,1.5 2 3,a\n"), "bound_tag", "'1.5'");
        assertWrong(file("e.csv", head + "1,1 2 3\n1,1 2 3,a,b,c\n"), "bound_tag", "cannot be read");
        assertWrong(file("f.parquet", "PAR1 and no more"), "bound_tag", "cannot be read");
        assertWrong(file("g.txt", ""), "bound_tag", "no kind that can be read");
        assertWrong(folder.resolve("nowhere.csv"), "bound_tag", "is not there");
        assertWrong(file("h.csv", ""), "bound_tag", "has nothing in its first line");
        assertWrong(file("i.csv.gz", ""), "bound_tag", "is empty, or ends in the middle");
    }

    @Test
    void aTextThatIsNoPlaceIsToldOnceAndNotForEachAxis() throws IOException {
        assertThatThrownBy(() -> TableImport.open(engine, file("a.csv", "pt_position,tag\n1 2,a\n1 2 3,b\n"),
                info("bound_tag", new VoxelSize(4, 4, 40)), Schemas.known("bound_tag"), TableImport.Options.PLAIN)
                .close()).hasMessageNotContaining("more").extracting(e -> ((InputException) e).sentence()).asString()
                .containsOnlyOnce("row 1, pt_position: '1 2' is not three numbers");
    }
}
