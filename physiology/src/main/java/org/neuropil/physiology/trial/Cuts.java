package org.neuropil.physiology.trial;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import org.neuropil.physiology.session.Stimulus;

/// How trials of all stimuli are cut: as published ([Cut#of(Stimulus)]), but for what is said here.
///
/// @param windows by stimulus
/// @param baseline seconds before each trial whose mean is subtracted; 0 for none
/// @param reply which figure of a window is the response
public record Cuts(Map<Stimulus, Window> windows, OptionalDouble baseline, Optional<Cut.Reply> reply) {
    /// All as published.
    public static final Cuts PUBLISHED = new Cuts(Map.of(), OptionalDouble.empty(), Optional.empty());

    public Cuts {
        windows = windows.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(windows));
    }

    /// That of a stimulus.
    public Cut of(Stimulus stimulus) {
        Cut published = Cut.of(stimulus);
        Window given = windows.get(stimulus);
        return new Cut(given == null ? published.window() : given, baseline.orElse(published.baseline()),
                reply.orElse(published.reply()));
    }
}
