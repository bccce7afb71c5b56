/// The web pages, as files on the class path: the start page and Neuroglancer as the viewer, built from TypeScript and
/// npm packages by this module's own build. [Site] finds them; whoever serves them over HTTP is another module. Nothing
/// of Neuropil is used here, and nothing but the JDK.
@NullMarked
package org.neuropil.portal;

import org.jspecify.annotations.NullMarked;
