/// Pictures of sections as pure functions of volumes, usable without a server. It may use `volume` and the JDK's image
/// library.
@NullMarked
package org.neuropil.server.figure;

import org.jspecify.annotations.NullMarked;
