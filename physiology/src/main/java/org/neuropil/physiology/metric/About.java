package org.neuropil.physiology.metric;

import org.neuropil.physiology.session.TraceKind;

/// What has to be known of a metric before a figure of it is compared with another one.
///
/// @param id by which it is asked for, and under which figures are kept
/// @param name in words
/// @param word that others may use for something else; metrics with the same word are told apart by `explain`
/// @param formula in plain text
/// @param differs what sets it apart from others of the same word; empty if there is none
/// @param shown of which stimuli it can be had
/// @param trace of which kind of trace it should be made, and why
/// @param window of a trial
/// @param least how many trials, conditions or frames it needs; below, it is NaN
/// @param missing what is done with missing values, and when it is NaN
/// @param bias how far few trials or noise push it, and where it can go
/// @param source where the definition comes from
public record About(String id, String name, String word, String formula, String differs, Shown shown, String trace,
        String window, String least, String missing, String bias, String source) {
    /// Of which stimuli a metric can be had.
    public enum Shown {
        /// Any that have conditions.
        ANYTHING("any"),
        /// Gratings, or other things that move in directions around the circle.
        GRATINGS("gratings"),
        /// Images, or frames of a movie.
        PICTURES("images, frames of a movie"),
        /// Locally sparse noise.
        NOISE("locally sparse noise");

        private final String words;

        Shown(String words) {
            this.words = words;
        }

        /// In words.
        public String words() {
            return words;
        }
    }

    /// The kind of trace that it is made of unless somebody asks for another: the first that [#trace()] names.
    public TraceKind kind() {
        return trace.startsWith("dF/F") ? TraceKind.DFF : TraceKind.EVENTS;
    }

    /// Begins an entry.
    static Entry of(String id, String name) {
        return new Entry(id, name);
    }

    /// An entry in the making; what is not said stays at what holds for most.
    static final class Entry {
        private final String id;
        private final String name;
        private String word;
        private String formula = "";
        private String differs = "";
        private Shown shown = Shown.ANYTHING;
        private String trace = "events: ratios need a signal that is not negative";
        private String window = "stimulus, 2 s of gratings";
        private String least = "1 trial of each condition that it uses";
        private String missing = "missing trials are skipped";
        private String bias = "";

        private Entry(String id, String name) {
            this.id = id;
            this.name = name;
            this.word = name;
        }

        Entry word(String shared, String apart) {
            word = shared;
            differs = apart;
            return this;
        }

        Entry formula(String text) {
            formula = text;
            return this;
        }

        Entry shown(Shown what) {
            shown = what;
            return this;
        }

        Entry trace(String text) {
            trace = text;
            return this;
        }

        Entry window(String text) {
            window = text;
            return this;
        }

        Entry least(String text) {
            least = text;
            return this;
        }

        Entry missing(String text) {
            missing = text;
            return this;
        }

        Entry bias(String text) {
            bias = text;
            return this;
        }

        About source(String text) {
            return new About(id, name, word, formula, differs, shown, trace, window, least, missing, bias, text);
        }
    }
}
