package org.neuropil.physiology.metric;

import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;

/// How well a cell tells temporal frequencies apart: `tf_index`.
public record TemporalFrequency() implements Metric.OfTrials {
    @Override
    public About about() {
        return About.of("tf_index", "temporal frequency discrimination index").shown(About.Shown.GRATINGS)
                .formula("range / (range + 2 sqrt(SSE / (n - K))), range = largest - smallest mean over the K temporal "
                        + "frequencies (5 in AllenSDK's stimulus) at the preferred direction and spatial frequency; SSE = summed "
                        + "squared distances of their n trials from the mean of their frequency")
                .trace("dF/F").least("2 temporal frequencies, and more trials than these")
                .missing("missing trials are skipped, and frequencies without any; NaN if all trials are equal")
                .bias("upwards when trials are few: the range of noisy means").source("AllenSDK");
    }

    @Override
    public double of(Responses responses) {
        return Preferred.atGrating(responses, TemporalFrequency::index);
    }

    private static double index(Responses responses, Grating chosen) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double squares = 0;
        int trials = 0;
        int frequencies = 0;
        for (int c = 0; c < responses.conditions().size(); c++) {
            double mean = responses.mean(c);
            if (!Double.isNaN(mean) && responses.conditions().get(c) instanceof Grating grating
                    && Double.compare(grating.direction(), chosen.direction()) == 0
                    && Double.compare(grating.spatialFrequency(), chosen.spatialFrequency()) == 0) {
                low = Math.min(low, mean);
                high = Math.max(high, mean);
                frequencies++;
                for (double value : responses.valuesOf(c)) {
                    squares += (value - mean) * (value - mean);
                    trials++;
                }
            }
        }
        return frequencies < 2 || trials <= frequencies
                ? Double.NaN
                : Ratios.over(high - low, high - low + 2 * Math.sqrt(squares / (trials - frequencies)));
    }
}
