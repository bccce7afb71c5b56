/// The catalogue of metrics. One entry is one class, and one definition; definitions that are published under one word
/// stand side by side under different ids.
@NullMarked
package org.neuropil.physiology.metric;

import org.jspecify.annotations.NullMarked;
