package org.neuropil.circuits.graph;

import java.util.SplittableRandom;

/// Draws graphs that keep something of one that was measured, and are random in all else.
public sealed interface NullModel permits DegreeNull, StratifiedNull {
    /// A graph. Equal random numbers give equal graphs.
    DirectedGraph draw(SplittableRandom random);

    /// What a drawn graph keeps, in words for a report.
    String keeps();
}
