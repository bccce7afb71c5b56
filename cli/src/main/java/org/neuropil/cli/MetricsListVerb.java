package org.neuropil.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.physiology.metric.About;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Explanation;
import org.neuropil.physiology.metric.Metric;

import picocli.CommandLine.Command;

/// `neuropil metrics list`.
@Command(name = "list", header = "Lists all metrics.", footer = {
    "  neuropil metrics list", "  neuropil metrics list --format json"})
final class MetricsListVerb extends Verb {
    @Override
    Path folder() {
        return Path.of(".");
    }

    @Override
    void run() {
        Table table = new Table("id", "name", "made of");
        List<Explanation> json = new ArrayList<>();
        for (Metric metric : Catalogue.ALL) {
            About about = metric.about();
            table.add(about.id(), about.name(), Catalogue.input(metric));
            json.add(Explanation.of(metric));
        }
        print(table, json);
    }
}
