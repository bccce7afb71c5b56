package org.neuropil.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.physiology.metric.About;
import org.neuropil.physiology.metric.Catalogue;
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
                print(table, metrics.stream().map(MetricsExplainVerb::json).toList());
            }
        }
    }

    /// All that is known of a metric.
    static Map<String, String> json(Metric metric) {
        About about = metric.about();
        Map<String, String> json = new LinkedHashMap<>();
        json.put("id", about.id());
        json.put("name", about.name());
        json.put("formula", about.formula());
        json.put("made_of", Catalogue.input(metric));
        json.put("stimuli", about.shown().words());
        json.put("trace", about.trace());
        json.put("window", about.window());
        json.put("at_least", about.least());
        json.put("missing", about.missing());
        json.put("bias", about.bias());
        json.put("interval", Catalogue.interval(metric));
        json.put("source", about.source());
        if (!about.differs().isEmpty()) {
            json.put("word", about.word());
            json.put("differs", about.differs());
        }
        return json;
    }
}
