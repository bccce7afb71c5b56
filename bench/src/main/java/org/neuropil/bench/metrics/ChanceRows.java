package org.neuropil.bench.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Metric;

/// Rows of tests. Of a cell that has what is tested for, they depend on the number of trials by design; of one that has not,
/// a test at 5 % is to find it in 5 %, and a ratio to chance has the distribution of chance.
final class ChanceRows {
    private static final double LEVEL = 0.05;
    /// Mean of Rayleigh's distribution whose mean square is 1.
    private static final double RAYLEIGH = Math.sqrt(Math.PI) / 2;
    private static final TunedCell UNTUNED = TunedCell.ALL.getFirst();

    private ChanceRows() {}

    /// Adds those of trials.
    static void add(BiasRows rows) {
        String once = "untuned; one spatial frequency";
        List<Condition> circle = new ArrayList<>();
        for (Condition condition : TunedCell.conditions()) {
            if (condition instanceof Grating grating && grating.spatialFrequency() < 0.06) {
                circle.add(condition);
            }
        }
        List<Responses> ofCircle = draw(rows, circle, 8);
        List<Responses> ofTwo = draw(rows, TunedCell.conditions(), 8);
        List<Responses> ofMany = draw(rows, TunedCell.temporalFrequencies(), 15);
        for (Metric metric : Catalogue.ALL) {
            if (!(metric instanceof Metric.OfTrials of)) {
                continue;
            }
            String id = metric.about().id();
            if (id.equals("direction_vector_ratio")) {
                rows.add(id, once, "12 x 8", RAYLEIGH, ofCircle, of::of);
                rows.add(id, "untuned", "24 x 8", RAYLEIGH, ofTwo, of::of);
            } else if (id.equals("direction_p")) {
                rows.add(id, once + share(LEVEL), "12 x 8", LEVEL, ofCircle, below(LEVEL, of::of));
                rows.add(id, "untuned" + share(LEVEL), "24 x 8", LEVEL, ofTwo, below(LEVEL, of::of));
            } else if (id.startsWith("run_mod_p_")) {
                rows.add(id, "untuned" + share(LEVEL), "24 x 8", LEVEL, ofTwo, below(LEVEL, of::of));
                rows.add(id, "untuned" + share(LEVEL), "40 x 15", LEVEL, ofMany, below(LEVEL, of::of));
            }
        }
    }

    private static List<Responses> draw(BiasRows rows, List<Condition> conditions, int repeats) {
        return rows.drawMany(random -> UNTUNED.responses(conditions, repeats, new double[0], 1, random));
    }

    private static String share(double level) {
        return "; share below " + level;
    }

    /// Whether a probability is below a level; NaN if there is none.
    static <T> ToDoubleFunction<T> below(double level, ToDoubleFunction<T> probability) {
        return drawn -> {
            double p = probability.applyAsDouble(drawn);
            return Double.isNaN(p) ? p : p < level ? 1 : 0;
        };
    }
}
