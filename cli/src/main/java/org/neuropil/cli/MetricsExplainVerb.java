package org.neuropil.cli;

import java.nio.file.Path;
import java.util.List;

import org.neuropil.physiology.metric.Explanation;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.metric.MetricsPage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `neuropil metrics explain`.
@Command(name = "explain", header = "Says what a metric is: formula, trials, missing values, bias, and how others of the same name differ.", footer = {
    "  neuropil metrics explain osi", "  neuropil metrics explain reliability_v1dd --format json"})
final class MetricsExplainVerb extends Verb {
    @Parameters(arity = "1..*", paramLabel = "ID", description = "Metrics; 'neuropil metrics list' tells all.")
    private List<String> ids = List.of();

    @Override
    Path folder() {
        return Path.of(".");
    }

    @Override
    void run() {
        List<Metric> metrics = ids.stream().map(id -> MetricIds.known(this, id)).toList();
        switch (common().format()) {
            case text -> out().print(String.join("\n", metrics.stream().map(MetricsPage::explain).toList()));
            default -> {
                Table table = new Table("id", "name", "formula", "differs");
                metrics.stream().map(Metric::about)
                        .forEach(about -> table.add(about.id(), about.name(), about.formula(), about.differs()));
                print(table, metrics.stream().map(Explanation::of).toList());
            }
        }
    }
}
