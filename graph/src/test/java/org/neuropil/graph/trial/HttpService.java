package org.neuropil.graph.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation.Kind;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A graph on the paths of CAVE. What roots an edit replaced is not told there.
final class HttpService implements Service {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client;
    private final String table;
    private final Links links;

    /// @param table address of the table, with a slash at its end
    HttpService(HttpClient client, String table, Links links) {
        this.client = client;
        this.table = table;
        this.links = links;
    }

    private byte[] post(String path, String user, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(table + path)).timeout(PATIENCE)
                .header("X-Neuropil-User", user).POST(BodyPublishers.ofByteArray(body)).build();
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        String text = new String(response.body(), StandardCharsets.UTF_8);
        switch (response.statusCode()) {
            case 200 -> {
                return response.body();
            }
            case 400 -> throw new EditRefusedException(reason(path, text), text);
            case 503 -> throw new EditRefusedException(Reason.BUSY, text);
            default -> throw new IOException(path + " gives " + response.statusCode() + ": " + text);
        }
    }

    /// The kind of a refusal, which its words tell.
    private static Reason reason(String path, String text) {
        return path.startsWith("merge") && text.contains("different objects")
                || text.contains("must belong to the same")
                        ? Reason.CONFLICT
                        : path.startsWith("split") ? Reason.NO_CUT : Reason.INVALID;
    }

    @Override
    public long[] roots(long[] supervoxels, Instant at) throws IOException {
        ByteBuffer ids = ByteBuffer.allocate(8 * supervoxels.length).order(ByteOrder.LITTLE_ENDIAN);
        ids.asLongBuffer().put(supervoxels);
        String moment = at.equals(Graph.NOW)
                ? ""
                : String.format(Locale.ROOT, "?timestamp=%.3f", at.toEpochMilli() / 1000.0);
        long[] roots = new long[supervoxels.length];
        ByteBuffer.wrap(post("roots_binary" + moment, "reader", ids.array())).order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer().get(roots);
        return roots;
    }

    @Override
    public boolean[] isLatest(long[] roots) throws IOException {
        StringBuilder body = new StringBuilder("{\"node_ids\":[");
        for (int i = 0; i < roots.length; i++) {
            body.append(i == 0 ? "" : ",").append(Long.toUnsignedString(roots[i]));
        }
        JsonNode answer = JSON.readTree(post("is_latest_roots", "reader", bytes(body.append("]}").toString())))
                .path("is_latest");
        boolean[] latest = new boolean[roots.length];
        for (int i = 0; i < latest.length; i++) {
            latest[i] = answer.get(i).booleanValue();
        }
        return latest;
    }

    @Override
    public Event.Outcome edit(Ask ask) throws IOException {
        String path = ask.kind().name().toLowerCase(Locale.ROOT);
        String body = switch (ask.kind()) {
            case MERGE -> "[" + point(ask.source()) + "," + point(ask.sink()) + "]";
            case SPLIT -> "{\"sources\":[" + point(ask.source()) + "],\"sinks\":[" + point(ask.sink()) + "]}";
            case UNDO, REDO -> "{\"operation_id\":" + ask.target() + "}";
        };
        JsonNode answer = JSON.readTree(post(path + (ask.kind() == Kind.MERGE ? "?chebyshev_distance=1000" : ""),
                ask.user(), bytes(body)));
        if (answer.path("operation_id").isNull()) {
            return new Event.Nothing();
        }
        JsonNode roots = answer.path("new_root_ids");
        long[] after = new long[roots.size()];
        for (int i = 0; i < after.length; i++) {
            after[i] = roots.get(i).bigIntegerValue().longValue();
        }
        return new Event.Made(answer.path("operation_id").longValue(), new long[0], after);
    }

    private String point(long supervoxel) {
        EditPoint point = links.point(links.place(supervoxel));
        return "[\"" + Long.toUnsignedString(supervoxel) + "\"," + point.x() + "," + point.y() + "," + point.z() + "]";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
