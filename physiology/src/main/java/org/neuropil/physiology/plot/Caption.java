package org.neuropil.physiology.plot;

/// What stands above a figure.
///
/// @param title of what it is
/// @param note how it was made: trace, window, seed
public record Caption(String title, String note) {}
