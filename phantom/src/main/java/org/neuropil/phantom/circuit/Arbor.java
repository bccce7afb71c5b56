package org.neuropil.phantom.circuit;

import java.util.List;

/// How a type's axon and dendrite lie, on average: a sum of Gaussians of depth, times one Gaussian round the soma's axis.
///
/// @param axon parts over depth; weights sum to 1
/// @param dendrite likewise
/// @param axonRadius sigma along x and along z, µm
/// @param dendriteRadius likewise
record Arbor(List<Part> axon, List<Part> dendrite, double axonRadius, double dendriteRadius) {
    /// One Gaussian of depth, centred at `follows * soma depth + at`.
    ///
    /// @param weight share of the length
    /// @param follows 1 where it lies beside the soma, 0 where it lies in a layer, whatever the soma's depth
    /// @param at µm
    /// @param sigma µm
    /// @param apical whether it is of the apical dendrite
    record Part(double weight, double follows, double at, double sigma, boolean apical) {
        double centre(double soma) {
            return Math.max(0, follows * soma + at);
        }
    }

    Arbor {
        axon = List.copyOf(axon);
        dendrite = List.copyOf(dendrite);
    }

    /// Beside the soma.
    static Part near(double weight, double sigma) {
        return new Part(weight, 1, 0, sigma, false);
    }

    /// Between pia and soma, at a share of the soma's depth.
    static Part apical(double weight, double share, double sigma) {
        return new Part(weight, share, 0, sigma, true);
    }

    /// In a layer.
    static Part layer(double weight, double depth, double sigma) {
        return new Part(weight, 0, depth, sigma, false);
    }

    /// The integral over depth of one part's density times another's, 1/µm.
    static double overlap(Part axon, double axonSoma, Part dendrite, double dendriteSoma) {
        double variance = axon.sigma() * axon.sigma() + dendrite.sigma() * dendrite.sigma();
        double apart = axon.centre(axonSoma) - dendrite.centre(dendriteSoma);
        return axon.weight() * dendrite.weight() * StrictMath.exp(-apart * apart / (2 * variance))
                / StrictMath.sqrt(2 * Math.PI * variance);
    }

    /// The integral over depth of an axon's density times a dendrite's, 1/µm.
    double overlap(double soma, Arbor post, double postSoma) {
        double sum = 0;
        for (Part from : axon) {
            for (Part onto : post.dendrite) {
                sum += overlap(from, soma, onto, postSoma);
            }
        }
        return sum;
    }

    /// Variance along x, and along z, of the distance at which the axon meets a dendrite, µm².
    double variance(Arbor post) {
        return axonRadius * axonRadius + post.dendriteRadius * post.dendriteRadius;
    }
}
