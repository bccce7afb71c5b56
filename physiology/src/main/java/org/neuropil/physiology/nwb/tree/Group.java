package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.util.List;

/// A group of items.
public non-sealed interface Group extends Item {
    /// Names of what is in it, links too, sorted.
    List<String> names() throws IOException;
}
