package org.neuropil.physiology.metric;

import org.neuropil.physiology.Responses;

/// A metric at a condition that one half of the trials chooses and the other half measures, both ways. So the noise that chose
/// is not in what is measured.
public interface CrossValidated extends Metric.OfTrials {
    /// One way.
    ///
    /// @param choose the trials that choose the condition
    /// @param measure those that it is measured on
    record Way(Responses choose, Responses measure) {}

    /// The figure of two ways.
    double of(Way one, Way other);

    @Override
    default double of(Responses responses) {
        Responses first = responses.half(0);
        Responses second = responses.half(1);
        return of(new Way(first, second), new Way(second, first));
    }

    /// What very many trials would give where the halves of some trials chose: the figure without bias.
    ///
    /// @param trials whose halves choose
    /// @param truth the mean response to each condition
    default double expected(Responses trials, Responses truth) {
        return of(new Way(trials.half(0), truth), new Way(trials.half(1), truth));
    }
}
