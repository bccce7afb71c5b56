package org.neuropil.phantom.circuit;

import java.util.List;

/// Makes the synapses of a pair: places, what they sit on, sizes, and on which roots they are seen.
final class SynapseMaker {
    private static final double MEDIAN = 2500;
    private static final double INHIBITORY_MEDIAN = 2200;
    private static final double SIGMA = 0.55;
    private static final double POTENTIATED = 0.2;
    private static final double SHIFT = 1.1;
    private static final double DUAL = 0.3;
    /// Share of synapses on dendrites that is on spines where compartments do not matter.
    private static final double SPINES = 0.42;
    private static final double NO_LABEL = 0.2;
    private static final double WRONG_LABEL = 0.03;
    /// Spines that a dendrite loses which nobody proofread.
    private static final double LOST_SPINES = 0.05;
    private static final double BAND = 60;

    private final CircuitPlan plan;
    private final Cells cells;
    private final Proofreading proofreading;
    private final long seed;
    private final double inContact;
    private final Contact contact;
    private final double compartment;
    private final double shift;
    private final double dual;
    private final double noLabel;
    private final double wrongLabel;
    private final double incomplete;

    /// @param inContact mean number of synapses of a contact
    SynapseMaker(CircuitPlan plan, Cells cells, Proofreading proofreading, long seed, double inContact) {
        this.plan = plan;
        this.cells = cells;
        this.proofreading = proofreading;
        this.seed = seed;
        this.inContact = inContact;
        contact = new Contact(plan, cells);
        compartment = plan.dose(Rule.COMPARTMENT);
        shift = SHIFT * plan.dose(Rule.POTENTIATED);
        dual = DUAL * plan.dose(Rule.DUAL_SIZES);
        noLabel = NO_LABEL * plan.dose(Rule.LABEL_ERRORS);
        wrongLabel = WRONG_LABEL * plan.dose(Rule.LABEL_ERRORS);
        incomplete = plan.dose(Rule.INCOMPLETE_PROOFREADING);
    }

    /// Adds the synapses of a pair.
    ///
    /// @param contacts at least 1
    /// @return how many are seen between the roots of both somata
    int make(int pre, int post, int contacts, SynapseRow out) {
        Draws draws = new Draws(seed, 35, pre, post);
        List<CellType> types = plan.tissue().types();
        Group from = types.get(cells.type()[pre]).group();
        Group onto = types.get(cells.type()[post]).group();
        boolean excitatory = from == Group.EXCITATORY;
        double pairSize = draws.normal();
        boolean pairState = draws.chance(POTENTIATED);
        double spines = spines(from, onto);
        contact.between(pre, post);
        int attached = 0;
        for (int i = 0; i < contacts; i++) {
            contact.next(draws);
            int number = inContact == 1 ? 1 : 1 + draws.geometric(1 / inContact);
            for (int k = 0; k < number; k++) {
                double[] at = contact.place(k == 0, draws);
                byte sits = contact.part() == Contact.SOMA
                        ? Synapses.SOMA
                        : draws.chance(spines) ? Synapses.SPINE : Synapses.SHAFT;
                double own = draws.normal();
                // Each takes the pair's state with probability sqrt(dual), so that states of two correlate by dual.
                boolean ownState = draws.chance(POTENTIATED);
                boolean state = draws.chance(StrictMath.sqrt(dual)) ? pairState : ownState;
                double log = SIGMA * (StrictMath.sqrt(dual) * pairSize + StrictMath.sqrt(1 - dual) * own)
                        + (excitatory && state ? shift : 0);
                double size = (excitatory ? MEDIAN : INHIBITORY_MEDIAN) * StrictMath.exp(log);
                long before = axonRoot(pre, at, draws);
                long behind = dendriteRoot(post, sits, draws);
                attached += before == cells.root()[pre] && behind == cells.root()[post] ? 1 : 0;
                out.add(pre, post, at, size, sits, label(sits, draws), contact.part(), before, behind);
            }
        }
        return attached;
    }

    /// The share of spines on dendrites, mixed on the scale of log odds.
    private double spines(Group from, Group onto) {
        double odds = (1 - compartment) * logit(SPINES) + compartment * logit(from.spines(onto));
        return 1 / (1 + StrictMath.exp(-odds));
    }

    private static double logit(double share) {
        return StrictMath.log(share / (1 - share));
    }

    byte label(byte sits, Draws draws) {
        double die = draws.uniform();
        if (die < noLabel) {
            return -1;
        }
        // Stubby spines are called shaft, and thin dendrites spine.
        return die < noLabel + wrongLabel && sits != Synapses.SOMA
                ? (byte) (Synapses.SPINE + Synapses.SHAFT - sits)
                : sits;
    }

    /// What is not proofread is cut into pieces, by where they lie round the soma.
    private long axonRoot(int pre, double[] at, Draws draws) {
        double kept = Proofreading.KEPT.get(proofreading.axon()[pre]);
        if (draws.uniform() < (incomplete == 0 ? 1 : StrictMath.pow(kept, incomplete))) {
            return cells.root()[pre];
        }
        double below = at[1] - cells.y()[pre];
        int piece = (at[0] > cells.x()[pre] ? 1 : 0) + (at[2] > cells.z()[pre] ? 2 : 0)
                + 4 * (below < -BAND ? 0 : below < BAND ? 1 : 2);
        return RootIds.fragment(pre, piece);
    }

    private long dendriteRoot(int post, byte sits, Draws draws) {
        boolean lost = draws.chance(LOST_SPINES * incomplete);
        return lost && sits == Synapses.SPINE && proofreading.dendrite()[post] == 0
                ? SynapseRow.NOBODY
                : cells.root()[post];
    }
}
