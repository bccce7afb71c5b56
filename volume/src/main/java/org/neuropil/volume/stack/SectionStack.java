package org.neuropil.volume.stack;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Sections of one size and type, one above the other: a folder of grey PNG or TIFF files, or the pages of one TIFF
/// file. Section z = 0 is the file with the lowest number. Immutable; safe for use by several threads; serializable.
public final class SectionStack implements Serializable {
    private static final Set<String> PNG = Set.of("png");
    private static final Set<String> TIFF = Set.of("tif", "tiff");
    private static final Set<String> OTHER_IMAGES = Set.of("jpg", "jpeg", "bmp", "gif", "webp", "jp2", "dm3", "dm4",
            "mrc", "h5", "hdf5", "svg");
    private static final Set<String> TEXT = Set.of("txt", "md", "csv", "tsv", "json", "xml", "yaml", "yml", "toml",
            "ini", "log");

    // Text, because a Path cannot be serialized.
    private final String path;
    private final List<Section> sections;
    private final List<String> ignored;
    private final SectionImage image;

    /// @param page of a TIFF file; 0 for the first and for PNG
    private record Section(String path, int page, SectionImage image) implements Serializable {
        Path file() {
            return Path.of(path);
        }

        String name() {
            return file().getFileName() + (page == 0 ? "" : ", page " + (page + 1));
        }
    }

    private SectionStack(Path path, List<Section> sections, List<Path> ignored) {
        this.path = path.toString();
        this.sections = List.copyOf(sections);
        this.ignored = ignored.stream().map(Path::toString).toList();
        this.image = sections.getFirst().image();
    }

    /// Opens a stack and reads the headers of all its files. Hidden files, `Thumbs.db`, `desktop.ini` and text files are
    /// left aside.
    ///
    /// @param path a folder, or a TIFF file with several pages; the pages are also taken where such a file is the only
    ///        image of a folder
    /// @throws InputException if there is no such folder or no image in it, a number is missing, sizes or bit depths
    ///         differ, or a file is not a grey image of 8, 16 or 32 bits, is cut short or is no image; names the file
    public static SectionStack open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new InputException("there is no such folder", path.toString(), "");
        }
        if (!Files.isDirectory(path)) {
            if (!TIFF.contains(extension(path))) {
                throw new InputException("is not a folder", path.toString(),
                        "give the folder that holds the sections, or a TIFF file of several pages");
            }
            return new SectionStack(path, checked(tiff(path, TiffReader.headers(path))), List.of());
        }
        List<Path> files = new ArrayList<>();
        List<Path> ignored = new ArrayList<>();
        list(path, files, ignored);
        if (files.isEmpty()) {
            throw new InputException("there are no PNG or TIFF files in the folder", path.toString(), "");
        }
        List<Section> sections = new ArrayList<>();
        SectionNames.checkNumbers(files.stream().map(file -> file.getFileName().toString()).toList(),
                path.toString());
        for (Path file : files) {
            sections.addAll(sections(file, files.size() == 1));
        }
        return new SectionStack(path, checked(sections), ignored);
    }

    /// What a voxel holds: UINT8 or UINT16; of TIFF also INT8, INT16, UINT32, INT32 or FLOAT32.
    public DataType type() {
        return image.type();
    }

    /// Width, height and number of sections, in voxels.
    public Int3 size() {
        return new Int3(image.width(), image.height(), sections.size());
    }

    /// The file of each section, from z = 0 on; a TIFF file of several pages stands there for each of them.
    public List<Path> files() {
        return sections.stream().map(Section::file).toList();
    }

    /// Files of the folder that are no sections, in the order of their names.
    public List<Path> ignored() {
        return ignored.stream().map(Path::of).toList();
    }

    /// The folder or file that was opened.
    public Path path() {
        return Path.of(path);
    }

    /// Reads a section whole.
    ///
    /// @return one voxel thick, at this z
    /// @throws IndexOutOfBoundsException if there is no such section
    /// @throws InputException if the file is damaged or has become another image; names it
    public Block readSection(int z) throws IOException {
        return readPart(z, Box.of(new Int3(0, 0, z), new Int3(image.width(), image.height(), 1)));
    }

    private Block readPart(int z, Box part) throws IOException {
        Section section = sections.get(z);
        return PNG.contains(extension(section.file()))
                ? PngReader.read(section.file(), image, Box.of(new Int3(0, 0, z), size().with(2, 1))).crop(part)
                : TiffReader.read(section.file(), section.page(), image, part);
    }

    /// Reads a box. Every PNG that it touches is decoded whole, and so is every strip or tile of TIFF, so boxes should be
    /// wide rather than deep.
    ///
    /// @throws IllegalArgumentException if it does not lie in the stack
    /// @throws InputException if a file is damaged or has become another image; names it
    public Block read(Box box) throws IOException {
        if (!new Box(Int3.ZERO, size()).contains(box)) {
            throw new IllegalArgumentException("box " + box + " does not lie in a stack of " + size());
        }
        Block result = Block.zeros(type(), box);
        if (!box.isEmpty()) {
            for (int z = box.min().z(); z < box.max().z(); z++) {
                result.copyFrom(readPart(z, new Box(box.min().with(2, z), box.max().with(2, z + 1))));
            }
        }
        return result;
    }

    /// The voxel size that the first file tells as ImageJ does: resolution, unit and distance of sections in a TIFF. Empty
    /// if it does not tell all three.
    ///
    /// @throws InputException if the file is damaged; names it
    public Optional<VoxelSize> voxelSize() throws IOException {
        Path first = sections.getFirst().file();
        return TIFF.contains(extension(first)) ? TiffReader.voxelSize(first) : Optional.empty();
    }

    /// True if a folder directly holds images of sections, whatever else is in it.
    public static boolean isStack(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(SectionStack::extension).anyMatch(e -> PNG.contains(e) || TIFF.contains(e));
        }
    }

    private static void list(Path folder, List<Path> files, List<Path> ignored) throws IOException {
        List<Path> entries;
        try (Stream<Path> found = Files.list(folder)) {
            entries = found.sorted(Comparator.comparing(p -> p.getFileName().toString(), SectionNames.NATURAL))
                    .toList();
        }
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            String extension = extension(entry);
            if (name.startsWith(".") || name.equalsIgnoreCase("Thumbs.db") || TEXT.contains(extension)) {
                ignored.add(entry);
            } else if (Files.isDirectory(entry)) {
                throw new InputException("is a folder among the sections", entry.toString(),
                        "give the folder that directly holds the sections, or move this one out of it");
            } else if (PNG.contains(extension) || TIFF.contains(extension)) {
                files.add(entry);
            } else {
                throw new InputException(
                        OTHER_IMAGES.contains(extension) ? "images of this kind cannot be read" : "is not an image",
                        entry.toString(),
                        OTHER_IMAGES.contains(extension)
                                ? "convert the stack to grey PNG or TIFF"
                                : "move it out of the folder of the sections");
            }
        }
    }

    private static List<Section> sections(Path file, boolean only) throws IOException {
        if (!Files.isReadable(file)) {
            throw new InputException("cannot be read", file.toString(), "check its permissions");
        }
        if (PNG.contains(extension(file))) {
            return List.of(new Section(file.toString(), 0, PngReader.header(file)));
        }
        List<SectionImage> pages = TiffReader.headers(file);
        if (pages.size() > 1 && !only) {
            throw new InputException("has " + pages.size() + " pages and is not the only file of the stack",
                    file.toString(), "keep one section per file, or all sections in one file");
        }
        return tiff(file, pages);
    }

    private static List<Section> tiff(Path file, List<SectionImage> pages) {
        List<Section> sections = new ArrayList<>();
        for (SectionImage page : pages) {
            sections.add(new Section(file.toString(), sections.size(), page));
        }
        if (sections.isEmpty()) {
            throw new InputException("holds no image", file.toString(), "");
        }
        return sections;
    }

    private static List<Section> checked(List<Section> sections) {
        Section first = sections.getFirst();
        for (Section section : sections) {
            SectionImage image = section.image();
            if (image.type() != first.image().type()) {
                throw new InputException(
                        "has voxels of " + image.type().text() + ", but " + first.name() + " has "
                                + first.image().type().text(),
                        section.file().toString(), "convert all sections to the same bit depth");
            }
            if (!image.equals(first.image())) {
                throw new InputException(
                        "is " + image.width() + "x" + image.height() + ", but " + first.name() + " is "
                                + first.image().width() + "x" + first.image().height(),
                        section.file().toString(), "crop or pad all sections to the same size");
            }
        }
        return sections;
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
