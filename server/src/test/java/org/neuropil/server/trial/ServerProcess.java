package org.neuropil.server.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.neuropil.pipeline.WorkRun;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.StaticSite;

/// A process that serves a dataset until it is killed.
final class ServerProcess implements AutoCloseable {
    private final Path temp;
    private final Process process;
    private final URI uri;

    /// Starts one; it answers when this returns.
    ///
    /// @param temp a folder of its own, where it leaves what a killed process cannot delete
    /// @param rows as for [org.neuropil.tables.live.OpenTables#open]
    ServerProcess(Path temp, Path dataset, String rows) throws IOException {
        this.temp = Files.createDirectories(temp);
        process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx512m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temp, "-cp", System.getProperty("java.class.path"),
                ServerProcess.class.getName(), dataset.toString(), rows)
                .redirectError(temp.resolve("errors").toFile()).start();
        BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
        String line = out.readLine();
        while (line != null && !line.startsWith("http://")) {
            line = out.readLine();
        }
        if (line == null) {
            String errors = Files.readString(temp.resolve("errors"));
            close();
            throw new IOException("the server did not start: " + errors);
        }
        uri = URI.create(line);
        // It would wait for a reader of what it says otherwise.
        Thread.ofVirtual().start(() -> drain(out));
    }

    private static void drain(BufferedReader out) {
        try {
            out.transferTo(Writer.nullWriter());
        } catch (IOException _) {
            // The process has ended.
            return;
        }
    }

    /// Serves until it is killed.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        ServerOptions options = new ServerOptions(ServerOptions.LOOPBACK, 0, "anonymous", List.of(), Optional.empty(),
                arguments[1]);
        try (DatasetServer server = DatasetServer.start(Path.of(arguments[0]), options, StaticSite.none())) {
            System.out.println(server.uri());
            System.out.flush();
            server.join();
        }
    }

    URI uri() {
        return uri;
    }

    /// By SIGKILL, where there is one.
    void kill() {
        assertThat(process.isAlive()).as("the server lives until it is killed").isTrue();
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() throws IOException {
        process.toHandle().destroyForcibly();
        process.onExit().join();
        WorkRun.delete(temp);
    }
}
