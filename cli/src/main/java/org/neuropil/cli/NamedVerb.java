package org.neuropil.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.neuropil.pipeline.Dataset;

/// A verb on a dataset, which can be left out, and one thing that is named.
abstract class NamedVerb extends Verb {
    /// What is given besides options.
    abstract List<String> words();

    @Override
    final Path folder() {
        return folder(Path.of(words().size() > 1 ? words().getFirst() : "."));
    }

    /// The thing.
    ///
    /// @param what it is, for errors
    /// @throws picocli.CommandLine.ParameterException if it is not given, or there is no dataset for it
    final String thing(String what) {
        if (words().isEmpty()) {
            throw usage("no " + what + " is given");
        }
        if (words().size() > 2) {
            throw usage("'" + words().get(2) + "' is one argument too many");
        }
        if (words().size() == 1 && !Files.exists(folder().resolve(Dataset.FILE))) {
            throw usage("'" + words().getFirst() + "' is taken for the " + what
                    + ", and the current folder is no dataset: give both, first the dataset");
        }
        return words().getLast();
    }
}
