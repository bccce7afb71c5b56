package org.neuropil.bench.tables;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Writes made-up synapses as the public dumps have them: CSV without names of columns, compressed, and a file beside it
/// that tells names and types.
final class PublishedFile {
    /// Names and types of the columns.
    static final String[][] COLUMNS = {{"id", "bigint"}, {"created", "timestamp"}, {"valid", "bool"},
        {"pre_pt_position_x", "int"}, {"pre_pt_position_y", "int"}, {"pre_pt_position_z", "int"},
        {"post_pt_position_x", "int"}, {"post_pt_position_y", "int"}, {"post_pt_position_z", "int"},
        {"ctr_pt_position_x", "int"}, {"ctr_pt_position_y", "int"}, {"ctr_pt_position_z", "int"}, {"size", "float"},
        {"pre_pt_supervoxel_id", "bigint"}, {"pre_pt_root_id", "bigint"}, {"post_pt_supervoxel_id", "bigint"},
        {"post_pt_root_id", "bigint"}};
    private static final byte[] CREATED = ",2020-11-04 13:02:08.388988,t".getBytes(StandardCharsets.US_ASCII);

    private final byte[] line = new byte[512];
    private int length;

    private PublishedFile() {}

    /// Writes some blocks' rows.
    static void write(MadeSynapses world, int from, int to, Path file) throws IOException {
        PublishedFile lines = new PublishedFile();
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20),
                1 << 16) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            for (int block = from; block < to; block++) {
                world.block(block, row -> lines.write(row, out));
            }
        }
    }

    private void write(MadeSynapses.Row row, OutputStream out) {
        length = 0;
        number(row.id);
        System.arraycopy(CREATED, 0, line, length, CREATED.length);
        length += CREATED.length;
        for (int value : row.at) {
            line[length++] = ',';
            number(value);
        }
        line[length++] = ',';
        number(row.size);
        for (int side = 0; side < 2; side++) {
            line[length++] = ',';
            number(row.supervoxel(side));
            line[length++] = ',';
            number(side == 0 ? row.preRoot : row.postRoot);
        }
        line[length++] = '\n';
        try {
            out.write(line, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void number(long value) {
        long rest = value;
        int digits = 1;
        for (long power = 10; power <= rest && digits < 19; power *= 10) {
            digits++;
        }
        for (int i = length + digits - 1; i >= length; i--) {
            line[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }
}
