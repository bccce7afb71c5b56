package org.neuropil.physiology.metric;

import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.ResponsePair;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.TracePair;
import org.neuropil.physiology.TrialTraces;
import org.neuropil.physiology.field.Fields;

/// An entry of the catalogue: one definition of one figure. The kinds differ in what they are computed from. All are pure
/// functions; what cannot be computed is NaN, and no input makes one throw.
public sealed interface Metric {
    /// What it is.
    About about();

    /// Of the trial responses of one cell.
    non-sealed interface OfTrials extends Metric {
        /// The figure; NaN if it is not defined for these.
        double of(Responses responses);
    }

    /// Of the trial responses of one cell, against its spontaneous activity.
    non-sealed interface OfTrialsAndNull extends Metric {
        /// The figure; NaN if it is not defined for these.
        double of(Responses responses, SpontaneousNull chance);
    }

    /// Of the frames of one cell's trials.
    non-sealed interface OfTrialTraces extends Metric {
        /// The figure; NaN if it is not defined for these.
        double of(TrialTraces traces);
    }

    /// Of the repeats of one film.
    non-sealed interface OfRepeats extends Metric {
        /// The figure; NaN if it is not defined for these.
        double of(Repeats repeats);
    }

    /// Of the repeats of one film and what a model says of it.
    non-sealed interface OfModel extends Metric {
        /// The figure; NaN if it is not defined for these.
        ///
        /// @param model the predicted response, by frame, as many as the repeats have
        double of(double[] model, Repeats repeats);
    }

    /// Of the trial responses of two cells.
    non-sealed interface OfPair extends Metric {
        /// The figure; NaN if it is not defined for these.
        double of(ResponsePair pair);
    }

    /// Of the traces of two cells.
    non-sealed interface OfTraces extends Metric {
        /// The figure; NaN if it is not defined for these.
        double of(TracePair pair);
    }

    /// Of one cell's responses to the same gratings in a window and on the full field.
    non-sealed interface OfSurround extends Metric {
        /// The figure; NaN if it is not defined for these.
        double of(SurroundPair pair);
    }

    /// Of the responses of many cells to one condition.
    non-sealed interface OfPopulation extends Metric {
        /// The figure; NaN if it is not defined for these.
        ///
        /// @param responses mean response of each cell; NaN is skipped
        double of(double[] responses);
    }

    /// Of the animal's speed.
    non-sealed interface OfSpeed extends Metric {
        /// The figure; NaN if it is not defined for these.
        ///
        /// @param speed cm/s at even times; NaN is skipped
        double of(double[] speed);
    }

    /// Of the trace of one cell, over an epoch.
    non-sealed interface OfTrace extends Metric {
        /// The figure; NaN if it is not defined for these.
        ///
        /// @param trace by frame; NaN is skipped
        double of(double[] trace);
    }

    /// Of the trace of one cell and what was measured of the animal at the same times, over an epoch.
    non-sealed interface OfTraceAndBehaviour extends Metric {
        /// Name of the signal that it wants.
        String signal();

        /// The figure; NaN if it is not defined for these.
        ///
        /// @param behaviour by frame; NaN if it is missing
        double of(double[] trace, double[] behaviour);
    }

    /// Of what one cell did at sparse noise.
    non-sealed interface OfField extends Metric {
        /// The figure; NaN if it is not defined for these.
        double of(Fields fields);
    }

    /// Of what one cell did at sparse noise, and where gratings in a window were.
    non-sealed interface OfFieldAndWindow extends Metric {
        /// The figure; NaN if it is not defined for these.
        ///
        /// @param azimuth of the window's centre, degrees
        /// @param elevation of it
        double of(Fields fields, double azimuth, double elevation);
    }
}
