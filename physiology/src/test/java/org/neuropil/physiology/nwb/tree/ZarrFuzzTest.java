package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to what reads folders of Zarr: whatever they are, nothing but a declared error may come out, in bounded memory.
class ZarrFuzzTest {
    private static final List<String> FILES = List.of(".zattrs", "a/.zarray", "a/.zattrs", "a/0");
    private static final String TEXTS = """
            {"zarr_format": 2, "shape": [3], "chunks": [2], "dtype": "|O", "compressor": null, "fill_value": 0,
             "filters": [{"id": "%s"}], "order": "C"}""";
    private static final String NUMBERS = """
            {"zarr_format": 2, "shape": [3], "chunks": [2], "dtype": [["x", "<u4"], ["y", ">f8"]], "filters": null,
             "compressor": {"id": "zlib", "level": 1}, "fill_value": null, "order": "F"}""";

    @TempDir
    static Path folder = Path.of("");

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int way = Math.floorMod(input[0], FILES.size() + ZarrObjects.CODECS.size());
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        Files.createDirectories(folder.resolve("a"));
        for (String file : FILES) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        if (way < FILES.size()) {
            Files.writeString(folder.resolve("a/.zarray"), NUMBERS);
            Files.write(folder.resolve(FILES.get(way)), bytes);
        } else {
            String codec = ZarrObjects.CODECS.get(way - FILES.size());
            Files.write(folder.resolve("a/.zarray"), TEXTS.formatted(codec).getBytes(StandardCharsets.UTF_8));
            Files.write(folder.resolve("a/0"), bytes);
        }
        try (Tree tree = Tree.open(folder)) {
            look(tree);
        } catch (IOException | InputException e) {
            // Declared: it names what is wrong.
        }
    }

    private static void look(Tree tree) throws IOException {
        Group root = tree.group("").orElseThrow();
        root.attribute("neurodata_type");
        root.attribute("table");
        for (String name : root.names()) {
            tree.find(name).ifPresent(Item::path);
        }
        Optional<Array> array = tree.array("a");
        if (array.isEmpty()) {
            return;
        }
        array.get().attribute("table");
        if (array.get().parts().isEmpty()) {
            array.get().texts();
        } else if (array.get().size() < 1000 && Arrays.stream(array.get().shape()).allMatch(n -> n < 1000)) {
            for (Part part : array.get().parts()) {
                Slab.doubles(Chunks.NONE, array.get(), part, new int[array.get().shape().length],
                        array.get().shape());
            }
        }
    }
}
