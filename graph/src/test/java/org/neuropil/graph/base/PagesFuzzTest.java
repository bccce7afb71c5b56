package org.neuropil.graph.base;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to the parsers of pages: whatever they are, nothing but a declared error may come out, in bounded memory.
/// Only `interop/fuzz` runs it, since it makes all other tests of the module slow; [PagesTest] tries what was found.
@EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = ".+")
class PagesFuzzTest {
    private static final int SEEDS = 10;

    static Stream<Arguments> pages() {
        return IntStream.range(0, 3 * SEEDS).mapToObj(i -> {
            byte[] page;
            try {
                page = PageParsers.page(i % 3, new Random(i));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            byte[] seed = new byte[page.length + 1];
            seed[0] = (byte) (i % 3);
            System.arraycopy(page, 0, seed, 1, page.length);
            return Arguments.of((Object) seed);
        });
    }

    @MethodSource("pages")
    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) {
        tryInput(input);
    }

    /// Gives an input to the parser that its first byte tells.
    static void tryInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        try {
            if (input[0] >= 0 && input[0] < 3) {
                PageParsers.parsePage(input[0], bytes);
            } else {
                PageParsers.parseRow(Math.floorMod(input[0], 3), bytes);
            }
        } catch (IOException e) {
            Assertions.assertTrue(String.valueOf(e.getMessage()).startsWith("row"), e.getMessage());
        }
    }
}
