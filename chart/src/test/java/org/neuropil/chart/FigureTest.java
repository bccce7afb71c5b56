package org.neuropil.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FigureTest {
    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void svgIsWellFormedAndSaysWhatItShows() throws Exception {
        Document svg = parse(Figures.all().svg());
        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(svg.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 700 ");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("All of " + Figures.NASTY.replace('\u0001', '?'));
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo("One of each.");
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        NodeList texts = svg.getElementsByTagName("text");
        List<String> words = IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent()).toList();
        assertThat(words).contains("direction (deg)", "response (events/s)", "azimuth (deg)", "z (SD)", "gratings",
                "0.04 cpd", "preferred", "window");
    }

    @Test
    void svgAsksNothingOfTheNetwork() throws Exception {
        String svg = Figures.all().svg();
        assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "")).doesNotContain("http", "url(", "@import",
                "@font-face", "<script");
        NodeList images = parse(svg).getElementsByTagName("image");
        assertThat(images.getLength()).isEqualTo(3);
        for (int i = 0; i < images.getLength(); i++) {
            assertThat(images.item(i).getAttributes().getNamedItem("href").getNodeValue())
                    .startsWith("data:image/png;base64,");
        }
    }

    @Test
    void theSameFigureGivesTheSameBytes() {
        assertThat(Figures.all().svg()).isEqualTo(Figures.all().svg());
        assertThat(Figures.all().png(1)).isEqualTo(Figures.all().png(1));
        assertThat(Figures.all().csv()).isEqualTo(Figures.all().csv());
    }

    @Test
    void pngShowsTheColoursOfTheMap() throws Exception {
        Layer.Scale scale = new Layer.Scale("z", "", new Range(0, 1), Colours.VIRIDIS);
        Figure figure = new Figure("t", "d", "", 400, List.of(Figure.Row.of(300, Panel.Plot.of("", Axis.of("x", ""),
                Axis.of("y", ""), List.of(new Layer.HeatMap("", new Range(0, 1), new Range(0, 1), 2, 1,
                        new double[]{0, 1}, scale))))));
        Mark.Image map = figure.draw().marks().stream().filter(mark -> mark instanceof Mark.Image image
                && image.columns() == 2).map(Mark.Image.class::cast).findFirst().orElseThrow();
        BufferedImage png = ImageIO.read(new ByteArrayInputStream(figure.png(2)));
        assertThat(png.getWidth()).isEqualTo(800);
        int y = (int) (2 * (map.y() + map.height() / 2));
        assertThat(png.getRGB((int) (2 * (map.x() + map.width() / 4)), y) & 0xffffff).isEqualTo(0x440154);
        assertThat(png.getRGB((int) (2 * (map.x() + map.width() * 3 / 4)), y) & 0xffffff).isEqualTo(0xfde725);
        assertThat(png.getRGB(3, 3) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void dataAreWhatIsShown() {
        List<String> rows = Figures.all().csv().lines().toList();
        assertThat(rows.getFirst()).isEqualTo("panel,series,kind,x,y,x2,y2,value,text");
        assertThat(rows).contains("Tuning,,axis-x,,,,,,direction (deg)", "Tuning,,axis-y,,,,,,response (events/s)",
                "Tuning,0.04 cpd,line,45,0.9,,,,", "Tuning,0.04 cpd,line,135,,,,,",
                "Polar,0.04 cpd,polar,45,0.9,,0,,", "Polar,preferred,polar,45,,,,,marked",
                "Map,,axis-value,,,,,,z (SD)", "Map,ON,map,-5,-5,,,-2,", "Map,ON,map,-5,5,,,,",
                "Map,shift,arrows,-5,-5,3,-2,,", "Histogram,cells,bars,1,5,2,,,", "Epochs,,spans,60,0,90,1,,grey");
        assertThat(rows).allMatch(row -> row.startsWith("Tuning,,words") || row.split(",", -1).length == 9);
    }

    @Test
    void panelsInAColumnHaveTheirEdgesInOneLine() {
        Panel.Plot wide = Panel.Plot.of("", Axis.of("time", "s").within(0, 10), Axis.of("speed", "cm/s"),
                List.of(new Layer.Line("", new double[]{0, 10}, new double[]{0, 100_000},
                        Layer.Pen.of(Ink.category(1)))));
        Panel.Plot map = Panel.Plot.of("", Axis.of("time", "s").within(0, 10), Axis.of("ROI", ""),
                List.of(new Layer.HeatMap("", new Range(0, 10), new Range(0, 2), 1, 2, new double[]{1, 2},
                        new Layer.Scale("dF/F", "", new Range(0, 2), Colours.VIRIDIS))));
        Scene scene = new Figure("t", "d", "", 500, List.of(Figure.Row.of(100, map), Figure.Row.of(100, wide)))
                .draw();
        Mark.Image image = (Mark.Image) scene.marks().stream().filter(Mark.Image.class::isInstance).findFirst()
                .orElseThrow();
        Mark.Path line = (Mark.Path) scene.marks().stream().filter(mark -> mark instanceof Mark.Path path
                && path.line().isPresent() && path.line().get().ink().equals(Ink.category(1))).findFirst()
                .orElseThrow();
        assertThat(line.x()[0]).isEqualTo(image.x());
        assertThat(line.x()[1]).isEqualTo(image.x() + image.width());
    }

    @Test
    void depthGrowsDownward() {
        Scene scene = new Figure("t", "d", "", 500, List.of(Figure.Row.of(200, Panel.Plot.of("", Axis.of("OSI", ""),
                Axis.of("depth", "µm").down(), List.of(new Layer.Points("", new double[]{0, 0.5},
                        new double[]{100, 400}, Ink.category(0), 3, 1))))))
                .draw();
        Mark.Dots dots = (Mark.Dots) scene.marks().stream().filter(Mark.Dots.class::isInstance).findFirst()
                .orElseThrow();
        assertThat(dots.y()[0]).isLessThan(dots.y()[1]);
    }

    @Test
    void coloursGetLighterEvenly() {
        for (Colours colours : Colours.values()) {
            double before = -1;
            for (int i = 0; i <= 100; i++) {
                int rgb = colours.rgb(i / 100.0);
                double light = 0.2126 * (rgb >> 16 & 255) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255);
                assertThat(light).as(colours + " at " + i).isGreaterThan(before);
                before = light;
            }
        }
        assertThat(Colours.VIRIDIS.rgb(Double.NEGATIVE_INFINITY)).isEqualTo(Colours.VIRIDIS.rgb(0));
    }
}
