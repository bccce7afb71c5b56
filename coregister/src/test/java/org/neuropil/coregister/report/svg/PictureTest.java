package org.neuropil.coregister.report.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class PictureTest {
    private static Document parse(byte[] svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    @Property(tries = 200)
    void ticksAreRoundAndWithinTheEnds(@ForAll @DoubleRange(min = -1e6, max = 1e6) double low,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double width, @ForAll @IntRange(min = 3, max = 10) int about) {
        Axis axis = new Axis("a", low, low + width);
        List<Double> ticks = axis.ticks(about);
        assertThat(ticks.size()).isBetween(1, about + 2);
        assertThat(ticks).allSatisfy(tick -> assertThat(axis.place(tick)).isBetween(-1e-6, 1 + 1e-6));
        for (double tick : ticks) {
            assertThat(Double.parseDouble(axis.text(tick, about))).isCloseTo(tick,
                    Offset.offset(1e-9 * width + 1e-9));
        }
    }

    @Test
    void ticksByHand() {
        Axis axis = new Axis("a", -0.3, 1.02);
        assertThat(axis.ticks(5).stream().map(tick -> axis.text(tick, 5))).containsExactly("0.0", "0.5", "1.0");
        assertThat(new Axis("a", 0, 1000).ticks(5)).containsExactly(0.0, 200.0, 400.0, 600.0, 800.0, 1000.0);
        assertThatThrownBy(() -> new Axis("a", 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Axis.around("a", new double[]{Double.NaN})).isEqualTo(new Axis("a", 0, 1));
        assertThat(Axis.around("a", new double[]{3, 3}).place(3)).isEqualTo(0.5);
    }

    @Test
    void coloursGoFromDarkToLight() {
        assertThat(Colours.viridis(0)).isEqualTo("#440154");
        assertThat(Colours.viridis(0.5)).isEqualTo("#21918c");
        assertThat(Colours.viridis(2)).isEqualTo("#fde725");
        assertThat(Colours.viridis(Double.NaN)).isEqualTo("#440154");
    }

    @Test
    void aPointIsWhereItsAxesSay() throws Exception {
        Picture picture = new Picture("T", "W");
        picture.panel("p", new Axis("x (µm)", 0, 10), new Axis("y (µm)", -1, 1), 200, 100)
                .points(new double[]{5, Double.NaN}, new double[]{-0.5, 0}, "#123456", 3);
        Document svg = parse(picture.file());
        String path = "";
        for (int i = 0; i < svg.getElementsByTagName("path").getLength(); i++) {
            Element one = (Element) svg.getElementsByTagName("path").item(i);
            path = one.getAttribute("stroke").equals("#123456") ? one.getAttribute("d") : path;
        }
        // Left margin 58 and half the width; upper margin 24 and three quarters of the height.
        assertThat(path).isEqualTo("M158 99h0");
        assertThat(svg.getDocumentElement().getTextContent()).contains("x (µm)").contains("y (µm)");
    }

    @Test
    void whatIsDrawnIsXmlWhateverTheTexts() throws Exception {
        String odd = "a<b> & \"c\" 'd' \u0001 \uFFFE \uD83E\uDDE0 ]]>";
        Picture picture = new Picture(odd, odd);
        Axis axis = new Axis(odd, 0, 1);
        double[] values = {0, 0.5, 1, Double.POSITIVE_INFINITY, Double.NaN};
        picture.panel(odd, axis, axis, 100, 100).points(values, values, values, axis, 2).scale(axis)
                .line(values, values, "currentColor", true).bars(new double[]{0, 0.5, 1}, new double[]{0.2, 0.4}, "red")
                .arrow(0, 0, 1, 1, "red").arrow(0, 0, 0, 0, "red").legend(odd, "red");
        Document svg = parse(picture.file());
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("a<b> & \"c\" 'd' ? ? \uD83E\uDDE0 ]]>");
        assertThat(picture.element()).isEqualTo(picture.element()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(new String(picture.file(), StandardCharsets.UTF_8)).contains("prefers-color-scheme:dark");
    }
}
