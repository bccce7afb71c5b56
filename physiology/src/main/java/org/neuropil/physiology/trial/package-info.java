/// Trials of a session: what a stimulus table and a clock say of when each trial was, and a trace's responses in them. All
/// cells of a plane share it.
@NullMarked
package org.neuropil.physiology.trial;

import org.jspecify.annotations.NullMarked;
