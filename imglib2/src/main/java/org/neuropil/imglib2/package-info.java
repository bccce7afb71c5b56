/// Volumes as images of ImgLib2, for programs that stand on it, such as Fiji and BigDataViewer. Nothing of Neuropil uses
/// this; it uses `volume` and ImgLib2.
@NullMarked
package org.neuropil.imglib2;

import org.jspecify.annotations.NullMarked;
