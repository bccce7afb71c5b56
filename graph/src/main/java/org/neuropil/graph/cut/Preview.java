package org.neuropil.graph.cut;

import java.util.List;
import java.util.Optional;

/// What would be left of a local graph after a cut.
///
/// @param components supervoxels that edges join, ascending (unsigned): first the component of the sources, then that of
///        the sinks, then those that have neither, in the order of their smallest supervoxels
/// @param refusal why the cut would be refused if it were asked for; empty if it would be made
public record Preview(List<long[]> components, Optional<Refusal> refusal) {
    /// True if the cut would be refused.
    public boolean isIllegal() {
        return refusal.isPresent();
    }
}
