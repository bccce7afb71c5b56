package org.neuropil.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.neuropil.pipeline.Failures;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A backup that a server writes, since it has the graph open.
final class ServedBackup {
    private static final String PATH = "api/v1/graph/backups";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 250;
    private static final int PERCENT = 100;

    private final URI server;
    private final HttpClient client;

    /// @param address of the server
    /// @throws InputException if it is none
    ServedBackup(String address, HttpClient client) {
        try {
            this.server = URI.create(address.endsWith("/") ? address : address + "/");
            HttpRequest.newBuilder(server);
        } catch (IllegalArgumentException e) {
            throw new InputException("'" + address + "' is no address of a server", "--server",
                    "give the link that 'neuropil serve' printed, as in http://localhost:8080", e);
        }
        this.client = client;
    }

    /// A client for it.
    static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(CONNECT).build();
    }

    /// Has it written, and waits until it is whole.
    ///
    /// @param name of the backup; empty if the server is to choose one
    /// @param graph empty for the main one
    /// @return what the server tells of it
    /// @throws InputException if the server refuses, or the backup fails
    JsonNode write(String name, String graph, boolean replace, Progress progress) throws IOException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        if (!name.isEmpty()) {
            wanted.put("name", name);
        }
        if (!graph.isEmpty()) {
            wanted.put("graph", graph);
        }
        wanted.put("replace", replace);
        JsonNode backup = send(HttpRequest.newBuilder(server.resolve(PATH))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(wanted))));
        URI place = server.resolve(PATH + "/" + backup.path("name").asString());
        try (Progress.Task task = progress.begin("percent written", PERCENT, 0)) {
            for (int told = 0; backup.path("state").asString().equals("running");) {
                Thread.sleep(LOOK_MILLIS);
                backup = send(HttpRequest.newBuilder(place).GET());
                double part = backup.path("bytes").asDouble(0) / Math.max(1, backup.path("total").asDouble(1));
                for (int now = (int) Math.min(PERCENT, PERCENT * part); told < now; told++) {
                    task.step();
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (!backup.path("state").asString().equals("done")) {
            throw new InputException("the server could not write the backup: " + backup.path("error").asString(""),
                    place.toString(), "");
        }
        return backup;
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        HttpResponse<byte[]> reply;
        try {
            reply = client.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (IOException e) {
            throw new InputException("no server answers: " + Failures.words(e), server.toString(),
                    "give the link that 'neuropil serve' printed", e);
        }
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(reply.body());
        } catch (JacksonException e) {
            throw new InputException("answers with status " + reply.statusCode() + " and no JSON", server.toString(),
                    "is it a server of Neuropil?", e);
        }
        if (reply.statusCode() != 200) {
            String where = body.path("where").asString("");
            throw new InputException(
                    "the server refuses: " + body.path("error").asString("status " + reply.statusCode()),
                    where.isEmpty() ? server.toString() : where, body.path("hint").asString(""));
        }
        return body;
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException io = new InterruptedIOException("interrupted; the server goes on with the backup");
        io.initCause(e);
        return io;
    }
}
