package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.WorkRun;

/// A process that runs [Editor#main] until it is killed.
final class Child implements AutoCloseable {
    private final Path temp;
    private final Process process;
    private final BufferedReader out;
    private final List<String> lines = new ArrayList<>();

    /// @param temp a folder of its own, where it leaves what a killed process cannot delete
    /// @param arguments of the editor
    Child(Path temp, Object... arguments) throws IOException {
        this.temp = Files.createDirectories(temp);
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temp, "-cp",
                System.getProperty("java.class.path"), Editor.class.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        process = new ProcessBuilder(command).redirectError(temp.resolve("errors").toFile()).start();
        out = process.inputReader(StandardCharsets.US_ASCII);
    }

    private @Nullable String next() throws IOException {
        String line = out.readLine();
        if (line != null) {
            lines.add(line);
        }
        return line;
    }

    /// Reads until it says a line.
    void await(String wanted) throws IOException {
        String line = next();
        while (!wanted.equals(line)) {
            assertThat(line).as("the process lives until it is killed; it said %s", lines).isNotNull();
            line = next();
        }
    }

    /// Reads until it has told of some answers more.
    void await(int answers) throws IOException {
        for (int left = answers; left > 0;) {
            String line = next();
            assertThat(line).as("the process lives until it is killed; it said %s", lines).isNotNull();
            left -= line == null || line.startsWith("ask") ? 0 : 1;
        }
    }

    /// Lets some time pass, so that a kill is not in step with what the process writes.
    @SuppressWarnings("static-method")
    void spin(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /// By SIGKILL, where there is one.
    ///
    /// @return all that it said
    Said kill() throws IOException {
        assertThat(process.isAlive()).as("the process lives until it is killed; it said %s", lines).isTrue();
        // What it had said can still be read, which a kill by way of Process would prevent.
        process.toHandle().destroyForcibly();
        process.onExit().join();
        while (next() != null) {
            continue;
        }
        return Said.parse(lines);
    }

    @Override
    public void close() throws IOException {
        process.toHandle().destroyForcibly();
        process.onExit().join();
        out.close();
        WorkRun.delete(temp);
    }
}
