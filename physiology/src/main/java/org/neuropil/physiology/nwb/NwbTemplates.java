package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Group;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.nwb.tree.Tree;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;
import org.neuropil.space.InputException;

/// The frames of sparse noise: `Images` whose names are numbers, or one array of all frames.
final class NwbTemplates {
    private static final long MOST_VALUES = 1L << 27;
    private static final int V1DD_ROWS = 8;
    private static final int V1DD_COLUMNS = 14;
    private static final double V1DD_DEGREES = 9.3;

    private final Tree tree;
    private final NwbLayout layout;
    private final NwbFacts facts;
    private final List<String> notes;

    NwbTemplates(Tree tree, NwbLayout layout, NwbFacts facts, List<String> notes) {
        this.tree = tree;
        this.layout = layout;
        this.facts = facts;
        this.notes = notes;
    }

    List<Template> read() throws IOException {
        List<Template> templates = new ArrayList<>();
        Map<Integer, Template> told = new TreeMap<>();
        for (String place : List.of("stimulus/presentation", "stimulus/templates")) {
            Optional<Group> all = tree.group(place);
            for (String name : all.isPresent() ? all.get().names() : List.<String>of()) {
                Optional<Group> images = tree.group(place + "/" + name);
                Optional<String> stimulus = images.flatMap(group -> facts.of(group.path(), NwbFacts.STIMULUS));
                if (images.isPresent() && stimulus.isPresent()) {
                    told.put(facts.place(images.get().path(), NwbFacts.STIMULUS), told(images.get(), stimulus.get()));
                } else if (Stimulus.of(name) == Stimulus.SPARSE_NOISE && images.isPresent()) {
                    read(images.get(), name).ifPresent(templates::add);
                } else if (images.isPresent()) {
                    notes.add("the pictures of " + place + "/" + name + " were left out: they are not needed for "
                            + "metrics");
                }
            }
        }
        templates.addAll(0, told.values());
        return templates;
    }

    /// One whose shades and size the file tells.
    private Template told(Group images, String stimulus) throws IOException {
        Array array = tree.array(images.path() + "/data").filter(one -> one.shape().length == 3)
                .filter(one -> one.plain().isPresent() && one.size() <= MOST_VALUES)
                .orElseThrow(() -> new InputException("has no data of frames by rows by columns", images.where(), ""));
        double[] values = Slab.doubles(array);
        byte[] shades = new byte[values.length];
        for (int i = 0; i < shades.length; i++) {
            shades[i] = (byte) values[i];
            if (shades[i] != values[i]) {
                throw new InputException(values[i] + " is no shade", array.where(), "-1, 0 and 1 are");
            }
        }
        String degrees = facts.of(images.path(), NwbFacts.DEGREES).orElse("NaN");
        try {
            return new Template(stimulus, array.shape()[0], array.shape()[1], array.shape()[2], shades,
                    Double.parseDouble(degrees));
        } catch (NumberFormatException e) {
            throw new InputException("'" + degrees + "' is no number of degrees", images.where(), "", e);
        }
    }

    private Optional<Template> read(Group images, String name) throws IOException {
        Optional<Array> whole = tree.array(images.path() + "/data");
        if (whole.isPresent() && whole.get().shape().length == 3 && whole.get().plain().isPresent()) {
            int[] shape = whole.get().shape();
            if (whole.get().size() > MOST_VALUES) {
                return tooLarge(images);
            }
            return template(images, name, shape[0], shape[1], shape[2], Slab.doubles(whole.get()));
        }
        TreeMap<Integer, String> numbered = new TreeMap<>();
        for (String one : images.names()) {
            if (one.matches("[0-9]{1,7}")) {
                numbered.put(Integer.parseInt(one), one);
            }
        }
        if (numbered.isEmpty()) {
            notes.add(images.path() + " was left out: its pictures have no numbers for names");
            return Optional.empty();
        }
        int frames = numbered.lastKey() + 1;
        double[] values = new double[0];
        int height = 0;
        int width = 0;
        for (var entry : numbered.entrySet()) {
            Optional<Array> frame = tree.array(images.path() + "/" + entry.getValue());
            int[] shape = frame.map(Array::shape).orElse(new int[0]);
            if (values.length == 0 && shape.length == 2 && (double) frames * shape[0] * shape[1] <= MOST_VALUES) {
                height = shape[0];
                width = shape[1];
                values = new double[frames * height * width];
                Arrays.fill(values, Double.NaN);
            }
            if (values.length == 0 || frame.isEmpty() || shape.length != 2 || shape[0] != height
                    || shape[1] != width) {
                notes.add(images.path() + " was left out: its pictures are too many, or not all of one size");
                return Optional.empty();
            }
            System.arraycopy(Slab.doubles(frame.get()), 0, values, entry.getKey() * height * width, height * width);
        }
        if (numbered.size() != frames) {
            notes.add((frames - numbered.size()) + " frames of " + images.path() + " are missing; they are grey");
        }
        return template(images, name, frames, height, width, values);
    }

    private Optional<Template> tooLarge(Group images) {
        notes.add(images.path() + " was left out: it has too many pictures");
        return Optional.empty();
    }

    /// Black, grey and white are the lowest, the middle and the highest value, whatever these are.
    private Optional<Template> template(Group images, String name, int frames, int height, int width,
            double[] values) {
        TreeSet<Double> levels = new TreeSet<>();
        for (double value : values) {
            if (!Double.isNaN(value) && levels.add(value) && levels.size() > 3) {
                notes.add(images.path() + " was left out: its squares are of more than three shades");
                return Optional.empty();
            }
        }
        if (levels.size() < 2) {
            notes.add(images.path() + " was left out: all its squares are of one shade");
            return Optional.empty();
        }
        byte[] shades = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            shades[i] = (byte) (values[i] == levels.last() ? 1 : values[i] == levels.first() ? -1 : 0);
        }
        if (levels.size() == 2 && levels.contains(0.0)) {
            notes.add(images.path() + " has two shades; they were taken for black and white");
        }
        return Optional.of(reduced(images, new Template(name, frames, height, width, shades, Double.NaN)));
    }

    /// V1DD's frames have each square four times.
    private Template reduced(Group images, Template read) {
        boolean isV1dd = layout == NwbLayout.V1DD;
        if (isV1dd && read.height() == V1DD_ROWS && read.width() == V1DD_COLUMNS) {
            return new Template(read.stimulus(), read.frames(), read.height(), read.width(), read.values(),
                    V1DD_DEGREES);
        }
        if (!isV1dd || read.height() != 2 * V1DD_ROWS || read.width() != 2 * V1DD_COLUMNS) {
            return read;
        }
        byte[] squares = new byte[read.frames() * V1DD_ROWS * V1DD_COLUMNS];
        for (int frame = 0, to = 0; frame < read.frames(); frame++) {
            for (int row = 0; row < read.height(); row += 2) {
                for (int column = 0; column < read.width(); column += 2, to++) {
                    int shade = read.at(frame, row, column);
                    if (read.at(frame, row + 1, column) != shade || read.at(frame, row, column + 1) != shade
                            || read.at(frame, row + 1, column + 1) != shade) {
                        notes.add(images.path() + " has squares that are not two by two pixels; it was left as it is");
                        return read;
                    }
                    squares[to] = (byte) shade;
                }
            }
        }
        notes.add(images.path() + " has each square as two by two pixels; it was brought to " + V1DD_ROWS + " x "
                + V1DD_COLUMNS + " squares of " + V1DD_DEGREES + " degrees");
        return new Template(read.stimulus(), read.frames(), V1DD_ROWS, V1DD_COLUMNS, squares, V1DD_DEGREES);
    }
}
