package org.neuropil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({"bytes=0-0, 0, 1", "bytes=0-9, 0, 10", "bytes=3-, 3, 10", "bytes=-4, 6, 10", "bytes=-99, 0, 10",
        "bytes=9-9, 9, 10", "bytes=5-99999999999999999999999, 5, 10", "BYTES=1-2, 1, 3",
        "bytes=-99999999999999999999999, 0, 10", "bytes= 1-2, 1, 3", "bytes=0000000000000000000000002-3, 2, 4"})
    void readsOneRange(String header, long from, long to) {
        assertThat(ByteRange.parse(header, 10)).isEqualTo(new ByteRange.Slice(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
    void tellsWhatDoesNotExist(String header) {
        assertThat(ByteRange.parse(header, 10)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4",
        "bytes=--1", "bytes=1--2", "bytes=0x1-2", "bytes=٣-٤"})
    void ignoresWhatIsNoSingleRange(String header) {
        assertThat(ByteRange.parse(header, 10)).isEqualTo(new ByteRange.Whole());
    }

    @Property
    void anyTextGivesARangeInside(@ForAll String text, @ForAll @IntRange(max = 20) int size) {
        for (String header : new String[]{text, "bytes=" + text}) {
            if (ByteRange.parse(header, size) instanceof ByteRange.Slice(long from, long to)) {
                assertThat(from).isBetween(0L, to - 1);
                assertThat(to).isBetween(from + 1, (long) size);
            }
        }
    }

    @Property
    void agreesWithPickingByteByByte(@ForAll @IntRange(max = 12) int size,
            @ForAll @IntRange(min = -1, max = 14) int first,
            @ForAll @IntRange(min = -1, max = 14) int last) {
        String header = "bytes=" + (first < 0 ? "" : first) + "-" + (last < 0 ? "" : last);
        int from = -1;
        int count = 0;
        for (int i = 0; i < size; i++) {
            boolean wanted = first < 0 ? i >= size - last : i >= first && (last < 0 || i <= last);
            if (wanted) {
                from = from < 0 ? i : from;
                count++;
            }
        }
        boolean invalid = first < 0 && last < 0 || first >= 0 && last >= 0 && last < first;
        ByteRange expected = invalid
                ? new ByteRange.Whole()
                : count == 0 ? new ByteRange.Unsatisfiable() : new ByteRange.Slice(from, from + count);
        assertThat(ByteRange.parse(header, size)).isEqualTo(expected);
    }
}
