package org.neuropil.circuits.ask;

import java.io.IOException;
import java.util.Optional;

import org.neuropil.circuits.wiring.Wiring;
import org.neuropil.circuits.wiring.WiringChoice;
import org.neuropil.circuits.wiring.WiringReader;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.query.Engine;

/// What questions are asked of, read from tables at a moment: the one way in which command line, HTTP and Java ask.
///
/// @param of dataset, moment and tables
/// @param wiring cells and synapses
/// @param volumes that links show
public record Asking(AskedOf of, Wiring wiring, ViewerLink.Volumes volumes) {
    /// A Neuroglancer that anybody can reach.
    public static final String VIEWER = "https://neuroglancer-demo.appspot.com/";

    /// Reads it.
    ///
    /// @param dataset its name
    /// @param published what is known of the dataset that it was brought from
    /// @param choice of tables and lists
    /// @throws org.neuropil.space.InputException if a table is missing, or has not what is asked about
    public static Asking read(String dataset, Optional<PublicDataset> published, WiringChoice choice, Engine engine,
            Moment moment) throws IOException {
        WiringReader reader = new WiringReader(engine, moment, published, choice);
        AskedOf of = new AskedOf(dataset, moment.version(), moment.time(), reader.tables());
        return new Asking(of, reader.read(), published
                .map(one -> new ViewerLink.Volumes(one.places().imagery(), one.places().segmentation()))
                .orElse(ViewerLink.Volumes.NONE));
    }

    /// Asks.
    ///
    /// @param seed of all that is drawn
    /// @param threads at least 1; the answer does not depend on them
    /// @param viewer address of the Neuroglancer that links lead to
    /// @param steps is told what is being done
    /// @throws org.neuropil.space.InputException if the wiring has not what is asked about
    public Answered ask(Question question, long seed, int threads, String viewer, Question.Steps steps) {
        Findings findings = question.answer(wiring, new Question.Run(seed, threads, volumes, steps));
        return new Answered(question, of, wiring.account(), findings, seed, viewer);
    }
}
