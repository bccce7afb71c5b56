package org.neuropil.physiology;

import java.util.SplittableRandom;

import org.neuropil.space.InputException;

/// The responses of two cells in the same trials. Only trials in which both have a response are in it.
public final class ResponsePair implements Resampled<ResponsePair> {
    private final Responses first;
    private final Responses second;

    /// @throws InputException if they are of different trials
    public ResponsePair(Responses first, Responses second) {
        if (!first.hasTrialsOf(second)) {
            throw new InputException("two cells have different trials", "trials",
                    "give both the same conditions in the same order; write nan for a response that is missing");
        }
        this.first = first.where(t -> !Double.isNaN(second.value(t)) && !Double.isNaN(first.value(t)));
        this.second = second.where(t -> !Double.isNaN(first.value(t)) && !Double.isNaN(second.value(t)));
    }

    private ResponsePair(Pair pair) {
        this.first = pair.first;
        this.second = pair.second;
    }

    /// Responses of the same trials, of which none is missing.
    private record Pair(Responses first, Responses second) {}

    /// Of the one.
    public Responses first() {
        return first;
    }

    /// Of the other, in the same trials.
    public Responses second() {
        return second;
    }

    /// Half of the trials, as [Responses#half(int)].
    public ResponsePair half(int which) {
        return new ResponsePair(new Pair(first.half(which), second.half(which)));
    }

    @Override
    public ResponsePair resample(SplittableRandom random) {
        int[] trials = first.resampledTrials(random);
        return new ResponsePair(new Pair(first.draw(trials), second.draw(trials)));
    }
}
