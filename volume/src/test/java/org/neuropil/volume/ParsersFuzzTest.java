package org.neuropil.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.codec.Blosc;
import org.neuropil.volume.codec.CompressedSegmentation;
import org.neuropil.volume.codec.Compresso;
import org.neuropil.volume.codec.Crackle;
import org.neuropil.volume.codec.Crc32c;
import org.neuropil.volume.codec.Gzip;
import org.neuropil.volume.codec.JpegImage;
import org.neuropil.volume.codec.Lz4;
import org.neuropil.volume.codec.Lz4Stream;
import org.neuropil.volume.codec.PngImage;
import org.neuropil.volume.codec.Zlib;
import org.neuropil.volume.codec.Zstd;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.hdf5.Hdf5Volume;
import org.neuropil.volume.n5.N5Volume;
import org.neuropil.volume.npy.NpyHeader;
import org.neuropil.volume.npy.NpyVolume;
import org.neuropil.volume.nrrd.NrrdHeader;
import org.neuropil.volume.nrrd.NrrdVolume;
import org.neuropil.volume.precomputed.PrecomputedInfo;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.stack.StackVolume;
import org.neuropil.volume.store.MemoryStore;
import org.neuropil.volume.zarr.ZarrVolume;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to all that reads bytes from outside: whatever they are, nothing but a declared error may come out, in
/// bounded memory. As a test it tries the inputs beside it, which `make_seeds.py` has made; `interop/fuzz` looks for others.
class ParsersFuzzTest {
    private static final int LIMIT = 1 << 16;
    private static final Box BOX = Box.ofSize(9, 8, 7);
    private static final Reading READING = Reading.PLAIN;
    private static final Reading SIZED = READING.withVoxelSize(new VoxelSize(4, 4, 40));
    /// Metadata that goes with chunks, so that these are reached.
    private static final Map<String, String> N5 = Map.of("attributes.json", """
            {"dimensions": [9, 8, 7], "blockSize": [9, 8, 7], "dataType": "uint16", "resolution": [4, 4, 40],
             "units": ["nm", "nm", "nm"], "compression": {"type": "raw"}}""");
    private static final Map<String, String> SHARDED = Map.of("info", """
            {"type": "segmentation", "data_type": "uint32", "num_channels": 1, "scales": [{"key": "4_4_40",
             "size": [9, 8, 7], "resolution": [4, 4, 40], "voxel_offset": [0, 0, 0], "chunk_sizes": [[8, 8, 8]],
             "encoding": "compressed_segmentation", "compressed_segmentation_block_size": [8, 8, 8],
             "sharding": {"@type": "neuroglancer_uint64_sharded_v1", "preshift_bits": 0, "hash": "identity",
              "minishard_bits": 1, "shard_bits": 0, "minishard_index_encoding": "raw", "data_encoding": "gzip"}}]}""");

    private static final Map<String, String> ZARR_SHARDED = Map.of("zarr.json", """
            {"zarr_format": 3, "node_type": "array", "shape": [7, 8, 9], "data_type": "uint16", "fill_value": 0,
             "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [8, 8, 16]}},
             "chunk_key_encoding": {"name": "default"}, "codecs": [{"name": "sharding_indexed", "configuration": {
              "chunk_shape": [4, 4, 8], "codecs": [{"name": "bytes", "configuration": {"endian": "big"}},
               {"name": "gzip"}], "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}]}}]}""");
    private static final Map<String, String> CHANNELS = Map.of("info", """
            {"type": "segmentation", "data_type": "uint32", "num_channels": 2, "scales": [{"key": "4_4_40",
             "size": [9, 8, 7], "resolution": [4, 4, 40], "voxel_offset": [0, 0, 0], "chunk_sizes": [[9, 8, 7]],
             "encoding": "compressed_segmentation", "compressed_segmentation_block_size": [8, 8, 8]}]}""");
    private static final int PARSERS = 30;

    @TempDir
    static Path folder;

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        try {
            parse(input[0] % PARSERS, bytes);
        } catch (IOException | InputException e) {
            // Declared: it names what is wrong.
        }
    }

    private static void parse(int parser, byte[] bytes) throws IOException {
        switch (parser) {
            case 0 -> PrecomputedInfo.parse(bytes, "info");
            case 1 -> Gzip.decompress(bytes, LIMIT);
            case 2 -> PngImage.parse(bytes).decode(0, Block.zeros(DataType.UINT8, BOX));
            case 3 -> JpegImage.decode(bytes, 0, 1, new byte[BOX.voxels()]);
            case 4 -> Compresso.decode(bytes, Block.zeros(DataType.UINT64, BOX));
            case 5 -> CompressedSegmentation.decode(bytes, BOX.size(), Int3.all(8), new int[BOX.voxels()]);
            case 6 -> CompressedSegmentation.decode(bytes, BOX.size(), Int3.all(8), new long[BOX.voxels()]);
            case 7 -> new Zstd(1, false).decode(bytes, LIMIT);
            case 8 -> new Zlib(1).decode(bytes, LIMIT);
            case 9 -> new Lz4Stream(LIMIT).decode(bytes, LIMIT);
            case 10 -> new Blosc(Blosc.Inner.LZ4, 5, Blosc.Shuffle.NONE, 1, 0).decode(bytes, LIMIT);
            case 11 -> new Crc32c().decode(bytes, LIMIT);
            case 12 -> NrrdHeader.parse(bytes, "x.nrrd");
            case 13 -> VolumeUri.parse(new String(bytes, java.nio.charset.StandardCharsets.UTF_8), "SOURCE");
            case 14 -> ZarrVolume.open(store("zarr.json", bytes, Map.of()), READING);
            case 15 -> ZarrVolume.open(store(".zarray", bytes, Map.of()), READING);
            case 16 -> ZarrVolume.open(store(".zattrs", bytes, Map.of()), READING);
            case 17 -> N5Volume.open(store("attributes.json", bytes, Map.of()), READING);
            case 18 -> N5Volume.open(store("0/0/0", bytes, N5), READING).read(0, BOX);
            case 19 -> PrecomputedVolume.open(store("4_4_40/0.shard", bytes, SHARDED)).read(0, BOX);
            case 20 -> NpyHeader.parse(bytes, "x.npy");
            case 21 -> new Lz4().decode(bytes, LIMIT);
            case 22 -> ZarrVolume.open(store("c/0/0/0", bytes, ZARR_SHARDED), READING).read(0, BOX);
            case 23 -> read(Hdf5Volume.open(file("x.h5", bytes), "raw", READING));
            case 24 -> read(StackVolume.open(file("x.tif", bytes), SIZED));
            case 25 -> {
                file("png/x.png", bytes);
                read(StackVolume.open(folder.resolve("png"), SIZED));
            }
            case 26 -> {
                // Compressed data are left on the disk until the process ends.
                if (!NrrdHeader.parse(bytes, "x.nrrd").gzip()) {
                    read(NrrdVolume.open(file("x.nrrd", bytes), SIZED));
                }
            }
            case 27 -> read(NpyVolume.open(file("x.npy", bytes), SIZED));
            case 28 -> PrecomputedVolume.open(store("4_4_40/0-9_0-8_0-7", bytes, CHANNELS), 1).read(0, BOX);
            case 29 -> Crackle.decode(bytes, Block.zeros(DataType.UINT64, BOX));
            default -> {
            }
        }
    }

    /// Reads where there are voxels.
    private static void read(Volume volume) throws IOException {
        Box bounds = volume.info().scale(0).bounds();
        volume.read(0, Box.of(bounds.min(), bounds.size().min(BOX.size())));
    }

    /// A new file in each call, since the one before may still be mapped.
    private static Path file(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve("png"));
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        return Files.write(file, bytes);
    }

    private static MemoryStore store(String key, byte[] bytes, Map<String, String> others) {
        MemoryStore store = new MemoryStore();
        others.forEach((name, text) -> store.put(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        store.put(key, bytes);
        return store;
    }
}
