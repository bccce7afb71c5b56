package org.neuropil.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.neuropil.pipeline.Dataset;

import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// A verb on the tables of a dataset, which can be left out, and a number of things that are named behind it.
abstract class TablesVerb extends Verb {
    @Option(names = "--tables", paramLabel = "ADDRESS", order = 91, defaultValue = "", description = "Where live rows are: jdbc:postgresql://HOST/DATABASE?user=NAME; the dataset's folder if left out.")
    private String rows = "";

    /// What is given besides options.
    abstract List<String> words();

    /// What the things are called that have to be given, in order.
    abstract List<String> things();

    @Override
    Path folder() {
        return folder(Path.of(words().size() > things().size() ? words().getFirst() : "."));
    }

    /// Where live rows are.
    final String rows() {
        return rows;
    }

    /// One of the things.
    ///
    /// @throws ParameterException if it is not given, or more is given than things, or there is no dataset for them
    final String thing(int index) {
        List<String> all = things();
        int given = words().size();
        if (given < all.size()) {
            throw usage("no " + all.get(given) + " is given");
        }
        if (given > all.size() + 1) {
            throw usage("'" + words().get(all.size() + 1) + "' is one argument too many");
        }
        if (given == all.size()) {
            checkHere(words().getFirst(), all.getFirst());
        }
        return words().get(given - all.size() + index);
    }

    /// @throws ParameterException if the current folder is no dataset, though none is given
    final void checkHere(String word, String what) {
        if (!Files.exists(folder().resolve(Dataset.FILE))) {
            throw usage("'" + word + "' is taken for the " + what
                    + ", and the current folder is no dataset: give both, first the dataset");
        }
    }
}
