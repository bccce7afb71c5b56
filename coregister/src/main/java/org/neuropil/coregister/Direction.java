package org.neuropil.coregister;

import java.util.List;
import java.util.Optional;

import org.neuropil.coregister.fit.Candidate;
import org.neuropil.coregister.fit.HeldOut;
import org.neuropil.coregister.transform.Transform;

/// The map from one space to the other.
///
/// @param transform from µm to µm
/// @param heldOut errors in µm of the target space at landmarks that were not seen, the choice of the recipe included
/// @param candidates that were tried
/// @param errors the same errors, landmark by landmark; empty in models of earlier days
public record Direction(Transform.Chain transform, HeldOut heldOut, List<Candidate> candidates,
        Optional<LandmarkErrors> errors) {
    public Direction {
        candidates = List.copyOf(candidates);
    }
}
