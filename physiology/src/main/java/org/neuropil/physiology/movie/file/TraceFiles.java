package org.neuropil.physiology.movie.file;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.array.DenseArray;
import org.neuropil.volume.npy.NpyHeader;
import org.neuropil.volume.store.FileStore;

/// Traces in files of two kinds, told by the ending.
///
/// `.npy`: an array of shape (frames, rois), or (frames,) of one region, of numbers; regions have their numbers for names.
/// Written are doubles in C order.
///
/// Everything else is CSV: a row for each frame, a column for each region, under its name. A column `time` holds seconds, a
/// column `frame` is left aside. A cell that is empty or `nan` is a frame that is missing.
public final class TraceFiles {
    private static final int FIRST_ROWS = 16;

    private TraceFiles() {}

    /// Reads a file.
    ///
    /// @throws InputException if it is not there, is no such file, or holds an infinite number
    public static TraceTable read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("is not there, or is no file", file.toString(), "give traces as .npy or .csv");
        }
        return isNpy(file) ? npy(file) : csv(file);
    }

    /// Writes a file; it is written beside its place and moved there.
    public static void write(Path file, TraceTable table) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path beside = FileStore.beside(target);
        try {
            if (isNpy(file)) {
                writeNpy(beside, table);
            } else {
                writeCsv(beside, table);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static boolean isNpy(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
    }

    private static TraceTable npy(Path file) throws IOException {
        String name = file.toString();
        NpyHeader header;
        try (InputStream in = Files.newInputStream(file)) {
            header = NpyHeader.parse(in.readNBytes(NpyHeader.MOST_BYTES), name);
        }
        List<Integer> sizes = header.sizes();
        if (sizes.isEmpty() || sizes.size() > 2) {
            throw new InputException("has " + sizes.size() + " axes", name + ", field shape",
                    "traces are an array of frames x rois");
        }
        // Along x lies the fastest axis.
        boolean framesFastest = sizes.size() == 1 || header.fortran();
        int width = sizes.getFirst();
        int height = sizes.size() == 1 ? 1 : sizes.get(1);
        int rois = framesFastest ? height : width;
        int frames = framesFastest ? width : height;
        if (width == 0 || height == 0) {
            return new TraceTable(IntStream.range(0, rois).mapToObj(Integer::toString).toList(),
                    new double[rois][frames], Optional.empty());
        }
        double[][] values;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            DenseArray array = new DenseArray(header.length(), header.type(), header.bigEndian(), 1, width,
                    (long) width * height, Box.ofSize(width, height, 1));
            if (array.end() > in.size()) {
                throw new InputException("is cut short: it has " + in.size() + " bytes, and " + array.end()
                        + " are wanted", name, "");
            }
            // Not before the file is known to be as long.
            values = new double[rois][frames];
            int rows = Math.clamp((1 << 20) / width, 1, height);
            for (int from = 0; from < height; from += rows) {
                int to = Math.min(height, from + rows);
                Block block = Block.zeros(header.type(), new Box(new Int3(0, from, 0),
                        new Int3(width, to, 1)));
                array.read(in, block);
                for (int y = from; y < to; y++) {
                    for (int x = 0; x < width; x++) {
                        double value = block.value((y - from) * width + x);
                        int roi = framesFastest ? y : x;
                        int frame = framesFastest ? x : y;
                        if (Double.isInfinite(value)) {
                            throw infinite(name + ", frame " + frame + ", roi " + roi);
                        }
                        values[roi][frame] = value;
                    }
                }
            }
        }
        return new TraceTable(IntStream.range(0, rois).mapToObj(Integer::toString).toList(), values, Optional.empty());
    }

    private static InputException infinite(String where) {
        return new InputException("is infinite", where, "write nan for a frame that is missing");
    }

    private static TraceTable csv(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return csv(reader, file.toString());
        } catch (CharacterCodingException e) {
            throw new InputException("is no text in UTF-8", file.toString(), "give a CSV file, or one ending in .npy",
                    e);
        }
    }

    /// Reads the text of a CSV file.
    ///
    /// @param file its name, for errors
    /// @throws InputException if it is no such text, or holds an infinite number
    public static TraceTable csv(String text, String file) {
        try (BufferedReader reader = new BufferedReader(new StringReader(text))) {
            return csv(reader, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TraceTable csv(BufferedReader reader, String file) throws IOException {
        String first = reader.readLine();
        if (first == null) {
            throw new InputException("is empty", file, "begin it with the names of the regions");
        }
        String[] names = cells(first.startsWith("\uFEFF") ? first.substring(1) : first);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new InputException("column '" + name + "' is there twice", file, "rename one");
            }
        }
        double[][] columns = new double[names.length][FIRST_ROWS];
        int rows = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            String[] cells = cells(line);
            if (cells.length != names.length) {
                throw new InputException("has " + cells.length + " cells under " + names.length + " names",
                        file + ", row " + (rows + 1), "separate them by commas, without quotes");
            }
            for (int i = 0; i < cells.length; i++) {
                if (rows == columns[i].length) {
                    columns[i] = Arrays.copyOf(columns[i], 2 * rows);
                }
                columns[i][rows] = number(cells[i], file, rows, names[i]);
            }
            rows++;
        }
        return table(names, columns, rows);
    }

    private static TraceTable table(String[] names, double[][] columns, int rows) {
        List<String> kept = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        Optional<double[]> times = Optional.empty();
        for (int i = 0; i < names.length; i++) {
            double[] column = Arrays.copyOf(columns[i], rows);
            switch (names[i].toLowerCase(Locale.ROOT)) {
                case "time" -> times = Optional.of(column);
                case "frame" -> {
                    // A row says which frame it is by where it stands.
                }
                default -> {
                    kept.add(names[i]);
                    values.add(column);
                }
            }
        }
        return new TraceTable(kept, values.toArray(double[][]::new), times);
    }

    private static double number(String text, String file, int row, String column) {
        if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        String where = file + ", row " + (row + 1) + ", column " + column;
        try {
            double number = Double.parseDouble(text);
            if (Double.isInfinite(number)) {
                throw infinite(where);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new InputException("'" + text + "' is no number", where,
                    "mend it, or leave the cell empty if the value is missing", e);
        }
    }

    private static String[] cells(String line) {
        String[] cells = line.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        return cells;
    }

    private static void writeNpy(Path file, TraceTable table) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(8 * table.names().size())
                .order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(NpyHeader.write(DataType.FLOAT64, false, table.frames(), table.names().size()));
            for (int frame = 0; frame < table.frames(); frame++) {
                row.clear();
                for (double[] trace : table.values()) {
                    row.putDouble(trace[frame]);
                }
                out.write(row.array(), 0, row.position());
            }
        }
    }

    private static void writeCsv(Path file, TraceTable table) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            boolean timed = table.times().isPresent();
            double[] times = table.times().orElse(new double[0]);
            out.write((timed ? "time," : "") + String.join(",", table.names()) + "\n");
            StringBuilder line = new StringBuilder();
            for (int frame = 0; frame < table.frames(); frame++) {
                line.setLength(0);
                if (timed) {
                    line.append(times[frame]);
                }
                for (int roi = 0; roi < table.values().length; roi++) {
                    double value = table.values()[roi][frame];
                    line.append(timed || roi > 0 ? "," : "");
                    if (Double.isNaN(value)) {
                        line.append("nan");
                    } else {
                        line.append(value);
                    }
                }
                out.write(line.append('\n').toString());
            }
        }
    }
}
