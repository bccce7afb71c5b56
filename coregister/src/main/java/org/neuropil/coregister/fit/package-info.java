/// Fits maps to pairs of points and says how far they are off where they did not look: recipes, the linear systems
/// behind them, cross-validation and the choice among recipes. Uses `transform`; knows no files.
@NullMarked
package org.neuropil.coregister.fit;

import org.jspecify.annotations.NullMarked;
