package org.neuropil.server.cave;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.neuropil.server.http.ByteRange;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Dialect;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.RequestPath;
import org.neuropil.tables.query.ColumnRef;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to all that reads requests: whatever they are, nothing but a problem with the client's code may come out.
/// The first byte chooses the reader.
class RequestsFuzzTest {
    private static final int READERS = 13;

    @FuzzTest
    void nothingButProblems(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        try {
            read((input[0] & 0xff) % READERS, bytes, new String(bytes, StandardCharsets.UTF_8));
        } catch (Problem e) {
            if (e.status() < 400 || e.status() > 499) {
                throw e;
            }
        }
    }

    private static void read(int reader, byte[] bytes, String text) throws IOException {
        Call body = ParsersPropertyTest.call(Map.of(), bytes);
        CaveQuery query = new CaveQuery(ParsersPropertyTest.call(
                Map.of("timestamp", text, "bounds", text, "flag", text, "stop_layer", text, "user", text), bytes));
        switch (reader) {
            case 0 -> JsonBody.ids(body, "node_ids");
            case 1 -> EditPoints.list(JsonBody.tree(body), "sources");
            case 2 -> EditPoints.pair(JsonBody.tree(body).path("sources"), "sources");
            case 3 -> RawIds.read(bytes);
            case 4 -> query.at();
            case 5 -> query.bounds();
            case 6 -> query.flag("flag", true);
            case 7 -> query.layer("stop_layer", 1, 12);
            case 8 -> CaveQuery.id(text, "id");
            case 11 -> {
                MaterializeBody asked = MaterializeBody.read(body);
                MaterializeFilters.read(asked.node(), List.of("t", "u"));
                asked.columns(List.of("t", "u"), name -> List.of(new ColumnRef("t", name)));
                asked.suffixes(List.of("t", "u"));
                asked.resolution();
                asked.number("limit");
                asked.tables();
            }
            case 12 -> {
                MaterializeBody asked = MaterializeBody.read(body);
                asked.joins();
                asked.timestamp();
            }
            case 9 -> RequestPath.parse(text).ifPresent(path -> Dialect.of("/" + path.joined()));
            default -> {
                ByteRange.parse(text, 1000);
                new OriginGuard(List.of(), "somebody").check(query.call());
            }
        }
    }
}
