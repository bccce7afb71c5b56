package org.neuropil.graph;

import java.util.List;
import java.util.Optional;

/// What a split would do to the supervoxels near the points.
///
/// @param components supervoxels that stay joined by edges near the points, ascending: first those of the sources, then
///        those of the sinks, then the rest
/// @param refusal why the split would be refused, if it would; in words for the proofreader
public record SplitPreview(List<long[]> components, Optional<String> refusal) {}
