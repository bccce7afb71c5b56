package org.neuropil.volume.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.RandomVolumes;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.array.Reading;

/// On files that `make_hdf5.py` beside them has made with h5py.
class Hdf5VolumeTest {
    private static final Reading FOUR = Reading.PLAIN.withVoxelSize(new VoxelSize(4, 4, 4));

    @TempDir
    Path folder;

    @Test
    void readsTheLayoutOfCremi() throws IOException {
        Hdf5Volume raw = Hdf5Volume.open(file("cremi.h5"), "volumes/raw", Reading.PLAIN);
        assertThat(raw.info().kind()).isEqualTo(Kind.IMAGE);
        assertThat(raw.info().scale(0).voxelSize()).isEqualTo(new VoxelSize(4, 4, 40));
        assertThat(raw.info().scale(0).bounds()).isEqualTo(Box.of(new Int3(0, 3, 2), new Int3(11, 9, 5)));
        assertThat(raw.info().scale(0).chunk()).isEqualTo(new Int3(4, 4, 2));
        check(raw.read(0, raw.info().scale(0).bounds()), 0);
        Hdf5Volume ids = Hdf5Volume.open(file("cremi.h5"), "/volumes/labels/neuron_ids", Reading.PLAIN);
        assertThat(ids.info().kind()).isEqualTo(Kind.SEGMENTATION);
        check(ids.read(0, ids.info().scale(0).bounds()), 0);
    }

    @ParameterizedTest
    @EnumSource
    void readsAllTypes(DataType type) throws IOException {
        for (String order : new String[]{"little", "big"}) {
            for (String layout : new String[]{"chunked", "contiguous"}) {
                Hdf5Volume volume = Hdf5Volume.open(file("types.h5"), order + "/" + layout + "/" + type.text(), FOUR);
                assertThat(volume.info().type()).isEqualTo(type);
                Block all = volume.read(0, Box.ofSize(6, 5, 4));
                check(all, 0);
                Box part = new Box(new Int3(2, -1, 1), new Int3(9, 4, 3));
                assertThat(volume.read(0, part).array()).isEqualTo(RandomVolumes.window(all, part).array());
            }
        }
    }

    @Test
    void aChannelIsChosenAndASectionIsAVolume() throws IOException {
        assertThatThrownBy(() -> Hdf5Volume.open(file("types.h5"), "channels", FOUR))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains("channel"));
        Hdf5Volume second = Hdf5Volume.open(file("types.h5"), "channels", FOUR.withChannel(1));
        check(second.read(0, Box.ofSize(6, 5, 4)), 120);
        Hdf5Volume section = Hdf5Volume.open(file("types.h5"), "section", FOUR);
        assertThat(section.info().scale(0).bounds()).isEqualTo(Box.ofSize(6, 5, 1));
        check(section.read(0, Box.ofSize(6, 5, 1)), 0);
    }

    @Test
    void chunksThatWereNeverWrittenAreTheFillValue() throws IOException {
        Hdf5Volume sparse = Hdf5Volume.open(file("sparse.h5"), "sparse", FOUR);
        check(sparse.read(0, Box.ofSize(6, 5, 2)), 0);
        Block unwritten = sparse.read(0, Box.of(new Int3(0, 0, 2), new Int3(6, 5, 2)));
        assertThat(((Block.Floats) unwritten).data()).containsOnly(7.5f);
        check(Hdf5Volume.open(file("sparse.h5"), "summed", FOUR).read(0, Box.ofSize(6, 5, 4)), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lzf", "lzf_sum", "lzf_shuffle", "lzf_shuffle_sum", "sum_lzf", "gzip", "gzip_sum",
        "gzip_shuffle", "gzip_shuffle_sum", "sum_gzip", "lz4", "bitshuffle", "bitshuffle_lz4", "bitshuffle_zstd"})
    void readsChunksThroughAllFilters(String filters) throws IOException {
        Box bounds = Box.ofSize(6, 5, 4);
        for (String what : new String[]{"smooth", "noise"}) {
            Hdf5Volume plain = Hdf5Volume.open(file("filters.h5"), "plain/" + what, FOUR);
            Hdf5Volume filtered = Hdf5Volume.open(file("filters.h5"), what + "/" + filters, FOUR);
            assertThat(filtered.storage(0)).contains("chunked");
            assertThat(filtered.read(0, bounds).array()).isEqualTo(plain.read(0, bounds).array());
        }
    }

    @Test
    void aFilterThatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> Hdf5Volume.open(file("filters.h5"), "unknown", FOUR))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("filters.h5:/unknown", "32015", "h5repack"));
    }

    @Test
    void aSumThatDoesNotFitIsDamage() throws IOException {
        Box first = Box.ofSize(6, 3, 4);
        Block.Ints noise = (Block.Ints) Hdf5Volume.open(file("filters.h5"), "plain/noise", FOUR).read(0, first);
        ByteBuffer chunk = ByteBuffer.allocate(4 * first.voxels()).order(ByteOrder.LITTLE_ENDIAN);
        chunk.asIntBuffer().put(noise.data());
        // The chunk stands in the file as it is where lzf could not make it shorter.
        String bytes = new String(Files.readAllBytes(file("filters.h5")), StandardCharsets.ISO_8859_1);
        String found = new String(chunk.array(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(found);
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] damaged = chunk.array().clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Path path = folder.resolve("damaged.h5");
            Files.writeString(path, bytes.replace(found, new String(damaged, StandardCharsets.ISO_8859_1)),
                    StandardCharsets.ISO_8859_1);
            Hdf5Volume volume = Hdf5Volume.open(path, "noise/lzf_sum", FOUR);
            assertThatThrownBy(() -> volume.read(0, first)).isInstanceOf(IOException.class)
                    .hasMessageContainingAll("chunk [0, 0, 0]", "damaged.h5:/noise/lzf_sum", "Fletcher-32");
        }
    }

    @Test
    void followsLinksWithinTheFile() throws IOException {
        for (String path : new String[]{"volumes/raw", "volumes/relative", "volumes/up", "latest/raw", "latest/up",
            "hard", "volumes/top/volumes/top/hard"}) {
            check(Hdf5Volume.open(file("links.h5"), path, FOUR).read(0, Box.ofSize(4, 3, 2)), 0);
        }
        for (String[] bad : new String[][]{{"circle", "circle"}, {"nowhere", "no dataset"},
            {"outside", "one.h5:/data"}, {"", "2 datasets"}}) {
            assertThatThrownBy(() -> Hdf5Volume.open(file("links.h5"), bad[0], FOUR))
                    .isInstanceOfSatisfying(InputException.class,
                            e -> assertThat(e.sentence()).contains("links.h5", bad[1]));
        }
    }

    @Test
    void readsAllLayouts() throws IOException {
        Hdf5Volume compact = Hdf5Volume.open(file("layouts.h5"), "compact", FOUR);
        check(compact.read(0, Box.ofSize(6, 5, 4)), 0);
        assertThat(compact.storage(0)).contains("compact");
        Hdf5Volume unwritten = Hdf5Volume.open(file("layouts.h5"), "unwritten", FOUR);
        assertThat(((Block.Longs) unwritten.read(0, Box.ofSize(6, 5, 4))).data()).containsOnly(-1);
        Block mask = Hdf5Volume.open(file("layouts.h5"), "mask", FOUR).read(0, Box.ofSize(6, 5, 4));
        for (int i = 0; i < mask.box().voxels(); i++) {
            assertThat(mask.value(i)).isEqualTo(((i * 7 + 3) & 0xff) % 3 == 0 ? 1 : 0);
        }
    }

    @Test
    void whatJhdfCannotReadIsTold() {
        for (String[] bad : new String[][]{{"virtual.h5", "Virtual storage"}, {"latest.h5", "version = 5"}}) {
            assertThatThrownBy(() -> Hdf5Volume.open(file(bad[0]), "", FOUR))
                    .isInstanceOfSatisfying(InputException.class,
                            e -> assertThat(e.sentence()).contains(bad[0], bad[1], "h5repack"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain/single", "plain/fixed", "plain/extensible", "plain/tree", "plain/implicit",
        "filtered/single", "filtered/fixed", "filtered/extensible", "filtered/tree"})
    void readsAllKindsOfIndex(String path) throws IOException {
        check(Hdf5Volume.open(file("later.h5"), path, FOUR).read(0, Box.ofSize(6, 5, 7)), 0);
    }

    @Test
    void severalThreadsReadAtOnce() throws IOException {
        Hdf5Volume volume = Hdf5Volume.open(file("types.h5"), "big/chunked/uint16", FOUR);
        IntStream.range(0, 64).parallel().forEach(i -> {
            try {
                check(volume.read(0, Box.ofSize(6, 5, 4)), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void theOnlyDatasetNeedsNoName() throws IOException {
        Hdf5Volume volume = Hdf5Volume.open(file("one.h5"), "", FOUR);
        assertThat(volume.uri()).endsWith("one.h5:/data");
        check(volume.read(0, Box.ofSize(4, 3, 2)), 0);
    }

    @Test
    void whatIsWrongIsNamed() {
        for (String[] bad : new String[][]{{"cremi.h5", "", "neuron_ids"}, {"cremi.h5", "volumes/rax", "/volumes/raw"},
            {"types.h5", "text", "text"}, {"none.h5", "", "none.h5"}, {"make_hdf5.py", "", "no HDF5"}}) {
            assertThatThrownBy(() -> Hdf5Volume.open(file("cremi.h5").resolveSibling(bad[0]), bad[1], FOUR))
                    .isInstanceOfSatisfying(InputException.class,
                            e -> assertThat(e.sentence()).contains(bad[0], bad[2]));
        }
        assertThatThrownBy(() -> Hdf5Volume.open(file("one.h5"), "", Reading.PLAIN))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains("--voxel-size"));
    }

    @Test
    void travels() throws IOException, ClassNotFoundException, URISyntaxException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(Hdf5Volume.open(file("one.h5"), "", FOUR));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            check(((Hdf5Volume) in.readObject()).read(0, Box.ofSize(4, 3, 2)), 0);
        }
    }

    @Test
    void damagedFilesGiveDeclaredErrorsOrVoxels() throws IOException, URISyntaxException {
        byte[] bytes = Files.readAllBytes(file("cremi.h5"));
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            Path damaged = folder.resolve(i + ".h5");
            Files.write(damaged, RandomVolumes.damage(bytes, random));
            try {
                Hdf5Volume volume = Hdf5Volume.open(damaged, "volumes/raw", FOUR);
                volume.read(0, volume.info().scale(0).bounds().intersect(Box.ofSize(64, 64, 64)));
            } catch (InputException e) {
                assertThat(e.sentence()).contains(i + ".h5");
            } catch (IOException e) {
                assertThat(e).hasMessageContaining(i + ".h5");
            }
        }
    }

    private static void check(Block block, long before) {
        for (int i = 0; i < block.box().voxels(); i++) {
            long expected = (before + i) * 7 + 3;
            switch (block.type()) {
                case FLOAT32, FLOAT64 -> assertThat(block.value(i)).isEqualTo(expected);
                case UINT8, INT8 -> assertThat((byte) block.value(i)).isEqualTo((byte) (block.type() == DataType.INT8
                        ? (byte) expected
                        : expected & 0xFF));
                default -> assertThat(block.id(i) << 48).isEqualTo(expected << 48);
            }
        }
    }

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Hdf5VolumeTest.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
