package org.neuropil.physiology.session;

/// A part of the session.
///
/// @param name as its file calls it, most often a stimulus'
/// @param start seconds on the session's clock
/// @param stop seconds
public record Epoch(String name, double start, double stop) {}
