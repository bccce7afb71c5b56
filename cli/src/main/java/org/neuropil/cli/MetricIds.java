package org.neuropil.cli;

import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Metric;

/// Metrics by what somebody typed.
final class MetricIds {
    private MetricIds() {}

    /// The metric of an id.
    ///
    /// @throws picocli.CommandLine.ParameterException if there is none
    static Metric known(Verb verb, String id) {
        return Catalogue.find(id).orElseThrow(() -> verb.usage("'" + id + "' is no metric; "
                + Nearest.to(id, Catalogue.ids()).map(near -> "did you mean " + near + "?")
                        .orElse("'neuropil metrics list' tells all")));
    }
}
