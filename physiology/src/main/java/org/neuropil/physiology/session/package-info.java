/// What was recorded in one imaging session, wherever it came from: planes with their ROIs and clocks, traces, what was shown
/// and when, how the animal behaved. Readers of files make a [org.neuropil.physiology.session.Session]; metrics and pictures
/// are made from one. Knows no file format.
@NullMarked
package org.neuropil.physiology.session;

import org.jspecify.annotations.NullMarked;
