/// What imaged cells did while the animal saw something: traces with their clock, conditions of stimuli, responses of
/// trials, what chance gives in spontaneous activity, and how far a figure may be trusted. Knows sessions, stimuli, traces
/// and tuning; nothing of electron microscopy.
@NullMarked
package org.neuropil.physiology;

import org.jspecify.annotations.NullMarked;
