package org.neuropil.imglib2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;

import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

class VolumeImagesTest {
    private static final Box BOUNDS = Box.of(new Int3(-3, 5, 100), new Int3(21, 13, 9));
    private static final VoxelSize VOXEL = new VoxelSize(4, 4, 40);

    @ParameterizedTest
    @EnumSource
    void pixelsAreTheVoxels(DataType type) {
        Made volume = new Made(type);
        for (int mip = 0; mip < 2; mip++) {
            VolumeImages.Image image = VolumeImages.open(volume).get(mip);
            Box bounds = volume.info().scale(mip).bounds();
            assertThat(image.voxelSize()).isEqualTo(volume.info().scale(mip).voxelSize());
            for (int axis = 0; axis < 3; axis++) {
                assertThat(image.voxels().min(axis)).isEqualTo(bounds.min().get(axis));
                assertThat(image.voxels().max(axis)).isEqualTo(bounds.max().get(axis) - 1);
            }
            RandomAccess<? extends NativeType<?>> access = image.voxels().randomAccess();
            Random random = new Random(2);
            for (int i = 0; i < 200; i++) {
                Int3 at = bounds.min().plus(new Int3(random.nextInt(bounds.size().x()),
                        random.nextInt(bounds.size().y()), random.nextInt(bounds.size().z())));
                access.setPosition(new long[]{at.x(), at.y(), at.z()});
                if (access.get() instanceof UnsignedLongType pixel) {
                    assertThat(pixel.get()).isEqualTo(Made.value(at));
                } else if (access.get() instanceof RealType<?> pixel) {
                    assertThat(pixel.getRealDouble())
                            .isEqualTo(volume.read(mip, Box.of(at, Int3.all(1))).value(0));
                }
            }
        }
    }

    @Test
    void chunksAreReadOnceAndOnlyWhenTheyAreNeeded() {
        Made volume = new Made(DataType.UINT16);
        RandomAccessibleInterval<UnsignedShortType> image = VolumeImages.open(volume, 0).as(UnsignedShortType.class);
        assertThat(volume.reads).hasValue(0);
        image.getAt(BOUNDS.min().x(), 5, 100);
        image.getAt(BOUNDS.min().x() + 7, 6, 101);
        assertThat(volume.reads).hasValue(1);
        long count = 0;
        Cursor<UnsignedShortType> cursor = Views.flatIterable(image).cursor();
        while (cursor.hasNext()) {
            assertThat(cursor.next().get()).isBetween(0, 0xFFFF);
            count++;
        }
        assertThat(count).isEqualTo(BOUNDS.volume());
        assertThat(volume.reads).hasValue(3 * 2 * 2);
    }

    @Test
    void errorsSurface() {
        Made volume = new Made(DataType.UINT8);
        volume.broken = true;
        RandomAccess<? extends NativeType<?>> access = VolumeImages.open(volume, 0).voxels().randomAccess();
        assertThatThrownBy(() -> {
            access.setPosition(new long[]{0, 6, 101});
            access.get();
        }).isInstanceOf(UncheckedIOException.class).hasMessageContaining("broken");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VolumeImages.open(volume, 0).as(UnsignedLongType.class))
                .withMessageContaining("UnsignedByteType");
        assertThatIllegalArgumentException().isThrownBy(() -> VolumeImages.open(volume, 2));
    }

    /// A volume whose voxels tell where they are.
    private static final class Made implements Volume {
        private static final long serialVersionUID = 1;
        private final VolumeInfo info;
        private final AtomicInteger reads = new AtomicInteger();
        private boolean broken;

        Made(DataType type) {
            info = new VolumeInfo(type.isFloat() ? Kind.IMAGE : Kind.SEGMENTATION, type,
                    List.of(new Scale(VOXEL, BOUNDS, new Int3(8, 8, 5)), new Scale(VOXEL.times(new Int3(2, 2, 1)),
                            BOUNDS.coarser(new Int3(2, 2, 1)), new Int3(8, 8, 5))));
        }

        static long value(Int3 at) {
            return (at.x() * 31L + at.y()) * 0x9E37_79B9_7F4A_7C15L + at.z();
        }

        @Override
        public VolumeInfo info() {
            return info;
        }

        @Override
        public Block read(int mip, Box box) {
            if (broken) {
                throw new UncheckedIOException(new IOException("broken"));
            }
            reads.incrementAndGet();
            Block block = Block.zeros(info.type(), box);
            for (int i = 0; i < box.voxels(); i++) {
                Int3 size = box.size();
                long value = value(box.min().plus(
                        new Int3(i % size.x(), i / size.x() % size.y(), i / size.x() / size.y())));
                switch (block) {
                    case Block.Bytes b -> b.data()[i] = (byte) value;
                    case Block.Shorts b -> b.data()[i] = (short) value;
                    case Block.Ints b -> b.data()[i] = (int) value;
                    case Block.Longs b -> b.data()[i] = value;
                    case Block.Floats b -> b.data()[i] = value;
                    case Block.Doubles b -> b.data()[i] = value;
                }
            }
            return block;
        }

        @Override
        public void write(int mip, Block block) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String storage(int mip) {
            return "made";
        }

        @Override
        public String uri() {
            return "made";
        }
    }
}
