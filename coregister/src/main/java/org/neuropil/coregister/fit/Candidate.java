package org.neuropil.coregister.fit;

import java.util.List;

/// A recipe that was tried.
///
/// @param recipe the recipe
/// @param heldOut how far it is off at points of folds that it did not see
/// @param axes of the target (0, 1, 2) that it was chosen for; empty if for none
public record Candidate(Recipe recipe, HeldOut heldOut, List<Integer> axes) {}
