package org.neuropil.cli;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.table.ChoiceWords;
import org.neuropil.physiology.table.MetricTable;
import org.neuropil.physiology.table.SessionChoice;
import org.neuropil.space.InputException;

import picocli.CommandLine.Option;

/// How trials of sessions are made.
final class SessionOptions {
    @Option(names = "--stimuli", paramLabel = "NAMES", split = ",", description = "Of sessions: only these, by family (drifting_gratings_full, dgw, lsn, natural_images ...) or the file's name.")
    private Set<String> stimuli = Set.of();

    @Option(names = "--trace", paramLabel = "KIND", description = "Of sessions: events, dff, corrected, demixed, neuropil or raw; that which 'explain' names for each metric if left out.")
    private @Nullable String trace;

    @Option(names = "--window", paramLabel = "FAMILY=W", split = ",", description = "Of sessions: what counts of a trial, as in drifting_gratings_full=2s, natural_images=3f (frames), other=shown.")
    private Map<String, String> windows = Map.of();

    @Option(names = "--baseline", paramLabel = "SECONDS", description = "Of sessions: subtract from each trial the mean of so long before it; 0.5 of moving bars and 0 of others if left out.")
    private @Nullable Double baseline;

    @Option(names = "--response", paramLabel = "FIGURE", description = "Of sessions: mean or peak of a trial's window; peak of moving bars and mean of others if left out.")
    private @Nullable String response;

    /// Whether one of them is given.
    boolean areGiven() {
        return !stimuli.isEmpty() || trace != null || !windows.isEmpty() || baseline != null
                || response != null;
    }

    /// What was given.
    ChoiceWords words() {
        return new ChoiceWords(stimuli, Optional.ofNullable(trace), windows, Optional.ofNullable(baseline),
                Optional.ofNullable(response));
    }

    SessionChoice choice(Verb verb, Set<String> metrics, Optional<MetricTable.Drawing> drawing,
            Optional<Integer> draws, long seed, int threads) {
        return understood(verb, () -> words().choice(metrics, drawing, draws, seed, threads));
    }

    /// A word that means nothing is wrong usage.
    static <T> T understood(Verb verb, Supplier<T> made) {
        try {
            return made.get();
        } catch (InputException e) {
            throw verb.usage(e.sentence());
        }
    }
}
