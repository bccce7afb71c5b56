/// Block jobs that any volume needs, whatever it shows: import of section stacks, mips. It may use the engine in the
/// package above, `space` and `volume`.
@NullMarked
package org.neuropil.pipeline.volumes;

import org.jspecify.annotations.NullMarked;
