@NullMarked
package org.neuropil.spark;

import org.jspecify.annotations.NullMarked;
