package org.neuropil.physiology.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    @Test
    void everyEntrySaysAll() {
        Set<String> ids = new HashSet<>();
        for (Metric metric : Catalogue.ALL) {
            About about = metric.about();
            assertThat(ids.add(about.id())).as(about.id()).isTrue();
            assertThat(about.id()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
            assertThat(List.of(about.name(), about.word(), about.formula(), about.trace(), about.window(),
                    about.least(), about.missing(), about.bias(), about.source())).as(about.id())
                    .allSatisfy(words -> assertThat(words).isNotBlank().doesNotContain("\n"));
            assertThat(Catalogue.find(about.id())).contains(metric);
        }
    }

    @Test
    void whatSharesAWordSaysHowItDiffers() {
        for (Metric metric : Catalogue.ALL) {
            About about = metric.about();
            List<About> others = Catalogue.ofSameWord(about);
            assertThat(about.differs().isEmpty()).as(about.id()).isEqualTo(others.isEmpty());
            assertThat(others).allSatisfy(other -> {
                assertThat(other.formula()).isNotEqualTo(about.formula());
                assertThat(MetricsPage.explain(metric)).contains(other.id(), other.differs(), other.formula());
            });
        }
        assertThat(Catalogue.ofSameWord(new Reliability.V1dd().about()).stream().map(About::id)).containsExactly(
                "reliability_allensdk_pairwise", "reliability_allensdk_significant", "reliability_movie_share");
    }

    @Test
    void everyClassOfAMetricIsInIt() {
        List<Class<?>> families = List.of(Preferred.class, Selectivity.class, DirectionTest.class, Responsiveness.class,
                Running.class,
                Surround.class, Sparseness.class, Reliability.class, Oracle.class, TotalCorrelation.class,
                TrialCorrelation.class, VonMises.class, RunningTest.class, Behaviour.class, Epochs.class,
                ReceptiveFields.class);
        List<Class<?>> known = new ArrayList<>();
        Catalogue.ALL.forEach(metric -> known.add(metric.getClass()));
        for (Class<?> family : families) {
            for (Class<?> found : family.getDeclaredClasses()) {
                assertThat(known.contains(found)).as(found.getName()).isEqualTo(Metric.class.isAssignableFrom(found));
            }
        }
    }

    private static List<List<String>> bias() throws IOException {
        try (InputStream in = MetricsPage.class.getResourceAsStream("bias.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines()
                    .map(row -> List.of(row.split(",", -1))).toList();
        }
    }

    @Test
    void everyMetricHasABiasOrSaysWhyNot() throws IOException {
        List<List<String>> rows = bias();
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.getFirst()));
        Set<String> measured = rows.stream().skip(1).map(List::getFirst).collect(Collectors.toSet());
        for (Metric metric : Catalogue.ALL) {
            About about = metric.about();
            assertThat(measured.contains(about.id()) || about.bias().contains("no bias is defined")).as(about.id())
                    .isTrue();
        }
        assertThat(Catalogue.ids()).containsAll(measured);
    }

    /// Of 25 rows without any bias one is beyond 3.5 standard errors in one of a hundred tables. A bias of 0.001 is smaller than
    /// the standard error of each of the rows.
    @Test
    void crossValidatedMetricsHaveNoBias() throws IOException {
        List<List<String>> rows = bias();
        List<String> header = rows.getFirst();
        Set<String> seen = new HashSet<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            String id = row.getFirst();
            if (id.endsWith("_cv")) {
                seen.add(id);
                double bias = Double.parseDouble(row.get(header.indexOf("bias")));
                double error = Double.parseDouble(row.get(header.indexOf("error")));
                double spread = Double.parseDouble(row.get(header.indexOf("spread")));
                assertThat(Math.abs(bias)).as(row.toString()).isLessThanOrEqualTo(Math.max(0.001, 3.5 * error));
                // Of so many cells that a bias could be seen.
                assertThat(error).as(row.toString()).isLessThan(0.03 * spread);
                assertThat(row.get(header.indexOf("best"))).as(row.toString()).isNotEmpty();
            }
        }
        assertThat(seen).isEqualTo(Catalogue.ALL.stream()
                .filter(metric -> metric instanceof CrossValidated || metric instanceof Surround.Crossed)
                .map(metric -> metric.about().id()).collect(Collectors.toSet())).hasSize(6);
    }

    /// To write the page anew: `mvn -pl physiology -am test -Dtest=CatalogueTest -Dneuropil.metrics.page=write
    /// -Dsurefire.failIfNoSpecifiedTests=false`.
    @Test
    void thePageIsWhatTheCatalogueSays() throws IOException {
        String page = MetricsPage.markdown();
        if (System.getProperty("neuropil.metrics.page", "").equals("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void noLineOfAnExplanationIsEmptyOfWords() {
        assertThat(Catalogue.ALL.stream().flatMap(metric -> MetricsPage.explain(metric).lines()))
                .noneMatch(line -> line.matches("\\w[\\w ]*  +$"));
        assertThat(Stream.of("osi", "nothing").map(Catalogue::find).filter(found -> found.isPresent())).hasSize(1);
    }
}
