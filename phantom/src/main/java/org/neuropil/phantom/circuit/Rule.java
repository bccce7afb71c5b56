package org.neuropil.phantom.circuit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.neuropil.space.InputException;

/// What a made circuit follows, each by a dose: 0 switches it off exactly, 1 is its nominal strength. Rules after
/// [#SURROUND] are nuisances that real data have, too.
public enum Rule {
    /// Arbours decide where cells can meet: proximity is (density of axon times density of dendrite)^dose.
    DISTANCE("proximity falls with distance, laterally and in depth, as arbours do; 0: all pairs are as near"),
    /// Synapses per µm of proximity depend on both types.
    TYPE("synapses per µm of proximity by types: factor^dose"),
    /// Axons choose compartments and spines.
    COMPARTMENT("preference of axons for soma, basal, apical and for spines: factor^dose; 0: what is offered"),
    /// Axons of like cells come nearer.
    LIKE_TO_LIKE_PROXIMITY("excitatory proximity times exp(dose * 1.125 * signal correlation)"),
    /// Like cells make more synapses where they meet.
    LIKE_TO_LIKE_SYNAPSES("excitatory synapses per µm times exp(dose * 2.297 * signal correlation)"),
    /// Targets of a cell are like each other, whatever the cell itself is like.
    COMMON_INPUT("each excitatory axon prefers targets that are like a direction of its own, at random: exp(dose * 5 * "
            + "correlation)"),
    /// Synapses of a pair come in clusters.
    MULTI_SYNAPSES("a contact has 1 + dose * 0.25 synapses on average, geometric; rates of contacts fall by as much"),
    /// Sizes of synapses of one pair correlate.
    DUAL_SIZES("log sizes of synapses that share both cells correlate by dose * 0.3"),
    /// Some synapses are potentiated.
    POTENTIATED("a fifth of excitatory synapses is larger by exp(dose * 1.1)"),
    /// Connections are reciprocal more often than by chance.
    RECIPROCITY("both directions of a pair share a log-normal factor of sigma dose, so that more pairs are reciprocal; 2.4 "
            + "times as many at dose 1 where connections are rare"),
    /// Surround suppression falls with depth.
    SURROUND("surround suppression by layer: dose times the layer's deviation"),
    /// Axons have unequal weights.
    UNEQUAL_AXONS("log-normal weight of each axon, sigma dose * 0.5"),
    /// Neighbours have similar tuning.
    SMOOTH_TUNING("share dose * 0.3 of the variance of tuning is a smooth function of the place"),
    /// Trials of cells vary together.
    NOISE_CORRELATION("a common and tuned gain of all cells in a trial, sigma dose * 0.35"),
    /// Most axons are not whole.
    INCOMPLETE_PROOFREADING("what is not proofread loses outputs to fragments: share kept^dose"),
    /// The middle is proofread more.
    PROOFREADING_BIAS("axons near the middle of the column are proofread more often"),
    /// Some roots have two somata.
    MERGES("share dose * 0.015 of cells is merged with its neighbour"),
    /// Some units are matched to a neighbour.
    WRONG_MATCHES("share dose * 0.05 of units is matched to a neighbour"),
    /// Some labels are wrong or missing.
    LABEL_ERRORS("share dose * 0.03 of types and of target labels is wrong; dose * 0.2 of synapses has no label");

    /// The largest dose.
    public static final double MOST = 3;

    private final String meaning;

    Rule(String meaning) {
        this.meaning = meaning;
    }

    /// Its name: `like-to-like-synapses`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What a dose does.
    public String meaning() {
        return meaning;
    }

    /// A rule by its name.
    ///
    /// @throws InputException if there is none of the name
    public static Rule of(String word) {
        return Arrays.stream(values()).filter(rule -> rule.word().equals(word)).findFirst()
                .orElseThrow(() -> new InputException("'" + word + "' is no rule", "dose",
                        "there are " + Arrays.stream(values()).map(Rule::word).collect(Collectors.joining(", "))));
    }
}
