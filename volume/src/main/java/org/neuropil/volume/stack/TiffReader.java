package org.neuropil.volume.stack;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;

/// Reads grey TIFF files of 8 or 16 bits, with one page or several, through TwelveMonkeys.
final class TiffReader {
    /// No compression in use for images packs more voxels into a byte.
    private static final long MOST_VOXELS_PER_BYTE = 4096;

    private TiffReader() {}

    /// The headers of all pages.
    ///
    /// @throws InputException if the file is damaged, or a page is not a grey image of 8 or 16 bits
    static List<SectionImage> headers(Path file) throws IOException {
        return with(file, reader -> {
            List<SectionImage> pages = new ArrayList<>();
            int count = reader.getNumImages(true);
            for (int page = 0; page < count; page++) {
                pages.add(header(reader, page, file));
            }
            return pages;
        });
    }

    /// Reads the voxels of a page.
    ///
    /// @param box where the section lies; one voxel thick
    /// @throws InputException if the file is damaged or the page is not the image that was `expected`
    static Block read(Path file, int page, SectionImage expected, Box box) throws IOException {
        return with(file, reader -> {
            SectionImage image = header(reader, page, file);
            if (!image.equals(expected)) {
                throw new InputException("is now " + image + " and was " + expected + " when the stack was opened",
                        file.toString(), "");
            }
            return voxels(reader.read(page), image, box);
        });
    }

    private static Block voxels(BufferedImage read, SectionImage image, Box box) {
        Raster raster = read.getRaster();
        Block block = Block.zeros(image.type(), box);
        Object row = image.type() == DataType.UINT8 ? new byte[image.width()] : new short[image.width()];
        for (int y = 0; y < image.height(); y++) {
            raster.getDataElements(raster.getMinX(), raster.getMinY() + y, image.width(), 1, row);
            System.arraycopy(row, 0, block.array(), y * image.width(), image.width());
        }
        if (read.getColorModel() instanceof IndexColorModel palette && block instanceof Block.Bytes bytes) {
            byte[] greys = new byte[256];
            palette.getReds(greys);
            for (int i = 0; i < bytes.data().length; i++) {
                bytes.data()[i] = greys[bytes.data()[i] & 0xff];
            }
        }
        return block;
    }

    private static SectionImage header(ImageReader reader, int page, Path file) throws IOException {
        String where = file + (page == 0 ? "" : ", page " + (page + 1));
        ImageTypeSpecifier type = reader.getRawImageType(page);
        if (type == null) {
            throw new InputException("is not a grey image of 8 or 16 bits", where, SectionImage.MAKE_GREY);
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
        int bits = type.getSampleModel().getSampleSize(0);
        int kind = type.getSampleModel().getDataType();
        DataType voxel;
        if (bits == 8 && kind == DataBuffer.TYPE_BYTE) {
            voxel = DataType.UINT8;
        } else if (bits == 16 && kind == DataBuffer.TYPE_USHORT) {
            voxel = DataType.UINT16;
        } else {
            String sort = switch (kind) {
                case DataBuffer.TYPE_SHORT -> "signed ";
                case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> "floating-point ";
                default -> "";
            };
            throw new InputException("has " + bits + " " + sort + "bit" + (bits == 1 ? "" : "s")
                    + " per voxel, and sections have 8 or 16 unsigned ones", where, SectionImage.MAKE_GREY);
        }
        SectionImage image = SectionImage.of(reader.getWidth(page), reader.getHeight(page), voxel, file);
        if (image.voxels() > MOST_VOXELS_PER_BYTE * Files.size(file)) {
            throw new InputException("is cut short: " + Files.size(file) + " bytes cannot hold " + image, where,
                    "make or copy the file again");
        }
        return image;
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
