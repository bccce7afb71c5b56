package org.neuropil.physiology.table;

import java.util.Optional;
import java.util.Set;

import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.trial.Cuts;

/// Which metrics of a session are computed, and how.
///
/// @param metrics ids; all if it is empty
/// @param stimuli words of families, or names in the file; all if it is empty
/// @param trace of which kind; empty for that of each metric's entry
/// @param cuts how trials are cut
/// @param drawing of the bootstrap; empty for none
/// @param draws random windows of spontaneous activity; empty for 2,500 for gratings and 10,000 for others
/// @param seed of chance and random sets
/// @param threads at work
public record SessionChoice(Set<String> metrics, Set<String> stimuli, Optional<TraceKind> trace,
        Cuts cuts, Optional<MetricTable.Drawing> drawing, Optional<Integer> draws,
        long seed, int threads) {
    /// Everything, as published.
    public static final SessionChoice ALL = new SessionChoice(Set.of(), Set.of(), Optional.empty(), Cuts.PUBLISHED,
            Optional.empty(), Optional.empty(), 0, 1);

    public SessionChoice {
        metrics = Set.copyOf(metrics);
        stimuli = Set.copyOf(stimuli);
    }

    /// The same with another bootstrap.
    ///
    /// @param other empty for none
    public SessionChoice with(Optional<MetricTable.Drawing> other) {
        return new SessionChoice(metrics, stimuli, trace, cuts, other, draws, seed, threads);
    }

    /// Whether a metric is asked for.
    boolean wants(String metric) {
        return metrics.isEmpty() || metrics.contains(metric);
    }

    /// Whether a stimulus is asked for.
    boolean wantsStimulus(String word) {
        return stimuli.isEmpty() || stimuli.contains(word);
    }
}
