package org.neuropil.server.trial;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/// A PostgreSQL that keeps what it acknowledged (fsync, synchronous commits), and that can be killed.
final class TrialPostgres implements AutoCloseable {
    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;

    /// @param folder for its files, made if it is not there
    TrialPostgres(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = start();
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(false).setPort(port)
                .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").start();
    }

    /// Where tables are.
    ///
    /// @param schema of their own
    String address(String schema) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres&currentSchema=" + schema;
    }

    /// What it says of a setting.
    String setting(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address("public"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW " + name)) {
            result.next();
            return result.getString(1);
        }
    }

    /// Kills its processes (SIGKILL).
    void kill() throws IOException {
        long number = Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle first = ProcessHandle.of(number).orElseThrow(() -> new IOException("it does not run"));
        List<ProcessHandle> all = new ArrayList<>(List.of(first));
        first.descendants().forEach(all::add);
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().join();
        }
    }

    /// Starts it again, which repairs its files.
    void restart() throws IOException {
        server.close();
        server = start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
