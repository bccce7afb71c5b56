package org.neuropil.physiology.nwb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

class ZarrObjectsTest {
    /// numcodecs 0.15.2 on NumPy 2.4.6: `Pickle().encode(numpy.array(["a", "bb", 0], object))`.
    private static final String PICKLED = "80059594000000000000008c166e756d70792e5f636f72652e6d756c74696172726179948c0c5f"
            + "7265636f6e7374727563749493948c056e756d7079948c076e6461727261799493944b0085944301629487945294284b014b038594"
            + "68038c0564747970659493948c024f3894898887945294284b038c017c944e4e4e4affffffff4affffffff4b3f749462895d94288c"
            + "0161948c026262944b0065749462"
            + "2e";

    private static List<String> pickled(String hex) throws IOException {
        return Pickle.texts(HexFormat.of().parseHex(hex));
    }

    @Test
    void textsOfAPickledArrayAreReadAndNothingIsRun() throws IOException {
        assertThat(pickled(PICKLED)).containsExactly("a", "bb", "0");
        // pickle.dumps(["x", "yz"], 2)
        assertThat(pickled("80025d7100285801000000787101580200000079" + "7a7102652e")).containsExactly("x", "yz");
        // cos.system (S'true') R: a call is but a thing without elements.
        assertThatThrownBy(() -> pickled(HexFormat.of().formatHex("cos\nsystem\n(X".getBytes(StandardCharsets.US_ASCII))
                + "0400000074727565" + "74522e")).isInstanceOf(IOException.class).hasMessageContaining("no texts");
    }

    @Test
    void whatRefersToItselfOrIsCutIsRefused() {
        // A list that holds itself.
        assertThatThrownBy(() -> pickled("80025d71006800612e")).isInstanceOf(IOException.class);
        for (int end = 0; end < PICKLED.length() - 2; end += 2) {
            int length = end;
            assertThatThrownBy(() -> pickled(PICKLED.substring(0, length))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void otherCodecsAreRead() throws IOException {
        byte[] lengths = HexFormat.of().parseHex("02000000" + "03000000" + "646766" + "00000000");
        assertThat(ZarrObjects.texts(lengths, "vlen-utf8", 2, "x")).containsExactly("dgf", "");
        assertThatThrownBy(() -> ZarrObjects.texts(lengths, "vlen-utf8", 1, "x")).isInstanceOf(IOException.class);
        byte[] json = "[\"a\",0,\"|O\",[2]]".getBytes(StandardCharsets.UTF_8);
        assertThat(ZarrObjects.texts(json, "json2", 2, "x")).containsExactly("a", "0");
        byte[] wide = "a\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ZarrObjects.fixed(wide, 8, true, false)).containsExactly("a");
        assertThat(ZarrObjects.fixed("ab\0c\0\0".getBytes(StandardCharsets.UTF_8), 3, false, false))
                .containsExactly("ab", "c");
    }
}
