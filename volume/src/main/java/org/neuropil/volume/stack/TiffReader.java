package org.neuropil.volume.stack;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;

/// Reads grey TIFF files of 8, 16 or 32 bits, with one page or several, through TwelveMonkeys.
final class TiffReader {
    /// No compression in use for images packs more voxels into a byte.
    static final long MOST_VOXELS_PER_BYTE = 4096;

    private static final Map<String, DataType> TYPES = Stream
            .of(DataType.UINT8, DataType.INT8, DataType.UINT16, DataType.INT16, DataType.UINT32, DataType.INT32,
                    DataType.FLOAT32)
            .collect(Collectors.toUnmodifiableMap(DataType::text, type -> type));

    private static final int DESCRIPTION = 270;
    private static final int PHOTOMETRIC = 262;
    private static final int X_RESOLUTION = 282;
    private static final int Y_RESOLUTION = 283;
    private static final int SAMPLE_FORMAT = 339;
    private static final int WHITE_IS_ZERO = 0;

    private TiffReader() {}

    /// The headers of all pages.
    ///
    /// @throws InputException if the file is damaged, or a page is not a grey image of 8, 16 or 32 bits
    static List<SectionImage> headers(Path file) throws IOException {
        try {
            TiffDirectories.check(file);
        } catch (IOException e) {
            throw damaged(file, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        }
        return with(file, reader -> {
            List<SectionImage> pages = new ArrayList<>();
            int count = reader.getNumImages(true);
            for (int page = 0; page < count; page++) {
                pages.add(header(reader, page, file));
            }
            if (count > 0 && value(tags(reader, 0), DESCRIPTION) instanceof String description
                    && TiffCalibration.images(description) > count) {
                throw new InputException("says that it has " + TiffCalibration.images(description)
                        + " images and lists " + count + " of them, as ImageJ does beyond 4 GB", file.toString(),
                        "save it with ImageJ as an image sequence");
            }
            return pages;
        });
    }

    /// The voxel size that the first page tells; empty if it does not.
    ///
    /// @throws InputException if the file is damaged
    static Optional<VoxelSize> voxelSize(Path file) throws IOException {
        return with(file, reader -> {
            TIFFImageMetadata tags = tags(reader, 0);
            return value(tags, DESCRIPTION) instanceof String description
                    ? TiffCalibration.parse(description, number(tags, X_RESOLUTION), number(tags, Y_RESOLUTION))
                    : Optional.empty();
        });
    }

    /// Reads voxels of a page. Strips and tiles that they do not touch are not decoded.
    ///
    /// @param box one voxel thick; x and y are those of the page
    /// @throws InputException if the file is damaged or the page is not the image that was `expected`
    static Block read(Path file, int page, SectionImage expected, Box box) throws IOException {
        return with(file, reader -> {
            SectionImage image = header(reader, page, file);
            if (!image.equals(expected)) {
                throw new InputException("is now " + image + " and was " + expected + " when the stack was opened",
                        file.toString(), "");
            }
            ImageReadParam part = reader.getDefaultReadParam();
            part.setSourceRegion(new Rectangle(box.min().x(), box.min().y(), box.size().x(), box.size().y()));
            // As an image, floats come cut to the range from 0 to 1.
            if (image.type().isFloat()) {
                return voxels(reader.readRaster(page, part), image.type(), box);
            }
            BufferedImage read = reader.read(page, part);
            Block block = voxels(read.getRaster(), image.type(), box);
            if (read.getColorModel() instanceof IndexColorModel palette && block instanceof Block.Bytes bytes) {
                byte[] greys = new byte[256];
                palette.getReds(greys);
                for (int i = 0; i < bytes.data().length; i++) {
                    bytes.data()[i] = greys[bytes.data()[i] & 0xff];
                }
            }
            return block;
        });
    }

    private static Block voxels(Raster raster, DataType type, Box box) {
        Block block = Block.zeros(type, box);
        int width = box.size().x();
        Object row = Block.zeros(type, Box.ofSize(width, 1, 1)).array();
        for (int y = 0; y < box.size().y(); y++) {
            raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            System.arraycopy(row, 0, block.array(), y * width, width);
        }
        return block;
    }

    private static SectionImage header(ImageReader reader, int page, Path file) throws IOException {
        String where = file + (page == 0 ? "" : ", page " + (page + 1));
        ImageTypeSpecifier type = reader.getRawImageType(page);
        if (type == null) {
            throw new InputException("is not a grey image of 8, 16 or 32 bits", where, SectionImage.MAKE_GREY);
        }
        boolean colour = type.getNumBands() != 1;
        if (type.getColorModel() instanceof IndexColorModel palette) {
            colour = !isGrey(palette);
        }
        if (colour) {
            throw new InputException(type.getNumBands() == 2
                    ? "is a grey image with transparency, and sections are grey"
                    : "is a colour image, and sections are grey", where, SectionImage.MAKE_GREY);
        }
        DataType voxel = voxel(type, tags(reader, page), where);
        SectionImage image = SectionImage.of(reader.getWidth(page), reader.getHeight(page), voxel, file);
        if (image.voxels() > MOST_VOXELS_PER_BYTE * Files.size(file)) {
            throw new InputException("is cut short: " + Files.size(file) + " bytes cannot hold " + image, where,
                    "make or copy the file again");
        }
        return image;
    }

    private static DataType voxel(ImageTypeSpecifier type, TIFFImageMetadata tags, String where) {
        int bits = type.getSampleModel().getSampleSize(0);
        int format = (int) number(tags, SAMPLE_FORMAT);
        // Where the tag is missing numbers are whole and unsigned, and so are those of the undefined kind.
        String sort = format == 3 ? "float" : format == 2 ? "int" : format > 4 ? "complex" : "uint";
        String text = sort + bits;
        DataType voxel = TYPES.get(text);
        int raster = type.getSampleModel().getDataType();
        boolean asStored = voxel != null && switch (raster) {
            case DataBuffer.TYPE_BYTE -> bits == 8;
            case DataBuffer.TYPE_SHORT, DataBuffer.TYPE_USHORT -> bits == 16;
            case DataBuffer.TYPE_INT -> bits == 32 && !voxel.isFloat();
            case DataBuffer.TYPE_FLOAT -> voxel.isFloat();
            default -> false;
        };
        if (voxel == null || !asStored) {
            throw new InputException("has " + bits + " bit" + (bits == 1 ? "" : "s") + " (" + sort
                    + ") per voxel, and sections have 8, 16 or 32, or floats of 32", where, SectionImage.MAKE_GREY);
        }
        if (number(tags, PHOTOMETRIC) == WHITE_IS_ZERO && voxel != DataType.UINT8 && voxel != DataType.UINT16) {
            throw new InputException("shows 0 as white, which is not supported for " + voxel.text(), where,
                    "invert it, and store 0 as black");
        }
        return voxel;
    }

    private static TIFFImageMetadata tags(ImageReader reader, int page) throws IOException {
        return (TIFFImageMetadata) reader.getImageMetadata(page);
    }

    private static @Nullable Object value(TIFFImageMetadata tags, int tag) {
        Entry field = tags.getTIFFField(tag);
        return field == null ? null : field.getValue();
    }

    /// The first number of a tag, NaN if there is none.
    private static double number(TIFFImageMetadata tags, int tag) {
        Object value = value(tags, tag);
        if (value != null && value.getClass().isArray() && Array.getLength(value) > 0) {
            value = Array.get(value, 0);
        }
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static boolean isGrey(IndexColorModel palette) {
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }

    private interface Task<T> {
        T run(ImageReader reader) throws IOException;
    }

    /// Runs something with a reader of the file. Whatever the library throws, and whatever it only warns of, means that
    /// the file is damaged: half an image is worse than none.
    private static <T> T with(Path file, Task<T> task) throws IOException {
        ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) -> warnings.add(warning));
        try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
            reader.setInput(in);
            T result = task.run(reader);
            if (!warnings.isEmpty()) {
                throw damaged(file, warnings.getFirst(), null);
            }
            return result;
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    private static InputException damaged(Path file, String why, @Nullable Exception cause) {
        String what = "is damaged, cut short or not a TIFF file: " + why;
        return cause == null
                ? new InputException(what, file.toString(), "make or copy the file again")
                : new InputException(what, file.toString(), "make or copy the file again", cause);
    }
}
