package org.neuropil.cli;

import java.nio.file.Path;
import java.util.List;

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
    /// @throws picocli.CommandLine.ParameterException if it is not given
    final String thing(String what) {
        if (words().isEmpty()) {
            throw usage("no " + what + " is given");
        }
        if (words().size() > 2) {
            throw usage("'" + words().get(2) + "' is one argument too many");
        }
        return words().getLast();
    }
}
