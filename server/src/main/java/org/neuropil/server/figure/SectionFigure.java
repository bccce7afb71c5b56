package org.neuropil.server.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo.Scale;

/// A section of an image volume with the segments drawn over it: each in its own colour, with its border. Equal volumes
/// and settings give equal pixels. A volume is read in the mip that the picture needs, and only the section.
///
/// @param z section, a voxel of the image's mip 0
/// @param size the most pixels along an edge; a larger volume is drawn in a coarser mip
/// @param opacity of the segments' colours, 0 to 1
public record SectionFigure(int z, int size, double opacity) {
    /// Pixels along an edge unless something else is asked for.
    public static final int SIZE = 1024;

    private static final double OPACITY = 0.3;
    private static final double BORDER = 0.85;

    /// The middle section with the usual settings.
    public static SectionFigure middle(Volume image) {
        return at(middleZ(image));
    }

    /// A section with the usual settings.
    public static SectionFigure at(int z) {
        return new SectionFigure(z, SIZE, OPACITY);
    }

    /// The section half-way through a volume.
    public static int middleZ(Volume image) {
        Box bounds = image.info().scale(0).bounds();
        return bounds.min().z() + bounds.size().z() / 2;
    }

    /// This with another size.
    public SectionFigure withSize(int edge) {
        return new SectionFigure(z, edge, opacity);
    }

    /// Draws the image alone.
    ///
    /// @throws InputException if the volume has no such section
    /// @throws IOException if voxels cannot be read
    public BufferedImage draw(Volume image) throws IOException {
        return render(image, null);
    }

    /// Draws the image with segments over it. They need not have the same mips or bounds: they meet in nanometres.
    ///
    /// @throws InputException if the image has no such section
    /// @throws IOException if voxels cannot be read
    public BufferedImage draw(Volume image, Volume segments) throws IOException {
        return render(image, segments);
    }

    /// A picture as a PNG file's bytes.
    public static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IOException("this Java has no PNG writer");
            }
        }
        return bytes.toByteArray();
    }

    private BufferedImage render(Volume image, @Nullable Volume segments) throws IOException {
        Box whole = image.info().scale(0).bounds();
        if (z < whole.min().z() || z >= whole.max().z()) {
            throw new InputException("there is no section " + z, "z",
                    "use " + whole.min().z() + " to " + (whole.max().z() - 1));
        }
        int mip = 0;
        while (mip + 1 < image.info().scales().size() && longer(image.info().scale(mip).bounds()) > size) {
            mip++;
        }
        Scale scale = image.info().scale(mip);
        Box section = section(image.info().scale(0), scale);
        Block grey = image.read(mip, section);
        Int3 extent = section.size();
        BufferedImage picture = new BufferedImage(extent.x(), extent.y(), BufferedImage.TYPE_INT_RGB);
        IntensityRange range = IntensityRange.of(grey);
        long[] ids = segments == null ? new long[0] : Ids.at(segments, scale.voxelSize(), section);
        for (int y = 0; y < extent.y(); y++) {
            for (int x = 0; x < extent.x(); x++) {
                int i = y * extent.x() + x;
                int level = (int) Math.round(255 * range.position(grey.value(i)));
                int pixel = level << 16 | level << 8 | level;
                if (ids.length > 0 && ids[i] != 0) {
                    double share = Ids.isBorder(ids, x, y, extent) ? BORDER : opacity;
                    pixel = SegmentColours.blend(pixel, SegmentColours.of(ids[i]), share);
                }
                picture.setRGB(x, y, pixel);
            }
        }
        return picture;
    }

    /// The section in a mip's lattice; its middle, if even the coarsest mip is too large.
    private Box section(Scale finest, Scale scale) {
        Box bounds = scale.bounds();
        double nanometres = (z + 0.5) * finest.voxelSize().z();
        int layer = Math.clamp((int) Math.floor(nanometres / scale.voxelSize().z()), bounds.min().z(),
                bounds.max().z() - 1);
        Int3 extent = bounds.size().min(new Int3(size, size, 1)).with(2, 1);
        Int3 corner = bounds.min().plus(bounds.size().minus(extent).floorDiv(Int3.all(2))).with(2, layer);
        return Box.of(corner, extent);
    }

    private static int longer(Box bounds) {
        return Math.max(bounds.size().x(), bounds.size().y());
    }

    /// The ids under the pixels of a section.
    private static final class Ids {
        private static final double SLACK = 1e-6;

        private Ids() {}

        /// One id per voxel of the section, x fastest; 0 outside the segmentation.
        static long[] at(Volume segments, VoxelSize pixel, Box section) throws IOException {
            int mip = 0;
            while (mip + 1 < segments.info().scales().size() && isAsFine(segments.info().scale(mip + 1), pixel)) {
                mip++;
            }
            Scale scale = segments.info().scale(mip);
            Int3 extent = section.size();
            int[] xs = voxels(section.min().x(), extent.x(), pixel.x() / scale.voxelSize().x());
            int[] ys = voxels(section.min().y(), extent.y(), pixel.y() / scale.voxelSize().y());
            int z = voxels(section.min().z(), 1, pixel.z() / scale.voxelSize().z())[0];
            Box wanted = new Box(new Int3(xs[0], ys[0], z),
                    new Int3(xs[extent.x() - 1] + 1, ys[extent.y() - 1] + 1, z + 1));
            Box there = wanted.intersect(scale.bounds());
            long[] ids = new long[extent.x() * extent.y()];
            if (there.isEmpty()) {
                return ids;
            }
            Block block = segments.read(mip, there);
            for (int y = 0; y < extent.y(); y++) {
                for (int x = 0; x < extent.x(); x++) {
                    if (there.contains(xs[x], ys[y], z)) {
                        ids[y * extent.x() + x] = block.id(there.index(xs[x], ys[y], z));
                    }
                }
            }
            return ids;
        }

        /// True if the neighbour to the right or below is another segment; so a border is one pixel wide.
        static boolean isBorder(long[] ids, int x, int y, Int3 extent) {
            int i = y * extent.x() + x;
            return x + 1 < extent.x() && ids[i + 1] != ids[i]
                    || y + 1 < extent.y() && ids[i + extent.x()] != ids[i];
        }

        /// Which voxels lie under the centres of pixels.
        private static int[] voxels(int first, int count, double ratio) {
            int[] result = new int[count];
            for (int i = 0; i < count; i++) {
                result[i] = (int) Math.floor((first + i + 0.5) * ratio);
            }
            return result;
        }

        private static boolean isAsFine(Scale scale, VoxelSize pixel) {
            VoxelSize voxel = scale.voxelSize();
            return voxel.x() <= pixel.x() * (1 + SLACK) && voxel.y() <= pixel.y() * (1 + SLACK);
        }
    }
}
