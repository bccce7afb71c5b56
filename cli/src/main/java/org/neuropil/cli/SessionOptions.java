package org.neuropil.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.table.MetricTable;
import org.neuropil.physiology.table.SessionChoice;
import org.neuropil.physiology.trial.Cut;
import org.neuropil.physiology.trial.Cuts;
import org.neuropil.physiology.trial.Window;

import picocli.CommandLine.Option;

/// How metrics of sessions are computed.
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

    SessionChoice choice(Verb verb, Set<String> metrics, Optional<MetricTable.Drawing> drawing,
            Optional<Integer> draws, long seed, int threads) {
        if (baseline != null && !(baseline >= 0 && baseline < Double.POSITIVE_INFINITY)) {
            throw verb.usage("--baseline " + baseline + " is not a number of seconds");
        }
        Set<String> words = new LinkedHashSet<>();
        stimuli.forEach(name -> words
                .add(Stimulus.of(name) == Stimulus.OTHER ? name : Stimulus.of(name).word()));
        Map<Stimulus, Window> given = new EnumMap<>(Stimulus.class);
        windows.forEach((name, window) -> given.put(family(verb, name), Window.parse(window)));
        return new SessionChoice(metrics, words, Optional.ofNullable(trace).map(kind -> kind(verb, kind)),
                new Cuts(given, baseline == null ? OptionalDouble.empty() : OptionalDouble.of(baseline),
                        Optional.ofNullable(response).map(figure -> reply(verb, figure))),
                drawing, draws, seed, threads);
    }

    private static Stimulus family(Verb verb, String name) {
        Stimulus family = Stimulus.of(name);
        if (family == Stimulus.OTHER && !name.equals(Stimulus.OTHER.word())) {
            List<String> words = new ArrayList<>();
            for (Stimulus stimulus : Stimulus.values()) {
                words.add(stimulus.word());
            }
            throw verb.usage("--window '" + name + "' is no family of stimuli; there are " + String.join(", ", words));
        }
        return family;
    }

    private static Cut.Reply reply(Verb verb, String name) {
        return switch (name) {
            case "mean" -> Cut.Reply.MEAN;
            case "peak" -> Cut.Reply.PEAK;
            default -> throw verb.usage("--response '" + name + "' is none of mean, peak");
        };
    }

    private static TraceKind kind(Verb verb, String name) {
        for (TraceKind kind : TraceKind.values()) {
            if (kind.word().equals(name.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw verb.usage("--trace '" + name + "' is none of raw, neuropil, demixed, corrected, dff, events");
    }
}
