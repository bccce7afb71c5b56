package org.neuropil.volume.codec;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// JPEG of one or three components of 8 bits, through the JDK's own libjpeg whatever other readers and writers there
/// are, so that equal images give equal bytes.
public final class JpegImage {
    /// The quality that is written unless another is asked for.
    public static final int QUALITY = 85;
    /// The largest width and height that libjpeg writes.
    public static final int MOST_PIXELS = 65500;

    private JpegImage() {}

    /// Encodes a grey image.
    ///
    /// @param samples row by row
    /// @param width in pixels, at most [#MOST_PIXELS]
    /// @param height in pixels, at most [#MOST_PIXELS]
    /// @param quality 1 to 100, on the scale that libjpeg and its kin use
    /// @throws IllegalArgumentException if the sizes do not fit
    public static byte[] encode(byte[] samples, int width, int height, int quality) throws IOException {
        if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS
                || (long) width * height != samples.length || quality < 1 || quality > 100) {
            throw new IllegalArgumentException(samples.length + " samples as a JPEG of " + width + "x" + height
                    + " pixels, quality " + quality);
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        System.arraycopy(samples, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData(), 0,
                samples.length);
        ImageWriter writer = own(ImageIO.getImageWritersByFormatName("jpeg"));
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 + samples.length / 4);
                MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
            out.flush();
            return bytes.toByteArray();
        } finally {
            writer.dispose();
        }
    }

    /// Decodes one component of an image of any width and height.
    ///
    /// @param channel 0 for a grey image; 0, 1, 2 for red, green and blue
    /// @param channels how many components the image must have, 1 or 3
    /// @param into filled row by row; the image must have exactly as many pixels
    /// @throws IOException if it is no such image
    public static void decode(byte[] jpeg, int channel, int channels, byte[] into) throws IOException {
        ImageReader reader = own(ImageIO.getImageReadersByFormatName("jpeg"));
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height != into.length) {
                throw new IOException("is an image of " + width + "x" + height + " pixels in place of " + into.length);
            }
            Raster raster = reader.read(0).getRaster();
            if (raster.getNumBands() != channels || raster.getSampleModel().getSampleSize(0) != 8) {
                throw new IOException("is a JPEG of " + raster.getNumBands() + " components in place of " + channels);
            }
            if (channels == 1 && raster.getDataBuffer() instanceof DataBufferByte data
                    && data.getData().length == into.length) {
                System.arraycopy(data.getData(), 0, into, 0, into.length);
                return;
            }
            int[] row = new int[width];
            for (int y = 0; y < height; y++) {
                raster.getSamples(0, y, width, 1, channel, row);
                for (int x = 0; x < width; x++) {
                    into[y * width + x] = (byte) row[x];
                }
            }
        } catch (RuntimeException e) {
            // What the decoder throws at damaged bytes is not declared.
            throw new IOException("is no JPEG that can be decoded: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    private static <T> T own(Iterator<T> all) {
        while (all.hasNext()) {
            T one = all.next();
            if (one.getClass().getModule() == ImageIO.class.getModule()) {
                return one;
            }
        }
        throw new IllegalStateException("this Java runtime has no JPEG codec of its own; use one with java.desktop");
    }
}
