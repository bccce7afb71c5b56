package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.trial.Cut;
import org.neuropil.physiology.trial.Cuts;
import org.neuropil.physiology.trial.Window;
import org.neuropil.space.InputException;

/// How trials of sessions are made, in the words of command line and HTTP.
///
/// @param stimuli families, or names in the file; all if it is empty
/// @param trace word of a kind of traces
/// @param windows by family: `2s`, `3f`, `shown`
/// @param baseline seconds before each trial whose mean is subtracted
/// @param response `mean` or `peak`
public record ChoiceWords(Set<String> stimuli, Optional<String> trace, Map<String, String> windows,
        Optional<Double> baseline, Optional<String> response) {
    /// Copies.
    public ChoiceWords {
        stimuli = Set.copyOf(stimuli);
        windows = Map.copyOf(windows);
    }

    /// What is computed of sessions.
    ///
    /// @throws InputException if a word means nothing; its place is the option, `--trace` and so on
    public SessionChoice choice(Set<String> metrics, Optional<MetricTable.Drawing> drawing, Optional<Integer> draws,
            long seed, int threads) {
        return new SessionChoice(metrics, families(), kind(), cuts(), drawing, draws, seed, threads);
    }

    /// The stimuli by their families' words, which files call otherwise.
    public Set<String> families() {
        Set<String> words = new LinkedHashSet<>();
        stimuli.forEach(name -> words.add(Shown.word(name)));
        return words;
    }

    /// How trials are cut.
    ///
    /// @throws InputException if a word means nothing
    public Cuts cuts() {
        if (baseline.isPresent() && !(baseline.get() >= 0 && baseline.get() < Double.POSITIVE_INFINITY)) {
            throw new InputException(baseline.get() + " is not a number of seconds", "--baseline",
                    "write 0, 0.5 and the like");
        }
        Map<Stimulus, Window> given = new EnumMap<>(Stimulus.class);
        windows.forEach((name, window) -> given.put(family(name), window(window)));
        return new Cuts(given, baseline.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                response.map(ChoiceWords::reply));
    }

    private static Window window(String text) {
        try {
            return Window.parse(text);
        } catch (InputException e) {
            throw new InputException(e.what(), "--window", e.hint(), e);
        }
    }

    private static Stimulus family(String name) {
        Stimulus family = Stimulus.of(name);
        if (family == Stimulus.OTHER && !name.equals(Stimulus.OTHER.word())) {
            List<String> words = new ArrayList<>();
            for (Stimulus stimulus : Stimulus.values()) {
                words.add(stimulus.word());
            }
            throw new InputException("'" + name + "' is no family of stimuli", "--window",
                    "there are " + String.join(", ", words));
        }
        return family;
    }

    private static Cut.Reply reply(String name) {
        return switch (name) {
            case "mean" -> Cut.Reply.MEAN;
            case "peak" -> Cut.Reply.PEAK;
            default -> throw new InputException("'" + name + "' is none of mean, peak", "--response", "");
        };
    }

    /// The kind of traces; empty if none was named.
    ///
    /// @throws InputException if the word is none
    public Optional<TraceKind> kind() {
        return trace.map(word -> {
            List<String> known = new ArrayList<>();
            for (TraceKind kind : TraceKind.values()) {
                if (kind.word().equals(word.toLowerCase(Locale.ROOT))) {
                    return kind;
                }
                known.add(kind.word());
            }
            throw new InputException("'" + word + "' is none of " + String.join(", ", known), "--trace", "");
        });
    }
}
