package org.neuropil.circuits.ask;

import java.util.Map;

import org.neuropil.circuits.wiring.Wiring;

/// A scientific question with its parameters. A pure function of wiring, parameters and seed.
public interface Question {
    /// Its name: a word of the command line and of paths.
    String id();

    /// What it asks, in a sentence.
    String asks();

    /// Its parameters by name, for the record.
    Map<String, Object> parameters();

    /// How many steps are told while it is answered.
    int steps();

    /// Answers it. The answer does not depend on the number of threads.
    ///
    /// @throws org.neuropil.space.InputException if the wiring has not what is asked about
    Findings answer(Wiring wiring, Run run);

    /// How it is computed.
    ///
    /// @param seed of all that is drawn
    /// @param threads at least 1
    /// @param volumes that links show
    /// @param steps is told what is being done
    record Run(long seed, int threads, ViewerLink.Volumes volumes, Steps steps) {}

    /// Is told how far a computation is.
    @FunctionalInterface
    interface Steps {
        /// @param what is being done
        void step(String what);
    }
}
