package org.neuropil.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import javax.imageio.ImageIO;

/// Runs command lines and keeps what they print.
final class Session {
    /// Of the next command.
    final Map<String, String> environment = new HashMap<>();
    /// Where the next command prints to.
    Terminal terminal = Terminal.NONE;
    /// Of the last command.
    String out = "";
    /// The same, as bytes.
    byte[] bytes = {};
    String err = "";

    /// Runs a command.
    ///
    /// @return its exit code
    int run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        StringWriter told = new StringWriter();
        int code = new Cli(new PrintWriter(new OutputStreamWriter(printed, StandardCharsets.UTF_8), true), printed,
                new PrintWriter(told, true), environment::get,
                terminal).run(words);
        bytes = printed.toByteArray();
        out = printed.toString(StandardCharsets.UTF_8);
        err = told.toString();
        return code;
    }

    /// Writes a stack of grey sections, 0.png and so on, whose voxels are those of a function.
    static Path stack(Path folder, int width, int height, int depth, Voxel voxel) throws IOException {
        Files.createDirectories(folder);
        for (int z = 0; z < depth; z++) {
            section(folder.resolve(z + ".png"), width, height, z, voxel);
        }
        return folder;
    }

    /// Writes a section.
    static void section(Path file, int width, int height, int z, Voxel voxel) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, voxel.at(x, y, z));
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }

    /// Grey value of a voxel, 0 to 255.
    @FunctionalInterface
    interface Voxel {
        /// The value at a place.
        int at(int x, int y, int z);
    }

    /// Two cells, bright, with a dark membrane between them at x = 16.
    static int em(int x, int y, int z) {
        return Math.abs(x - 16) <= 1 ? 20 : 170 + (x * 7 + y * 13 + z * 29) % 17;
    }

    /// Their labels.
    static int labels(int x, int y, int z) {
        return x < 16 ? 1 : 2;
    }
}
