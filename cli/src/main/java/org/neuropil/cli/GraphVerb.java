package org.neuropil.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;

import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// A verb on a graph that exists.
abstract class GraphVerb extends Verb {
    /// Of what can stand behind such a verb.
    static final String DATASET = "[DATASET]";

    @Option(names = "--graph", paramLabel = "NAME", order = 90, defaultValue = "", description = "Which graph: a part, a virtual graph, or the address bigtable://project/instance/table of its rows; the dataset's graph if left out.")
    private String name = "";

    /// What is given besides options.
    abstract List<String> words();

    /// Does it.
    abstract void run(OpenGraph graph, Asked asked) throws Exception;

    /// Looks whether what is given is what the verb needs, before anything is opened.
    ///
    /// @throws ParameterException if it is not
    abstract void check(Asked asked);

    /// Reads a whole number that is given: the id of a node.
    ///
    /// @throws InputException if it is none
    long number(String word) {
        return Asked.id(word);
    }

    @Override
    Path folder() {
        return folder(Asked.dataset(words()));
    }

    @Override
    void run() throws Exception {
        Asked asked = Asked.parse(this, words(), this::number);
        check(asked);
        try (Dataset dataset = Dataset.open(folder()); OpenGraph graph = OpenGraph.open(dataset, name)) {
            run(graph, asked);
        }
    }

    /// Says on a terminal how much of what there is has been printed.
    final void total(long shown, long of, String what) {
        if (common().format() == Format.text && terminal().out()) {
            out().println(String.format(Locale.ROOT, "%,d of %,d %s", shown, of, what));
            out().flush();
        }
    }

    /// @throws ParameterException if there are ids, points or a moment that the verb has no use for
    final void checkNone(Asked asked, boolean ids, boolean points, boolean moment) {
        if (ids && !asked.ids().isEmpty()) {
            throw usage("'" + Ids.text(asked.ids().getFirst()) + "' is an id, and none is asked for here");
        }
        if (points && !asked.points().isEmpty()) {
            throw usage("'" + asked.points().getFirst() + "' is a point, and none is asked for here");
        }
        if (moment && !asked.at().isNow()) {
            throw usage("a moment is given, @" + asked.at() + ", and none is asked for here");
        }
    }

    final void checkIds(Asked asked, String what) {
        if (asked.ids().isEmpty()) {
            throw usage("no " + what + " is given");
        }
    }

    /// Says of which moment the answer is, if one was given.
    final void sayMoment(Asked asked) {
        if (!asked.at().isNow()) {
            say("at " + asked.at());
        }
    }
}
