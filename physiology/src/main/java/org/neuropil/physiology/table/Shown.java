package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Stimulus;

/// A stimulus of a session: what was shown of it, and during which parts of the session.
///
/// @param word its family's, or the file's name if that is none that metrics know
/// @param name as presentations and templates call it; empty if nothing of it was presented
/// @param presentations in the order of time
/// @param epochs in the order of time
record Shown(String word, String name, Stimulus family, List<Presentation> presentations, List<Epoch> epochs) {
    /// All stimuli of a session, in the order in which they come first.
    static List<Shown> of(Session session) {
        Map<String, List<Presentation>> presentations = new LinkedHashMap<>();
        Map<String, List<Epoch>> epochs = new LinkedHashMap<>();
        for (Epoch epoch : session.epochs()) {
            presentations.computeIfAbsent(word(epoch.name()), _ -> new ArrayList<>());
            epochs.computeIfAbsent(word(epoch.name()), _ -> new ArrayList<>()).add(epoch);
        }
        session.presentations().forEach(presentation -> presentations
                .computeIfAbsent(word(presentation.stimulus()), _ -> new ArrayList<>()).add(presentation));
        List<Shown> shown = new ArrayList<>();
        presentations.forEach((word, of) -> shown.add(new Shown(word, of.isEmpty() ? "" : of.getFirst().stimulus(),
                Stimulus.of(word), List.copyOf(of), epochs.getOrDefault(word, parts(word, of)))));
        return List.copyOf(shown);
    }

    static String word(String name) {
        Stimulus family = Stimulus.of(name);
        return family == Stimulus.OTHER ? name : family.word();
    }

    /// From first to last, where the file tells no epoch.
    private static List<Epoch> parts(String word, List<Presentation> of) {
        return of.isEmpty() ? List.of() : List.of(new Epoch(word, of.getFirst().start(), of.getLast().stop()));
    }

    /// What can be a film: a movie's frames or runs; of other stimuli, runs that have no condition or the number of a film
    /// (MICrONS' clips). Gratings and single images are none.
    List<Presentation> filmed() {
        boolean filmed = family == Stimulus.NATURAL_MOVIE || family == Stimulus.OTHER && presentations.stream()
                .allMatch(shown -> shown.condition().map(Condition.Picture.class::isInstance).orElse(true));
        return filmed ? presentations : List.of();
    }
}
