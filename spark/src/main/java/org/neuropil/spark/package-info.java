/// Runs block jobs on a Spark cluster: the runner, its provider, and the main class that is submitted. It may use all
/// other modules and none uses it, so that without Spark nothing of it is on the class path.
@NullMarked
package org.neuropil.spark;

import org.jspecify.annotations.NullMarked;
