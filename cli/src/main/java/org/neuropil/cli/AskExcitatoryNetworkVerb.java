package org.neuropil.cli;

import org.neuropil.circuits.ask.Question;
import org.neuropil.circuits.ask.excitatory.ExcitatoryNetwork;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil ask excitatory-network`.
@Command(name = ExcitatoryNetwork.ID, header = "How are excitatory cells connected: by type and distance, in motifs, with alike synapses?", description = {
    "",
    "Counts connections between excitatory cells among the pairs that could have been found connected: a proofread axon, and a "
            + "cell with a type and one nucleus. Motifs are set beside five null models, and the sizes of the two synapses of a "
            + "dual connection beside those that share the axon or the cell alone."}, footer = {
                "  neuropil ask excitatory-network made-v1dd@1 --out network",
                "  neuropil ask excitatory-network minnie65@1300 --draws 200 --strategies axon_fully_extended --out network"})
final class AskExcitatoryNetworkVerb extends AskVerb {
    @Option(names = "--draws", paramLabel = "N", description = "Graphs drawn from each null model; 1000 if left out.")
    private int draws = ExcitatoryNetwork.USUAL.draws();

    @Option(names = "--bin", paramLabel = "UM", description = "Width of the bins of distance in µm; 25 if left out.")
    private double bin = ExcitatoryNetwork.USUAL.bin();

    @Option(names = "--farthest", paramLabel = "UM", description = "Distance in µm from which on all is one bin; 500 if left out.")
    private double farthest = ExcitatoryNetwork.USUAL.farthest();

    @Override
    Question question() {
        return new ExcitatoryNetwork(draws, bin, farthest);
    }
}
