package org.neuropil.physiology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.neuropil.physiology.stat.Values;
import org.neuropil.space.InputException;

/// The frames of one cell's trials while the stimulus was there.
public final class TrialTraces implements Resampled<TrialTraces> {
    private final Responses responses;
    private final double[][] frames;
    private final int[][] whole;
    private final int[] places;

    private TrialTraces(Responses responses, double[][] frames) {
        this.responses = responses;
        this.frames = frames;
        this.whole = whole(responses, frames);
        this.places = responses.places();
    }

    /// Trials in the order of time.
    ///
    /// @param shown the condition of each
    /// @param frames the frames of each, as many in all; NaN if one is missing
    /// @throws InputException if there are not as many conditions, or trials differ in length
    public static TrialTraces of(List<? extends Condition> shown, double[][] frames) {
        return of(Responses.of(shown, new double[frames.length]), frames);
    }

    /// Frames of trials whose conditions and speeds are known.
    ///
    /// @param trials whose responses do not count
    /// @param frames as in the other one
    /// @throws InputException if trials differ in length
    public static TrialTraces of(Responses trials, double[][] frames) {
        double[][] own = new double[frames.length][];
        double[] means = new double[frames.length];
        for (int t = 0; t < frames.length; t++) {
            if (frames[t].length != frames[0].length) {
                throw new InputException("trial " + t + " has " + frames[t].length + " frames and the first one "
                        + frames[0].length, "frames", "give each trial the same number of frames");
            }
            own[t] = frames[t].clone();
            means[t] = Values.mean(own[t]);
        }
        return new TrialTraces(trials.with(means), own);
    }

    /// The mean over the frames of each trial.
    public Responses responses() {
        return responses;
    }

    /// The trials of a condition that lack no frame: trials x frames.
    public double[][] wholeTrials(int condition) {
        return Arrays.stream(whole[condition]).mapToObj(t -> frames[t]).toArray(double[][]::new);
    }

    /// Which trial each of [#wholeTrials(int)] is: of trials that were drawn anew, copies of one have the same number.
    public int[] wholeSources(int condition) {
        return Arrays.stream(whole[condition]).map(t -> places[t]).toArray();
    }

    private static int[][] whole(Responses responses, double[][] frames) {
        List<List<Integer>> whole = new ArrayList<>();
        responses.conditions().forEach(_ -> whole.add(new ArrayList<>()));
        for (int t = 0; t < frames.length; t++) {
            if (Arrays.stream(frames[t]).noneMatch(Double::isNaN)) {
                whole.get(responses.condition(t)).add(t);
            }
        }
        return whole.stream().map(trials -> trials.stream().mapToInt(t -> t).toArray()).toArray(int[][]::new);
    }

    @Override
    public TrialTraces resample(SplittableRandom random) {
        int[] trials = responses.resampledTrials(random);
        double[][] chosen = new double[trials.length][];
        for (int i = 0; i < trials.length; i++) {
            chosen[i] = frames[trials[i]];
        }
        return new TrialTraces(responses.draw(trials), chosen);
    }
}
