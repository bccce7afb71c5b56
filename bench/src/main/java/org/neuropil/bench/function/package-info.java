/// What `bench/function` measures with: a folder of made sessions.
@NullMarked
package org.neuropil.bench.function;

import org.jspecify.annotations.NullMarked;
