package org.neuropil.graph.store;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/// Another process that runs [RocksFilesTest#main]; closing it kills it.
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    /// @param temp where it leaves what a killed process cannot delete
    Child(Path temp, String task, Path folder) throws IOException {
        process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m", "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "-ea", "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temp,
                "-cp", System.getProperty("java.class.path"), RocksFilesTest.class.getName(), task, folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        said = process.inputReader(StandardCharsets.US_ASCII);
    }

    String line() throws IOException {
        return Objects.requireNonNull(lineOrNull(), "the process ended");
    }

    /// Null if the process has ended.
    @Nullable
    String lineOrNull() throws IOException {
        return said.readLine();
    }

    /// By SIGKILL where there is one. What it had said can still be read, which a kill by way of Process would prevent.
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /// In the process: a line, in one write.
    static void say(String line) throws IOException {
        @SuppressWarnings("resource") // stays open as long as the process
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// In the process: waits for its end.
    static void untilKilled() throws IOException {
        while (System.in.read() >= 0) {
            continue;
        }
        Runtime.getRuntime().halt(1); // who started it is gone
    }
}
