package org.neuropil.cli;

import java.nio.file.Path;

import picocli.CommandLine.Parameters;

/// A verb on a dataset that exists.
abstract class DatasetVerb extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", defaultValue = ".", description = "Folder that holds dataset.json; the current one if left out.")
    private Path dataset = Path.of(".");

    @Override
    final Path folder() {
        return folder(dataset);
    }
}
