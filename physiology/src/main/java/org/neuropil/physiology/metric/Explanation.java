package org.neuropil.physiology.metric;

import org.jspecify.annotations.Nullable;

/// What there is to say of a metric, as programs get it.
///
/// @param id of the metric
/// @param name in a few words
/// @param formula in letters
/// @param madeOf from what it is computed
/// @param stimuli of which stimuli
/// @param trace of which kind of traces
/// @param window of trials
/// @param atLeast trials that it needs
/// @param missing what happens to missing values
/// @param bias of the figure
/// @param interval how its spread is told
/// @param source of the formula
/// @param word that others are called by, too; null if there is no other
/// @param differs from those; null likewise
public record Explanation(String id, String name, String formula, String madeOf, String stimuli, String trace,
        String window, String atLeast, String missing, String bias, String interval, String source,
        @Nullable String word,
        @Nullable String differs) {
    /// Of a metric.
    public static Explanation of(Metric metric) {
        About about = metric.about();
        boolean alone = about.differs().isEmpty();
        return new Explanation(about.id(), about.name(), about.formula(), Catalogue.input(metric),
                about.shown().words(), about.trace(), about.window(), about.least(), about.missing(), about.bias(),
                Catalogue.interval(metric), about.source(), alone ? null : about.word(),
                alone ? null : about.differs());
    }
}
