package org.neuropil.volume.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SectionNamesTest {
    @Test
    void ordersByNumbers() {
        assertThat(List.of("s10.png", "s9.png", "s09b.png", "s1_20.png", "s1_3.png", "r99.png",
                "s123456789012345678901234567890.png").stream().sorted(SectionNames.NATURAL)).containsExactly("r99.png",
                        "s1_3.png", "s1_20.png", "s9.png", "s09b.png", "s10.png",
                        "s123456789012345678901234567890.png");
    }

    @Property(tries = 2000, seed = "1")
    void isAnOrder(@ForAll("names") String a, @ForAll("names") String b, @ForAll("names") String c) {
        assertThat(Integer.signum(SectionNames.NATURAL.compare(a, b)))
                .isEqualTo(-Integer.signum(SectionNames.NATURAL.compare(b, a)));
        assertThat(SectionNames.NATURAL.compare(a, b) == 0).isEqualTo(a.equals(b));
        if (SectionNames.NATURAL.compare(a, b) <= 0 && SectionNames.NATURAL.compare(b, c) <= 0) {
            assertThat(SectionNames.NATURAL.compare(a, c)).isLessThanOrEqualTo(0);
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("019ab.").ofMaxLength(6);
    }

    @Test
    void saysWhichNumberIsMissing() {
        assertMissing("0017.png is missing between 0016.png and 0018.png", "0015.png", "0016.png", "0018.png");
        assertMissing("s9_b2.tif to s11_b2.tif are missing between s8_b2.tif and s12_b2.tif", "s8_b2.tif",
                "s12_b2.tif");
        assertMissing("3.png is missing between 2.png and 4.png, and so are others at 2 more places", "1.png", "2.png",
                "4.png", "6.png", "9.png");
        assertMissing("099.png is missing between 098.png and 100.png", "098.png", "100.png");
        assertMissing("7.png and 07.png have the same number", "7.png", "07.png");
    }

    @Test
    void takesAnyFirstNumberAndNamesThatAreNotNumbered() {
        for (List<String> names : List.of(List.of("17.png"), List.of("17.png", "18.png", "19.png"),
                List.of("9.png", "10.png"), List.of("a.png", "b.png"), List.of("a1.png", "b3.png"),
                List.of("a1.png", "b3.png", "b4.tif"), List.of("s1_2.png", "s2_9.png"), List.<String>of())) {
            assertThatCode(() -> SectionNames.checkNumbers(names, "folder")).as("%s", names)
                    .doesNotThrowAnyException();
        }
    }

    private static void assertMissing(String message, String... names) {
        assertThatThrownBy(() -> SectionNames.checkNumbers(List.of(names), "folder"))
                .isInstanceOf(InputException.class).hasMessage(message);
    }
}
