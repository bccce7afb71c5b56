package org.neuropil.server.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;

class SectionFigureTest {
    private static final Box BOUNDS = Box.of(new Int3(8, 4, 10), new Int3(32, 16, 6));

    @Test
    void drawsTheSectionInGrey() throws IOException {
        Made image = Made.image(1);
        BufferedImage picture = SectionFigure.at(12).draw(image);
        assertThat(picture.getWidth()).isEqualTo(32);
        assertThat(picture.getHeight()).isEqualTo(16);
        // Intensity is the voxel's x: black at the left, white at the right.
        assertThat(picture.getRGB(0, 3) & 0xffffff).isZero();
        assertThat(picture.getRGB(31, 3) & 0xffffff).isEqualTo(0xffffff);
        assertThat(image.read).containsExactly(Box.of(new Int3(8, 4, 12), new Int3(32, 16, 1)));
    }

    @Test
    void laysSegmentsOverByNanometres() throws IOException {
        // The segmentation is twice as coarse in x and y, covers the right half, and changes its id at y = 12.
        Box half = new Box(new Int3(12, 2, 10), new Int3(20, 10, 16));
        Made labels = new Made(new VolumeInfo(Kind.SEGMENTATION, DataType.UINT64,
                List.of(new Scale(new VoxelSize(8, 8, 30), half, Int3.all(8)))));
        BufferedImage plain = SectionFigure.at(12).draw(Made.image(1));
        BufferedImage picture = SectionFigure.at(12).draw(Made.image(1), labels);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 32; x++) {
                boolean covered = x + 8 >= 24;
                int voxelY = (y + 4) / 2;
                int grey = plain.getRGB(x, y) & 0xffffff;
                boolean border = covered && voxelY == 5 && y % 2 == 1;
                boolean edge = x + 8 == 23;
                int expected = covered
                        ? SegmentColours.blend(grey, SegmentColours.of(voxelY < 6 ? 1 : 2), border ? 0.85 : 0.3)
                        : grey;
                if (!edge) {
                    assertThat(picture.getRGB(x, y) & 0xffffff).as("%d,%d", x, y).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void takesACoarserMipForASmallPicture() throws IOException {
        Made image = Made.image(3);
        BufferedImage picture = SectionFigure.at(15).withSize(16).draw(image);
        assertThat(picture.getWidth()).isEqualTo(16);
        assertThat(picture.getHeight()).isEqualTo(8);
        BufferedImage cropped = SectionFigure.at(15).withSize(5).draw(image);
        assertThat(cropped.getWidth()).isEqualTo(5);
        assertThat(cropped.getHeight()).isEqualTo(4);
    }

    @Test
    void isTheSameEachTimeAndAValidPng() throws IOException {
        Made image = Made.image(1);
        byte[] first = SectionFigure.png(SectionFigure.middle(image).draw(image));
        assertThat(SectionFigure.png(SectionFigure.middle(image).draw(image))).isEqualTo(first);
        assertThat(ImageIO.read(new ByteArrayInputStream(first)).getWidth()).isEqualTo(32);
    }

    @Test
    void namesTheSectionsThatThereAre() {
        assertThatThrownBy(() -> SectionFigure.at(16).draw(Made.image(1))).isInstanceOf(InputException.class)
                .hasMessageContaining("16")
                .satisfies(e -> assertThat(((InputException) e).hint()).contains("10 to 15"));
    }

    @Test
    void rangesIgnoreSpecksAndEmptySpace() {
        byte[] data = new byte[10_000];
        Arrays.fill(data, 0, 5000, (byte) 100);
        Arrays.fill(data, 5000, 9000, (byte) 150);
        data[0] = (byte) 255;
        Box box = Box.ofSize(100, 100, 1);
        assertThat(IntensityRange.of(new Block.Bytes(box, data))).isEqualTo(new IntensityRange(100, 150));
        assertThat(IntensityRange.of(new Block.Bytes(box, new byte[10_000]))).isEqualTo(new IntensityRange(0, 1));
        assertThat(IntensityRange.of(new Block.Floats(Box.ofSize(2, 1, 1), new float[]{3, Float.NaN})))
                .isEqualTo(new IntensityRange(2, 4));
    }

    @Test
    void coloursAreSpread() {
        Set<Integer> colours = new HashSet<>();
        int equal = 0;
        for (long id = 1; id <= 1000; id++) {
            colours.add(SegmentColours.of(id));
            equal += SegmentColours.of(id) == SegmentColours.of(id + 1) ? 1 : 0;
        }
        assertThat(colours).hasSize(21);
        assertThat(equal).isLessThan(90);
    }

    /// A volume whose voxels are made up: x for an image, 1 or 2 for a segmentation.
    private record Made(VolumeInfo info, List<Box> read) implements Volume {
        Made(VolumeInfo info) {
            this(info, new ArrayList<>());
        }

        static Made image(int mips) {
            List<Scale> scales = new ArrayList<>();
            for (int mip = 0; mip < mips; mip++) {
                Int3 factor = new Int3(1 << mip, 1 << mip, 1);
                scales.add(new Scale(new VoxelSize(4, 4, 30).times(factor), BOUNDS.coarser(factor), Int3.all(8)));
            }
            return new Made(new VolumeInfo(Kind.IMAGE, DataType.UINT8, scales));
        }

        @Override
        public String storage(int mip) {
            return "made up";
        }

        @Override
        public Block read(int mip, Box box) {
            read.add(box);
            Block block = Block.zeros(info.type(), box);
            for (int y = box.min().y(); y < box.max().y(); y++) {
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    int i = box.index(x, y, box.min().z());
                    switch (block) {
                        case Block.Bytes b -> b.data()[i] = (byte) x;
                        case Block.Longs b -> b.data()[i] = y < 6 ? 1 : 2;
                        default -> throw new IllegalArgumentException();
                    }
                }
            }
            return block;
        }

        @Override
        public void write(int mip, Block block) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String uri() {
            return "made";
        }
    }
}
