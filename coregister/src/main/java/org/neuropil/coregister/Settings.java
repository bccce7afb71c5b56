package org.neuropil.coregister;

import java.util.List;
import java.util.OptionalDouble;

import org.neuropil.coregister.fit.Recipe;

/// How landmarks are read and fitted.
///
/// @param moving the space of the points that stand first in the file of landmarks
/// @param em unit of points in EM
/// @param twoPhoton unit of points in the two-photon stack
/// @param mirrorTop in µm, if y of the two-photon stack is counted from the other end: y becomes top - y before all else
/// @param recipes that are tried in each direction
/// @param folds of the cross-validation
/// @param seed of its folds
/// @param robust true to trust landmarks the less, the further they are off from what the others say
public record Settings(Space moving, PointUnit em, PointUnit twoPhoton, OptionalDouble mirrorTop, List<Recipe> recipes,
        int folds, long seed, boolean robust) {
    public Settings {
        recipes = List.copyOf(recipes);
    }

    /// The unit of a space.
    public PointUnit unit(Space space) {
        return space == Space.EM ? em : twoPhoton;
    }
}
