package org.neuropil.physiology.movie.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.physiology.movie.Roi;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo.Kind;

/// Masks of regions in files of two kinds.
///
/// `.csv`: a row for each pixel: `roi`, `x`, `y`, and perhaps `weight`, 1 if it is not there; regions come in the order in
/// which the file names them, and rows of weight 0 are left out.
///
/// Everything else is a label image, any volume of one section: pixels of one number are a region, 0 is none; regions come
/// in the order of their numbers, which are their names. Overlaps need a CSV file.
public final class MaskFiles {
    private MaskFiles() {}

    /// Reads masks.
    ///
    /// @param address path of a CSV file, or path or URI of a volume
    /// @param field for errors
    /// @throws InputException if it is not there, cannot be read, or holds no region
    public static List<Roi> read(String address, String field) throws IOException {
        return checked(address.toLowerCase(Locale.ROOT).endsWith(".csv")
                ? csv(Path.of(address))
                : labels(address, field), address);
    }

    /// Reads the text of a CSV file.
    ///
    /// @param file its name, for errors
    /// @throws InputException if it is no such text, or holds no region
    public static List<Roi> csv(String text, String file) {
        try (BufferedReader reader = new BufferedReader(new StringReader(text))) {
            return checked(csv(reader, file), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Roi> checked(List<Roi> rois, String file) {
        if (rois.isEmpty()) {
            throw new InputException("holds no region", file, "");
        }
        Roi.names(rois);
        return rois;
    }

    private static final class Pixels {
        private int count;
        private int[] x = new int[16];
        private int[] y = new int[16];
        private double[] weight = new double[16];

        void add(int atX, int atY, double by) {
            if (count == x.length) {
                x = Arrays.copyOf(x, 2 * count);
                y = Arrays.copyOf(y, 2 * count);
                weight = Arrays.copyOf(weight, 2 * count);
            }
            x[count] = atX;
            y[count] = atY;
            weight[count++] = by;
        }

        Roi roi(String name) {
            return new Roi(name, Arrays.copyOf(x, count), Arrays.copyOf(y, count), Arrays.copyOf(weight, count));
        }
    }

    private static List<Roi> rois(Map<?, Pixels> all, java.util.function.Function<Object, String> name) {
        List<Roi> rois = new ArrayList<>();
        all.forEach((key, pixels) -> rois.add(pixels.roi(name.apply(key))));
        return rois;
    }

    private static List<Roi> csv(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("is not there, or is no file", file.toString(),
                    "give a CSV file of roi, x, y, weight, or a label image");
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return csv(reader, file.toString());
        } catch (CharacterCodingException e) {
            throw new InputException("is no text in UTF-8", file.toString(), "give a CSV file", e);
        }
    }

    private static List<Roi> csv(BufferedReader reader, String file) throws IOException {
        String first = reader.readLine();
        List<String> names = first == null
                ? List.of()
                : Arrays.stream((first.startsWith("\uFEFF") ? first.substring(1) : first).split(",", -1))
                        .map(String::strip).toList();
        int roi = column(names, "roi", file);
        int x = column(names, "x", file);
        int y = column(names, "y", file);
        int weight = names.indexOf("weight");
        Map<String, Pixels> all = new LinkedHashMap<>();
        int row = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            row++;
            if (line.isBlank()) {
                continue;
            }
            String[] cells = line.split(",", -1);
            if (cells.length != names.size()) {
                throw new InputException("has " + cells.length + " cells under " + names.size() + " names",
                        file + ", row " + row, "separate them by commas, without quotes");
            }
            double by = weight < 0 ? 1 : number(cells[weight], file, row, "weight");
            if (by != 0) {
                all.computeIfAbsent(cells[roi].strip(), _ -> new Pixels()).add(whole(cells[x], file, row, "x"),
                        whole(cells[y], file, row, "y"), by);
            }
        }
        return rois(all, Object::toString);
    }

    private static int column(List<String> names, String name, String file) {
        int found = names.indexOf(name);
        if (found < 0) {
            throw new InputException("column '" + name + "' is missing", file,
                    "give roi, x, y, and perhaps weight");
        }
        return found;
    }

    private static double number(String text, String file, int row, String column) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new InputException("'" + text.strip() + "' is no number",
                    file + ", row " + row + ", column " + column,
                    "mend it", e);
        }
    }

    private static int whole(String text, String file, int row, String column) {
        double number = number(text, file, row, column);
        if (number != Math.rint(number) || number < 0 || number > Integer.MAX_VALUE) {
            throw new InputException("'" + text.strip() + "' is no pixel", file + ", row " + row + ", column " + column,
                    "pixels are whole numbers from 0 on");
        }
        return (int) number;
    }

    private static List<Roi> labels(String address, String field) throws IOException {
        Volume volume = VolumeMovie.volume(address, field, Kind.SEGMENTATION);
        Box bounds = volume.info().scale(0).bounds();
        if (bounds.size().z() != 1) {
            throw new InputException("has " + bounds.size().z() + " sections, and a label image has one", address,
                    "give the masks as a CSV file of roi, x, y, weight");
        }
        Block block = volume.read(0, bounds);
        int width = bounds.size().x();
        Map<Long, Pixels> all = new TreeMap<>(Long::compareUnsigned);
        for (int i = 0; i < bounds.voxels(); i++) {
            long id = block.id(i);
            if (id != 0) {
                all.computeIfAbsent(id, _ -> new Pixels()).add(i % width, i / width, 1);
            }
        }
        return rois(all, id -> Long.toUnsignedString((Long) id));
    }
}
