package org.neuropil.coregister;

import java.util.List;

import org.neuropil.coregister.fit.Candidate;
import org.neuropil.coregister.fit.HeldOut;
import org.neuropil.coregister.transform.Transform;

/// The map from one space to the other.
///
/// @param transform from µm to µm
/// @param heldOut errors in µm of the target space at landmarks that were not seen, the choice of the recipe included
/// @param candidates that were tried
public record Direction(Transform.Chain transform, HeldOut heldOut, List<Candidate> candidates) {
    public Direction {
        candidates = List.copyOf(candidates);
    }
}
