package org.neuropil.physiology.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The catalogue in words: a page for the documentation, and what is said of one metric.
public final class MetricsPage {
    private static final String SESSIONS = """
            ## Of sessions

            `neuropil metrics compute SESSION` takes a session in any form that is read ([sessions.md](sessions.md)), a folder of
            them or a dataset, and gives a row for each cell, metric and stimulus, with the kind of trace that it was made of.

            - Windows of trials are the published ones: 2 s of gratings, 2 frames of images and sparse noise, 3 frames of a movie, of
              others as long as they were shown; `--window` names others. A trial that does not lie wholly within the recording has
              no response. `--baseline SECONDS` subtracts what was before a trial.
            - The speed of a trial is the mean over its window with 0.1 s before and after.
            - Chance comes from the spontaneous epoch; its windows have round(length of a trial / time between frames) frames,
              and give what trials give: the mean or the peak, less the same baseline.
            - The trace is the one named first below; where a plane lacks it, what comes nearest (dF/F, corrected, demixed, raw).
              `--trace` asks for one and no other.
            - Correlations of trials over time are computed where a window has 3 frames or more. Films are the repeats of a movie, or
              of those films that ran most often.
            - Metrics of pairs go to a file of their own, `--pairs-out`, in single precision: a row for each pair and stimulus. Frames
              of a movie are no trials there, since their windows overlap. With `--samples` each figure of a pair has its standard
              error and interval in three columns more; that takes long, so the time is told before, and where it is more
              than an hour `--pairs-samples` has to say how many samples of pairs are wanted (0 for none).
            - Population sparseness is of one kind of trace: the first that all planes have.
            """;
    private static final String BIAS = """
            ## Bias at published numbers of trials

            Made cells whose truth is known: events come at random (Poisson) with random sizes, at rates that depend on direction
            (`untuned`, `broad`, `sharp`; `sparse`: few events), image or film. *True* is the metric with very many trials, or the
            truth by construction;
            *mean*, *bias* and *spread* (standard deviation) are those of made cells with as many trials as said, *error* is the
            standard error of the bias, *undefined* the share of cells for which the metric is NaN.

            A cross-validated metric (`_cv`) tells of the condition that half of the trials chose. So it is compared, cell by cell, with
            the truth at the conditions (and directions) that its halves chose: *true* is the mean of these, and *bias* what the metric
            adds to it. That noise chose another condition than the best one is no error of the figure but of the choice: *best* is the
            truth at the best condition, and *mean* less *best* what choice and figure miss together.

            Tests have a false-positive rate instead of a bias: `share below 0.05` is that of cells of which nothing is true. What a test
            says of cells of which something is true depends on the number of trials by design.

            `bench/metrics` makes this table (`bias.csv` in the module `physiology`).

            | id | cell | trials | true | best | mean | bias | error | spread | undefined |
            |---|---|---|---|---|---|---|---|---|---|
            """;

    private MetricsPage() {}

    /// All that is known of a metric, a line each, and how others of the same word differ.
    public static String explain(Metric metric) {
        About about = metric.about();
        StringBuilder text = new StringBuilder(about.id()).append(": ").append(about.name()).append("\n\n");
        line(text, "formula", about.formula());
        line(text, "made of", Catalogue.input(metric));
        line(text, "stimuli", about.shown().words());
        line(text, "trace", about.trace());
        line(text, "window", about.window());
        line(text, "at least", about.least());
        line(text, "missing", about.missing());
        line(text, "bias", about.bias());
        line(text, "interval", Catalogue.interval(metric));
        line(text, "source", about.source());
        List<About> others = Catalogue.ofSameWord(about);
        if (!others.isEmpty()) {
            text.append("\nOthers are called '").append(about.word()).append("' too. This one is ")
                    .append(about.differs())
                    .append(".\n");
            others.forEach(other -> text.append("  ").append(other.id()).append(": ").append(other.differs())
                    .append("\n    ").append(other.formula()).append('\n'));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String words) {
        text.append(what).append(" ".repeat(10 - what.length())).append(words).append('\n');
    }

    /// The page.
    public static String markdown() {
        StringBuilder page = new StringBuilder(
                """
                        # Metrics

                        Each metric is one definition with an id of its own. Where publications call several quantities by one word,
                        all of them are here, and each says what sets it apart. `neuropil metrics explain ID` says the same as this
                        page, `neuropil metrics compute` computes them. This page is made from the catalogue
                        (`org.neuropil.physiology.metric.Catalogue`) and is not written by hand.

                        R(c) is the mean response of a cell over the trials of condition c; the response of a trial is the mean of the
                        trace over a window that is closed on both time labels. Blank screens are no condition.

                        What holds for all:

                        - A missing value is NaN. Missing trials and frames are skipped; what cannot be computed then is NaN, never 0.
                        - Of equal means the first one counts: by direction, spatial, then temporal frequency; images by number.
                        - A quotient is NaN unless what stands below the line is above 0.
                        - Values that differ by less than 1e-12 of the largest one are constant; a correlation with them is NaN.
                        - Halves of the trials are every second trial of each condition, in the order of time, among those that have a
                          response: the same halves each time.
                        - Chance and bootstrap are seeded, with SplitMix64; the same seed gives the same figures.
                        - The bootstrap (`--samples`) draws trials anew within each condition, and gives a standard error and a percentile
                          interval; what else is drawn where there are no trials is told under *interval*. It tells the spread, not
                          the bias. Frames are drawn in blocks, since neighbours are alike: with blocks ten times as long as
                          the signals remember the error of a mean comes out about a tenth too small, so take longer ones
                          (`--block`) where behaviour is slow. Copies of a trial are never compared with each other: all of them
                          are in the half that the trial was in, and two of them are no pair. Drawn trials choose anew what a
                          cross-validated metric (`_cv`) is measured at: its 95 % intervals hold the truth in 95 to 100 % at 8 trials.

                        | id | name | made of |
                        |---|---|---|
                        """);
        for (Metric metric : Catalogue.ALL) {
            About about = metric.about();
            page.append("| [`").append(about.id()).append("`](#").append(about.id()).append(") | ").append(about.name())
                    .append(" | ").append(Catalogue.input(metric)).append(" |\n");
        }
        page.append('\n').append(SESSIONS);
        Catalogue.ALL.forEach(metric -> entry(page, metric));
        bias(page);
        return page.toString();
    }

    private static void entry(StringBuilder page, Metric metric) {
        About about = metric.about();
        page.append("\n## ").append(about.id()).append("\n\n");
        String name = about.name();
        page.append(Character.toUpperCase(name.charAt(0))).append(name, 1, name.length()).append(".\n\n");
        page.append("    ").append(about.formula()).append("\n\n");
        item(page, "made of", Catalogue.input(metric) + "; stimuli: " + about.shown().words());
        item(page, "trace", about.trace());
        item(page, "window", about.window());
        item(page, "at least", about.least());
        item(page, "missing", about.missing());
        item(page, "bias", about.bias());
        item(page, "interval", Catalogue.interval(metric));
        item(page, "source", about.source());
        List<About> others = Catalogue.ofSameWord(about);
        if (!others.isEmpty()) {
            item(page, "not the same as", String.join(", ", others.stream()
                    .map(other -> "[`" + other.id() + "`](#" + other.id() + ")").toList()) + ". This one: "
                    + about.differs());
        }
    }

    private static void bias(StringBuilder page) {
        page.append("\n").append(BIAS);
        try (InputStream in = MetricsPage.class.getResourceAsStream("bias.csv")) {
            String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            table.lines().skip(1).map(row -> row.split(",", -1)).forEach(cells -> page.append("| [`")
                    .append(cells[0]).append("`](#").append(cells[0]).append(") | ")
                    .append(String.join(" | ", List.of(cells).subList(1, cells.length))).append(" |\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void item(StringBuilder page, String what, String words) {
        page.append("- ").append(what).append(": ").append(words.replace("*", "\\*").replace("|", "\\|")).append('\n');
    }
}
