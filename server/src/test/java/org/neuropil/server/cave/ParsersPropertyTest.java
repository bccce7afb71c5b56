package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Payload;
import org.neuropil.server.http.Problem;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// Ids, moments and boxes as clients write them.
class ParsersPropertyTest {
    static Call call(Map<String, String> query, byte[] body) {
        Payload payload = () -> body;
        return new Call("POST", Map.of(), query, "http://localhost", false, name -> Optional.empty(), payload);
    }

    private static Call call(String parameter, String value) {
        return call(Map.of(parameter, value), new byte[0]);
    }

    @Property(tries = 200)
    void idsOf64BitsSurviveEveryForm(@ForAll @Size(max = 40) long[] ids) throws IOException {
        String numbers = LongStream.of(ids).mapToObj(Long::toUnsignedString).collect(Collectors.joining(","));
        String texts = LongStream.of(ids).mapToObj(id -> '"' + Long.toUnsignedString(id) + '"')
                .collect(Collectors.joining(" , "));
        for (String body : new String[]{"{\"ids\":[" + numbers + "]}", "[" + texts + "]",
            "{\"a\": {\"ids\": [\"x\"]}, \"ids\": [" + texts + "], \"b\": []}"}) {
            assertThat(JsonBody.ids(call(Map.of(), body.getBytes(StandardCharsets.UTF_8)), "ids")).isEqualTo(ids);
        }
        assertThat(RawIds.read(RawIds.answer(ids).bytes())).isEqualTo(ids);
        assertThat(CaveJson.text(ids)).isEqualTo("[" + numbers + "]");
        assertThat(new String(CaveJson.bytes(ids, true), StandardCharsets.UTF_8))
                .isEqualTo("[" + texts.replace(" ", "") + "]");
    }

    @Property(tries = 300)
    void momentsAreRoundedDownToMilliseconds(
            @ForAll @LongRange(min = -3_000_000_000_000L, max = 4_000_000_000_000L) long millis,
            @ForAll @IntRange(max = 999) int micros) {
        BigDecimal seconds = BigDecimal.valueOf(millis * 1000 + micros, 6);
        Instant expected = Instant
                .ofEpochMilli(seconds.movePointRight(3).setScale(0, RoundingMode.FLOOR).longValueExact());
        assertThat(new CaveQuery(call("timestamp", seconds.toPlainString())).at()).isEqualTo(expected);
        // As a double, which has all microseconds of these centuries.
        assertThat(new CaveQuery(call("timestamp", Double.toString(seconds.doubleValue()))).at()).isEqualTo(expected);
        double told = Nodes.seconds(expected);
        assertThat(new CaveQuery(call("timestamp", Double.toString(told))).at()).isEqualTo(expected);
    }

    @Property(tries = 200)
    void boundsAreReadAsWritten(@ForAll @IntRange(min = -1_000_000, max = 1_000_000) int x,
            @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int y,
            @ForAll @IntRange(min = 1, max = 1_000_000) int size) {
        Box box = new Box(new Int3(x, y, -3), new Int3(x + size, y + 1, -3 + size));
        String text = x + "-" + (x + size) + "_" + y + "-" + (y + 1) + "_-3-" + (-3 + size);
        assertThat(new CaveQuery(call("bounds", text)).bounds()).isEqualTo(box);
    }

    @Property(tries = 500)
    void nothingButProblemsComesOutOfNonsense(@ForAll @Size(max = 60) byte[] bytes, @ForAll String text) {
        for (String value : new String[]{text, new String(bytes, StandardCharsets.ISO_8859_1)}) {
            CaveQuery query = new CaveQuery(call(Map.of("bounds", value, "timestamp", value, "flag", value,
                    "stop_layer", value), bytes));
            refuses(() -> query.bounds());
            refuses(() -> query.at());
            refuses(() -> query.flag("flag", true));
            refuses(() -> query.layer("stop_layer", 1, 5));
            refuses(() -> CaveQuery.id(value, "id"));
        }
        Call call = call(Map.of(), bytes);
        refuses(() -> JsonBody.ids(call, "ids"));
        refuses(() -> EditPoints.list(JsonBody.tree(call), "points"));
        refuses(() -> RawIds.read(bytes));
    }

    private interface Parser {
        @Nullable
        Object parse() throws IOException;
    }

    private static void refuses(Parser parser) {
        try {
            parser.parse();
        } catch (Problem e) {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.sentence()).isNotBlank();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void userNumbersAreStableAndSmallEnoughForScripts() {
        assertThat(Users.id("anonymous")).isZero();
        assertThat(Users.id("42")).isEqualTo(42);
        // The first 12 digits of `printf ada | sha256sum`.
        assertThat(Users.id("ada")).isEqualTo(Long.parseLong("fdee430d40bd", 16));
        assertThat(Users.matches("ada", "ada") && Users.matches(Long.toString(Users.id("ada")), "ada")).isTrue();
        assertThat(Users.matches("43", "42")).isFalse();
    }

    @Test
    void fractionsOfPythonAreNotRoundedDownTwice() {
        // The shortest text of a double just below .123.
        assertThat(new CaveQuery(call("timestamp", "1700000000.1229999999")).at())
                .isEqualTo(Instant.ofEpochMilli(1700000000123L));
        assertThat(new CaveQuery(call("timestamp", "1.700000000123E9")).at())
                .isEqualTo(Instant.ofEpochMilli(1700000000123L));
        assertThatThrownBy(() -> new CaveQuery(call("timestamp", "1e400")).at()).isInstanceOf(Problem.class);
        assertThat(Arrays.toString(CaveJson.bytes(new float[]{Float.POSITIVE_INFINITY, 0.5f}, false)))
                .isEqualTo(Arrays.toString("[1e999,0.5]".getBytes(StandardCharsets.UTF_8)));
    }
}
