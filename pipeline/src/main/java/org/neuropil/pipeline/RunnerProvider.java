package org.neuropil.pipeline;

import java.io.IOException;
import java.util.OptionalInt;

/// Offers a [Runner] by a name. A module that has one names its provider in `META-INF/services`; [Runners] finds it if
/// the module is on the class path.
public interface RunnerProvider {
    /// What `--runner` is given to get it.
    String name();

    /// Makes the runner.
    ///
    /// @param threads asked for; empty for as many as there are
    /// @throws org.neuropil.space.InputException if something is missing that the user must give
    /// @throws IOException if it cannot be started
    Runner open(OptionalInt threads) throws IOException;
}
