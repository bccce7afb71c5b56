package org.neuropil.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;

import picocli.CommandLine.ParameterException;

/// What stands behind a verb on a graph: a dataset, ids or points, and a moment.
///
/// The dataset may be left out, and is told from the others by how it is written: a word of digits is an id, one with
/// commas a point, one that begins with `@` a moment. A folder of such a name is written `./123`.
///
/// @param dataset its folder
/// @param ids of nodes
/// @param points `x,y,z`
/// @param at now if there is none
record Asked(Path dataset, List<Long> ids, List<String> points, GivenMoment at) {
    private static final Pattern VALUE = Pattern.compile("@.*|[+-]?\\d[\\d.]*(,.*|@.*)?");

    /// The folder of the dataset.
    static Path dataset(List<String> words) {
        return Path.of(isDataset(words) ? words.getFirst() : ".");
    }

    private static boolean isDataset(List<String> words) {
        return !words.isEmpty() && !VALUE.matcher(words.getFirst()).matches();
    }

    /// Reads the words.
    ///
    /// @param number reads one that is neither a point nor a moment
    /// @throws ParameterException if one is none of these
    static Asked parse(Verb verb, List<String> words, ToLongFunction<String> number) {
        List<Long> ids = new ArrayList<>();
        List<String> points = new ArrayList<>();
        Optional<GivenMoment> at = Optional.empty();
        try {
            for (String word : isDataset(words) ? words.subList(1, words.size()) : words) {
                int mark = word.indexOf('@');
                String thing = mark < 0 ? word : word.substring(0, mark);
                if (thing.contains(",")) {
                    points.add(thing);
                } else if (!thing.isEmpty()) {
                    ids.add(number.applyAsLong(thing));
                }
                if (mark >= 0) {
                    GivenMoment moment = GivenMoment.parse(word.substring(mark));
                    if (at.isPresent() && !at.get().equals(moment)) {
                        throw new InputException("two moments are given, " + at.get() + " and " + moment, "",
                                "give one command for each");
                    }
                    at = Optional.of(moment);
                }
            }
        } catch (InputException e) {
            throw verb.usage(e.sentence());
        }
        return new Asked(dataset(words), ids, points, at.orElse(GivenMoment.NOW));
    }

    /// Reads an id.
    ///
    /// @throws InputException if it is none
    static long id(String word) {
        try {
            long id = Long.parseUnsignedLong(word);
            if (id != 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            throw new InputException("'" + word + "' is no id", "",
                    "ids are whole numbers; a dataset is named before them", e);
        }
        throw new InputException("id 0 is background", "", "give the id of a node");
    }

    long[] nodes() {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }
}
