package org.neuropil.physiology.plot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.space.InputException;

/// The stimuli of a session by their words: a family's, or the file's name of what is in none.
final class Stimuli {
    private final Session session;
    private final Map<String, List<Presentation>> shown;

    Stimuli(Session session) {
        this.session = session;
        this.shown = session.presentations().stream().collect(
                Collectors.groupingBy(shown -> word(shown.stimulus()), LinkedHashMap::new, Collectors.toList()));
    }

    static String word(String name) {
        Stimulus family = Stimulus.of(name);
        return family == Stimulus.OTHER ? name : family.word();
    }

    /// All, in the order in which they come first, with their presentations in the order of time.
    Map<String, List<Presentation>> shown() {
        return shown;
    }

    List<Presentation> of(String word) {
        return shown.getOrDefault(word, List.of());
    }

    /// The one that was asked for; else the first that suits, gratings on the full field before those in a window.
    ///
    /// @param suits whether one of its presentations is what is needed
    /// @param needed what is needed, in words
    /// @throws InputException if there is none
    String chosen(Optional<String> asked, Predicate<Presentation> suits, String needed) {
        if (asked.isPresent()) {
            String word = word(asked.get());
            if (of(word).stream().noneMatch(suits)) {
                throw new InputException(of(word).isEmpty()
                        ? "'" + asked.get() + "' was not shown"
                        : "'" + asked.get() + "' has no " + needed, session.info().name(),
                        "there are "
                                + (shown.isEmpty() ? "no stimuli" : String.join(", ", shown.keySet())));
            }
            return word;
        }
        return shown.keySet().stream().filter(word -> of(word).stream().anyMatch(suits)).findFirst()
                .orElseThrow(() -> new InputException("there are no " + needed + " in the session",
                        session.info().name(), "there are "
                                + (shown.isEmpty() ? "no stimuli" : String.join(", ", shown.keySet()))));
    }

    static boolean isGrating(Presentation shown) {
        return !shown.blank() && shown.condition().filter(Condition.Grating.class::isInstance).isPresent();
    }

    static boolean hasCondition(Presentation shown) {
        return !shown.blank() && shown.condition().isPresent();
    }
}
