package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.neuropil.phantom.circuit.CircuitPlan;
import org.neuropil.phantom.dataset.MadeDataset;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil phantom`.
@Command(name = "phantom", header = "Makes a circuit whose truth is known, as a dataset: cells, synapses, responses.", description = "Tables have the names, kinds and resolutions of the published dataset that it is like; they are version 1. What was dosed, and what came of it, lies in the folder truth/. docs/phantom.md tells the rules. The same plan and seed give the same bytes; the same command given again keeps what is there.", footer = {
    "  neuropil phantom made --tables-only --like v1dd --scale 0.01",
    "  neuropil phantom null --tables-only --like minnie65 --dose like-to-like-synapses=0 --seed 7"})
final class PhantomVerb extends Verb {
    @Parameters(index = "0", paramLabel = "OUT", description = "Folder of the dataset that is made.")
    private Path out = Path.of("");

    @Option(names = "--tables-only", description = "Tables and no images. Has to be given: images are to come.")
    private boolean tablesOnly;

    @Option(names = "--like", paramLabel = "NAME", defaultValue = "minnie65", description = "minnie65 or v1dd: types, frame, tables; minnie65 if left out.")
    private String like = "minnie65";

    @Option(names = "--scale", paramLabel = "SHARE", defaultValue = "0.01", description = "Of a cubic millimetre with 90,000 neurons, 0.001 to 1; 0.01 if left out. 0.1 wants --memory 3g.")
    private double scale = 0.01;

    @Option(names = "--dose", paramLabel = "RULE=DOSE", description = "0 switches a rule off, 1 is its nominal strength, 3 the most; 1 if left out. May be given for several rules.")
    private Map<String, Double> doses = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of all that is random; 1 if left out.")
    private long seed = 1;

    @Override
    Path folder() {
        return folder(out);
    }

    @Override
    void run() throws IOException {
        if (!tablesOnly) {
            throw usage("images are not made yet; give --tables-only");
        }
        CircuitPlan plan = plan();
        new Stage(this, false).runAndPrint("phantom",
                options -> MadeDataset.write(folder(), plan, seed, options));
    }

    private CircuitPlan plan() {
        try {
            CircuitPlan plan = CircuitPlan.like(like, scale);
            for (Map.Entry<String, Double> dose : doses.entrySet()) {
                plan = plan.dose(dose.getKey(), dose.getValue());
            }
            return plan;
        } catch (InputException e) {
            throw new InputException(e.what(), "--" + e.where(), e.hint(), e);
        }
    }
}
