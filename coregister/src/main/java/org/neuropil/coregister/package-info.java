/// The bridge from two-photon space to EM: landmarks, their files, units of points, and the model that `neuropil
/// coregister` leaves. All lengths within are micrometres; other units exist at the edges. It may use `space`, `chart`,
/// `volume`, `pipeline` and the rows of `tables`; it does not know images, live tables or HTTP.
@NullMarked
package org.neuropil.coregister;

import org.jspecify.annotations.NullMarked;
