package org.neuropil.coregister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LandmarkCsvTest {
    private static final String PLAIN = """
            Pt-1,TRUE,284361,136378,14977,0.804354,0.934165,0.274648
            Pt-10044,FALSE,289859,175441,25125,0,0,0
            """;

    private static List<Landmark> parse(String text) {
        return LandmarkCsv.parse(text.getBytes(StandardCharsets.UTF_8), "l.csv");
    }

    private static String written(List<Landmark> landmarks, LandmarkCsv.Form form) {
        return new String(LandmarkCsv.bytes(landmarks, form), StandardCharsets.UTF_8);
    }

    @Test
    void readsTheFormThatIsPassedAround() {
        List<Landmark> landmarks = parse(PLAIN);
        assertThat(landmarks).containsExactly(
                new Landmark("Pt-1", true, Optional.of(new Point3(284361, 136378, 14977)),
                        Optional.of(new Point3(0.804354, 0.934165, 0.274648))),
                new Landmark("Pt-10044", false, Optional.of(new Point3(289859, 175441, 25125)),
                        Optional.of(new Point3(0, 0, 0))));
        assertThat(written(landmarks, LandmarkCsv.Form.PLAIN)).isEqualTo(PLAIN);
    }

    @Test
    void readsWhatBigWarpWrites() {
        String text = """
                "Pt-0","true","10.5","20.0","30.0","1.0","2.0","3.25"
                "Pt-1","false","1.0E10","5.0","6.0","Infinity","Infinity","Infinity"
                """;
        List<Landmark> landmarks = parse("\uFEFF" + text.replace("\n", "\r\n") + "\r\n");
        assertThat(landmarks).extracting(Landmark::isUsed).containsExactly(true, false);
        assertThat(landmarks.get(1).moving()).contains(new Point3(1e10, 5, 6));
        assertThat(landmarks.get(1).fixed()).isEmpty();
        assertThat(written(landmarks, LandmarkCsv.Form.BIGWARP)).isEqualTo(text);
    }

    @Test
    void anActiveOneWithoutAPointIsNotUsed() {
        assertThat(parse("a,TRUE,1,2,3,Infinity,Infinity,Infinity").getFirst().isUsed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a,TRUE,1,2,3,4,5|l.csv, line 2: 7 columns where there are 8",
        "a,TRUE,1,2,3,4|landmarks of two dimensions",
        "name,active,x,y,z,x,y,z|l.csv, line 2, column 2 (active): 'active' is neither true nor false",
        "a,TRUE,1,2,x,4,5,6|l.csv, line 2, column 5 (moving z): 'x' is not a number",
        "a,TRUE,1,2,3,4,0x1p3,6|column 7 (fixed y): '0x1p3' is not a number",
        "a,TRUE,1,2,3,4,,6|column 7 (fixed y): '' is not a number",
        "a,TRUE,1,2,3,4,1e999,6|'1e999' is too large a number",
        "a,TRUE,1,2,3,4,5,Infinity|column 6 (fixed x): a point has some of its coordinates only",
        "\"a,TRUE,1,2,3,4,5,6|l.csv, line 2, column 1: a quote is not closed",
        "\"a\"b,TRUE,1,2,3,4,5,6|column 1: text stands behind a closing quote"})
    void saysWhatIsWrongAndWhere(String line, String words) {
        assertThatThrownBy(() -> parse("ok,true,1,2,3,4,5,6\n" + line + "\n")).isInstanceOfSatisfying(
                InputException.class, e -> assertThat(e.sentence()).contains(words));
    }

    @Property(tries = 300)
    void readsWhatItWrites(@ForAll("landmarks") List<Landmark> landmarks,
            @ForAll LandmarkCsv.Form form) {
        assertThat(parse(written(landmarks, form))).isEqualTo(landmarks);
    }

    @Provide
    Arbitrary<List<Landmark>> landmarks() {
        Arbitrary<Double> number = Arbitraries.oneOf(Arbitraries.doubles().between(-1e300, 1e300),
                Arbitraries.integers().between(-1_000_000, 1_000_000).map(Integer::doubleValue)).map(d -> d + 0.0);
        Arbitrary<Optional<Point3>> point = Combinators.combine(number, number, number).as(Point3::new).optional();
        Arbitrary<String> name = Arbitraries.strings().withChars("ab ,\"\n\u00e9\u4e2d").ofMaxLength(8);
        return Combinators.combine(name, Arbitraries.of(true, false), point, point).as(Landmark::new).list()
                .ofMaxSize(5);
    }
}
